// This stores how many referrals each agency sends in each hour.
#ifndef ACCORD_SERVICES_PROTOCOLS_OVERSIGHT_SENDING_RATE_STORE_H_
#define ACCORD_SERVICES_PROTOCOLS_OVERSIGHT_SENDING_RATE_STORE_H_

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "common/storage/database/database.h"

namespace accord::protocols {

// Notes that an agency sends one more referral. It does not change a row that another sender changes at the
// same time, so that neither waits for the other.
absl::Status NoteReferralSent(storage::Transaction& tx, const std::string& agency, absl::Time now);

// This says how many referrals an agency sends.
struct SendingRate {
  std::string agency;
  // This is the start of the hour.
  absl::Time hour;
  // This is the number of referrals that were sent in the hour so far.
  int count;
  // This is the hourly mean of the days before.
  double hourly_mean;
};
struct CountedRates {
  // This is the number of noted referrals that were counted.
  int notes = 0;
  // These are the agencies and hours whose counts grew, oldest first.
  std::vector<SendingRate> rates;
};
// This counts at most `limit` of the noted referrals, in a turn of Database::InTurn. It deletes the hours
// that a mean of `days` days no longer needs.
absl::StatusOr<CountedRates> CountSendingRates(storage::Transaction& tx, int days, int limit);

}  // namespace accord::protocols

#endif  // ACCORD_SERVICES_PROTOCOLS_OVERSIGHT_SENDING_RATE_STORE_H_
