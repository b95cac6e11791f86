// This holds the calls that wait for a worker, in one line per agency. The next call comes from the line
// whose agency has had the least service. A call's cost is measured and charged when it is done, so that a
// hundred cheap calls weigh as much as one dear call, and an agency that sends more waits longer itself.
//
// This is start-time fair queueing (Goyal, Vin, Cheng 1996). A cost is estimated at the start, from the
// line's own mean, and corrected at the end. An agency cannot save up service: one that returns after a pause
// begins level with the others. Debt is halved each kDebtHalves.
//
// The order of calls does not help a cheap call that shares a processor with dear ones already running. A
// line whose calls compute for long on average ("dear") therefore gets a second worker only while few workers
// are held by such lines; each keeps one worker, so that no line waits for another. While others call, dear
// lines also pause together for as long as they computed, because the cost of an answer in the gateway and
// the log grows with the number of answers.
#ifndef ACCORD_COMMON_HOST_SERVING_FAIR_QUEUE_H_
#define ACCORD_COMMON_HOST_SERVING_FAIR_QUEUE_H_

#include <cstddef>
#include <cstdint>
#include <deque>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "absl/time/time.h"

namespace accord::host {

// A FairQueue is not thread-safe; Workers is.
class FairQueue {
 public:
  static constexpr absl::Duration kDebtHalves = absl::Seconds(5);
  // A line is dear while its calls compute for this long or longer on average.
  static constexpr absl::Duration kDear = absl::Milliseconds(2);
  // Dear lines pause only if a call of another line began within this time, and never pause for longer.
  static constexpr absl::Duration kCompany = absl::Seconds(1);

  struct Limits {
    // These are the most calls that wait, of all agencies and of one.
    std::size_t waiting = 1024;
    std::size_t waiting_of_one = 256;
    // This is the most workers that the calls of one agency hold at once.
    int running_of_one = 7;
    // While calls of dear lines hold this many workers, a dear line may not hold more than one.
    int running_of_dear = 7;
    // This says whether dear lines pause while others call.
    bool dear_rest = false;
  };
  // This is the limit by which a call was refused.
  enum class Full { kQueue, kLine };
  struct Item {
    std::function<void()> run;
    std::function<void(Full)> refuse;
  };
  struct Refused {
    Item item;
    Full why;
  };
  // This is a line's present state, and its totals since the start.
  struct View {
    std::string who;
    std::size_t waiting = 0;
    int running = 0;
    uint64_t refused_queue = 0, refused_line = 0;
    absl::Duration cost;
  };

 private:
  struct Line {
    std::deque<std::pair<uint64_t, Item>> items;
    View view;
    // This is the virtual time up to which the agency has had its share, as of `at`.
    absl::Duration used;
    absl::Time at;
    // These are moving averages of what a call costs, and of the part of that in which it computes.
    absl::Duration mean = absl::Milliseconds(1);
    absl::Duration computes;
  };

 public:
  // This is a call that runs. It must be given back to Done.
  struct Taken {
    Item item;
    Line* line;
    absl::Duration guess;
    bool dear;
  };
  // This says how long a call held its worker, and for how much of that the worker computed.
  struct Spent {
    absl::Duration held, computed;
  };

  explicit FairQueue(const Limits& limits) : limits_(limits) {}
  FairQueue(const FairQueue&) = delete;
  FairQueue& operator=(const FairQueue&) = delete;

  // This appends a call to its agency's line. If there is no room, gives the call that must be refused
  // instead: this one or, if another line is longer, the newest call of the longest line.
  std::optional<Refused> Push(const std::string& who, Item item);
  // This gives the next call that may run, or nullopt if every line with a waiting call already has its
  // number of workers.
  std::optional<Taken> Take(absl::Time now);
  void Done(const Taken& taken, const Spent& spent, absl::Time now);

  bool empty() const { return waiting_ == 0; }
  // This gives the time at which Take may return a call that it withholds at `now`, even if no call ends
  // or arrives.
  absl::Time Wakes(absl::Time now) const;
  std::vector<View> Views() const;

 private:
  // This gives the virtual time at which the line's next call is due.
  absl::Duration TagOf(const Line& line, absl::Time now) const;
  Line* Longest();
  bool DearRest(absl::Time now) const;
  bool HasCompany(const Line& line) const { return company_of_ != nullptr && company_of_ != &line; }

  const Limits limits_;
  // Lines are never removed. There are no more of them than agencies in the registry.
  std::map<std::string, Line> lines_;
  std::size_t waiting_ = 0;
  uint64_t arrivals_ = 0;
  int running_dear_ = 0;
  // These say until when dear lines pause, when a call of another line was taken last, and of which line.
  absl::Time rest_ = absl::InfinitePast();
  absl::Time company_ = absl::InfinitePast();
  const Line* company_of_ = nullptr;
  // This is the tag of the call that was taken last.
  absl::Duration now_;
};

}  // namespace accord::host

#endif  // ACCORD_COMMON_HOST_SERVING_FAIR_QUEUE_H_
