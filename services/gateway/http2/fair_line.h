// Those who wait for the same work, one after the other and by turns of the addresses that they come from: of
// each address one, then of each another. Whoever comes from an address of its own waits for one of each
// other address, however many of these are in line. Within an address those come first whose work has begun,
// and of the others the oldest and the newest have the turn alternately: everybody is served in the end, and
// whoever shares the address of a flood need not wait for all of it.
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

// Holds only who is in line: of an address of which nobody is, nothing is kept.
class FairLine {
 public:
  using Task = std::function<void()>;
  // An address, and a number that no other place has.
  using Place = std::pair<std::string, uint64_t>;

  bool empty() const { return turns_.empty(); }
  // An address that nobody was in line of has its turn after all others. `begun` is for whoever had a turn
  // before and goes on with the same work.
  Place Enter(const std::string& address, bool begun, Task task);
  // No effect on a place whose turn has come.
  void Leave(const Place& place);
  // Takes out the one whose turn it is; the next turn is another address's, if there is another. There must
  // be somebody in line.
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
  // Numbers from here on are of those whose work has not begun.
  static constexpr uint64_t kNotBegun = uint64_t{1} << 63;
  using Turn = std::list<Address>::iterator;

  // The one whose turn is next comes first.
  std::list<Address> turns_;
  std::unordered_map<std::string, Turn> addresses_;
  uint64_t next_ = 1;
};

}  // namespace accord::gateway

#endif  // ACCORD_SERVICES_GATEWAY_HTTP2_FAIR_LINE_H_
