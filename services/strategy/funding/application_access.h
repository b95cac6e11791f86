// Who reads an application: its organisation by those who apply for it, the office by its staff and its
// director, and scorers and panel members once they declared that they have no conflict.
#ifndef ACCORD_SERVICES_STRATEGY_FUNDING_APPLICATION_ACCESS_H_
#define ACCORD_SERVICES_STRATEGY_FUNDING_APPLICATION_ACCESS_H_

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "accord/strategy/v1/funding_application_resources.pb.h"
#include "accord/strategy/v1/rules.pb.h"
#include "common/access/decide.h"
#include "common/host/calls/parts.h"
#include "common/storage/records/resources.h"

namespace accord::strategy {

// One person of an agency as a viewer of storage::Placement: a capacity of the agency.
std::string PersonKey(const std::string& agency, const std::string& person);
// It is true for the office's staff and its director.
bool ActsForOffice(const Caller& caller);
// The application stands under the caller's agency, and the caller applies for it; one on paper stands under
// the office, and its staff does this.
bool ActsForApplicant(const Caller& caller, const std::string& application);
// As whom the caller lists: as the agency where he or she acts for it, and otherwise as a person. Who applies
// and scores finds what is to be scored by the assessments.
storage::ListQuery ApplicationQuery(const Caller& caller, int page_size, const std::string& page_token);

absl::StatusOr<storage::Placement> ApplicationPlacement(storage::Transaction& tx, const v1::RuleSet& policy,
                                                        const v1::FundingApplication& application);
// NOT_FOUND for everybody who does not read it.
absl::Status ReadApplication(const Caller& caller, storage::Transaction& tx, storage::Resources* applications,
                             const std::string& name, v1::FundingApplication* out);
// Gives what the caller is to an application that he or she reads.
host::PartSet ApplicationParts(const Caller& caller, const v1::FundingApplication& application);

}  // namespace accord::strategy

#endif  // ACCORD_SERVICES_STRATEGY_FUNDING_APPLICATION_ACCESS_H_
