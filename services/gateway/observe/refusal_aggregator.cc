#include "services/gateway/observe/refusal_aggregator.h"

#include <iterator>
#include <utility>

#include "absl/time/clock.h"
#include "common/base/clock.h"
#include "common/base/ids.h"

namespace accord::gateway {
namespace {

constexpr std::chrono::minutes kMinute{1};
constexpr std::size_t kLast = 20;
// A record counts this many kinds of refusal. Further kinds share one row for each method and rule, or a
// last row.
constexpr std::size_t kMaxActors = 512;
constexpr std::size_t kMaxKinds = 1000;
constexpr char kOthers[] = "others";

}  // namespace

RefusalAggregator::Minute& RefusalAggregator::Count(const audit::v1::AuditRecord& refusal, SteadyTime now) {
  Minute& minute = minutes_[refusal.agency()];
  if (minute.total > 0 && now - minute.began >= kMinute) Close(std::exchange(minute, {}), &due_);
  if (minute.total++ == 0) minute.began = now;
  Key key{refusal.method(), refusal.rule(), refusal.actor()};
  if (!minute.counts.contains(key)) {
    if (minute.counts.size() >= kMaxActors) std::get<2>(key) = kOthers;
    if (minute.counts.size() >= kMaxKinds && !minute.counts.contains(key)) key = {kOthers, kOthers, kOthers};
  }
  ++minute.counts[key];
  return minute;
}

void RefusalAggregator::Keep(Minute* minute, const audit::v1::AuditRecord& refusal) {
  ++minute->counted_only;
  minute->last.push_back(refusal);
  if (minute->last.size() > kLast) minute->last.pop_front();
}

bool RefusalAggregator::Admit(const audit::v1::AuditRecord& refusal, SteadyTime now) {
  std::lock_guard lock(mutex_);
  Minute& minute = Count(refusal, now);
  if (minute.total <= per_minute_) return true;
  Keep(&minute, refusal);
  return false;
}

void RefusalAggregator::Keep(const audit::v1::AuditRecord& refusal, SteadyTime now) {
  std::lock_guard lock(mutex_);
  Keep(&Count(refusal, now), refusal);
}

void RefusalAggregator::Close(Minute minute, std::vector<audit::v1::AuditRecord>* due) const {
  if (minute.counted_only == 0) return;
  audit::v1::AuditRecord summary;
  const audit::v1::AuditRecord& newest = minute.last.back();
  summary.set_call_id(NewId(absl::Now()));
  summary.set_gateway(newest.gateway());
  *summary.mutable_time() = ToProto(absl::Now());
  summary.set_agency(newest.agency());
  summary.set_agency_kind(newest.agency_kind());
  summary.set_decision(audit::v1::DECISION_DENY);
  summary.set_phase(audit::v1::PHASE_REFUSALS);
  for (const auto& [key, count] : minute.counts) {
    auto* row = summary.add_refusals();
    row->set_method(std::get<0>(key));
    row->set_rule(std::get<1>(key));
    row->set_actor(std::get<2>(key));
    row->set_count(count);
  }
  due->insert(due->end(), std::make_move_iterator(minute.last.begin()),
              std::make_move_iterator(minute.last.end()));
  due->push_back(std::move(summary));
}

std::vector<audit::v1::AuditRecord> RefusalAggregator::Due(SteadyTime now, bool ending) {
  std::lock_guard lock(mutex_);
  for (auto each = minutes_.begin(); each != minutes_.end();) {
    if (!ending && now - each->second.began < kMinute) {
      ++each;
      continue;
    }
    Close(std::move(each->second), &due_);
    each = minutes_.erase(each);
  }
  return std::exchange(due_, {});
}

}  // namespace accord::gateway
