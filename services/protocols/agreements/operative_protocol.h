// This file says whether a protocol is operative, so that referrals may be made under it.
#ifndef ACCORD_SERVICES_PROTOCOLS_AGREEMENTS_OPERATIVE_PROTOCOL_H_
#define ACCORD_SERVICES_PROTOCOLS_AGREEMENTS_OPERATIVE_PROTOCOL_H_

#include "absl/status/statusor.h"
#include "absl/time/civil_time.h"
#include "accord/protocols/v1/resources.pb.h"
#include "common/storage/records/resources.h"

namespace accord::protocols {

// This says whether the protocol is in force or under review.
bool Operative(const v1::Protocol& protocol);
// This says whether the protocol, and each protocol that it adds to, is operative on this day, even if the
// sweeper has not moved its state yet.
absl::StatusOr<bool> OperativeOn(storage::Transaction& tx, storage::Resources* protocols,
                                 const v1::Protocol& protocol, absl::CivilDay day);

}  // namespace accord::protocols

#endif  // ACCORD_SERVICES_PROTOCOLS_AGREEMENTS_OPERATIVE_PROTOCOL_H_
