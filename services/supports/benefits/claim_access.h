// This says who reads a claim, until when, and what of it.
#ifndef ACCORD_SERVICES_SUPPORTS_BENEFITS_CLAIM_ACCESS_H_
#define ACCORD_SERVICES_SUPPORTS_BENEFITS_CLAIM_ACCESS_H_

#include <string>

#include "absl/status/status.h"
#include "absl/time/time.h"
#include "accord/supports/v1/benefit_resources.pb.h"
#include "common/access/decide.h"
#include "common/host/calls/call.h"
#include "common/storage/records/resources.h"

namespace accord::supports {

// This tells whether the consent on which the claim rests stands on this day, `YYYY-MM-DD`.
bool ClaimRestsOnConsent(const v1::BenefitClaim& claim, const std::string& day);
storage::Placement BenefitClaimPlacement(const v1::BenefitClaim& claim);

// This gives the claim to the workers of its case, the managers of its agency, and, while the consent stands,
// the program that was asked. It fails with NOT_FOUND for everybody else.
absl::Status ReadClaim(const host::Call& call, storage::Transaction& tx, storage::Resources* cases,
                       storage::Resources* claims, const std::string& name, v1::BenefitClaim* out);
// This gives the claim as the caller, who may read it, sees it. A program does not learn whose claim it is.
// Whether the claim is overdue is computed now.
v1::BenefitClaim ClaimShownTo(const host::Call& call, v1::BenefitClaim claim);

}  // namespace accord::supports

#endif  // ACCORD_SERVICES_SUPPORTS_BENEFITS_CLAIM_ACCESS_H_
