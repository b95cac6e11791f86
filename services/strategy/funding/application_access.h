// This decides who reads an application: those who apply for its organisation, the office's staff and
// director, and scorers and panel members once they have declared that they have no conflict.
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
#include "services/strategy/funding/reader_store.h"

namespace accord::strategy {

// This tells whether the caller acts for the applicant. An application belongs to an agency, and those who
// apply for the agency act for it. An application on paper belongs to the office, whose staff acts for it.
bool ActsForApplicant(const Caller& caller, const std::string& application);
// This gives the query that lists applications for the agency if the caller acts for it, and otherwise for
// the person. A caller who both applies and scores finds the applications to score through the assessments.
storage::ListQuery ApplicationQuery(const Caller& caller, int page_size, const std::string& page_token);

absl::StatusOr<storage::Placement> ApplicationPlacement(storage::Transaction& tx, const v1::RuleSet& policy,
                                                        const v1::FundingApplication& application);
// This reads the application. It fails with NOT_FOUND for everybody who may not read it.
absl::Status ReadApplication(const Caller& caller, storage::Transaction& tx, storage::Resources* applications,
                             const std::string& name, v1::FundingApplication* out);
// This gives the parts that the caller has in an application that he or she reads.
host::PartSet ApplicationParts(const Caller& caller, const v1::FundingApplication& application);

// This lets the person read the application from now on, or no longer.
absl::Status SetApplicationReader(storage::Transaction& tx, const v1::RuleSet& policy,
                                  storage::Resources* applications, const std::string& application,
                                  const Reader& person, bool reads);

}  // namespace accord::strategy

#endif  // ACCORD_SERVICES_STRATEGY_FUNDING_APPLICATION_ACCESS_H_
