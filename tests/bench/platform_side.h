// This is one of the two sides that platform_bench compares: a service of referrals, and what its calls cost
// its processes.
#ifndef ACCORD_TESTS_BENCH_PLATFORM_SIDE_H_
#define ACCORD_TESTS_BENCH_PLATFORM_SIDE_H_

#include <sys/types.h>

#include <atomic>
#include <map>
#include <string>

#include "absl/time/time.h"
#include "accord/protocols/v1/referral_service.pb.h"
#include "tests/e2e/stack.h"

namespace accord::bench {

inline constexpr int kInFlight = 16;

struct Load {
  enum Kind { kGet, kList, kCreate } kind;
  const char* name;
  int calls;
  // This is the goal for the ratio, or for the milliseconds. With 0 there is none.
  double most_times;
  double most_ms;
};

// Costs are keyed by process. They are microseconds of CPU for each call, unless the key says otherwise.
using Costs = std::map<std::string, double>;

class PlatformSide {
 public:
  // `writer` sends referrals like `letter`, and `reader` receives them. The constructor makes as
  // many as a page lists.
  PlatformSide(e2e::AgencyClient writer, e2e::AgencyClient reader,
               protocols::v1::CreateReferralRequest letter, std::map<std::string, pid_t> processes);

  // The costs exclude what the processes use while there are no calls.
  Costs Measure(const Load& work);
  // This gives the CPU seconds that each process uses in a second without calls.
  const Costs& idle() const { return idle_; }

 private:
  Costs Seconds() const;
  void Call(Load::Kind work);
  void Create();
  void Get();
  void List();

  e2e::AgencyClient writer_, reader_;
  protocols::v1::CreateReferralRequest letter_;
  std::map<std::string, pid_t> processes_;
  Costs idle_;
  std::atomic<int> created_{0};
  std::string first_;
};

}  // namespace accord::bench

#endif  // ACCORD_TESTS_BENCH_PLATFORM_SIDE_H_
