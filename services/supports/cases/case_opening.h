// These functions open a support case, whether its agency met the survivor or has taken the survivor over.
#ifndef ACCORD_SERVICES_SUPPORTS_CASES_CASE_OPENING_H_
#define ACCORD_SERVICES_SUPPORTS_CASES_CASE_OPENING_H_

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "accord/supports/v1/resources.pb.h"
#include "accord/supports/v1/rules.pb.h"
#include "common/host/calls/call.h"
#include "common/storage/records/resources.h"

namespace accord::supports {

// Support cases and their consents are stored here.
struct CaseRecords {
  storage::Resources* cases;
  storage::Resources* consents;
};

// This fails with CHARGE_NOT_LAID if the case is under V/WAP before anybody is charged. The error names these
// agencies as those that help until then.
absl::Status CheckChargeLaid(const v1::SupportCase& item, const std::vector<std::string>& partners);

// This stores a case of the caller's agency, with the caller as its first worker and the survivor's consent
// to SERVICES, which is null in a crisis. It fails with CONSENT_NOT_LIVE if there is neither a consent nor
// the day of a crisis.
absl::StatusOr<v1::SupportCase> OpenSupportCase(const v1::RuleSet& rules, const host::Call& call,
                                                storage::Transaction& tx, const storage::Write& write,
                                                const CaseRecords& records, v1::SupportCase item,
                                                const v1::Consent* services_consent);

}  // namespace accord::supports

#endif  // ACCORD_SERVICES_SUPPORTS_CASES_CASE_OPENING_H_
