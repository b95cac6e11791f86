#include "common/testing/files.h"

#include <gtest/gtest.h>

#include <atomic>
#include <filesystem>
#include <fstream>
#include <thread>

#include "common/testing/temp_dir.h"

namespace accord::testing {
namespace {

namespace fs = std::filesystem;

TEST(FilesUnder, FindsWhatStaysWhileOtherFilesComeAndGo) {
  const TempDir dir;
  fs::create_directories(dir.path("stays/deep"));
  std::ofstream(dir.path("stays/deep/file")) << "kept";
  fs::create_symlink("stays/deep/file", dir.path("link"));
  std::atomic<int> rounds = 0;
  std::jthread churn([&](const std::stop_token& stop) {
    for (; !stop.stop_requested(); ++rounds) {
      fs::create_directories(dir.path("goes/deep"));
      for (int i = 0; i < 20; ++i)
        std::ofstream(dir.path((i % 2 != 0 ? "goes/deep/" : "") + std::to_string(i)));
      for (int i = 0; i < 20; i += 2) fs::remove(dir.path(std::to_string(i)));
      fs::remove_all(dir.path("goes"));
    }
  });
  while (rounds < 500) {
    auto files = FilesUnder(dir.path());
    ASSERT_EQ(files[dir.path("stays/deep/file")], "kept");
    ASSERT_EQ(files[dir.path("link")], "kept");
  }
}

}  // namespace
}  // namespace accord::testing
