// These functions read small files whole, such as keys, certificates and configuration. They are also the one
// way to write a file with sensitive contents: symbolic links are not followed, and the mode of an earlier
// file is not kept.
#ifndef ACCORD_COMMON_BASE_FILE_H_
#define ACCORD_COMMON_BASE_FILE_H_

#include <unistd.h>

#include <cstddef>
#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "absl/status/statusor.h"

namespace accord {

// At most this many bytes are read of one file, so that an endless device cannot fill the memory.
inline constexpr std::size_t kMostFileBytes = 64 << 20;
// This returns NOT_FOUND, with the reason, for a file that cannot be read or that is empty; it returns
// INVALID_ARGUMENT with rule FILE_TOO_LARGE for one that is larger.
absl::StatusOr<std::string> ReadFile(const std::string& path, std::size_t most_bytes = kMostFileBytes);
// This says whether there is anything at `path`. It returns INVALID_ARGUMENT with rule FILE_MISSING, and the
// reason, where this cannot be determined, as below a folder that this user may not open.
absl::StatusOr<bool> IsThere(const std::string& path);
// This makes a path absolute. It refuses as IsThere does if the current folder no longer exists.
absl::StatusOr<std::string> AbsolutePath(const std::string& path);

// The kind of a file says who may read it.
enum class FileKind {
  // These are keys, and data that is as sensitive as a key. They have mode 0600, and are written only into a
  // folder that belongs to this user or root and that nobody else may write to.
  kSecret,
  // These are pages, exports and state, which have mode 0600.
  kPrivate,
  // These are certificates and public keys, which have mode 0644 whatever the umask.
  kPublic,
};

// This writes a whole file by NewFile.
absl::Status WriteFile(const std::string& path, std::string_view text, FileKind kind,
                       uid_t owner = geteuid());
// The file's mode is 0600.
absl::Status WriteFileDurably(const std::string& path, const std::string& text);
}  // namespace accord

#endif  // ACCORD_COMMON_BASE_FILE_H_
