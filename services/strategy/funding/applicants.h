// This finds the agencies that apply to a call, under their own names or on paper. Nobody of these agencies
// scores or decides in the call.
#ifndef ACCORD_SERVICES_STRATEGY_FUNDING_APPLICANTS_H_
#define ACCORD_SERVICES_STRATEGY_FUNDING_APPLICANTS_H_

#include <set>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "accord/strategy/v1/funding_application_resources.pb.h"
#include "accord/strategy/v1/rules.pb.h"
#include "common/storage/records/resources.h"
#include "services/strategy/funding/evaluation.h"

namespace accord::strategy {

class Applicants {
 public:
  Applicants(const storage::PageTokens* tokens, const v1::RuleSet* rules)
      : rules_(rules), applications_("funding_application", tokens), organisations_("organisation", tokens) {}

  // This fails with SCORER_CONFLICTED for a person of an agency that applies to the call, even if the person
  // declared nothing. An agency applies under its own name, or on paper as an organisation that the office
  // knows to be this agency.
  absl::Status CheckNoApplicant(storage::Transaction& tx, const std::string& funding_call,
                                const std::string& agency);
  // This checks the same for each scorer whose scores count in one of these applications of the call.
  absl::Status CheckScorers(storage::Transaction& tx, const std::string& funding_call,
                            const std::vector<Evaluated>& all);
  // This gives the agencies of the register from which an application comes, as far as the office knows.
  absl::StatusOr<std::set<std::string>> AgenciesOf(storage::Transaction& tx,
                                                   const v1::FundingApplication& application);
  // Stops everybody of the agencies from which this application comes from reading applications of its call,
  // whatever they declared before the agencies were known.
  absl::Status StopReaders(storage::Transaction& tx, const v1::FundingApplication& application);

 private:
  using Tx = storage::Transaction;

  absl::StatusOr<bool> Includes(Tx&, const std::string& funding_call, const std::string& agency);
  // This tells whether the viewer sees an application to the call with this value of the field.
  absl::StatusOr<bool> HasApplication(Tx&, const std::string& viewer, const std::string& funding_call,
                                      const std::string& field, const std::string& value);

  const v1::RuleSet* const rules_;
  storage::Resources applications_;
  storage::Resources organisations_;
};

}  // namespace accord::strategy

#endif  // ACCORD_SERVICES_STRATEGY_FUNDING_APPLICANTS_H_
