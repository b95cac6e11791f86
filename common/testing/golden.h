// These golden files in the source tree mirror the code, so that a reviewer sees what a change does.
#ifndef ACCORD_COMMON_TESTING_GOLDEN_H_
#define ACCORD_COMMON_TESTING_GOLDEN_H_

#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>
#include <initializer_list>
#include <string>

#include "common/base/file.h"

namespace accord::testing {

// This fails unless `file`, a path from the root of the source tree, holds `sections` separated by lines
// `--`. With ACCORD_UPDATE_GOLDEN=1 it writes the file instead.
inline void ExpectGolden(const std::string& file, std::initializer_list<std::string> sections) {
  std::string text;
  for (const std::string& section : sections) {
    if (!text.empty()) text += "--\n";
    text += section;
  }
  const std::string path = std::string(std::getenv("ACCORD_SOURCE_DIR")) + "/" + file;
  if (std::getenv("ACCORD_UPDATE_GOLDEN") != nullptr) std::ofstream(path) << text;
  EXPECT_EQ(ReadFile(path).value_or(""), text) << file << ": ACCORD_UPDATE_GOLDEN=1 writes it anew.";
}

}  // namespace accord::testing

#endif  // ACCORD_COMMON_TESTING_GOLDEN_H_
