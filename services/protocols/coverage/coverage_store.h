// This stores by which protocols each pair of a society and a police service is covered.
#ifndef ACCORD_SERVICES_PROTOCOLS_COVERAGE_COVERAGE_STORE_H_
#define ACCORD_SERVICES_PROTOCOLS_COVERAGE_COVERAGE_STORE_H_

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "accord/protocols/v1/resources.pb.h"
#include "common/storage/database/database.h"

namespace accord::protocols {

struct Coverage {
  std::string society, police;
  v1::ProtocolState state;
  // It is empty if no review is due.
  std::string review_due;
};
// This gives every pair of signatories of every protocol.
absl::StatusOr<std::vector<Coverage>> AllCoverage(storage::Transaction& tx);
// Stores which pairs the protocol covers, in the state that it has now.
absl::Status UpdateCoverage(storage::Transaction& tx, const v1::Protocol& protocol);

}  // namespace accord::protocols

#endif  // ACCORD_SERVICES_PROTOCOLS_COVERAGE_COVERAGE_STORE_H_
