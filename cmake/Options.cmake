# Flags every own target is built with. Generated code is not linked to tocsin_options.
set(CMAKE_CXX_STANDARD 23)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)
set(CMAKE_RUNTIME_OUTPUT_DIRECTORY ${PROJECT_BINARY_DIR}/bin)
set(CMAKE_LIBRARY_OUTPUT_DIRECTORY ${PROJECT_BINARY_DIR}/bin)
set(CMAKE_SKIP_RPATH ON)

option(TOCSIN_TESTS "build the tests" ON)
option(TOCSIN_FUZZ "build the fuzz targets (clang with libFuzzer)" OFF)
set(TOCSIN_SANITIZE "" CACHE STRING "value of -fsanitize= for every target")

# One arithmetic: no compiler may fuse a multiplication and an addition on the way to a decision.
add_compile_options(-ffp-contract=off -fno-omit-frame-pointer)
if(TOCSIN_SANITIZE)
  # Calling code that LLVM made at run time needs -fno-sanitize=function.
  add_compile_options(
    -fsanitize=${TOCSIN_SANITIZE} -fno-sanitize=function -fno-sanitize-recover=all)
  add_link_options(-fsanitize=${TOCSIN_SANITIZE})
endif()

add_library(tocsin_options INTERFACE)
target_compile_options(tocsin_options INTERFACE
  -Wall -Wextra -Werror -Wshadow -Wconversion -Wno-sign-conversion -Wno-missing-field-initializers
  # g++ 12 takes the inlined std::string operations for overlapping copies (its bug 105651).
  $<$<CXX_COMPILER_ID:GNU>:-Wno-restrict>
  # clang sees that libstdc++ 12 itself uses get_temporary_buffer, in std::stable_sort.
  $<$<CXX_COMPILER_ID:Clang>:-Wno-deprecated-declarations>)
