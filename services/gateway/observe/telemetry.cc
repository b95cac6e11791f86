#include "services/gateway/observe/telemetry.h"

#include <algorithm>

#include "common/base/error.h"

namespace accord::gateway {
namespace {

constexpr char kUnknown[] = "unknown";

}  // namespace

Telemetry::Telemetry(const std::vector<const Method*>& methods) {
  for (const Method* method : methods) calls_.try_emplace(method->path);
  calls_.try_emplace(kUnknown);
}

void Telemetry::Count(const Method* method, const absl::Status& status, std::chrono::microseconds took) {
  Calls& calls = calls_.find(method == nullptr ? kUnknown : method->path)->second;
  const auto code = std::min<std::size_t>(static_cast<std::size_t>(status.code()), 16);
  constexpr auto kRelaxed = std::memory_order_relaxed;
  calls.by_code[code].fetch_add(1, kRelaxed);
  calls.micros.fetch_add(static_cast<uint64_t>(took.count()), kRelaxed);
  const double seconds = static_cast<double>(took.count()) / 1e6;
  std::size_t bucket = 0;
  while (bucket < kBounds.size() && seconds > kBounds[bucket]) ++bucket;
  calls.buckets[bucket].fetch_add(1, kRelaxed);
  if (status.ok()) return;
  const std::string rule = RuleOf(status);
  if (rule.empty()) return;
  std::lock_guard lock(mutex_);
  // There are few rules, and a service that invents rules must not fill the memory.
  if (refusals_.size() < 1000 || refusals_.contains(rule)) ++refusals_[rule];
}

std::map<std::string, uint64_t> Telemetry::refusals() const {
  std::lock_guard lock(mutex_);
  return refusals_;
}

}  // namespace accord::gateway
