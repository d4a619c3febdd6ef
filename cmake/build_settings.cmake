# What holds for every target: language, build types, where results go.

set(CMAKE_CXX_STANDARD 20)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)
set(CMAKE_RUNTIME_OUTPUT_DIRECTORY ${PROJECT_BINARY_DIR}/bin)

# Two build types. Assertions stay on in a release: a service that stops and
# restarts from its last-known-good is better than one that goes on wrongly.
set(CMAKE_CXX_FLAGS_DEBUG "-O0 -g1 -D_GLIBCXX_ASSERTIONS")
set(CMAKE_CXX_FLAGS_RELEASE "-O2")
if(NOT CMAKE_BUILD_TYPE)
  set(CMAKE_BUILD_TYPE Release CACHE STRING "Release or Debug." FORCE)
endif()

# Sanitizers instrument our own code only. Generated code is compiled without
# them, so that one compiled copy serves every preset of a compiler.
set(PLUMBLINE_SANITIZE "" CACHE STRING
    "Value of -fsanitize= for our own code, for example address,undefined.")
option(PLUMBLINE_COVERAGE
       "Count which lines and branches of our own code were run." OFF)
option(PLUMBLINE_CONCURRENCY_ONLY
       "Build the tests labelled `concurrency` and what they need." OFF)

# ccache shares objects between build folders and between checkouts: paths are
# hashed relative to the checkout.
find_program(PLUMBLINE_CCACHE ccache)
if(PLUMBLINE_CCACHE)
  set(sloppiness include_file_mtime,include_file_ctime)
  string(APPEND sloppiness ,pch_defines,time_macros)
  set(CMAKE_CXX_COMPILER_LAUNCHER
      env CCACHE_BASEDIR=${PROJECT_SOURCE_DIR} CCACHE_NOHASHDIR=1
      CCACHE_SLOPPINESS=${sloppiness}
      ${PLUMBLINE_CCACHE})
endif()
