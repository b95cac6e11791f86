#include "services/gateway/http2/event_loop.h"

#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include <algorithm>
#include <array>

namespace accord::gateway {

EventLoop::EventLoop()
    : epoll_(::epoll_create1(EPOLL_CLOEXEC)), wake_(::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)) {
  epoll_event event{.events = EPOLLIN, .data = {.u64 = 0}};
  ::epoll_ctl(epoll_, EPOLL_CTL_ADD, wake_, &event);
}

EventLoop::~EventLoop() {
  // Tasks may own objects that use the loop in their destructors, so tasks are destroyed while the loop
  // still works.
  timers_.clear();
  posted_.clear();
  line_.Clear();
  RunDeferred();
  ::close(wake_);
  ::close(epoll_);
}

uint64_t EventLoop::Watch(int fd, uint32_t events, OnReady ready) {
  const uint64_t id = next_id_++;
  watched_[id] = std::make_shared<OnReady>(std::move(ready));
  epoll_event event{.events = events, .data = {.u64 = id}};
  ::epoll_ctl(epoll_, EPOLL_CTL_ADD, fd, &event);
  return id;
}

void EventLoop::Forget(uint64_t id, int fd) {
  if (watched_.erase(id) != 0) ::epoll_ctl(epoll_, EPOLL_CTL_DEL, fd, nullptr);
}

EventLoop::TimerId EventLoop::After(Millis delay, Task task) {
  TimerId id{std::chrono::steady_clock::now() + delay, next_id_++};
  timers_.emplace(id, std::move(task));
  return id;
}

void EventLoop::Wake() {
  const uint64_t one = 1;
  [[maybe_unused]] const auto written = ::write(wake_, &one, sizeof one);
}

void EventLoop::Post(Task task) {
  {
    std::lock_guard lock(mutex_);
    posted_.push_back(std::move(task));
  }
  Wake();
}

void EventLoop::Stop() {
  stopping_ = true;
  Wake();
}

void EventLoop::RunQueued() {
  const SteadyTime began = std::chrono::steady_clock::now();
  if (line_.empty() || began < line_rests_until_) return;
  SteadyTime ended = began;
  for (int ran = 0; ran < kFromLine && !line_.empty() && ended - began < kLongInLine; ++ran) {
    const Task task = line_.Next();
    task();
    ended = std::chrono::steady_clock::now();
  }
  if (ended - began >= kShortInLine) line_rests_until_ = ended + (ended - began);
}

int EventLoop::LongestWait() const {
  if (timers_.empty() && line_.empty()) return -1;
  SteadyTime next = SteadyTime::max();
  if (!timers_.empty()) next = timers_.begin()->first.first;
  if (!line_.empty()) next = std::min(next, line_rests_until_);
  const auto left = std::chrono::ceil<Millis>(next - std::chrono::steady_clock::now());
  return static_cast<int>(std::clamp<int64_t>(left.count(), 0, 60'000));
}

void EventLoop::RunTimers() {
  const SteadyTime now = std::chrono::steady_clock::now();
  while (!timers_.empty() && timers_.begin()->first.first <= now) {
    Task task = std::move(timers_.begin()->second);
    timers_.erase(timers_.begin());
    task();
  }
}

void EventLoop::RunDeferred() {
  // A deferred task may defer again; rounds are few because each only flushes or closes.
  while (!deferred_.empty()) {
    std::vector<Task> tasks;
    tasks.swap(deferred_);
    for (Task& task : tasks) task();
  }
}

void EventLoop::RunPosted() {
  uint64_t count = 0;
  [[maybe_unused]] const auto got = ::read(wake_, &count, sizeof count);
  std::vector<Task> tasks;
  {
    std::lock_guard lock(mutex_);
    tasks.swap(posted_);
  }
  for (Task& task : tasks) task();
}

void EventLoop::Run() {
  std::array<epoll_event, 128> events;
  while (!stopping_) {
    const int count = ::epoll_wait(epoll_, events.data(), events.size(), LongestWait());
    now_ = std::chrono::steady_clock::now();
    for (int i = 0; i < count; ++i) {
      // The id is copied, because the kernel packs this struct and no reference may bind to it.
      const uint64_t id = events[i].data.u64;
      if (id == 0) {
        RunPosted();
        continue;
      }
      const auto found = watched_.find(id);
      if (found == watched_.end()) continue;
      const std::shared_ptr<OnReady> ready = found->second;
      (*ready)(events[i].events);
    }
    RunQueued();
    RunTimers();
    RunDeferred();
  }
}

}  // namespace accord::gateway
