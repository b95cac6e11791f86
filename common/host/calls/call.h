// This is one call as a handler sees it.
#ifndef ACCORD_COMMON_HOST_CALLS_CALL_H_
#define ACCORD_COMMON_HOST_CALLS_CALL_H_

#include <atomic>
#include <memory>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "absl/time/clock.h"
#include "absl/time/time.h"
#include "common/access/assertion.h"
#include "common/base/clock.h"
#include "common/host/watching/changes.h"
#include "common/storage/database/database.h"

namespace accord::host {

class Call {
 public:
  Call(VerifiedAssertion verified, absl::Time now, absl::Time deadline, std::shared_ptr<Changes> changes)
      : verified_(std::move(verified)), now_(now), deadline_(deadline), changes_(std::move(changes)) {}
  Call(Caller caller, absl::Time now, absl::Time deadline, std::shared_ptr<Changes> changes)
      : Call(VerifiedAssertion{std::move(caller)}, now, deadline, std::move(changes)) {}
  ~Call();
  Call(const Call&) = delete;
  Call& operator=(const Call&) = delete;

  // This gives the caller as the gateway established it, which is empty for a method that only Accord's own
  // services call.
  const Caller& caller() const { return verified_.caller; }
  const VerifiedAssertion& verified() const { return verified_; }
  // The call only validates: its effect is rolled back, and its answer says what it would have done.
  bool validate_only() const { return verified_.validate_only; }
  // This gives the instant at which the call began. It is the only time that a handler may use.
  absl::Time now() const { return now_; }
  absl::Time deadline() const { return deadline_; }

  // Masks fields of this class in the answer, whatever the caller's grants allow, for example
  // because of a publication ban or because they are another person's secret.
  void Withhold(annotations::v1::SensitiveClass sensitive) { withheld_.insert(sensitive); }
  const std::set<annotations::v1::SensitiveClass>& withheld() const { return withheld_; }
  // Only a call that changes something has a request id.
  void set_request_id(const std::string& id) { request_id_ = id; }
  const std::string& request_id() const { return request_id_; }

  // These are the versions that the call has stored.
  void set_written(std::vector<storage::Written> written) { written_ = std::move(written); }
  const std::vector<storage::Written>& written() const { return written_; }
  // Records that the answer names this resource without containing it, so that its owner is told.
  void Disclose(const std::string& name) { disclosed_.insert(name); }
  const std::set<std::string>& disclosed() const { return disclosed_; }

  // The record is read only to build an answer about something else, such as an event of the feed,
  // and was not asked for itself.
  void set_for_another_answer() { for_another_answer_ = true; }
  bool for_another_answer() const { return for_another_answer_; }

  // Nobody waits for the answer any more: the call has ended, or its deadline has passed.
  bool abandoned() const { return ended_ || absl::Now() >= deadline_; }
  // This says for a stream whether it is to end, because the call was abandoned or the server is stopping.
  bool ended() const { return abandoned() || changes_->stopped(); }
  void End();
  // This gives the waiter on which the call's stream sleeps. It is woken when the call or the server ends.
  Waiter* waiter() { return WaiterFor(Changes::kEnd); }
  // This sleeps until this process changes something, the call or the server ends, or `timeout` has passed.
  void WaitForChange(absl::Duration timeout) { WaiterFor(Changes::kEveryChange)->Wait(timeout); }

 private:
  Waiter* WaiterFor(Changes::Interest interest);

  VerifiedAssertion verified_;
  absl::Time now_;
  absl::Time deadline_;
  std::shared_ptr<Changes> changes_;
  std::set<annotations::v1::SensitiveClass> withheld_;
  std::string request_id_;
  std::vector<storage::Written> written_;
  std::set<std::string> disclosed_;
  bool for_another_answer_ = false;
  std::atomic<bool> ended_{false};
  Waiter waiter_;
  // This says whether `changes_` has the waiter. Only the call's own thread uses this member.
  bool waits_ = false;
};

}  // namespace accord::host

#endif  // ACCORD_COMMON_HOST_CALLS_CALL_H_
