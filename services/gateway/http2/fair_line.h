// This is a queue of tasks that alternates between the addresses that they come from, with one task of each
// address in a round. A caller with an address of its own thus waits for one task of each other address,
// however many of them are queued. Within an address, tasks whose work has begun come first; of the others,
// the oldest and the newest run alternately. Everybody is served in the end, and a caller that shares the
// address of a flood need not wait for all of it.
#ifndef ACCORD_SERVICES_GATEWAY_HTTP2_FAIR_LINE_H_
#define ACCORD_SERVICES_GATEWAY_HTTP2_FAIR_LINE_H_

#include <cstdint>
#include <functional>
#include <list>
#include <map>
#include <string>
#include <unordered_map>
#include <utility>

namespace accord::gateway {

// Only addresses with queued tasks are kept.
class FairLine {
 public:
  using Task = std::function<void()>;
  // A place is an address, and a number that no other place has.
  using Place = std::pair<std::string, uint64_t>;

  bool empty() const { return turns_.empty(); }
  // An address without queued tasks goes to the end of the round. `begun` says that this task continues work
  // that an earlier task began.
  Place Enter(const std::string& address, bool begun, Task task);
  // This has no effect on a place whose turn has come.
  void Leave(const Place& place);
  // Removes and returns the task whose turn it is. The next one is of another address, if there is another.
  // The queue must not be empty.
  Task Next();
  void Clear();

 private:
  struct Address {
    std::string name;
    // These are the tasks by their numbers. Those whose work has begun come first, and then the others as
    // they came; it is never empty.
    std::map<uint64_t, Task> tasks;
    bool newest_next = false;
  };
  // Tasks with numbers from here on have not begun their work.
  static constexpr uint64_t kNotBegun = uint64_t{1} << 63;
  using Turn = std::list<Address>::iterator;

  // The address whose turn is next comes first.
  std::list<Address> turns_;
  std::unordered_map<std::string, Turn> addresses_;
  uint64_t next_ = 1;
};

}  // namespace accord::gateway

#endif  // ACCORD_SERVICES_GATEWAY_HTTP2_FAIR_LINE_H_
