// This is what the generic resource table cannot keep: which pairs have which protocol in force, the coverage
// of the province, how many referrals an agency sends, and how much it attaches.
#ifndef ACCORD_SERVICES_PROTOCOLS_PROTOCOL_STORE_H_
#define ACCORD_SERVICES_PROTOCOLS_PROTOCOL_STORE_H_

#include <cstdint>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "accord/protocols/v1/resources.pb.h"
#include "common/storage/database/database.h"

namespace accord::protocols {

// The schedule's name for the office's counts of referrals.
inline constexpr char kReferralCounts[] = "referral_counts";

std::vector<storage::Migration> ProtocolMigrations();

// Keeps the tables true to a protocol that is being stored. FAILED_PRECONDITION with rule ALREADY_IN_FORCE if
// another protocol of its kind is operative for one of its pairs on the same territory: a protocol that names
// no territory stands for all of it. Two that come into force at once cannot both pass, on either database.
absl::Status Track(storage::Transaction& tx, const v1::Protocol& protocol);
// Refuses what Track refuses, and writes nothing. What the protocol supersedes does not stand in its way.
absl::Status MayOccupy(storage::Transaction& tx, const v1::Protocol& protocol);

struct Coverage {
  std::string society, police;
  v1::ProtocolState state;
  // It is empty if no review is due.
  std::string review_due;
};
// Gives every pair of signatories of every protocol.
absl::StatusOr<std::vector<Coverage>> AllCoverage(storage::Transaction& tx);

// Opens the record to the agency until this instant (break-glass access).
absl::Status OpenInEmergency(storage::Transaction& tx, const std::string& agency, const std::string& name,
                             absl::Time until);
absl::StatusOr<bool> OpenToAgency(storage::Transaction& tx, const std::string& agency,
                                  const std::string& name, absl::Time now);

// Notes that an agency sends one more referral. It does not change a row that another sender changes at the
// same time, so that neither waits for the other.
absl::Status NoteSent(storage::Transaction& tx, const std::string& agency, absl::Time now);

// Gives the bytes of the files that an agency has attached or is attaching, by the name of each attachment.
absl::StatusOr<int64_t> AttachedBytes(storage::Transaction& tx, const std::string& agency);
absl::Status NoteAttached(storage::Transaction& tx, const std::string& agency, const std::string& name,
                          int64_t bytes);
absl::Status ForgetAttached(storage::Transaction& tx, const std::string& name);

// How many referrals an agency sends.
struct SendingRate {
  std::string agency;
  // The start of an hour, and the number of referrals in it so far.
  absl::Time hour;
  int count;
  // The hourly mean of the days before.
  double hourly_mean;
};
struct CountedSent {
  int notes = 0;
  // These are the agencies and hours whose counts grew, oldest first.
  std::vector<SendingRate> rates;
};
// Counts at most `limit` of the noted referrals, in a turn of Database::InTurn. Deletes the hours that a mean
// of `days` days no longer needs.
absl::StatusOr<CountedSent> CountSent(storage::Transaction& tx, int days, int limit);

}  // namespace accord::protocols

#endif  // ACCORD_SERVICES_PROTOCOLS_PROTOCOL_STORE_H_
