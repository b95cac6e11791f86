// This is one thread's epoll loop: descriptors, timers, work from other threads, and work put off to the end
// of a turn.
#ifndef ACCORD_SERVICES_GATEWAY_HTTP2_EVENT_LOOP_H_
#define ACCORD_SERVICES_GATEWAY_HTTP2_EVENT_LOOP_H_

#include <atomic>
#include <chrono>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

#include "services/gateway/http2/fair_line.h"

namespace accord::gateway {

using SteadyTime = std::chrono::steady_clock::time_point;
using Millis = std::chrono::milliseconds;

// Everything but Post and Stop belongs to the thread that runs the loop.
class EventLoop {
 public:
  using Task = std::function<void()>;
  using OnReady = std::function<void(uint32_t events)>;
  using TimerId = std::pair<SteadyTime, uint64_t>;

  EventLoop();
  ~EventLoop();
  EventLoop(const EventLoop&) = delete;
  EventLoop& operator=(const EventLoop&) = delete;

  // `events` are those of epoll. It returns an id for Forget; a late event of a forgotten id is ignored.
  uint64_t Watch(int fd, uint32_t events, OnReady ready);
  void Forget(uint64_t id, int fd);

  // This gives the time at which this turn of the loop began.
  SteadyTime now() const { return now_; }
  TimerId After(Millis delay, Task task);
  // This has no effect on a timer that has fired.
  void Cancel(const TimerId& timer) { timers_.erase(timer); }
  // The task runs once the events of this turn are dealt with.
  void Defer(Task task) { deferred_.push_back(std::move(task)); }
  // Queues a task that is expensive and that strangers can ask for. In each turn the loop runs a few such
  // tasks, alternating between the addresses that they come from, and for half of its time at the most, so
  // that everybody else is served in between.
  FairLine::Place QueueByAddress(const std::string& address, bool begun, Task task) {
    return line_.Enter(address, begun, std::move(task));
  }
  // This has no effect on a task whose turn has come.
  void LeaveQueue(const FairLine::Place& place) { line_.Leave(place); }
  // This may be called from any thread.
  void Post(Task task);

  void Run();
  // This may be called from any thread.
  void Stop();

 private:
  // At most this many queued tasks run in one turn, and none begins after the second limit.
  static constexpr int kFromLine = 4;
  static constexpr Millis kLongInLine{1};
  // The loop does not rest after less than this, because its clock counts in milliseconds.
  static constexpr std::chrono::microseconds kShortInLine{100};
  void RunQueued();
  // This gives the milliseconds until a timer or a queued task has something to do; they are negative if
  // nothing waits.
  int LongestWait() const;
  void RunTimers();
  void RunDeferred();
  void RunPosted();
  void Wake();

  int epoll_;
  int wake_;
  uint64_t next_id_ = 1;
  SteadyTime now_ = std::chrono::steady_clock::now();
  std::atomic<bool> stopping_{false};
  std::unordered_map<uint64_t, std::shared_ptr<OnReady>> watched_;
  std::map<TimerId, Task> timers_;
  std::vector<Task> deferred_;
  FairLine line_;
  // The loop rests from queued tasks for as long as those of its last turn took.
  SteadyTime line_rests_until_ = now_;
  std::mutex mutex_;
  std::vector<Task> posted_;
};

}  // namespace accord::gateway

#endif  // ACCORD_SERVICES_GATEWAY_HTTP2_EVENT_LOOP_H_
