// Only one process at a time may use one folder of state: two would break the order in which acts are sent.
#ifndef ACCORD_CLIENTS_CONNECTOR_STATE_LOCK_H_
#define ACCORD_CLIENTS_CONNECTOR_STATE_LOCK_H_

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <memory>
#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/str_cat.h"

namespace accord::connector {

// The kernel gives it back with the end of the process, whatever that ends by.
class StateLock {
 public:
  // This returns FAILED_PRECONDITION if another one is held over the folder, or if it cannot be made there.
  static absl::StatusOr<std::unique_ptr<StateLock>> Take(const std::string& state_folder) {
    const std::string path = state_folder + "/lock";
    const int file = open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, S_IRUSR | S_IWUSR);
    if (file < 0) return absl::FailedPreconditionError(absl::StrCat(path, " cannot be made."));
    std::unique_ptr<StateLock> lock(new StateLock(file));
    if (flock(file, LOCK_EX | LOCK_NB) == 0) return lock;
    return absl::FailedPreconditionError(
        absl::StrCat("Another connector works with ", state_folder, ". Give each a folder of its own."));
  }
  ~StateLock() { close(file_); }
  StateLock(const StateLock&) = delete;
  StateLock& operator=(const StateLock&) = delete;

 private:
  explicit StateLock(int file) : file_(file) {}

  const int file_;
};

}  // namespace accord::connector

#endif  // ACCORD_CLIENTS_CONNECTOR_STATE_LOCK_H_
