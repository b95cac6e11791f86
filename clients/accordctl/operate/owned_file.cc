#include "clients/accordctl/operate/owned_file.h"

#include <sys/stat.h>
#include <unistd.h>

#include "absl/strings/str_cat.h"
#include "common/base/error.h"

namespace accord::ctl {

absl::Status WriteWithOwnerOf(const std::string& model, const std::string& path, const std::string& content,
                              FileKind kind) {
  struct stat info {};
  const bool known = stat(model.c_str(), &info) == 0;
  ACCORD_RETURN_IF_ERROR(WriteFile(path, content, kind, known ? info.st_uid : geteuid()));
  if (!known || geteuid() != 0 || lchown(path.c_str(), info.st_uid, info.st_gid) == 0) {
    return absl::OkStatus();
  }
  return accord::Refuse(rules::kFileNotWritten,
                        absl::StrCat("cannot give ", path, " to the owner of ", model));
}

}  // namespace accord::ctl
