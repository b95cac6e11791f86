// This waits for a condition that another thread or process makes true.
#ifndef ACCORD_COMMON_TESTING_EVENTUALLY_H_
#define ACCORD_COMMON_TESTING_EVENTUALLY_H_

#include <functional>

#include "absl/time/clock.h"

namespace accord::testing {

// This checks the condition repeatedly until it holds, and gives false if it does not within `limit`.
inline bool Eventually(const std::function<bool()>& holds, absl::Duration limit = absl::Minutes(1)) {
  for (const absl::Time until = absl::Now() + limit; absl::Now() < until;
       absl::SleepFor(absl::Milliseconds(5))) {
    if (holds()) return true;
  }
  return false;
}

}  // namespace accord::testing

#endif  // ACCORD_COMMON_TESTING_EVENTUALLY_H_
