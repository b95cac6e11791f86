// Calls that wait for a worker: a line for each agency, and the next call out of the line whose agency has
// had the least. What a call cost is measured and charged when it is done, so a hundred cheap calls and one
// dear one weigh the same, and an agency that sends more waits longer itself.
//
// Start-time fair queueing (Goyal, Vin, Cheng 1996) with costs that are guessed at the start, from the line's
// own mean, and set right at the end. Nobody saves up: who comes back from silence begins where all others
// are. Debt is forgotten by half each kDebtHalves.
//
// An order among calls does not help who shares a processor with those that run. A line whose calls compute
// for long, in the mean, therefore gets a further worker only while few are held by such lines. Each keeps
// one, so that none waits for what another holds. And while others call, such lines rest together for as long
// as they computed: what an answer costs the gateway and the log behind it follows from how many there are.
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

// It is not thread-safe; Workers is.
class FairQueue {
 public:
  static constexpr absl::Duration kDebtHalves = absl::Seconds(5);
  // A line is dear while its calls compute for so long in the mean.
  static constexpr absl::Duration kDear = absl::Milliseconds(3);
  // Dear lines rest while a call of another line began no longer ago than this, and never longer than this.
  static constexpr absl::Duration kCompany = absl::Seconds(1);

  struct Limits {
    // Calls that wait, of all agencies and of one.
    std::size_t waiting = 1024;
    std::size_t waiting_of_one = 256;
    // Workers that one agency's calls may hold at once.
    int running_of_one = 7;
    // While calls of dear lines hold so many workers, a dear line has no more than one.
    int running_of_dear = 7;
    // Whether dear lines rest while others call.
    bool dear_rest = false;
  };
  // It says by which limit a call was refused.
  enum class Full { kQueue, kLine };
  struct Item {
    std::function<void()> run;
    std::function<void(Full)> refuse;
  };
  struct Refused {
    Item item;
    Full why;
  };
  // A line's state and what has become of its calls since the start.
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
    // Virtual time up to which the agency has had its share, as of `at`.
    absl::Duration used;
    absl::Time at;
    // Moving means of what a call costs, and of how long of that it computes.
    absl::Duration mean = absl::Milliseconds(1);
    absl::Duration computes;
  };

 public:
  // This is a call that runs; give it back to Done.
  struct Taken {
    Item item;
    Line* line;
    absl::Duration guess;
    bool dear;
  };
  // This says how long a call held its worker, and for how long of that the worker computed.
  struct Spent {
    absl::Duration held, computed;
  };

  explicit FairQueue(const Limits& limits) : limits_(limits) {}
  FairQueue(const FairQueue&) = delete;
  FairQueue& operator=(const FairQueue&) = delete;

  // Puts a call at the end of its agency's line. What has to be refused instead, if there is no room: the
  // call itself, or, while another line is longer than this one, the newest call of the longest.
  std::optional<Refused> Push(const std::string& who, Item item);
  // Gives the next call that may run; nullopt if none waits whose line is below its number of workers.
  std::optional<Taken> Take(absl::Time now);
  void Done(const Taken& taken, const Spent& spent, absl::Time now);

  bool empty() const { return waiting_ == 0; }
  // Says when Take may give a call that it does not give at `now` although nothing ends and nothing comes.
  absl::Time Wakes(absl::Time now) const;
  std::vector<View> Views() const;

 private:
  // Says when the line's next call is due, in virtual time.
  absl::Duration TagOf(const Line& line, absl::Time now) const;
  Line* Longest();
  bool DearRest(absl::Time now) const;
  bool HasCompany(const Line& line) const { return company_of_ != nullptr && company_of_ != &line; }

  const Limits limits_;
  // A line is never taken away: agencies are as many as the registry has.
  std::map<std::string, Line> lines_;
  std::size_t waiting_ = 0;
  uint64_t arrivals_ = 0;
  int running_dear_ = 0;
  // Up to when dear lines rest, and when a call of another line was taken last, and of which one.
  absl::Time rest_ = absl::InfinitePast();
  absl::Time company_ = absl::InfinitePast();
  const Line* company_of_ = nullptr;
  // This is the tag of the call taken last.
  absl::Duration now_;
};

}  // namespace accord::host

#endif  // ACCORD_COMMON_HOST_SERVING_FAIR_QUEUE_H_
