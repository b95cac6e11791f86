// Every file of the corpus runs through its target, so that what a fuzzer once found stays corrected.
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>

#include "tests/fuzz/target.h"

namespace accord::fuzz {

// This prints the name of a target, which gtest asks for when it names the test.
void PrintTo(const Target& target, std::ostream* out);
void PrintTo(const Target& target, std::ostream* out) { *out << target.name; }

namespace {

namespace fs = std::filesystem;

fs::path CorpusFolder() {
  const char* source = std::getenv("ACCORD_SOURCE_DIR");
  return fs::path(source == nullptr ? "." : source) / "tests/fuzz/corpus";
}

std::vector<fs::path> FilesOf(const std::string& target) {
  std::vector<fs::path> files;
  std::error_code error;
  for (const auto& entry : fs::directory_iterator(CorpusFolder() / target, error))
    files.push_back(entry.path());
  std::sort(files.begin(), files.end());
  return files;
}

class Corpus : public ::testing::TestWithParam<Target> {};

TEST_P(Corpus, EveryFilePasses) {
  const auto files = FilesOf(GetParam().name);
  EXPECT_FALSE(files.empty());
  for (const fs::path& file : files) {
    std::ifstream in(file, std::ios::binary);
    const std::string bytes((std::istreambuf_iterator<char>(in)), {});
    // A target that fails ends the process, so the last name that was printed is the file at fault.
    std::cout << "  " << file.filename().string() << std::endl;
    GetParam().run(bytes);
  }
}

INSTANTIATE_TEST_SUITE_P(All, Corpus, ::testing::ValuesIn(Targets()),
                         [](const auto& target) { return std::string(target.param.name); });

TEST(CorpusFolders, AreOfTargets) {
  std::size_t folders = 0;
  for (const auto& entry : fs::directory_iterator(CorpusFolder())) {
    ++folders;
    const std::string name = entry.path().filename().string();
    EXPECT_TRUE(std::any_of(Targets().begin(), Targets().end(), [&](const Target& target) {
      return target.name == name;
    })) << name;
  }
  EXPECT_EQ(folders, Targets().size());
}

TEST(Hold, EndsTheProcessAndNamesTheProperty) {
  Hold(true, "one is one");
  EXPECT_DEATH(Hold(false, "one is two"), "does not hold: one is two");
}

}  // namespace
}  // namespace accord::fuzz
