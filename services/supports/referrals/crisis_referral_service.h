// These are the handlers of CrisisReferralService, by which police refer a survivor whom they have met to the
// crisis partner of the place, which helps at once.
#ifndef ACCORD_SERVICES_SUPPORTS_REFERRALS_CRISIS_REFERRAL_SERVICE_H_
#define ACCORD_SERVICES_SUPPORTS_REFERRALS_CRISIS_REFERRAL_SERVICE_H_

#include <string>

#include "accord/supports/v1/crisis_referral_service.pb.h"
#include "common/host/calls/handlers.h"
#include "services/supports/law.h"

namespace accord::supports {

class CrisisReferralService {
 public:
  CrisisReferralService(const storage::PageTokens* tokens, RulesNow rules)
      : partners_("crisis_partner", tokens), referrals_("support_referral", tokens), rules_(rules) {}
  void Register(host::Handlers* handlers);

 private:
  using Tx = storage::Transaction;
  using Result = absl::StatusOr<v1::SupportReferral>;

  Result Send(host::Call&, Tx&, const storage::Write&, const v1::SendCrisisReferralRequest&);
  Result Withdraw(host::Call&, Tx&, const storage::Write&, const v1::WithdrawCrisisReferralRequest&);
  // Checks that the consent is sound, and names a partner that serves the place on this day.
  absl::Status CheckCrisisReferral(const host::Call& call, Tx&, const std::string& today,
                                   const v1::SendCrisisReferralRequest&);

  storage::Resources partners_;
  storage::Resources referrals_;
  const RulesNow rules_;
};

}  // namespace accord::supports

#endif  // ACCORD_SERVICES_SUPPORTS_REFERRALS_CRISIS_REFERRAL_SERVICE_H_
