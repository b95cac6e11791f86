// This erases what is over once a minute, and tells the log of dead letters that a person has discarded.
#ifndef ACCORD_CLIENTS_CONNECTOR_UPKEEP_H_
#define ACCORD_CLIENTS_CONNECTOR_UPKEEP_H_

#include <chrono>
#include <condition_variable>
#include <mutex>
#include <thread>

#include "clients/connector/deliveries.h"
#include "clients/connector/outbox.h"
#include "common/base/log.h"

namespace accord::connector {

class Upkeep {
 public:
  // `deliveries` is null where there are no watches.
  Upkeep(Outbox* outbox, Deliveries* deliveries)
      : outbox_(outbox), deliveries_(deliveries), thread_([this] { Run(); }) {}
  ~Upkeep() {
    {
      const std::lock_guard<std::mutex> lock(mutex_);
      over_ = true;
    }
    changed_.notify_all();
    thread_.join();
  }
  Upkeep(const Upkeep&) = delete;
  Upkeep& operator=(const Upkeep&) = delete;

 private:
  void Run() {
    std::unique_lock<std::mutex> lock(mutex_);
    do {
      lock.unlock();
      const absl::StatusOr<int64_t> erased = outbox_->EraseOver();
      if (!erased.ok()) LogError("outbox_not_erased");
      EraseDiscarded();
      lock.lock();
    } while (!changed_.wait_for(lock, std::chrono::minutes(1), [this] { return over_; }));
  }

  void EraseDiscarded() {
    if (deliveries_ == nullptr) return;
    const absl::Status erased = deliveries_->EraseDiscarded([](const DiscardedLetter& letter) {
      LogWarning("delivery_discarded",
                 {{"webhook", letter.webhook}, {"id", letter.id}, {"reason", letter.reason}});
    });
    if (!erased.ok()) LogError("deliveries_not_erased");
  }

  Outbox* const outbox_;
  Deliveries* const deliveries_;
  std::mutex mutex_;
  std::condition_variable changed_;
  bool over_ = false;
  std::thread thread_;
};

}  // namespace accord::connector

#endif  // ACCORD_CLIENTS_CONNECTOR_UPKEEP_H_
