// Handlers of ReferralService.
#ifndef ACCORD_SERVICES_PROTOCOLS_REFERRAL_SERVICE_H_
#define ACCORD_SERVICES_PROTOCOLS_REFERRAL_SERVICE_H_

#include <functional>

#include "accord/protocols/v1/service.pb.h"
#include "common/host/handlers.h"
#include "services/protocols/rules.h"

namespace accord::protocols {

class ReferralService {
 public:
  ReferralService(storage::Database* database, const storage::PageTokens* tokens, const Rules* rules)
      : database_(database), referrals_("referral", tokens), protocols_("protocol", tokens), rules_(rules) {}
  void Register(host::Handlers* handlers);

 private:
  using Tx = storage::Transaction;
  using Result = absl::StatusOr<v1::Referral>;

  Result Create(host::Call&, Tx&, const storage::Write&, const v1::CreateReferralRequest&);
  Result Get(host::Call&, Tx&, const v1::GetReferralRequest&);
  absl::StatusOr<v1::ListReferralsResponse> List(host::Call&, Tx&, const v1::ListReferralsRequest&);
  Result Acknowledge(host::Call&, Tx&, const storage::Write&, const v1::AcknowledgeReferralRequest&);
  Result Screen(host::Call&, Tx&, const storage::Write&, const v1::ScreenReferralRequest&);
  Result Close(host::Call&, Tx&, const storage::Write&, const v1::CloseReferralRequest&);
  absl::Status Watch(host::Call&, const v1::WatchReferralsRequest&,
                     const std::function<bool(const v1::ReferralEvent&)>& send);

  // The referral, if the caller's agency received it and `event` is possible in its state.
  Result Received(host::Call&, Tx&, const std::string& name, const std::string& event);
  // Sender, receiver, protocol and law allow it; fills in what follows from them.
  absl::Status Admit(host::Call&, Tx&, v1::Referral*);

  storage::Database* database_;
  storage::Resources referrals_;
  storage::Resources protocols_;
  const Rules* rules_;
};

}  // namespace accord::protocols

#endif  // ACCORD_SERVICES_PROTOCOLS_REFERRAL_SERVICE_H_
