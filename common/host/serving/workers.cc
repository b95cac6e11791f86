#include "common/host/serving/workers.h"

#include <algorithm>
#include <ctime>
#include <utility>

#include "absl/time/clock.h"

namespace accord::host {
namespace {

// This gives the CPU time that the calling thread has used.
absl::Duration WorkerCpuTime() {
  timespec now{};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
  return absl::DurationFromTimespec(now);
}

}  // namespace

Workers::Workers(int threads, const FairQueue::Limits& limits) : queue_(limits) {
  for (int i = 0; i < threads; ++i) threads_.emplace_back([this] { Run(); });
}

Workers::~Workers() {
  {
    std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  ready_.notify_all();
  for (auto& thread : threads_) thread.join();
}

void Workers::Post(const std::string& who, FairQueue::Item item) {
  std::optional<FairQueue::Refused> refused;
  {
    std::lock_guard lock(mutex_);
    refused = queue_.Push(who, std::move(item));
  }
  ready_.notify_one();
  if (refused) refused->item.refuse(refused->why);
}

std::vector<FairQueue::View> Workers::Views() const {
  std::lock_guard lock(mutex_);
  return queue_.Views();
}

std::optional<FairQueue::Taken> Workers::Await(std::unique_lock<std::mutex>* lock) {
  for (;;) {
    const absl::Time now = absl::Now();
    auto taken = queue_.Take(now);
    if (taken || (stopping_ && queue_.empty())) return taken;
    const absl::Duration rest = queue_.Wakes(now) - now;
    if (rest == absl::InfiniteDuration()) {
      ready_.wait(*lock);
    } else {
      ready_.wait_for(*lock, absl::ToChronoNanoseconds(rest));
    }
  }
}

void Workers::Run() {
  std::unique_lock lock(mutex_);
  for (;;) {
    std::optional<FairQueue::Taken> taken = Await(&lock);
    if (!taken) break;
    lock.unlock();
    const absl::Time start = absl::Now();
    const absl::Duration computed = WorkerCpuTime();
    taken->item.run();
    taken->item = {};
    const absl::Time end = absl::Now();
    lock.lock();
    // The wall clock may have been set back meanwhile, so the time may be negative.
    queue_.Done(*taken, {std::max(end - start, absl::ZeroDuration()), WorkerCpuTime() - computed}, end);
  }
  // The other threads may be asleep while calls wait that only this thread could take.
  ready_.notify_all();
}

}  // namespace accord::host
