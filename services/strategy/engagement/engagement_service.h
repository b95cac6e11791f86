// These are the handlers of EngagementService.
#ifndef ACCORD_SERVICES_STRATEGY_ENGAGEMENT_ENGAGEMENT_SERVICE_H_
#define ACCORD_SERVICES_STRATEGY_ENGAGEMENT_ENGAGEMENT_SERVICE_H_

#include <string>

#include "accord/strategy/v1/engagement_service.pb.h"
#include "common/host/calls/handlers.h"

namespace accord::strategy {

class EngagementService {
 public:
  explicit EngagementService(const storage::PageTokens* tokens)
      : coalitions_("coalition", tokens),
        organisations_("organisation", tokens),
        rollups_("engagement_rollup", tokens) {}
  void Register(host::Handlers* handlers);

 private:
  using Tx = storage::Transaction;

  absl::StatusOr<v1::Coalition> Create(host::Call&, Tx&, const storage::Write&,
                                       const v1::CreateCoalitionRequest&);
  absl::StatusOr<v1::Coalition> Get(host::Call&, Tx&, const v1::GetCoalitionRequest&);
  absl::StatusOr<v1::ListCoalitionsResponse> List(host::Call&, Tx&, const v1::ListCoalitionsRequest&);
  absl::StatusOr<v1::Coalition> AddMember(host::Call&, Tx&, const storage::Write&,
                                          const v1::AddCoalitionMemberRequest&);
  absl::StatusOr<v1::Coalition> EndMember(host::Call&, Tx&, const storage::Write&,
                                          const v1::EndCoalitionMemberRequest&);
  absl::StatusOr<v1::Organisation> GetOrganisation(host::Call&, Tx&, const v1::GetOrganisationRequest&);
  absl::StatusOr<v1::ListOrganisationsResponse> ListOrganisations(host::Call&, Tx&,
                                                                  const v1::ListOrganisationsRequest&);
  absl::StatusOr<v1::EngagementRollup> Attest(host::Call&, Tx&, const storage::Write&,
                                              const v1::CreateEngagementRollupRequest&);
  absl::StatusOr<v1::EngagementRollup> GetRollup(host::Call&, Tx&, const v1::GetEngagementRollupRequest&);
  absl::StatusOr<v1::ListEngagementRollupsResponse> ListRollups(host::Call&, Tx&,
                                                                const v1::ListEngagementRollupsRequest&);

  // This gives the name of the rollup that attests an exact number of coalitions although more are recorded.
  // The result is empty if there is no such rollup.
  absl::StatusOr<std::string> ContradictedRollup(Tx&, const std::string& viewer);
  // This gives the name of the organisation with the title in the request. If none has this title in any
  // spelling, a new organisation of the caller's agency is stored.
  absl::StatusOr<std::string> FindOrCreateOrganisation(host::Call&, Tx&, const storage::Write&,
                                                       const v1::AddCoalitionMemberRequest&);

  storage::Resources coalitions_;
  storage::Resources organisations_;
  storage::Resources rollups_;
};

}  // namespace accord::strategy

#endif  // ACCORD_SERVICES_STRATEGY_ENGAGEMENT_ENGAGEMENT_SERVICE_H_
