# These headers of packages are parsed once instead of in each of some 400 files. The builds of `./accord nightly`
# without ACCORD_PCH find the file that relies on such a header without including it.
option(ACCORD_PCH "Parse the headers of packages once" OFF)

set(ACCORD_PCH_HEADERS
  <algorithm> <chrono> <functional> <map> <memory> <optional> <string> <string_view> <unordered_map> <utility> <vector>
  <google/protobuf/descriptor.h> <google/protobuf/message.h> <google/protobuf/timestamp.pb.h>
  <absl/status/statusor.h> <absl/strings/str_cat.h> <absl/strings/str_split.h> <absl/time/time.h>)

# accord_precompiled(name SOURCE file HEADERS ... DEPS ...) makes a set of headers that targets name as their PCH.
function(accord_precompiled name)
  cmake_parse_arguments(ARG "" "" "HEADERS;DEPS;OPTIONS" ${ARGN})
  file(CONFIGURE OUTPUT ${CMAKE_BINARY_DIR}/${name}.cc CONTENT "// Written by cmake/Precompiled.cmake.\n")
  add_library(${name} OBJECT ${CMAKE_BINARY_DIR}/${name}.cc)
  target_link_libraries(${name} PRIVATE accord_options ${ARG_DEPS})
  target_compile_options(${name} PRIVATE ${ARG_OPTIONS})
  target_precompile_headers(${name} PRIVATE ${ARG_HEADERS})
endfunction()

if(ACCORD_PCH)
  # The compiler takes no header that was parsed without what -pthread defines.
  add_compile_options(-pthread)
  # Without this ccache would take nothing that was compiled with a precompiled header.
  if(CCACHE)
    set(CMAKE_CXX_COMPILER_LAUNCHER ${ACCORD_CCACHE} CCACHE_SLOPPINESS=pch_defines,time_macros ${CCACHE})
    add_compile_options($<$<COMPILE_LANGUAGE:CXX>:-fpch-preprocess>)
  endif()
  accord_precompiled(accord_pch HEADERS ${ACCORD_PCH_HEADERS} DEPS protobuf::libprotobuf absl::statusor absl::time)
  accord_precompiled(accord_tools_pch OPTIONS -O1
    HEADERS ${ACCORD_PCH_HEADERS} <CLI/CLI.hpp> <grpcpp/grpcpp.h> <nlohmann/json.hpp>
    DEPS protobuf::libprotobuf absl::statusor absl::time CLI11::CLI11 gRPC::grpc++ nlohmann_json::nlohmann_json)
  if(BUILD_TESTING)
    accord_precompiled(accord_test_pch OPTIONS ${ACCORD_TEST_FLAGS}
      HEADERS ${ACCORD_PCH_HEADERS} <gmock/gmock.h> <grpcpp/grpcpp.h> <gtest/gtest.h>
      DEPS protobuf::libprotobuf absl::statusor absl::time GTest::gmock gRPC::grpc++)
  endif()
endif()

# What comes out of a precompiled header is no system header to GCC 12, which then warns of std::string's own copies.
# Builds without it keep these warnings.
function(accord_without_ghosts name)
  if(ACCORD_PCH)
    target_compile_options(${name} PRIVATE -Wno-array-bounds -Wno-restrict -Wno-stringop-overflow -Wno-stringop-overread)
  endif()
endfunction()
