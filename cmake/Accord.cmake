# accord_library(name SOURCES ... DEPS ...), accord_binary(...) and accord_test(...) give all of them the same warnings,
# sanitizers and include root. With UNITY, files of a folder may be compiled together (Unity.cmake). GCC 12 sees
# uninitialized ghosts in std::optional and std::variant; sanitizers see the real ones.
set(ACCORD_SANITIZE "" CACHE STRING "Sanitizers for everything, for example address,undefined")

set(ACCORD_TEST_FLAGS "" CACHE STRING "Further options of the compiler for the files of tests alone")

add_library(accord_options INTERFACE)
target_include_directories(accord_options INTERFACE ${CMAKE_SOURCE_DIR})
target_compile_options(accord_options INTERFACE -Wall -Wextra -Wshadow -Wnon-virtual-dtor -Woverloaded-virtual)

if(ACCORD_SANITIZE)
  add_compile_options(-fsanitize=${ACCORD_SANITIZE} -fno-omit-frame-pointer -fno-sanitize-recover=all)
  add_link_options(-fsanitize=${ACCORD_SANITIZE})
endif()

# Debian's mold takes a fraction of ld's time for some seventy programs with all that sanitizers add to them. What is
# deployed is linked by ld.
option(ACCORD_FAST_LINK "Link with mold where it is installed" OFF)
if(ACCORD_FAST_LINK)
  include(CheckLinkerFlag)
  check_linker_flag(CXX -fuse-ld=mold ACCORD_HAS_MOLD)
  if(ACCORD_HAS_MOLD)
    add_link_options(-fuse-ld=mold)
  endif()
endif()

# This adds coverage feedback for libFuzzer to everything that is compiled here. What Clang warns of beyond GCC is
# no error.
option(ACCORD_FUZZ "Build the fuzz targets of tests/fuzz; needs Clang" OFF)
if(ACCORD_FUZZ)
  add_compile_options(-fsanitize=fuzzer-no-link -fno-sanitize=vptr,function)
else()
  target_compile_options(accord_options INTERFACE -Werror -Wno-maybe-uninitialized)
endif()

# This is the commit of this build, for Version(). Only binaries have it, so that a commit links no test anew.
set(ACCORD_COMMIT "" CACHE STRING "Commit to report where the source has no git")
add_custom_target(accord_commit_stamp BYPRODUCTS ${CMAKE_BINARY_DIR}/commit.cc
  COMMAND ${CMAKE_COMMAND} -DSOURCE_DIR=${CMAKE_SOURCE_DIR} -DOUT=${CMAKE_BINARY_DIR}/commit.cc
          -DACCORD_COMMIT=${ACCORD_COMMIT} -P ${CMAKE_SOURCE_DIR}/cmake/Version.cmake)
add_library(accord_commit OBJECT ${CMAKE_BINARY_DIR}/commit.cc)
add_dependencies(accord_commit accord_commit_stamp)

include(Embed)
include(Precompiled)
include(Protos)
include(Unity)

function(accord_target name)
  cmake_parse_arguments(ARG "UNITY" "PCH" "SOURCES;DEPS" ${ARGN})
  if(ARG_UNITY AND ACCORD_UNITY)
    accord_unity(${name} ${ACCORD_UNITY_FILES} ${ARG_SOURCES})
    accord_without_ghosts(${name})
  endif()
  if(ACCORD_PCH)
    if(NOT ARG_PCH)
      set(ARG_PCH accord_pch)
    endif()
    target_precompile_headers(${name} REUSE_FROM ${ARG_PCH})
  endif()
  target_sources(${name} PRIVATE ${ARG_SOURCES})
  get_target_property(type ${name} TYPE)
  if(type STREQUAL "EXECUTABLE")
    target_link_libraries(${name} PRIVATE accord_options ${ARG_DEPS})
  else()
    target_link_libraries(${name} PUBLIC accord_options ${ARG_DEPS})
  endif()
endfunction()

function(accord_library name)
  add_library(${name} STATIC)
  accord_target(${name} ${ARGN})
endfunction()

function(accord_binary name)
  add_executable(${name})
  accord_target(${name} ${ARGN})
  set_target_properties(${name} PROPERTIES RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/bin)
  set_property(GLOBAL APPEND PROPERTY ACCORD_BINARIES ${name})
  target_link_libraries(${name} PRIVATE accord_commit)
endfunction()

# There is one executable for each folder, and ctest runs it whole so that costly fixtures start once.
function(accord_test name)
  if(NOT BUILD_TESTING)
    return()
  endif()
  cmake_parse_arguments(ARG "" "" "SOURCES;DEPS" ${ARGN})
  add_executable(${name})
  accord_target(${name} PCH accord_test_pch ${ARGN})
  target_link_libraries(${name} PRIVATE GTest::gmock GTest::gtest_main)
  list(LENGTH ARG_SOURCES files)
  if(ACCORD_UNITY AND files GREATER ACCORD_UNITY_TESTS)
    accord_unity(${name} ${ACCORD_UNITY_TESTS} ${ARG_SOURCES})
  endif()
  accord_without_ghosts(${name})
  target_compile_options(${name} PRIVATE ${ACCORD_TEST_FLAGS})
  # What is tested is checked for undefined behaviour; in the tests' own files, most of which expands from macros, these
  # checks take two fifths of the compiler's time. Those of addresses stay.
  if(ACCORD_SANITIZE MATCHES undefined)
    target_compile_options(${name} PRIVATE -fno-sanitize=undefined)
  endif()
  set_target_properties(${name} PROPERTIES RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/test)
  # This says where the program's cases stand, for those who compile only what a filter asks for.
  foreach(source ${ARG_SOURCES})
    cmake_path(ABSOLUTE_PATH source)
    cmake_path(RELATIVE_PATH source BASE_DIRECTORY ${CMAKE_SOURCE_DIR})
    set_property(GLOBAL APPEND_STRING PROPERTY ACCORD_TEST_SOURCES "${name} ${source}\n")
  endforeach()
  add_test(NAME ${name} COMMAND ${name})
  set_tests_properties(${name} PROPERTIES
    TIMEOUT 1200
    ENVIRONMENT "ACCORD_SOURCE_DIR=${CMAKE_SOURCE_DIR};ACCORD_BIN_DIR=${CMAKE_BINARY_DIR}/bin")
endfunction()
