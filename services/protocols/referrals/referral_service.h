// These are the handlers of ReferralService.
#ifndef ACCORD_SERVICES_PROTOCOLS_REFERRALS_REFERRAL_SERVICE_H_
#define ACCORD_SERVICES_PROTOCOLS_REFERRALS_REFERRAL_SERVICE_H_

#include <functional>
#include <set>
#include <string>

#include "accord/protocols/v1/referral_service.pb.h"
#include "common/host/calls/handlers.h"
#include "common/host/watching/feed_positions.h"
#include "services/protocols/coverage/territories.h"
#include "services/protocols/referrals/referral_family.h"
#include "services/protocols/rules.h"

namespace accord::protocols {

// The sender and the receiver see the referral, and the office counts it.
storage::Placement PlacementOf(const storage::Transaction& tx, const v1::Referral& referral);

class ReferralService {
 public:
  ReferralService(storage::Database* database, const storage::PageTokens* tokens, RulesNow rules,
                  const Territories* territories)
      : database_(database),
        referrals_("referral", tokens),
        protocols_("protocol", tokens),
        filters_("referral_filter", tokens),
        investigations_("joint_investigation", tokens),
        family_(tokens),
        positions_("referral", tokens),
        rules_(rules),
        territories_(territories) {}
  void Register(host::Handlers* handlers);
  // The sweeper calls this. It escalates referrals that nobody answered.
  absl::Status PassTime(storage::Transaction&, const std::string& name, absl::Time now);
  // This gives the referral if the caller may see it. A director may see it also where the rest of the agency
  // may not.
  absl::StatusOr<v1::Referral> Visible(host::Call&, storage::Transaction&, const std::string& name);

 private:
  using Tx = storage::Transaction;
  using Result = absl::StatusOr<v1::Referral>;

  Result Create(host::Call&, Tx&, const storage::Write&, const v1::CreateReferralRequest&);
  Result Acknowledge(host::Call&, Tx&, const storage::Write&, const v1::AcknowledgeReferralRequest&);
  Result Screen(host::Call&, Tx&, const storage::Write&, const v1::ScreenReferralRequest&);
  Result Close(host::Call&, Tx&, const storage::Write&, const v1::CloseReferralRequest&);
  Result Reject(host::Call&, Tx&, const storage::Write&, const v1::RejectReferralRequest&);
  Result Revoke(host::Call&, Tx&, const storage::Write&, const v1::RevokeReferralRequest&);
  absl::StatusOr<v1::RedirectReferralResponse> Redirect(host::Call&, Tx&, const storage::Write&,
                                                        const v1::RedirectReferralRequest&);
  Result Correct(host::Call&, Tx&, const storage::Write&, const v1::CorrectReferralRequest&);
  Result UndoStep(host::Call&, Tx&, const storage::Write&, const v1::UndoReferralStepRequest&);
  Result Reopen(host::Call&, Tx&, const storage::Write&, const v1::ReopenReferralRequest&);
  Result Assign(host::Call&, Tx&, const storage::Write&, const v1::AssignReferralRequest&);
  Result Flag(host::Call&, Tx&, const storage::Write&, const v1::FlagReferralRequest&);
  Result ClearFlag(host::Call&, Tx&, const storage::Write&, const v1::ClearReferralFlagRequest&);
  Result RecordRiskScreening(host::Call&, Tx&, const storage::Write&,
                             const v1::RecordReferralRiskScreeningRequest&);
  Result RecordCommunityNotice(host::Call&, Tx&, const storage::Write&,
                               const v1::RecordReferralCommunityNoticeRequest&);
  Result RecordAssessment(host::Call&, Tx&, const storage::Write&,
                          const v1::RecordReferralAssessmentRequest&);
  Result RecordResponse(host::Call&, Tx&, const storage::Write&, const v1::RecordReferralResponseRequest&);
  Result RecordPlaceOfSafety(host::Call&, Tx&, const storage::Write&,
                             const v1::RecordReferralPlaceOfSafetyRequest&);
  Result RecordVoluntaryAgreement(host::Call&, Tx&, const storage::Write&,
                                  const v1::RecordReferralVoluntaryAgreementRequest&);
  Result RecordYouthRecord(host::Call&, Tx&, const storage::Write&,
                           const v1::RecordReferralYouthRecordRequest&);
  Result Get(host::Call&, Tx&, const v1::GetReferralRequest&);
  absl::StatusOr<v1::ListReferralsResponse> List(host::Call&, Tx&, const v1::ListReferralsRequest&);
  absl::StatusOr<v1::ListReferralRevisionsResponse> Revisions(host::Call&, Tx&,
                                                              const v1::ListReferralRevisionsRequest&);
  absl::Status Watch(host::Call&, const v1::WatchReferralsRequest&,
                     const std::function<bool(const v1::ReferralEvent&)>& send);

  // This says where a watch begins.
  absl::StatusOr<storage::Place> WatchBegin(Tx&, const std::string& agency,
                                            const v1::WatchReferralsRequest&) const;
  // This gives the referral that the caller sees with the transition of `event` applied, if its state permits
  // the event.
  Result Moved(host::Call&, Tx&, const std::string& name, const std::string& event);
  // Checks that sender, receiver, protocol and law permit the referral, and fills in what follows from them.
  absl::Status Admit(host::Call&, Tx&, v1::Referral*);
  bool GoesToSociety(const v1::Protocol&, const v1::Referral&) const;
  absl::Status StartClocks(absl::Time now, bool to_society, v1::Referral*) const;
  // Starts anew the clocks of the work that is still to be done.
  absl::Status RestartClocks(absl::Time from, v1::Referral*) const;
  // This applies a correction of these fields: it sets the law and the clocks that follow from them, and adds
  // the row that tells of it.
  absl::Status Amend(host::Call&, const std::set<std::string>& fields, const std::string& reason,
                     const v1::Referral& before, v1::Referral*);
  // This says whether the agency sent this referral, or an earlier one in the chain from which it was
  // sent on.
  absl::StatusOr<bool> WasSentBy(Tx&, v1::Referral, const std::string& agency);
  // This says whether the referral was sent on, and the referral that it was sent on as has a youth record.
  absl::StatusOr<bool> OnwardHasYouthRecord(Tx&, const v1::Referral&);
  // This stores a new referral of write.agency.
  absl::Status Submit(Tx&, const storage::Write&, v1::Referral*);
  // This stores a changed referral and schedules its next escalation.
  Result Keep(Tx&, const storage::Write&, const std::string& etag, v1::Referral);

  storage::Database* database_;
  storage::Resources referrals_;
  storage::Resources protocols_;
  storage::Resources filters_;
  storage::Resources investigations_;
  ReferralFamily family_;
  host::FeedPositions positions_;
  // Both are set once the service is registered.
  const host::Handlers* handlers_ = nullptr;
  host::Feed* feed_ = nullptr;
  RulesNow rules_;
  const Territories* territories_;
};

}  // namespace accord::protocols

#endif  // ACCORD_SERVICES_PROTOCOLS_REFERRALS_REFERRAL_SERVICE_H_
