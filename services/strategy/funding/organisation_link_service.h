// This is the handler of EngagementService that links an organisation to the agency that it is. The link has
// effects on funding calls.
#ifndef ACCORD_SERVICES_STRATEGY_FUNDING_ORGANISATION_LINK_SERVICE_H_
#define ACCORD_SERVICES_STRATEGY_FUNDING_ORGANISATION_LINK_SERVICE_H_

#include <string>

#include "accord/strategy/v1/engagement_service.pb.h"
#include "accord/strategy/v1/rules.pb.h"
#include "common/host/calls/handlers.h"
#include "services/strategy/funding/applicants.h"

namespace accord::strategy {

class OrganisationLinkService {
 public:
  OrganisationLinkService(const storage::PageTokens* tokens, const v1::RuleSet* rules)
      : rules_(rules),
        organisations_("organisation", tokens),
        applications_("funding_application", tokens),
        calls_("funding_call", tokens),
        applicants_(tokens, rules) {}
  void Register(host::Handlers* handlers);

 private:
  using Tx = storage::Transaction;

  absl::StatusOr<v1::Organisation> Link(host::Call&, Tx&, const storage::Write&,
                                        const v1::LinkOrganisationRequest&);
  // Stops people of the organisation's agency from reading in each undecided call to which the
  // organisation applies.
  absl::Status StopReaders(Tx&, const std::string& organisation);

  const v1::RuleSet* const rules_;
  storage::Resources organisations_;
  storage::Resources applications_;
  storage::Resources calls_;
  Applicants applicants_;
};

}  // namespace accord::strategy

#endif  // ACCORD_SERVICES_STRATEGY_FUNDING_ORGANISATION_LINK_SERVICE_H_
