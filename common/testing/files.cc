#include "common/testing/files.h"

#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <optional>
#include <sstream>
#include <system_error>

namespace accord::testing {
namespace {

namespace fs = std::filesystem;

constexpr int kLooks = 10;
constexpr auto kGone = std::errc::no_such_file_or_directory;

// This gives the content of a regular file, unless it has disappeared. A removed file may be created again a
// moment later, so the test process ends only if several attempts could not read it.
std::optional<std::string> Content(const fs::path& path) {
  std::error_code unknown;
  for (int look = 0; look < kLooks; ++look) {
    std::ifstream in(path, std::ios::binary);
    if (in.good()) {
      std::ostringstream out;
      out << in.rdbuf();
      return out.str();
    }
    if (fs::status(path, unknown).type() == fs::file_type::not_found) return std::nullopt;
  }
  std::fprintf(stderr, "cannot read %s\n", path.c_str());
  std::abort();
}

// This ends the test process unless `path` has disappeared.
void MustBeGone(const fs::path& path) {
  std::error_code unknown;
  if (fs::status(path, unknown).type() == fs::file_type::not_found) return;
  std::fprintf(stderr, "cannot read %s\n", path.c_str());
  std::abort();
}

// Each directory is read separately: a recursive iterator ends its whole walk at the first one
// that disappears.
void Collect(const fs::path& directory, std::map<std::string, std::string>& files) {
  std::error_code error;
  fs::directory_iterator entry(directory, error);
  for (; !error && entry != fs::directory_iterator(); entry.increment(error)) {
    const fs::path& path = entry->path();
    std::error_code unknown;
    if (fs::symlink_status(path, unknown).type() == fs::file_type::directory) Collect(path, files);
    const fs::file_type type = fs::status(path, unknown).type();
    if (type == fs::file_type::none && unknown != kGone) MustBeGone(path);
    if (type != fs::file_type::regular) continue;
    if (auto content = Content(path)) files[path] = *std::move(content);
  }
  if (error && error != kGone) MustBeGone(directory);
}

}  // namespace

std::map<std::string, std::string> FilesUnder(const std::string& root) {
  std::map<std::string, std::string> files;
  Collect(root, files);
  return files;
}

}  // namespace accord::testing
