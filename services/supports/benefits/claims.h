// This says who reads a claim, until when, and what of it; and how a claim ends.
#ifndef ACCORD_SERVICES_SUPPORTS_BENEFITS_CLAIMS_H_
#define ACCORD_SERVICES_SUPPORTS_BENEFITS_CLAIMS_H_

#include <string>

#include "absl/status/status.h"
#include "absl/time/time.h"
#include "accord/supports/v1/benefit_resources.pb.h"
#include "common/access/decide.h"
#include "common/host/calls/call.h"
#include "common/storage/records/resources.h"
#include "services/supports/benefits/claim_store.h"

namespace accord::supports {

// Whether the consent on which the claim rests stands on this day, `YYYY-MM-DD`.
bool RestsOnConsent(const v1::BenefitClaim& claim, const std::string& day);
storage::Placement PlacementOf(const v1::BenefitClaim& claim);
storage::Placement PlacementOf(const v1::BenefitPayment& payment);

// Gives the claim to the workers of its case, the managers of its agency, and, while the consent stands, the
// program that was asked; NOT_FOUND for everybody else.
absl::Status ReadClaim(const host::Call& call, storage::Transaction& tx, storage::Resources* cases,
                       storage::Resources* claims, const std::string& name, v1::BenefitClaim* out);
// Gives the claim as the caller, who may read it, sees it. A program does not learn whose claim it is.
// Whether the claim is overdue is computed now.
v1::BenefitClaim ClaimFor(const host::Call& call, v1::BenefitClaim claim);

// Adds a step of today by this agency.
v1::BenefitDecision* AddStep(v1::BenefitClaim* claim, const std::string& agency, absl::Time now,
                             const std::string& event);
// Frees what was reserved for a claim that ends.
absl::Status FreeClaim(storage::Transaction& tx, const v1::BenefitClaim& claim);
// Ends the claims that rest on a consent that the survivor has ended. From the end of this transaction on, no
// program reads them, and what was not delivered yet is cancelled. What was delivered stays, and is paid.
// `step` is the step that the claims get, for example `consent_withdrawn`.
absl::Status EndClaimsOn(storage::Transaction& tx, const storage::Write& write, storage::Resources* claims,
                         const std::string& consent, const std::string& step);

// Gives the keys that identify a payee, as invoices may write it or as the survivor.
PayeeKeys PayeeKeysOf(const v1::Payee& payee);

}  // namespace accord::supports

#endif  // ACCORD_SERVICES_SUPPORTS_BENEFITS_CLAIMS_H_
