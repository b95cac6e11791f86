// This file is about the events that a watch has told and that are not worked off yet.
#ifndef ACCORD_CLIENTS_CONNECTOR_EVENTS_AHEAD_H_
#define ACCORD_CLIENTS_CONNECTOR_EVENTS_AHEAD_H_

#include <condition_variable>
#include <cstddef>
#include <deque>
#include <exception>
#include <iterator>
#include <mutex>
#include <utility>
#include <vector>

namespace accord::connector {

// One thread puts events in, and another one takes all that there are: what is told while it works is worked
// off together next time.
template <class Event>
class EventsAhead {
 public:
  // There are never more than `most`.
  explicit EventsAhead(std::size_t most) : most_(most) {}

  // This waits while it is full. It is false once it is closed, and nothing was put in.
  bool Put(Event event) {
    std::unique_lock<std::mutex> lock(mutex_);
    changed_.wait(lock, [this] { return closed_ || events_.size() < most_; });
    if (closed_) return false;
    events_.push_back(std::move(event));
    changed_.notify_all();
    return true;
  }
  // No more come. `error` is what ended them, or null.
  void End(std::exception_ptr error) {
    const std::lock_guard<std::mutex> lock(mutex_);
    ended_ = true;
    error_ = std::move(error);
    changed_.notify_all();
  }
  // Nobody takes any more.
  void Close() {
    const std::lock_guard<std::mutex> lock(mutex_);
    closed_ = true;
    changed_.notify_all();
  }
  // This waits until there is one, and gives all that there are. None are left at the end; then the error
  // that ended them is thrown, if there is one.
  std::vector<Event> TakeAll() {
    std::unique_lock<std::mutex> lock(mutex_);
    changed_.wait(lock, [this] { return ended_ || !events_.empty(); });
    if (events_.empty() && error_ != nullptr) std::rethrow_exception(error_);
    std::vector<Event> taken(std::make_move_iterator(events_.begin()),
                             std::make_move_iterator(events_.end()));
    events_.clear();
    changed_.notify_all();
    return taken;
  }

 private:
  const std::size_t most_;
  std::mutex mutex_;
  std::condition_variable changed_;
  std::deque<Event> events_;
  bool ended_ = false, closed_ = false;
  std::exception_ptr error_;
};

}  // namespace accord::connector

#endif  // ACCORD_CLIENTS_CONNECTOR_EVENTS_AHEAD_H_
