// This wakes a view whenever something changes at a service.
#ifndef ACCORD_CLIENTS_ACCORDCTL_RECORDS_CHANGE_BELL_H_
#define ACCORD_CLIENTS_ACCORDCTL_RECORDS_CHANGE_BELL_H_

#include <atomic>
#include <condition_variable>
#include <mutex>
#include <thread>

#include "absl/status/status.h"
#include "clients/accordctl/core/command_session.h"

namespace accord::ctl {

// This is a thread that follows the feeds, for a view that is refreshed whenever something changes. The
// session's client must already be open.
class ChangeBell {
 public:
  explicit ChangeBell(CommandSession* session);
  ~ChangeBell() { Stop().IgnoreError(); }
  ChangeBell(const ChangeBell&) = delete;
  ChangeBell& operator=(const ChangeBell&) = delete;

  // This waits until something has changed since Silence; it is false once the feeds have ended.
  bool Wait();
  void Silence();
  // This stops following, and gives the status with which it ended.
  absl::Status Stop();

 private:
  std::mutex mutex_;
  std::condition_variable rung_;
  bool changed_ = false, ended_ = false;
  absl::Status status_;
  std::atomic<bool> over_{false};
  std::thread thread_;
};

}  // namespace accord::ctl

#endif  // ACCORD_CLIENTS_ACCORDCTL_RECORDS_CHANGE_BELL_H_
