#include "services/gateway/http2/fair_line.h"

#include <iterator>

namespace accord::gateway {

FairLine::Place FairLine::Enter(const std::string& address, bool begun, Task task) {
  auto found = addresses_.find(address);
  if (found == addresses_.end()) {
    const Turn last = turns_.insert(turns_.end(), Address{address, {}, false});
    found = addresses_.emplace(address, last).first;
  }
  const uint64_t number = next_++ + (begun ? 0 : kNotBegun);
  found->second->tasks.emplace(number, std::move(task));
  return {address, number};
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
  auto next = turn->tasks.begin();
  if (next->first >= kNotBegun && std::exchange(turn->newest_next, !turn->newest_next)) {
    next = std::prev(turn->tasks.end());
  }
  Task task = std::move(next->second);
  turn->tasks.erase(next);
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
