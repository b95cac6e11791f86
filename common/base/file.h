// Small files read whole: keys, certificates, configuration. And the one way to write a file that holds
// anything of anybody: nothing is followed, nothing keeps the mode of what was there before.
#ifndef ACCORD_COMMON_BASE_FILE_H_
#define ACCORD_COMMON_BASE_FILE_H_

#include <google/protobuf/message.h>
#include <unistd.h>

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "absl/status/statusor.h"

namespace accord {

// The most that is read of one file, so that a device that never ends fills no memory.
inline constexpr std::size_t kMostFileBytes = 64 << 20;
// NOT_FOUND, with the reason, for a file that cannot be read or that is empty; INVALID_ARGUMENT with rule
// FILE_TOO_LARGE for one that is larger.
absl::StatusOr<std::string> ReadFile(const std::string& path, std::size_t most_bytes = kMostFileBytes);
// Whether there is anything at `path`. INVALID_ARGUMENT with rule FILE_MISSING, and why, where that cannot be
// told, as below a folder that is closed to this user.
absl::StatusOr<bool> IsThere(const std::string& path);
// The same refusal where there is no present folder any more to begin from.
absl::StatusOr<std::string> AbsolutePath(const std::string& path);

// Whom a file is for.
enum class FileKind {
  // Keys, and what is as good as one: mode 0600, only into a folder that is this user's or root's and into
  // which
  // nobody else may write.
  kSecret,
  // Pages, exports, state: mode 0600.
  kPrivate,
  // Certificates and public keys: mode 0644 whatever the umask.
  kPublic,
};

// This is a file that takes its place in one step when all of it is on disk. Until then it is beside that
// place under a name of its own, and it is gone if it never gets there.
class NewFile {
 public:
  // Makes missing folders, open to this user alone. FAILED_PRECONDITION with rule FILE_NOT_SAFE if something
  // other than a regular file is at `path` (a symbolic link, a device) or if a secret would lie in a folder
  // that others can change; `owner` is another user whose folder will do, because the file will be that
  // user's. UNAVAILABLE with rule FILE_NOT_WRITTEN, and why, if it cannot
  // be written.
  static absl::StatusOr<std::unique_ptr<NewFile>> Create(const std::string& path, FileKind kind,
                                                         uid_t owner = geteuid());
  ~NewFile();
  NewFile(const NewFile&) = delete;
  NewFile& operator=(const NewFile&) = delete;

  // UNAVAILABLE with rule FILE_NOT_WRITTEN if the disk does not take it.
  absl::Status Write(std::string_view text);
  // Puts it in its place; it is on disk when this returns.
  absl::Status Commit();

 private:
  NewFile(std::string path, std::string name, int folder)
      : path_(std::move(path)), name_(std::move(name)), folder_(folder) {}
  absl::Status CannotWrite() const;

  const std::string path_, name_;
  // These are descriptors, so that the folder that was checked is the one that is written into, whatever
  // becomes of the path meanwhile.
  const int folder_;
  int file_ = -1;
  std::string aside_;
};

// Writes a whole file by NewFile.
absl::Status WriteFile(const std::string& path, std::string_view text, FileKind kind,
                       uid_t owner = geteuid());
// The file's mode is 0600.
absl::Status WriteFileDurably(const std::string& path, const std::string& text);
// Takes away what a file's mode lets others do. False if that cannot be done; true if there is no such file.
bool CloseToOthers(const std::string& path);
// Reads a key of this user's own. Bits of its mode that open it to others are taken away first; if they
// cannot be, FAILED_PRECONDITION with rule FILE_NOT_SAFE.
absl::StatusOr<std::string> ReadOwnSecret(const std::string& path);

// Reads a protobuf text format file strictly: an unknown field or a bad value is an error that says
// `path:line:column: what`.
absl::Status ReadTextProto(const std::string& path, google::protobuf::Message* message);
// Does the same with a text that is in no file; `what` stands where the path would.
absl::Status ParseTextProto(const std::string& what, const std::string& text,
                            google::protobuf::Message* message);
// Reads those fields of a configuration that `config` has, and passes over all others: it may be another
// process's, which reads it strictly itself. INVALID_ARGUMENT if it is no protobuf text format.
absl::Status ReadConfigPart(const std::string& path, google::protobuf::Message* config);

}  // namespace accord

#endif  // ACCORD_COMMON_BASE_FILE_H_
