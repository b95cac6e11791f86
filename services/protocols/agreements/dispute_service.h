// These are the handlers of DisputeService.
#ifndef ACCORD_SERVICES_PROTOCOLS_AGREEMENTS_DISPUTE_SERVICE_H_
#define ACCORD_SERVICES_PROTOCOLS_AGREEMENTS_DISPUTE_SERVICE_H_

#include "accord/protocols/v1/dispute_service.pb.h"
#include "common/host/calls/handlers.h"
#include "services/protocols/rules.h"

namespace accord::protocols {

class DisputeService {
 public:
  DisputeService(const storage::PageTokens* tokens, RulesNow rules)
      : disputes_("dispute", tokens),
        referrals_("referral", tokens),
        protocols_("protocol", tokens),
        rules_(rules) {}
  void Register(host::Handlers* handlers);
  // The sweeper calls this when the time of a level is over. The next level begins; the last level
  // stays open.
  absl::Status PassTime(storage::Transaction&, const std::string& name, absl::Time now);

 private:
  using Tx = storage::Transaction;
  using Result = absl::StatusOr<v1::Dispute>;

  Result Create(host::Call&, Tx&, const storage::Write&, const v1::CreateDisputeRequest&);
  Result Get(host::Call&, Tx&, const v1::GetDisputeRequest&);
  absl::StatusOr<v1::ListDisputesResponse> List(host::Call&, Tx&, const v1::ListDisputesRequest&);
  Result Escalate(host::Call&, Tx&, const storage::Write&, const v1::EscalateDisputeRequest&);
  Result Answer(host::Call&, Tx&, const storage::Write&, const v1::AnswerDisputeRequest&);
  Result Resolve(host::Call&, Tx&, const storage::Write&, const v1::ResolveDisputeRequest&);

  // This gives the dispute with the transition of `event` applied, if its state permits the event.
  Result Moved(host::Call&, Tx&, const std::string& name, const std::string& event);
  // Checks that both agencies are involved in the subject of the dispute.
  absl::Status CheckAbout(host::Call&, Tx&, const v1::Dispute&);
  // This begins the level after the present one; it returns false if there is none.
  bool NextLevel(absl::Time now, v1::Dispute*) const;
  Result Keep(Tx&, const storage::Write&, const std::string& etag, v1::Dispute);
  std::optional<absl::Time> NextInstant(const v1::Dispute&) const;

  storage::Resources disputes_;
  storage::Resources referrals_;
  storage::Resources protocols_;
  RulesNow rules_;
};

}  // namespace accord::protocols

#endif  // ACCORD_SERVICES_PROTOCOLS_AGREEMENTS_DISPUTE_SERVICE_H_
