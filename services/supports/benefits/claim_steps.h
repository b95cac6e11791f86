// These functions record steps in a claim, and end claims.
#ifndef ACCORD_SERVICES_SUPPORTS_BENEFITS_CLAIM_STEPS_H_
#define ACCORD_SERVICES_SUPPORTS_BENEFITS_CLAIM_STEPS_H_

#include <string>

#include "absl/status/status.h"
#include "absl/time/time.h"
#include "accord/supports/v1/benefit_resources.pb.h"
#include "common/storage/records/resources.h"

namespace accord::supports {

// This adds a step that this agency takes today.
v1::BenefitDecision* AddClaimStep(v1::BenefitClaim* claim, const std::string& agency, absl::Time now,
                                  const std::string& event);

// This frees what was reserved for a claim that ends.
absl::Status FreeClaim(storage::Transaction& tx, const v1::BenefitClaim& claim);

// This ends the claims that rest on a consent that the survivor has ended. From the end of this transaction
// on, no program reads them, and what was not delivered yet is cancelled. What was delivered stays, and is
// paid. `step` is the step that the claims get, for example `consent_withdrawn`.
absl::Status EndClaimsUnderConsent(storage::Transaction& tx, const storage::Write& write,
                                   storage::Resources* claims, const std::string& consent,
                                   const std::string& step);

}  // namespace accord::supports

#endif  // ACCORD_SERVICES_SUPPORTS_BENEFITS_CLAIM_STEPS_H_
