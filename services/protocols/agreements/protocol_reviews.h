// These are the reviews of a protocol, in each of which every signatory has to renew.
#ifndef ACCORD_SERVICES_PROTOCOLS_AGREEMENTS_PROTOCOL_REVIEWS_H_
#define ACCORD_SERVICES_PROTOCOLS_AGREEMENTS_PROTOCOL_REVIEWS_H_

#include <string>

#include "absl/time/time.h"
#include "accord/protocols/v1/resources.pb.h"

namespace accord::protocols {

// This begins a review.
void OpenReview(v1::ReviewKind kind, const std::string& reason, absl::Time now, v1::Protocol* protocol);
// This ends the latest review with this outcome, unless it has ended already.
void CloseReview(v1::ReviewOutcome outcome, absl::Time now, v1::Protocol* protocol);
// This says whether every signatory has renewed in the present review.
bool FullyRenewed(const v1::Protocol& protocol);

}  // namespace accord::protocols

#endif  // ACCORD_SERVICES_PROTOCOLS_AGREEMENTS_PROTOCOL_REVIEWS_H_
