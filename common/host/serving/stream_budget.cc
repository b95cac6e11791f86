#include "common/host/serving/stream_budget.h"

#include "common/base/error.h"

namespace accord::host {

absl::Status StreamBudget::Open(const std::string& who) {
  std::lock_guard lock(mutex_);
  View& view = views_[who];
  view.who = who;
  if (view.open >= of_one_) {
    ++view.refused_own;
    return Refuse(rules::kStreamsOfAgency, "Your agency has as many streams open as it may; end one first.");
  }
  if (open_ >= of_all_) {
    ++view.refused_all;
    return WithRetryAfter(Refuse(rules::kServiceBusy, "Too many streams are open; try again."),
                          absl::Milliseconds(500));
  }
  ++view.open;
  ++open_;
  return absl::OkStatus();
}

void StreamBudget::Close(const std::string& who) {
  // Notifies while it holds the lock, because the waiting thread may destroy this object once it is free.
  std::lock_guard lock(mutex_);
  --views_[who].open;
  if (--open_ == 0) none_.notify_all();
}

void StreamBudget::WaitUntilNoneIsOpen() {
  std::unique_lock lock(mutex_);
  none_.wait(lock, [this] { return open_ == 0; });
}

std::vector<StreamBudget::View> StreamBudget::Views() const {
  std::lock_guard lock(mutex_);
  std::vector<View> views;
  for (const auto& [who, view] : views_) views.push_back(view);
  return views;
}

}  // namespace accord::host
