// These are threads that run the calls of a FairQueue. Handlers wait for the database and so must not run on
// gRPC's own threads.
#ifndef ACCORD_COMMON_HOST_SERVING_WORKERS_H_
#define ACCORD_COMMON_HOST_SERVING_WORKERS_H_

#include <condition_variable>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include "common/host/serving/fair_queue.h"

namespace accord::host {

class Workers {
 public:
  Workers(int threads, const FairQueue::Limits& limits);
  // This runs the calls that still wait, and then ends.
  ~Workers();

  // Queues the item. Runs `item.run` on a worker; or calls `item.refuse`, either immediately on
  // this thread or when a later call takes the item's place.
  void Post(const std::string& who, FairQueue::Item item);
  std::vector<FairQueue::View> Views() const;

 private:
  void Run();
  // This waits for the next call and gives it, or nullopt when this object ends.
  std::optional<FairQueue::Taken> Await(std::unique_lock<std::mutex>* lock);

  mutable std::mutex mutex_;
  std::condition_variable ready_;
  FairQueue queue_;
  bool stopping_ = false;
  std::vector<std::thread> threads_;
};

}  // namespace accord::host

#endif  // ACCORD_COMMON_HOST_SERVING_WORKERS_H_
