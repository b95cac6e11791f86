// These are the handlers of LinkService, which leads from a case to those who support a victim.
#ifndef ACCORD_SERVICES_PROSECUTION_LINKS_LINK_SERVICE_H_
#define ACCORD_SERVICES_PROSECUTION_LINKS_LINK_SERVICE_H_

#include "accord/prosecution/v1/link_service.pb.h"
#include "common/host/calls/handlers.h"
#include "services/prosecution/rules.h"

namespace accord::prosecution {

class LinkService {
 public:
  LinkService(const storage::PageTokens* tokens, RulesNow rules)
      : cases_("case", tokens),
        accused_("accused", tokens),
        links_("link_token", tokens),
        tokens_(tokens),
        rules_(rules) {}
  void Register(host::Handlers* handlers);
  // This puts the link on the lists of those who read it.
  absl::Status Place(storage::Transaction& tx, const std::string& name);

 private:
  using Tx = storage::Transaction;
  using Result = absl::StatusOr<v1::LinkToken>;

  Result Create(host::Call&, Tx&, const storage::Write&, const v1::CreateLinkTokenRequest&);
  Result Revoke(host::Call&, Tx&, const storage::Write&, const v1::RevokeLinkTokenRequest&);
  Result Withdraw(host::Call&, Tx&, const storage::Write&, const v1::WithdrawLinkTokenRequest&);
  // This gives the link as List shows it to the same caller, and NOT_FOUND to a caller whose list does not
  // have it.
  Result Get(host::Call&, Tx&, const v1::GetLinkTokenRequest&);
  absl::StatusOr<v1::ListLinkTokensResponse> List(host::Call&, Tx&, const v1::ListLinkTokensRequest&);
  // This lists the links of the Crown's office whose cases this person reads.
  absl::StatusOr<v1::ListLinkTokensResponse> ListOfCases(const Caller& caller, Tx&,
                                                         const v1::ListLinkTokensRequest&);
  absl::StatusOr<v1::GetLinkedCaseResponse> GetCase(host::Call&, Tx&, const v1::GetLinkedCaseRequest&);

  storage::Resources cases_;
  storage::Resources accused_;
  storage::Resources links_;
  const storage::PageTokens* tokens_;
  RulesNow rules_;
};

}  // namespace accord::prosecution

#endif  // ACCORD_SERVICES_PROSECUTION_LINKS_LINK_SERVICE_H_
