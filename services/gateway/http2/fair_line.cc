#include "services/gateway/http2/fair_line.h"

namespace accord::gateway {

FairLine::Place FairLine::Enter(const std::string& address, Task task) {
  auto found = addresses_.find(address);
  if (found == addresses_.end()) {
    const Turn last = turns_.insert(turns_.end(), Address{address, {}});
    found = addresses_.emplace(address, last).first;
  }
  found->second->tasks.emplace(next_, std::move(task));
  return {address, next_++};
}

void FairLine::Leave(const Place& place) {
  const auto found = addresses_.find(place.first);
  if (found == addresses_.end()) return;
  const Turn turn = found->second;
  turn->tasks.erase(place.second);
  if (!turn->tasks.empty()) return;
  addresses_.erase(found);
  turns_.erase(turn);
}

FairLine::Task FairLine::Next() {
  const Turn turn = turns_.begin();
  const auto first = turn->tasks.begin();
  Task task = std::move(first->second);
  turn->tasks.erase(first);
  if (turn->tasks.empty()) {
    addresses_.erase(turn->name);
    turns_.erase(turn);
  } else {
    turns_.splice(turns_.end(), turns_, turn);
  }
  return task;
}

void FairLine::Clear() {
  addresses_.clear();
  turns_.clear();
}

}  // namespace accord::gateway
