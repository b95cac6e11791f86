#include "common/host/serving/fair_queue.h"

#include <algorithm>
#include <cmath>
#include <tuple>
#include <utility>

namespace accord::host {

std::optional<FairQueue::Refused> FairQueue::Push(const std::string& who, Item item) {
  Line& line = lines_[who];
  line.view.who = who;
  if (line.items.size() >= limits_.waiting_of_one) {
    ++line.view.refused_line;
    return Refused{std::move(item), Full::kLine};
  }
  std::optional<Refused> refused;
  if (waiting_ >= limits_.waiting) {
    Line* longest = Longest();
    if (longest == nullptr || longest->items.size() <= line.items.size() + 1) {
      ++line.view.refused_queue;
      return Refused{std::move(item), Full::kQueue};
    }
    ++longest->view.refused_queue;
    refused = Refused{std::move(longest->items.back().second), Full::kQueue};
    longest->items.pop_back();
    --waiting_;
  }
  line.items.emplace_back(arrivals_++, std::move(item));
  ++waiting_;
  return refused;
}

std::optional<FairQueue::Taken> FairQueue::Take(absl::Time now) {
  if (waiting_ == 0) return std::nullopt;
  Line* best = nullptr;
  std::tuple<absl::Duration, int, uint64_t> least;
  for (auto& [who, line] : lines_) {
    if (line.items.empty() || line.view.running >= limits_.running_of_one) continue;
    const bool dear = line.computes >= kDear;
    if (dear && line.view.running > 0 && running_dear_ >= limits_.running_of_dear) continue;
    if (dear && HasCompany(line) && DearRest(now)) continue;
    // The part of a debt that has been forgotten stays forgotten; otherwise it would grow again
    // with the progress of the other lines.
    line.used = TagOf(line, now);
    line.at = now;
    // Among equal lines the one that holds fewer workers comes first, and then the one that called first.
    const std::tuple key(line.used, line.view.running, line.items.front().first);
    if (best != nullptr && least <= key) continue;
    best = &line;
    least = key;
  }
  if (best == nullptr) return std::nullopt;
  now_ = std::max(now_, std::get<0>(least));
  Taken taken{std::move(best->items.front().second), best, best->mean, best->computes >= kDear};
  best->items.pop_front();
  --waiting_;
  best->used = std::get<0>(least) + taken.guess;
  best->at = now;
  ++best->view.running;
  if (taken.dear) {
    ++running_dear_;
  } else {
    company_ = now;
    company_of_ = best;
  }
  return taken;
}

void FairQueue::Done(const Taken& taken, const Spent& spent, absl::Time now) {
  Line& line = *taken.line;
  line.used = TagOf(line, now) + spent.held - taken.guess;
  line.at = now;
  line.mean += (spent.held - line.mean) / 8;
  line.computes += (spent.computed - line.computes) / 8;
  line.view.cost += spent.held;
  --line.view.running;
  if (!taken.dear) return;
  --running_dear_;
  if (!limits_.dear_rest) return;
  rest_ = std::min(std::max(rest_, now) + spent.computed / limits_.running_of_dear, now + kCompany);
}

bool FairQueue::DearRest(absl::Time now) const {
  // A clock that was set back ends the pause.
  return now < rest_ && rest_ <= now + kCompany && now < company_ + kCompany;
}

absl::Time FairQueue::Wakes(absl::Time now) const {
  if (waiting_ == 0 || !DearRest(now)) return absl::InfiniteFuture();
  return std::min(rest_, company_ + kCompany);
}

std::vector<FairQueue::View> FairQueue::Views() const {
  std::vector<View> views;
  for (const auto& [who, line] : lines_) {
    views.push_back(line.view);
    views.back().waiting = line.items.size();
  }
  return views;
}

absl::Duration FairQueue::TagOf(const Line& line, absl::Time now) const {
  const absl::Duration debt = line.used - now_;
  if (debt <= absl::ZeroDuration()) return now_;
  const double halves = absl::FDivDuration(now - line.at, kDebtHalves);
  return halves <= 0 ? line.used : now_ + debt * std::exp2(-halves);
}

FairQueue::Line* FairQueue::Longest() {
  Line* longest = nullptr;
  for (auto& [who, line] : lines_) {
    if (longest == nullptr || line.items.size() > longest->items.size()) longest = &line;
  }
  return longest;
}

}  // namespace accord::host
