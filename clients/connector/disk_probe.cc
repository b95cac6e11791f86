#include "clients/connector/disk_probe.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

#include "absl/strings/str_cat.h"

namespace accord::connector {

absl::Status ProbeDisk(const std::string& folder) {
  const std::string path = folder + "/probe";
  const std::string page(4096, '-');
  errno = 0;
  const int file = open(path.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0600);
  const bool taken = file >= 0 &&
                     write(file, page.data(), page.size()) == static_cast<ssize_t>(page.size()) &&
                     fsync(file) == 0;
  const int why = errno;
  if (file >= 0) {
    close(file);
    unlink(path.c_str());
  }
  if (taken) return absl::OkStatus();
  return absl::FailedPreconditionError(
      absl::StrCat("The folder ", folder, " takes no files: ", std::strerror(why == 0 ? ENOSPC : why), "."));
}

absl::Status DiskProbe::Takes() {
  const std::lock_guard<std::mutex> lock(mutex_);
  const absl::Time now = clock_.Now();
  // A clock that was set back tells nothing of how long ago the last try was.
  if (tried_.has_value() && now >= *tried_ && now < *tried_ + pause_) return last_;
  tried_ = now;
  last_ = try_(folder_);
  return last_;
}

}  // namespace accord::connector
