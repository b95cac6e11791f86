#include "accord/client/interrupt.h"

#include <utility>

namespace accord::client {

Interrupt::Interrupt(Seconds silence)
    : silence_(std::chrono::duration_cast<std::chrono::steady_clock::duration>(silence)),
      thread_([this] { Run(); }) {}

Interrupt::~Interrupt() {
  {
    const std::lock_guard<std::mutex> lock(mutex_);
    over_ = true;
    changed_.notify_all();
  }
  thread_.join();
}

void Interrupt::Close() {
  const std::lock_guard<std::mutex> lock(mutex_);
  closed_ = true;
  if (cancel_) cancel_();
  changed_.notify_all();
}

bool Interrupt::closed() {
  const std::lock_guard<std::mutex> lock(mutex_);
  return closed_;
}

void Interrupt::Rest(Seconds seconds) {
  std::unique_lock<std::mutex> lock(mutex_);
  changed_.wait_for(lock, seconds, [this] { return closed_; });
}

Interrupt::Reading::Reading(Interrupt& interrupt, std::function<void()> cancel) : interrupt_(interrupt) {
  const std::lock_guard<std::mutex> lock(interrupt_.mutex_);
  interrupt_.cancel_ = std::move(cancel);
  interrupt_.until_ = std::chrono::steady_clock::now() + interrupt_.silence_;
  // Whoever closed the watch before had no read to cancel.
  if (interrupt_.closed_) interrupt_.cancel_();
  interrupt_.changed_.notify_all();
}

Interrupt::Reading::~Reading() {
  const std::lock_guard<std::mutex> lock(interrupt_.mutex_);
  interrupt_.cancel_ = nullptr;
}

void Interrupt::Run() {
  std::unique_lock<std::mutex> lock(mutex_);
  while (!over_) {
    if (!cancel_) {
      changed_.wait(lock);
    } else if (std::chrono::steady_clock::now() < until_) {
      changed_.wait_until(lock, until_);
    } else {
      cancel_();
      cancel_ = nullptr;
    }
  }
}

}  // namespace accord::client
