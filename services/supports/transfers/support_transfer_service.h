// These are the handlers of SupportTransferService, by which a survivor is handed over to another agency if
// he or she agrees and that agency accepts.
#ifndef ACCORD_SERVICES_SUPPORTS_TRANSFERS_SUPPORT_TRANSFER_SERVICE_H_
#define ACCORD_SERVICES_SUPPORTS_TRANSFERS_SUPPORT_TRANSFER_SERVICE_H_

#include <string>

#include "accord/supports/v1/support_transfer_service.pb.h"
#include "common/host/calls/handlers.h"
#include "services/supports/law.h"

namespace accord::supports {

class SupportTransferService {
 public:
  SupportTransferService(const storage::PageTokens* tokens, RulesNow rules)
      : cases_("support_case", tokens),
        consents_("consent", tokens),
        referrals_("support_referral", tokens),
        rules_(rules) {}
  void Register(host::Handlers* handlers);

 private:
  using Tx = storage::Transaction;

  absl::StatusOr<v1::SupportReferral> Offer(host::Call&, Tx&, const storage::Write&,
                                            const v1::OfferSupportTransferRequest&);
  absl::StatusOr<v1::SupportCase> Accept(host::Call&, Tx&, const storage::Write&,
                                         const v1::AcceptSupportTransferRequest&);
  // This fails with ALREADY_RECORDED if another agency has an offer to take over the survivor of this case.
  absl::Status CheckNoOfferStands(Tx&, const std::string& case_name, const std::string& today);

  storage::Resources cases_;
  storage::Resources consents_;
  storage::Resources referrals_;
  const RulesNow rules_;
};

}  // namespace accord::supports

#endif  // ACCORD_SERVICES_SUPPORTS_TRANSFERS_SUPPORT_TRANSFER_SERVICE_H_
