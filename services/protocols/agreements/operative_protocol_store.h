// Stores which protocol is operative between which society and police service, on which territory.
#ifndef ACCORD_SERVICES_PROTOCOLS_AGREEMENTS_OPERATIVE_PROTOCOL_STORE_H_
#define ACCORD_SERVICES_PROTOCOLS_AGREEMENTS_OPERATIVE_PROTOCOL_STORE_H_

#include "absl/status/status.h"
#include "accord/protocols/v1/resources.pb.h"
#include "common/storage/database/database.h"

namespace accord::protocols {

// This stores the pairs and territories for which the protocol is operative, if it is. It fails with
// FAILED_PRECONDITION and rule ALREADY_IN_FORCE if another protocol of its kind is operative for one of its
// pairs on the same territory: a protocol that names no territory stands for all of it. Two that come into
// force at once cannot both pass, on either database.
absl::Status UpdateOperativePairs(storage::Transaction& tx, const v1::Protocol& protocol);
// This refuses what UpdateOperativePairs refuses, and writes nothing. What the protocol supersedes does not
// stand in its way.
absl::Status CheckNoOtherOperative(storage::Transaction& tx, const v1::Protocol& protocol);

}  // namespace accord::protocols

#endif  // ACCORD_SERVICES_PROTOCOLS_AGREEMENTS_OPERATIVE_PROTOCOL_STORE_H_
