// What time brings, done once across all replicas: protocols come into force, fall under review or end, and
// referrals that nobody answers escalate.
#ifndef ACCORD_SERVICES_PROTOCOLS_SWEEPER_H_
#define ACCORD_SERVICES_PROTOCOLS_SWEEPER_H_

#include <condition_variable>
#include <mutex>
#include <string>
#include <thread>

#include "common/base/clock.h"
#include "common/storage/database.h"
#include "services/protocols/protocol_service.h"
#include "services/protocols/referral_service.h"

namespace accord::protocols {

// For demonstrations: from its making on, time passes `speed` times as fast.
class FastClock : public Clock {
 public:
  FastClock(const Clock* real, double speed) : real_(real), speed_(speed), start_(real->Now()) {}
  absl::Time Now() const override { return start_ + (real_->Now() - start_) * speed_; }

 private:
  const Clock* real_;
  double speed_;
  absl::Time start_;
};

class Sweeper {
 public:
  Sweeper(storage::Database* database, const Clock* clock, ProtocolService* protocols,
          ReferralService* referrals);
  // Ends the thread, if one was started.
  ~Sweeper();

  // One pass over all that is due, if this process holds the lease; how much was due.
  absl::StatusOr<int> Sweep();
  // A pass each second until the end.
  void Start();

 private:
  storage::Database* database_;
  const Clock* clock_;
  ProtocolService* protocols_;
  ReferralService* referrals_;
  const std::string holder_;
  std::mutex mutex_;
  std::condition_variable stop_;
  bool stopping_ = false;
  std::thread thread_;
};

}  // namespace accord::protocols

#endif  // ACCORD_SERVICES_PROTOCOLS_SWEEPER_H_
