// This decides how much of an agency's refusals goes into the log one by one: a flood must not hide a probe,
// nor fill the log.
#ifndef ACCORD_SERVICES_GATEWAY_OBSERVE_REFUSAL_AGGREGATOR_H_
#define ACCORD_SERVICES_GATEWAY_OBSERVE_REFUSAL_AGGREGATOR_H_

#include <deque>
#include <map>
#include <mutex>
#include <string>
#include <tuple>
#include <unordered_map>
#include <vector>

#include "accord/audit/v1/resources.pb.h"
#include "services/gateway/http2/event_loop.h"

namespace accord::gateway {

// All loops share one RefusalAggregator.
class RefusalAggregator {
 public:
  // This many refusals of each agency in a minute are recorded one by one.
  explicit RefusalAggregator(int per_minute) : per_minute_(per_minute) {}

  // This returns true if the refusal is to be recorded now. Otherwise it is counted, and is kept whole while
  // it is among the last 20 of its minute.
  bool Admit(const audit::v1::AuditRecord& refusal, SteadyTime now);
  // Counts and keeps the refusal as above, whatever the budget, because the log cannot be reached.
  void Keep(const audit::v1::AuditRecord& refusal, SteadyTime now);

  // This gives the records of minutes that have ended, or of all if `ending`: the last 20 refusals of each,
  // and one record that counts every refusal of that minute by method, rule and actor.
  std::vector<audit::v1::AuditRecord> Due(SteadyTime now, bool ending);

 private:
  using Key = std::tuple<std::string, std::string, std::string>;
  struct Minute {
    SteadyTime began;
    int64_t total = 0;
    std::map<Key, int64_t> counts;
    std::deque<audit::v1::AuditRecord> last;
    int64_t counted_only = 0;
  };
  // The caller holds the lock.
  Minute& Count(const audit::v1::AuditRecord& refusal, SteadyTime now);
  static void Keep(Minute* minute, const audit::v1::AuditRecord& refusal);
  void Close(Minute minute, std::vector<audit::v1::AuditRecord>* due) const;

  const int per_minute_;
  std::mutex mutex_;
  std::unordered_map<std::string, Minute> minutes_;
  // These records sum up minutes that ended when the next refusal came.
  std::vector<audit::v1::AuditRecord> due_;
};

}  // namespace accord::gateway

#endif  // ACCORD_SERVICES_GATEWAY_OBSERVE_REFUSAL_AGGREGATOR_H_
