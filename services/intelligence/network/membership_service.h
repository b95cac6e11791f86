// These are the handlers of MembershipService, which tells who is of which category of the network, as the
// bureau says.
#ifndef ACCORD_SERVICES_INTELLIGENCE_NETWORK_MEMBERSHIP_SERVICE_H_
#define ACCORD_SERVICES_INTELLIGENCE_NETWORK_MEMBERSHIP_SERVICE_H_

#include "accord/intelligence/v1/membership_service.pb.h"
#include "accord/intelligence/v1/rules.pb.h"
#include "common/host/calls/handlers.h"

namespace accord::intelligence {

class MembershipService {
 public:
  MembershipService(const storage::PageTokens* tokens, const v1::RuleSet* rules)
      : memberships_("membership", tokens), rules_(rules) {}
  void Register(host::Handlers* handlers);

 private:
  using Tx = storage::Transaction;

  absl::StatusOr<v1::Membership> Set(host::Call&, Tx&, const storage::Write&,
                                     const v1::SetMembershipCategoryRequest&);
  absl::StatusOr<v1::Membership> Get(host::Call&, Tx&, const v1::GetMembershipRequest&);
  absl::StatusOr<v1::ListMembershipsResponse> List(host::Call&, Tx&, const v1::ListMembershipsRequest&);

  storage::Resources memberships_;
  const v1::RuleSet* rules_;
};

}  // namespace accord::intelligence

#endif  // ACCORD_SERVICES_INTELLIGENCE_NETWORK_MEMBERSHIP_SERVICE_H_
