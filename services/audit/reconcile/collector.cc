#include "services/audit/reconcile/collector.h"

#include <algorithm>
#include <iterator>
#include <utility>

#include "absl/time/clock.h"
#include "common/base/error.h"
#include "common/base/ids.h"
#include "common/base/log.h"
#include "common/storage/database/lease.h"

namespace accord::audit {
namespace {

using Steady = std::chrono::steady_clock;

// Changes that arrive within this of the first one are compared together.
constexpr absl::Duration kTogether = absl::Milliseconds(100);
// This many changes may wait until they are old enough; a service with more is not read further meanwhile.
constexpr std::size_t kMostWaiting = 50'000;
constexpr absl::Duration kWaitStep = absl::Milliseconds(100);

}  // namespace

absl::Duration Collector::Options::PauseAfterFailure(absl::Duration last, absl::Duration followed) const {
  const bool again = last > absl::ZeroDuration() && followed < longest_pause;
  return again ? std::min(last * 2, longest_pause) : pause;
}

Collector::Collector(storage::Database* database, Reconciler* reconciler, RevisionWatch watch,
                     Options options)
    : database_(database),
      reconciler_(reconciler),
      watch_(std::move(watch)),
      options_(options),
      holder_(NewId(absl::Now())) {}

Collector::~Collector() {
  stopping_ = true;
  for (auto& thread : threads_) thread.join();
}

void Collector::Start() {
  for (const std::string& service : RevisedServices()) {
    threads_.emplace_back([this, service] { Run(service); });
  }
}

absl::StatusOr<bool> Collector::HoldsLease(const std::string& service) {
  return database_->Transact([&](storage::Transaction& tx) {
    return storage::TakeLease(tx, "collect " + service, holder_, absl::Now(), options_.lease);
  });
}

void Collector::Run(const std::string& service) {
  std::string failed;
  absl::Duration last;
  while (!stopping_) {
    const Steady::time_point began = Steady::now();
    absl::Status status;
    if (const auto mine = HoldsLease(service); !mine.ok()) {
      status = mine.status();
    } else if (*mine) {
      status = Follow(service);
    }
    // Each new reason is logged once, because a log that is not enrolled yet would log it every second.
    std::string rule = status.ok() || absl::IsCancelled(status) ? "" : RuleOf(status);
    if (rule != failed && !rule.empty()) LogWarning("collection_failed", {{"of", service}, {"rule", rule}});
    failed = std::move(rule);
    const bool broken = !status.ok() && !absl::IsCancelled(status);
    const absl::Duration followed = absl::FromChrono(Steady::now() - began);
    last = broken ? options_.PauseAfterFailure(last, followed) : absl::ZeroDuration();
    const absl::Duration pause = broken ? last : options_.pause;
    const Steady::time_point until = Steady::now() + absl::ToChronoNanoseconds(pause);
    while (!stopping_ && Steady::now() < until) absl::SleepFor(kWaitStep);
  }
}

std::size_t Collector::CountOf(const std::deque<Batch>& waiting) {
  std::size_t count = 0;
  for (const Batch& batch : waiting) count += batch.changes.size();
  return count;
}

absl::Status Collector::SettleDue(const std::string& service, std::deque<Batch>* waiting) {
  const auto old_enough = absl::ToChronoNanoseconds(kTogether + options_.grace);
  while (!waiting->empty() && Steady::now() - waiting->front().at >= old_enough) {
    ACCORD_ASSIGN_OR_RETURN(const int64_t recovered, reconciler_->Settle(service, waiting->front().changes));
    if (recovered > 0) LogInfo("records_recovered", {{"of", service}, {"records", recovered}});
    waiting->pop_front();
  }
  return absl::OkStatus();
}

absl::Status Collector::Follow(const std::string& service) {
  ACCORD_ASSIGN_OR_RETURN(const Position position,
                          reconciler_->CatchUp(service, absl::Now() - options_.grace));
  host::v1::WatchRevisionKeysRequest request;
  request.set_after_sequence(position.sequence);
  request.set_platform(true);
  std::deque<Batch> waiting;
  absl::Status status;
  Steady::time_point renewed = Steady::now();
  const auto renew_after = absl::ToChronoNanoseconds(options_.lease / 3);
  const auto go_on = [&] {
    if (stopping_) return false;
    if (Steady::now() - renewed > renew_after) {
      const auto mine = HoldsLease(service);
      if (!mine.ok() || !*mine) return false;
      renewed = Steady::now();
    }
    status = SettleDue(service, &waiting);
    return status.ok();
  };
  const auto take = [&](host::v1::ListRevisionKeysResponse page) {
    const Steady::time_point now = Steady::now();
    const bool later = waiting.empty() || now - waiting.back().at > absl::ToChronoNanoseconds(kTogether);
    if (later) waiting.push_back({{}, now});
    auto& changes = waiting.back().changes;
    auto told = ChangesOf(std::move(page));
    std::move(told.begin(), told.end(), std::back_inserter(changes));
    while (CountOf(waiting) > kMostWaiting && go_on()) absl::SleepFor(kWaitStep);
  };
  const absl::Status watched = watch_(service, request, take, go_on);
  return status.ok() ? watched : status;
}

}  // namespace accord::audit
