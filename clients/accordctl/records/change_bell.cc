#include "clients/accordctl/records/change_bell.h"

#include "clients/accordctl/records/changes.h"

namespace accord::ctl {

ChangeBell::ChangeBell(CommandSession* session)
    : thread_([this, session] {
        const auto take = [this](const std::string&, const host::v1::Change&) {
          std::lock_guard lock(mutex_);
          changed_ = true;
          rung_.notify_all();
          return !over_;
        };
        const absl::Status how = FollowChanges(session, {}, take, [this] { return over_.load(); });
        std::lock_guard lock(mutex_);
        status_ = how;
        ended_ = true;
        rung_.notify_all();
      }) {}

bool ChangeBell::Wait() {
  std::unique_lock lock(mutex_);
  rung_.wait(lock, [this] { return changed_ || ended_; });
  return !ended_;
}

void ChangeBell::Silence() {
  std::lock_guard lock(mutex_);
  changed_ = false;
}

absl::Status ChangeBell::Stop() {
  over_ = true;
  if (thread_.joinable()) thread_.join();
  return status_;
}

}  // namespace accord::ctl
