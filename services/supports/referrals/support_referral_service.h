// These are the handlers of SupportReferralService, by which a survivor is referred to another agency for as
// long as he or she agrees.
#ifndef ACCORD_SERVICES_SUPPORTS_REFERRALS_SUPPORT_REFERRAL_SERVICE_H_
#define ACCORD_SERVICES_SUPPORTS_REFERRALS_SUPPORT_REFERRAL_SERVICE_H_

#include <string>

#include "accord/supports/v1/support_referral_service.pb.h"
#include "common/host/calls/handlers.h"
#include "services/supports/law.h"

namespace accord::supports {

class SupportReferralService {
 public:
  SupportReferralService(const storage::PageTokens* tokens, RulesNow rules)
      : cases_("support_case", tokens),
        consents_("consent", tokens),
        referrals_("support_referral", tokens),
        rules_(rules) {}
  void Register(host::Handlers* handlers);

 private:
  using Tx = storage::Transaction;
  using Result = absl::StatusOr<v1::SupportReferral>;
  using Page = absl::StatusOr<v1::ListSupportReferralsResponse>;

  Result Send(host::Call&, Tx&, const storage::Write&, const v1::SendSupportReferralRequest&);
  Result Get(host::Call&, Tx&, const v1::GetSupportReferralRequest&);
  Page List(host::Call&, Tx&, const v1::ListSupportReferralsRequest&);
  Result Advance(host::Call&, Tx&, const storage::Write&, const v1::AdvanceSupportReferralRequest&);
  Result Withdraw(host::Call&, Tx&, const storage::Write&, const v1::WithdrawSupportReferralRequest&);
  Page ListReceived(const Caller& caller, Tx&, const std::string& today,
                    const v1::ListSupportReferralsRequest&);

  storage::Resources cases_;
  storage::Resources consents_;
  storage::Resources referrals_;
  const RulesNow rules_;
};

}  // namespace accord::supports

#endif  // ACCORD_SERVICES_SUPPORTS_REFERRALS_SUPPORT_REFERRAL_SERVICE_H_
