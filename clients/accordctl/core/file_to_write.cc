#include "clients/accordctl/core/file_to_write.h"

#include <filesystem>
#include <system_error>

#include "clients/accordctl/core/texts.h"

namespace accord::ctl {
namespace {

namespace fs = std::filesystem;

// This gives what is wrong with the folder that something is to be written into; an empty path is the
// current folder.
std::string FaultOfFolderAround(const fs::path& folder) {
  std::error_code error;
  if (folder.empty() || fs::is_directory(folder, error)) return "";
  if (fs::exists(folder, error)) {
    return Text("{{what}} is no folder: name another place", {{"what", folder.string()}});
  }
  if (error) {
    return Text("{{what}}: {{why}}: name another place",
                {{"what", folder.string()}, {"why", error.message()}});
  }
  return Text("there is no folder {{folder}}: make it, or name another place", {{"folder", folder.string()}});
}

}  // namespace

std::string FaultOfFileToWrite(const std::string& path) {
  if (path == "-") return Text("a file is wanted, and `-` would be one of that name: name it");
  std::error_code error;
  if (fs::is_directory(path, error)) return Text("{{what}} is a folder: name a file in it", {{"what", path}});
  return FaultOfFolderAround(fs::path(path).parent_path());
}

std::string FaultOfFolderToFill(const std::string& path) {
  fs::path folder(path);
  // `york/` is the folder `york`.
  if (!folder.has_filename()) folder = folder.parent_path();
  std::error_code error;
  return fs::is_directory(folder, error) ? "" : FaultOfFolderAround(folder.parent_path());
}

}  // namespace accord::ctl
