#include "common/storage/database/writer_queue.h"

#include <algorithm>

#include "absl/time/clock.h"
#include "common/base/error.h"

namespace accord::storage {
namespace {

// This is the longest time that a call waits for others to share its commit.
constexpr absl::Duration kLongest = absl::Milliseconds(20);
constexpr int kMostCalls = 64;

}  // namespace

absl::Status WriterQueue::AwaitTurn(absl::Time until) {
  std::unique_lock lock(mutex_);
  if (!taken_) {
    taken_ = true;
    return absl::OkStatus();
  }
  Waiter waiter;
  line_.push_back(&waiter);
  const auto mine = [&] { return waiter.mine; };
  if (until == absl::InfiniteFuture()) {
    waiter.turn.wait(lock, mine);
    return absl::OkStatus();
  }
  if (waiter.turn.wait_until(lock, absl::ToChronoTime(until), mine)) return absl::OkStatus();
  line_.erase(std::find(line_.begin(), line_.end(), &waiter));
  return Refuse(rules::kDatabasePoolExhausted, "The service is overloaded; try again.");
}

int WriterQueue::waiting() const {
  std::lock_guard lock(mutex_);
  return static_cast<int>(line_.size());
}

void WriterQueue::HandToNext() {
  taken_ = !line_.empty();
  if (!taken_) return;
  Waiter* next = line_.front();
  line_.pop_front();
  next->mine = true;
  next->turn.notify_one();
}

absl::Status WriterQueue::Join() {
  if (group_ == nullptr) {
    ACCORD_RETURN_IF_ERROR(session_.Begin("begin immediate"));
    group_ = std::make_shared<Group>();
    group_->begun = absl::Now();
  }
  ++group_->calls;
  return absl::OkStatus();
}

absl::Status WriterQueue::RunAlone(const std::function<absl::Status(DatabaseSession*)>& work, bool* lost) {
  absl::Status status = session_.Mark();
  if (status.ok()) status = session_.Outcome(work(&session_));
  const absl::Status ended = status.ok() ? session_.Keep() : session_.Undo();
  *lost = !ended.ok();
  return status.ok() ? ended : status;
}

void WriterQueue::PassOn(bool lost) {
  const auto group = group_;
  const bool go_on = [&] {
    std::lock_guard lock(mutex_);
    if (lost || line_.empty() || group->calls >= kMostCalls || absl::Now() - group->begun > kLongest) {
      return false;
    }
    HandToNext();
    return true;
  }();
  if (go_on) return;
  absl::Status result;
  if (lost) {
    session_.Rollback();
    result = Refuse(rules::kDatabaseBusy, "The database is busy; try again.");
  } else {
    result = session_.Commit();
  }
  std::lock_guard lock(mutex_);
  group->result = std::move(result);
  group->over = true;
  group_ = nullptr;
  over_.notify_all();
  HandToNext();
}

absl::Status WriterQueue::Run(const std::function<absl::Status(DatabaseSession*)>& work, absl::Time until) {
  ACCORD_RETURN_IF_ERROR(AwaitTurn(until));
  if (absl::Status joined = Join(); !joined.ok()) {
    std::lock_guard lock(mutex_);
    HandToNext();
    return joined;
  }
  const std::shared_ptr<Group> group = group_;
  bool lost = false;
  absl::Status status = RunAlone(work, &lost);
  PassOn(lost);
  // A call that failed has nothing in the transaction, so it need not wait for the commit.
  if (!status.ok()) return status;
  std::unique_lock lock(mutex_);
  over_.wait(lock, [&] { return group->over; });
  return group->result;
}

}  // namespace accord::storage
