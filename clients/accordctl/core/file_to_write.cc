#include "clients/accordctl/core/file_to_write.h"

#include <filesystem>
#include <system_error>

#include "clients/accordctl/core/texts.h"

namespace accord::ctl {

std::string FaultOfFileToWrite(const std::string& path) {
  namespace fs = std::filesystem;
  if (path == "-") return Text("a file is wanted, and `-` would be one of that name: name it");
  std::error_code error;
  if (fs::is_directory(path, error)) return Text("{{what}} is a folder: name a file in it", {{"what", path}});
  const fs::path folder = fs::path(path).parent_path();
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

}  // namespace accord::ctl
