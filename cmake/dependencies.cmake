# The libraries we build on: packages of Debian 12, nothing else.

find_package(Threads REQUIRED)
find_package(Protobuf REQUIRED)
find_package(absl CONFIG REQUIRED)
find_package(gRPC CONFIG REQUIRED)
# Targets must agree on -pthread to share precompiled headers. This C library
# no longer needs it; re2 asks for it all the same.
if(PLUMBLINE_PRECOMPILE)
  set_target_properties(re2::re2 PROPERTIES INTERFACE_COMPILE_OPTIONS "")
endif()
find_package(OpenSSL REQUIRED)
find_package(SQLite3 REQUIRED)
find_library(Z3_LIBRARY z3 REQUIRED)
find_package(nlohmann_json CONFIG REQUIRED)
find_package(GTest CONFIG REQUIRED)
find_package(benchmark CONFIG REQUIRED)

find_program(PROTOC protoc REQUIRED)
find_program(GRPC_CPP_PLUGIN grpc_cpp_plugin REQUIRED)
find_path(google_rpc_root google/rpc/status.proto REQUIRED
  PATHS /usr/share/gocode/src/github.com/gogo/googleapis)

# Debian's own configuration of cmark insists on a program that is in another
# package.
find_library(CMARK_LIBRARY cmark REQUIRED)
find_path(CMARK_INCLUDE_DIR cmark.h REQUIRED)
add_library(cmark::cmark UNKNOWN IMPORTED GLOBAL)
set_target_properties(cmark::cmark PROPERTIES
  IMPORTED_LOCATION ${CMARK_LIBRARY}
  INTERFACE_INCLUDE_DIRECTORIES ${CMARK_INCLUDE_DIR})
