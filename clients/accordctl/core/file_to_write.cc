#include "clients/accordctl/core/file_to_write.h"

#include <filesystem>
#include <system_error>

#include "absl/strings/str_cat.h"

namespace accord::ctl {

std::string FaultOfFileToWrite(const std::string& path) {
  namespace fs = std::filesystem;
  std::error_code error;
  if (fs::is_directory(path, error)) return absl::StrCat(path, " is a folder: name a file in it");
  const fs::path folder = fs::path(path).parent_path();
  if (folder.empty() || fs::is_directory(folder, error)) return "";
  if (fs::exists(folder, error)) return absl::StrCat(folder.string(), " is no folder: name another place");
  if (error) return absl::StrCat(folder.string(), ": ", error.message(), ": name another place");
  return absl::StrCat("there is no folder ", folder.string(), ": make it, or name another place");
}

}  // namespace accord::ctl
