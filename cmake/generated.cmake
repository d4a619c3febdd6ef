# Code generated from the contracts: its own targets, without our warnings and
# without sanitizers, because we cannot change it.

set(generated_dir ${PROJECT_BINARY_DIR}/generated)

# Writes all generated files and compiles none: enough for clang-tidy.
add_custom_target(generated)

# Compiles generated SOURCES into the library `name`.
function(house_generated_library name)
  cmake_parse_arguments(PARSE_ARGV 1 arg "" "" "SOURCES;DEPENDS")
  add_library(${name} STATIC ${arg_SOURCES})
  add_custom_target(${name}_files DEPENDS ${arg_SOURCES})
  add_dependencies(generated ${name}_files)
  target_link_libraries(${name} PUBLIC ${arg_DEPENDS})
  target_compile_options(${name} PRIVATE -w)
  target_include_directories(${name} SYSTEM PUBLIC ${generated_dir})
  set_target_properties(${name} PROPERTIES
    EXCLUDE_FROM_ALL ${PLUMBLINE_CONCURRENCY_ONLY})
endfunction()

# house_proto(<name> ROOT <folder> PROTOS <file under ROOT>... DEPENDS ...)
# The messages of these files.
function(house_proto name)
  cmake_parse_arguments(PARSE_ARGV 1 arg "" "ROOT" "PROTOS;DEPENDS")
  house_generate(sources ROOT ${arg_ROOT} PROTOS ${arg_PROTOS} SUFFIX .pb
    ARGUMENTS --cpp_out=${generated_dir})
  house_generated_library(${name} SOURCES ${sources}
    DEPENDS ${arg_DEPENDS} protobuf::libprotobuf)
endfunction()

# house_grpc(<name> ROOT <folder> PROTOS <file under ROOT>... DEPENDS ...)
# The stubs of the services in these files.
function(house_grpc name)
  cmake_parse_arguments(PARSE_ARGV 1 arg "" "ROOT" "PROTOS;DEPENDS")
  house_generate(sources ROOT ${arg_ROOT} PROTOS ${arg_PROTOS} SUFFIX .grpc.pb
    ARGUMENTS --grpc_out=${generated_dir}
              --plugin=protoc-gen-grpc=${GRPC_CPP_PLUGIN})
  house_generated_library(${name} SOURCES ${sources}
    DEPENDS ${arg_DEPENDS} gRPC::grpc++)
endfunction()

# Sets `result` to the files that protoc writes for PROTOS with ARGUMENTS.
function(house_generate result)
  cmake_parse_arguments(PARSE_ARGV 1 arg "" "ROOT;SUFFIX" "PROTOS;ARGUMENTS")
  file(MAKE_DIRECTORY ${generated_dir})
  set(sources "")
  foreach(proto IN LISTS arg_PROTOS)
    string(REGEX REPLACE "\\.proto$" "${arg_SUFFIX}" stem ${proto})
    set(outputs ${generated_dir}/${stem}.h ${generated_dir}/${stem}.cc)
    add_custom_command(
      OUTPUT ${outputs}
      COMMAND ${PROTOC} -I ${PROJECT_SOURCE_DIR}/proto -I ${google_rpc_root}
              -I ${PROJECT_SOURCE_DIR}/third_party ${arg_ARGUMENTS} ${proto}
      DEPENDS ${arg_ROOT}/${proto}
      WORKING_DIRECTORY ${PROJECT_SOURCE_DIR}
      COMMENT "Generating ${stem}"
      VERBATIM)
    list(APPEND sources ${outputs})
  endforeach()
  set(${result} ${sources} PARENT_SCOPE)
endfunction()
