#include "clients/connector/delivery_sender.h"

#include <algorithm>
#include <utility>

#include "common/base/log.h"

namespace accord::connector {
namespace {

// After as many failures the wait has long been the longest.
constexpr int64_t kMostDoublings = 40;

}  // namespace

DeliverySender::DeliverySender(Webhook webhook, Deliveries* deliveries, DeliveryOptions options,
                               const Clock& clock)
    : webhook_(std::move(webhook)), deliveries_(deliveries), options_(std::move(options)), clock_(clock) {
  for (int i = 0; i < std::max(webhook_.senders, 1); ++i) threads_.emplace_back([this] { Run(); });
}

DeliverySender::~DeliverySender() {
  {
    const std::lock_guard<std::mutex> lock(mutex_);
    over_ = true;
    for (WebhookCall* each : open_) each->Cut();
    changed_.notify_all();
  }
  for (std::thread& each : threads_) each.join();
}

void DeliverySender::Wake() {
  const std::lock_guard<std::mutex> lock(mutex_);
  changed_.notify_all();
}

bool DeliverySender::over() {
  const std::lock_guard<std::mutex> lock(mutex_);
  return over_;
}

void DeliverySender::Run() {
  while (const std::optional<DueDelivery> due = Next()) Release(*due, !Attempt(*due));
}

std::optional<DueDelivery> DeliverySender::Next() {
  std::unique_lock<std::mutex> lock(mutex_);
  while (!over_) {
    if (std::optional<DueDelivery> due = Take()) return due;
    changed_.wait_for(lock, options_.pause);
  }
  return std::nullopt;
}

// Under the lock: what became of a change is written before its resource is free, so that nothing that is
// over is found here.
std::optional<DueDelivery> DeliverySender::Take() {
  const absl::StatusOr<std::vector<DueDelivery>> due =
      deliveries_->Due(webhook_.name, static_cast<int64_t>(busy_.size()) + 1);
  if (!due.ok()) {
    LogError("deliveries_not_read", {{"webhook", webhook_.name}});
    return std::nullopt;
  }
  for (const DueDelivery& each : *due) {
    if (busy_.insert(each.lane).second) return each;
  }
  return std::nullopt;
}

void DeliverySender::Release(const DueDelivery& due, bool rest) {
  std::unique_lock<std::mutex> lock(mutex_);
  if (rest) changed_.wait_for(lock, options_.pause, [this] { return over_; });
  busy_.erase(due.lane);
}

bool DeliverySender::Attempt(const DueDelivery& due) {
  const absl::StatusOr<StoredDelivery> delivery = deliveries_->Read(due.id);
  if (absl::IsNotFound(delivery.status())) return true;
  absl::Status written;
  if (!delivery.ok()) {
    written = Settle(due, "the change cannot be read");
  } else if (const absl::Status posted = Post(due, *delivery); posted.ok()) {
    written = deliveries_->Delivered(due.id);
  } else if (over()) {
    // The attempt was cut off, which says nothing of the receiver.
    return true;
  } else {
    written = Settle(due, std::string(posted.message()));
  }
  if (!written.ok()) LogError("delivery_not_written", {{"webhook", webhook_.name}, {"id", due.id}});
  return written.ok();
}

absl::Status DeliverySender::Post(const DueDelivery& due, const StoredDelivery& delivery) {
  WebhookCall call(webhook_);
  {
    const std::lock_guard<std::mutex> lock(mutex_);
    if (over_) return absl::CancelledError("it is over");
    open_.insert(&call);
  }
  absl::Status posted = call.Post(due.id, clock_.Now(), delivery.body());
  const std::lock_guard<std::mutex> lock(mutex_);
  open_.erase(&call);
  return posted;
}

absl::Status DeliverySender::Settle(const DueDelivery& due, const std::string& problem) {
  const int64_t attempts = due.attempts + 1;
  const absl::Time now = clock_.Now();
  const bool is_last = (webhook_.max_attempts > 0 && attempts >= webhook_.max_attempts) ||
                       now - due.since >= webhook_.dead_after;
  if (!is_last) return deliveries_->Failed(due.id, problem, now + WaitAfter(attempts));
  LogError("delivery_dead", {{"webhook", webhook_.name}, {"id", due.id}, {"attempts", attempts}});
  return deliveries_->GiveUp(due.id, problem);
}

absl::Duration DeliverySender::WaitAfter(int64_t attempts) const {
  client::Waits waits = options_.waits;
  client::Seconds wait = waits.Next();
  for (int64_t i = 1; i < std::min(attempts, kMostDoublings); ++i) wait = waits.Next();
  return absl::Seconds(wait.count());
}

}  // namespace accord::connector
