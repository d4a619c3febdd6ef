# The house rules as functions: every target of ours is made by one of these.

# Every target of ours: strict warnings, includes rooted at the repository.
function(house_target name)
  target_compile_options(${name} PRIVATE -Wall -Wextra -Werror -Wshadow
    -Wno-missing-field-initializers)  # Designated initializers omit on purpose.
  if(CMAKE_CXX_COMPILER_ID MATCHES Clang)
    target_compile_options(${name} PRIVATE -Wthread-safety)
  endif()
  if(PLUMBLINE_SANITIZE)
    # Optimised a little: the proofs are several times faster.
    target_compile_options(${name} PRIVATE -fsanitize=${PLUMBLINE_SANITIZE}
      -fno-sanitize-recover=all -fno-omit-frame-pointer -O1)
    target_link_options(${name} PRIVATE -fsanitize=${PLUMBLINE_SANITIZE})
  endif()
  if(PLUMBLINE_COVERAGE)
    target_compile_options(${name} PRIVATE --coverage -fprofile-update=atomic)
    target_link_options(${name} PUBLIC --coverage)
  endif()
  set_target_properties(${name} PROPERTIES
    EXCLUDE_FROM_ALL ${PLUMBLINE_CONCURRENCY_ONLY})
  target_include_directories(${name} PUBLIC ${PROJECT_SOURCE_DIR})
endfunction()

# house_library(<name> SOURCES <file>... DEPENDS <target>...)
# A library of headers alone is an interface library.
function(house_library name)
  cmake_parse_arguments(PARSE_ARGV 1 arg "" "" "SOURCES;DEPENDS")
  if(arg_SOURCES MATCHES "\\.cc(;|$)")
    add_library(${name} STATIC ${arg_SOURCES})
    target_link_libraries(${name} PUBLIC ${arg_DEPENDS})
    house_target(${name})
    house_read_once(${name} stub_headers message_headers)
  else()
    add_library(${name} INTERFACE ${arg_SOURCES})
    target_link_libraries(${name} INTERFACE ${arg_DEPENDS})
    target_include_directories(${name} INTERFACE ${PROJECT_SOURCE_DIR})
  endif()
endfunction()

# house_executable(<name> SOURCES <file>... DEPENDS <target>...)
function(house_executable name)
  cmake_parse_arguments(PARSE_ARGV 1 arg "" "" "SOURCES;DEPENDS")
  add_executable(${name} ${arg_SOURCES})
  target_link_libraries(${name} PRIVATE ${arg_DEPENDS})
  house_target(${name})
  house_read_once(${name} stub_headers message_headers)
endfunction()

# house_test(<name> SOURCES <file>... DEPENDS <target>... [LABELS <label>...]
#            [DATA <path from the root>...] [TIMEOUT <seconds>])
# A googletest binary, run from the root of the checkout. It finds the built
# programs in the folder named by PLUMBLINE_BIN_DIR, and DATA must exist.
function(house_test name)
  cmake_parse_arguments(PARSE_ARGV 1 arg "" "TIMEOUT"
    "SOURCES;DEPENDS;LABELS;DATA")
  add_executable(${name} ${arg_SOURCES})
  target_link_libraries(${name} PRIVATE ${arg_DEPENDS} test_support
    GTest::gmock GTest::gtest_main)
  house_target(${name})
  # What is tested is optimised; the tests themselves only cost time to compile.
  target_compile_options(${name} PRIVATE $<$<CONFIG:Release>:-O0>)
  house_read_once(${name} test_stub_headers test_headers)
  list(TRANSFORM arg_SOURCES PREPEND ${CMAKE_CURRENT_SOURCE_DIR}/)
  set_property(GLOBAL APPEND PROPERTY house_test_sources ${arg_SOURCES})
  if(PLUMBLINE_CONCURRENCY_ONLY)
    if(NOT "concurrency" IN_LIST arg_LABELS)
      return()
    endif()
    set_target_properties(${name} PROPERTIES EXCLUDE_FROM_ALL OFF)
  endif()
  if(NOT arg_TIMEOUT)
    set(arg_TIMEOUT 120)
    if(PLUMBLINE_SANITIZE)
      set(arg_TIMEOUT 400)  # Sanitized programs are several times slower.
    endif()
  endif()
  list(TRANSFORM arg_DATA PREPEND ${PROJECT_SOURCE_DIR}/)
  add_test(NAME ${name} COMMAND ${name}
    WORKING_DIRECTORY ${PROJECT_SOURCE_DIR})
  set_tests_properties(${name} PROPERTIES
    LABELS "${arg_LABELS}" TIMEOUT ${arg_TIMEOUT}
    REQUIRED_FILES "${arg_DATA}"
    ENVIRONMENT "PLUMBLINE_BIN_DIR=${CMAKE_RUNTIME_OUTPUT_DIRECTORY}")
endfunction()

# house_bench(<name> SOURCES <file>... DEPENDS <target>...)
# A google-benchmark binary; `./dev bench` runs it, ctest does not.
function(house_bench name)
  cmake_parse_arguments(PARSE_ARGV 1 arg "" "" "SOURCES;DEPENDS")
  house_executable(${name} SOURCES ${arg_SOURCES}
    DEPENDS ${arg_DEPENDS} benchmark::benchmark_main)
endfunction()

# house_subdirectory(<folder> [PART_OF <folder>])
# Adds a folder. With PLUMBLINE_ONLY set, only if the folder, or what it is part
# of, is listed there.
function(house_subdirectory folder)
  cmake_parse_arguments(PARSE_ARGV 1 arg "" "PART_OF" "")
  if(PLUMBLINE_ONLY AND NOT folder IN_LIST PLUMBLINE_ONLY
     AND NOT "${arg_PART_OF}" IN_LIST PLUMBLINE_ONLY)
    return()
  endif()
  add_subdirectory(${folder})
endfunction()
