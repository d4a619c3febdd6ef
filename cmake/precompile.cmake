# Headers that take longer to read than most of our files are read once for many
# targets. ccache keeps up with it; clang then needs paths without times, and an
# old precompiled header must be out of the way (precompile_anew.sh).

option(PLUMBLINE_PRECOMPILE "Read heavy headers once; best for whole builds."
       OFF)
if(PLUMBLINE_PRECOMPILE AND CMAKE_CXX_COMPILER_ID MATCHES Clang)
  add_compile_options("SHELL:-Xclang -fno-pch-timestamp")
endif()

# house_precompiled(<name> HEADERS <header>... DEPENDS <target>...
#                   [OPTIONS <compile option>...])
# A target that owns the precompiled form of HEADERS.
function(house_precompiled name)
  cmake_parse_arguments(PARSE_ARGV 1 arg "" "" "HEADERS;DEPENDS;OPTIONS")
  if(NOT PLUMBLINE_PRECOMPILE)
    return()
  endif()
  set(source ${CMAKE_CURRENT_BINARY_DIR}/${name}.cc)
  file(CONFIGURE OUTPUT ${source} CONTENT "")
  add_library(${name} OBJECT EXCLUDE_FROM_ALL ${source})
  target_link_libraries(${name} PUBLIC ${arg_DEPENDS})
  house_target(${name})
  set_target_properties(${name} PROPERTIES EXCLUDE_FROM_ALL ON)
  target_compile_options(${name} PRIVATE ${arg_OPTIONS})
  target_precompile_headers(${name} PRIVATE ${arg_HEADERS})
  set(launcher ${PROJECT_SOURCE_DIR}/cmake/precompile_anew.sh
      ${CMAKE_CXX_COMPILER_LAUNCHER})
  set_target_properties(${name} PROPERTIES
    CXX_COMPILER_LAUNCHER "${launcher}")
endfunction()

# house_read_once(<target> <with stubs> <without>)
# Lets a target use the first if it reaches the generated stubs, else the
# second. Both are names of house_precompiled() targets.
function(house_read_once name with_stubs without)
  if(NOT PLUMBLINE_PRECOMPILE)
    return()
  endif()
  get_target_property(links ${name} LINK_LIBRARIES)
  house_reaches(speaks "^(content|triage)_grpc$" ${links})
  house_reaches(carries "_proto$|^test_support$" ${links})
  if(speaks)
    target_precompile_headers(${name} REUSE_FROM ${with_stubs})
  elseif(carries)
    target_precompile_headers(${name} REUSE_FROM ${without})
  endif()
endfunction()

# Sets `result` to whether a target that matches `pattern` is among, or linked
# by, the given ones.
function(house_reaches result pattern)
  set(${result} FALSE PARENT_SCOPE)
  foreach(target IN LISTS ARGN)
    set(links "")
    if(target MATCHES "${pattern}")
      set(${result} TRUE PARENT_SCOPE)
      return()
    elseif(TARGET ${target} AND NOT target MATCHES "::")
      get_target_property(links ${target} INTERFACE_LINK_LIBRARIES)
    endif()
    house_reaches(found "${pattern}" ${links})
    if(found)
      set(${result} TRUE PARENT_SCOPE)
      return()
    endif()
  endforeach()
endfunction()
