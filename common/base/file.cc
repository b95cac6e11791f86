#include "common/base/file.h"

#include <array>
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <system_error>

#include "absl/strings/str_cat.h"
#include "common/base/error.h"
#include "common/base/new_file.h"

namespace accord {
absl::StatusOr<std::string> ReadFile(const std::string& path, std::size_t most_bytes) {
  errno = 0;
  std::ifstream in(path, std::ios::binary);
  std::string content;
  std::array<char, 1 << 16> piece;
  while (in.good()) {
    in.read(piece.data(), piece.size());
    content.append(piece.data(), static_cast<std::size_t>(in.gcount()));
    if (content.size() > most_bytes) {
      return Refuse(rules::kFileTooLarge, absl::StrCat(path, ": is larger than ", most_bytes,
                                                       " bytes, the most that is read of it"));
    }
  }
  // A file that cannot be opened, a folder and a failing disk never reach the end of the file.
  const int error = errno;
  if (!in.eof()) {
    const std::string why = error == 0 ? "it could not be read to its end" : std::strerror(error);
    return absl::NotFoundError(absl::StrCat("cannot read ", path, ": ", why));
  }
  if (content.empty()) return absl::NotFoundError(absl::StrCat("cannot read ", path, ": it is empty"));
  return content;
}

absl::StatusOr<bool> IsThere(const std::string& path) {
  std::error_code error;
  const bool there = std::filesystem::exists(path, error);
  if (error) return Refuse(rules::kFileMissing, absl::StrCat(path, ": ", error.message()));
  return there;
}

absl::StatusOr<std::string> AbsolutePath(const std::string& path) {
  std::error_code error;
  const std::string absolute = std::filesystem::absolute(path, error).string();
  if (error) return Refuse(rules::kFileMissing, absl::StrCat(path, ": ", error.message()));
  return absolute;
}

absl::Status WriteFile(const std::string& path, std::string_view text, FileKind kind, uid_t owner) {
  ACCORD_ASSIGN_OR_RETURN(const auto file, NewFile::Create(path, kind, owner));
  ACCORD_RETURN_IF_ERROR(file->Write(text));
  return file->Commit();
}

absl::Status WriteFileDurably(const std::string& path, const std::string& text) {
  return WriteFile(path, text, FileKind::kPrivate);
}

}  // namespace accord
