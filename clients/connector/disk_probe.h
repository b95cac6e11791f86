// This file is about whether the folder of state takes files. To try it costs a write and a synchronisation
// of the disk.
#ifndef ACCORD_CLIENTS_CONNECTOR_DISK_PROBE_H_
#define ACCORD_CLIENTS_CONNECTOR_DISK_PROBE_H_

#include <chrono>
#include <functional>
#include <mutex>
#include <optional>
#include <string>
#include <utility>

#include "absl/status/status.h"
#include "absl/time/time.h"
#include "common/base/clock.h"

namespace accord::connector {

// This writes a small file into a folder, puts it on disk and takes it away. It returns FAILED_PRECONDITION,
// and why, if the folder does not take it.
absl::Status ProbeDisk(const std::string& folder);

// However many ask, the disk is tried at most once in each pause. Threads may share it.
class DiskProbe {
 public:
  using Try = std::function<absl::Status(const std::string& folder)>;

  DiskProbe(std::string folder, std::chrono::milliseconds pause, const Clock& clock = Clock::Real(),
            Try take = ProbeDisk)
      : folder_(std::move(folder)), pause_(absl::FromChrono(pause)), clock_(clock), try_(std::move(take)) {}

  // This gives what the last try ended with, which began no longer than a pause ago.
  absl::Status Takes();

 private:
  const std::string folder_;
  const absl::Duration pause_;
  const Clock& clock_;
  const Try try_;
  std::mutex mutex_;
  std::optional<absl::Time> tried_;
  absl::Status last_;
};

}  // namespace accord::connector

#endif  // ACCORD_CLIENTS_CONNECTOR_DISK_PROBE_H_
