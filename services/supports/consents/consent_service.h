// These are the handlers of ConsentService, which keeps what a survivor agreed to, and ends it at once when
// the survivor withdraws it.
#ifndef ACCORD_SERVICES_SUPPORTS_CONSENTS_CONSENT_SERVICE_H_
#define ACCORD_SERVICES_SUPPORTS_CONSENTS_CONSENT_SERVICE_H_

#include <string>

#include "accord/supports/v1/consent_service.pb.h"
#include "common/host/calls/handlers.h"
#include "services/supports/law.h"

namespace accord::supports {

class ConsentService {
 public:
  ConsentService(const storage::PageTokens* tokens, RulesNow rules)
      : cases_("support_case", tokens),
        consents_("consent", tokens),
        referrals_("support_referral", tokens),
        claims_("benefit_claim", tokens),
        rules_(rules) {}
  void Register(host::Handlers* handlers);
  // This reads a consent as the list shows it on this day. It fails with NOT_FOUND for a caller whose list
  // does not have it, so that a caller who may only get a consent by its name learns of no case.
  absl::Status ReadListed(const Caller& caller, storage::Transaction& tx, const std::string& name,
                          const std::string& today, google::protobuf::Message* out);

 private:
  using Tx = storage::Transaction;
  using Result = absl::StatusOr<v1::Consent>;

  Result Create(host::Call&, Tx&, const storage::Write&, const v1::CreateConsentRequest&);
  Result Get(host::Call&, Tx&, const v1::GetConsentRequest&);
  absl::StatusOr<v1::ListConsentsResponse> List(host::Call&, Tx&, const v1::ListConsentsRequest&);
  Result RecordLink(host::Call&, Tx&, const storage::Write&, const v1::RecordConsentLinkRequest&);
  Result Withdraw(host::Call&, Tx&, const storage::Write&, const v1::WithdrawConsentRequest&);
  // This replaces an older consent by another consent of the survivor.
  Result Supersede(host::Call&, Tx&, const storage::Write&, const v1::SupportCase& of,
                   const v1::CreateConsentRequest&);
  // This stores a consent that has ended, and ends everything that rests on it; `step` is the step that its
  // claims get.
  absl::Status EndConsent(Tx&, const storage::Write&, const std::string& etag, const std::string& step,
                          v1::Consent* consent);
  // Names in the answer other consents for the same purpose and agency that still stand although this one
  // was withdrawn.
  absl::Status NameStillLive(const Caller& caller, Tx&, const std::string& today, v1::Consent* withdrawn);
  // This closes the case of a survivor who no longer agrees to be supported.
  absl::Status CloseCase(Tx&, const storage::Write&, v1::SupportCase of, const std::string& today);

  storage::Resources cases_;
  storage::Resources consents_;
  storage::Resources referrals_;
  storage::Resources claims_;
  const RulesNow rules_;
};

}  // namespace accord::supports

#endif  // ACCORD_SERVICES_SUPPORTS_CONSENTS_CONSENT_SERVICE_H_
