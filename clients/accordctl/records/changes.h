// Tells what changes at all services and concerns one person, as it happens.
#ifndef ACCORD_CLIENTS_ACCORDCTL_RECORDS_CHANGES_H_
#define ACCORD_CLIENTS_ACCORDCTL_RECORDS_CHANGES_H_

#include <atomic>
#include <condition_variable>
#include <functional>
#include <mutex>
#include <string>
#include <thread>

#include "absl/status/status.h"
#include "accord/host/v1/changes.pb.h"
#include "clients/accordctl/core/command_session.h"

namespace accord::ctl {

// Takes one change of a service (`protocols`), one at a time; false when no more are wanted.
using TakeChange = std::function<bool(const std::string& service, const host::v1::Change& change)>;

// Follows the feed of every service that has one for the context's person and purpose, until `take` says
// false or `stopped` is true. A service that refuses is left out; if all do, the refusal is the answer.
absl::Status FollowChanges(CommandSession* session, const host::v1::WatchChangesRequest& wanted,
                           const TakeChange& take, const std::function<bool()>& stopped = nullptr);

// A thread that follows the feeds, for somebody who looks anew whenever something changes. The session's
// client is open before.
class ChangeBell {
 public:
  explicit ChangeBell(CommandSession* session);
  ~ChangeBell() { Stop().IgnoreError(); }
  ChangeBell(const ChangeBell&) = delete;
  ChangeBell& operator=(const ChangeBell&) = delete;

  // Waits until something changed since Silence; false once nobody tells of changes any more.
  bool Wait();
  void Silence();
  // Follows no more, and says how it ended.
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

#endif  // ACCORD_CLIENTS_ACCORDCTL_RECORDS_CHANGES_H_
