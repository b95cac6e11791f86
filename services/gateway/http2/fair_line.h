// Those who wait for the same work, one after the other and by turns of the addresses that they come from: of
// each address its first one, then of each its next. Whoever comes from an address of its own waits for one
// of each other address, however many of these are in line.
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
  // Behind all of the same address. An address that nobody was in line of has its turn after all others.
  Place Enter(const std::string& address, Task task);
  // No effect on a place whose turn has come.
  void Leave(const Place& place);
  // Takes out the one whose turn it is; the next turn is another address's, if there is another. There must
  // be somebody in line.
  Task Next();
  void Clear();

 private:
  struct Address {
    std::string name;
    // By their numbers, which is how they came; never empty.
    std::map<uint64_t, Task> tasks;
  };
  using Turn = std::list<Address>::iterator;

  // The one whose turn is next comes first.
  std::list<Address> turns_;
  std::unordered_map<std::string, Turn> addresses_;
  uint64_t next_ = 1;
};

}  // namespace accord::gateway

#endif  // ACCORD_SERVICES_GATEWAY_HTTP2_FAIR_LINE_H_
