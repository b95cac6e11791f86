// This file is about who is told that an act has its final answer.
#ifndef ACCORD_CLIENTS_CONNECTOR_ANNOUNCEMENTS_H_
#define ACCORD_CLIENTS_CONNECTOR_ANNOUNCEMENTS_H_

#include <functional>
#include <map>
#include <mutex>
#include <string>
#include <utility>

namespace accord::connector {

// Threads may share it.
class Announcements {
 public:
  using Hear = std::function<void(const std::string& id)>;

  // `who` hears of every act until Leave.
  void Join(const void* who, Hear hear) {
    const std::lock_guard<std::mutex> lock(mutex_);
    listeners_[who] = std::move(hear);
  }
  // Nothing is told any more when this returns.
  void Leave(const void* who) {
    const std::lock_guard<std::mutex> lock(mutex_);
    listeners_.erase(who);
  }
  void Tell(const std::string& id) {
    const std::lock_guard<std::mutex> lock(mutex_);
    for (const auto& [_, hear] : listeners_) hear(id);
  }

 private:
  std::mutex mutex_;
  std::map<const void*, Hear> listeners_;
};

}  // namespace accord::connector

#endif  // ACCORD_CLIENTS_CONNECTOR_ANNOUNCEMENTS_H_
