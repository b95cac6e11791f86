#include "services/gateway/admission/policy.h"

#include <limits>

namespace accord::gateway {
namespace {

int64_t SteadyNs() {
  return std::chrono::duration_cast<std::chrono::nanoseconds>(
             std::chrono::steady_clock::now().time_since_epoch())
      .count();
}

}  // namespace

Policy::News Policy::Take(const registry::v1::PolicyUpdate& update) {
  heard_ns_ = SteadyNs();
  const bool changed = update.reset() || update.agencies_size() > 0 || update.systems_size() > 0 ||
                       update.actors_size() > 0 || update.certificates_size() > 0;
  auto table = table_.load();
  const bool moved = update.reset() || update.version() != table->version();
  if (changed || update.version() != table->version() || update.epoch() != table->epoch()) {
    table = PolicyTable::Apply(*table, update);
    table_.store(table);
  }
  const bool behind = update.newest_version() > update.version();
  if (!behind) {
    behind_since_ns_ = 0;
  } else if (moved || behind_since_ns_ == 0) {
    behind_since_ns_ = SteadyNs();
  }
  if (update.reset()) diverged_ = false;
  if (!update.digest().empty() && update.digest() != table->digest()) {
    diverged_ = true;
    return News::kDiverged;
  }
  return changed ? News::kChanged : News::kNone;
}

double Policy::AgeSeconds() const {
  if (pinned_) return 0;
  const int64_t heard = heard_ns_;
  return heard == 0 ? std::numeric_limits<double>::infinity() : static_cast<double>(SteadyNs() - heard) / 1e9;
}

bool Policy::Fresh(std::chrono::milliseconds max_age) const {
  if (pinned_) return true;
  if (diverged_) return false;
  const int64_t now = SteadyNs(), heard = heard_ns_, behind = behind_since_ns_;
  if (behind != 0 && now - behind > max_behind_.count()) return false;
  return heard != 0 && now - heard <= std::chrono::nanoseconds(max_age).count();
}

}  // namespace accord::gateway
