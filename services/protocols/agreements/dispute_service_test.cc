#include "services/protocols/testing/under_a_protocol.h"

namespace accord::protocols {
namespace {

class Disputes : public UnderAProtocol {
 protected:
  v1::CreateDisputeRequest Quarrel(const std::string& about) {
    v1::CreateDisputeRequest request;
    request.set_parent("agencies/cas-york");
    request.mutable_dispute()->set_about(about);
    request.mutable_dispute()->set_with_agency("ps-york");
    request.mutable_dispute()->set_issue("who interviews");
    return request;
  }
};

TEST_F(Disputes, ADisputeClimbsByItselfAndEndsWhenItsRaiserIsContent) {
  const v1::Referral referral = Sent();
  v1::CreateDisputeRequest request = Quarrel(referral.name());
  request.mutable_dispute()->set_with_agency("ps-durham");
  EXPECT_THAT(Call<v1::Dispute>(society_supervisor_, request), RefusedBy(rules::kOtherSide));
  v1::Dispute dispute = Must(Call<v1::Dispute>(society_supervisor_, Quarrel(referral.name())));
  // It is Monday 2026-11-23: two business days end on Wednesday, and five more end on the Thursday of the
  // next week.
  EXPECT_EQ(FromProto(dispute.levels(0).due()), EndOfDay(*ParseDay("2026-11-25")));
  const auto read = [&] {
    v1::GetDisputeRequest get;
    get.set_name(dispute.name());
    return Must(Call<v1::Dispute>(police_supervisor_, get));
  };
  SweepOn("2026-11-25");
  EXPECT_EQ(read().levels_size(), 1);
  SweepOn("2026-11-26");
  dispute = read();
  ASSERT_EQ(dispute.levels_size(), 2);
  EXPECT_TRUE(dispute.levels(0).lapsed());
  EXPECT_EQ(FromProto(dispute.levels(1).due()), EndOfDay(*ParseDay("2026-12-03")));
  v1::EscalateDisputeRequest escalate;
  escalate.set_reason("urgent");
  dispute = Must(Do(police_supervisor_, dispute, escalate));
  ASSERT_EQ(dispute.levels_size(), 3);
  EXPECT_EQ(dispute.levels(2).reason(), "urgent");
  EXPECT_EQ(dispute.levels(2).agency() + "/" + dispute.levels(2).actor(),
            "ps-york/" + police_supervisor_.actor);
  EXPECT_EQ(dispute.levels(1).reason() + dispute.levels(1).agency(), "") << "time led there";
  EXPECT_THAT(Do(police_supervisor_, dispute, escalate), RefusedBy(rules::kLastLevel));
  SweepOn("2026-12-31");
  dispute = read();
  EXPECT_TRUE(dispute.levels(2).lapsed());
  EXPECT_EQ(dispute.state(), v1::DISPUTE_STATE_OPEN);
  v1::ResolveDisputeRequest resolve;
  resolve.set_resolution("the society's interviewer, in the child's school");
  EXPECT_THAT(Do(police_supervisor_, dispute, resolve), RefusedBy(rules::kNotTheRaiser));
  EXPECT_EQ(Must(Do(society_supervisor_, dispute, resolve)).state(), v1::DISPUTE_STATE_RESOLVED);
}

TEST_F(Disputes, BothSidesAnswerAndReadItWhileTheTimeRunsOn) {
  v1::Dispute dispute = Must(Call<v1::Dispute>(society_supervisor_, Quarrel(Sent().name())));
  const v1::Dispute raised = dispute;
  v1::AnswerDisputeRequest answer;
  answer.set_answer("our interviewer is trained for it");
  EXPECT_THAT(Do(member_, dispute, answer), RefusedBy(rules::kRoleNotPermitted));
  dispute = Must(Do(police_supervisor_, dispute, answer));
  EXPECT_THAT(Do(society_supervisor_, raised, answer), RefusedBy(rules::kEtagMismatch));
  answer.set_answer("ours knows the child");
  dispute = Must(Do(society_supervisor_, dispute, answer));
  ASSERT_EQ(dispute.answers_size(), 2);
  EXPECT_EQ(dispute.answers(0).text(), "our interviewer is trained for it");
  EXPECT_EQ(dispute.answers(0).agency() + "/" + dispute.answers(0).actor(),
            "ps-york/" + police_supervisor_.actor);
  EXPECT_EQ(FromProto(dispute.answers(0).time()), in_process_.clock().Now());
  EXPECT_EQ(dispute.answers(1).agency(), "cas-york");
  EXPECT_EQ(dispute.state(), v1::DISPUTE_STATE_OPEN);
  EXPECT_EQ(dispute.levels(0).SerializeAsString(), raised.levels(0).SerializeAsString());
  SweepOn("2026-11-26");
  v1::GetDisputeRequest get;
  get.set_name(dispute.name());
  dispute = Must(Call<v1::Dispute>(society_supervisor_, get));
  EXPECT_EQ(dispute.levels_size(), 2) << "an answer stops no clock";
  v1::ResolveDisputeRequest resolve;
  resolve.set_resolution("the society's interviewer");
  dispute = Must(Do(society_supervisor_, dispute, resolve));
  EXPECT_EQ(dispute.answers_size(), 2);
  EXPECT_THAT(Do(police_supervisor_, dispute, answer), RefusedBy(rules::kStateNotPermitted));
}

TEST_F(Disputes, HaveAnEndOfTheAnswersOfEachSideAndNeitherUsesUpTheOthers) {
  v1::Dispute dispute = Must(Call<v1::Dispute>(society_supervisor_, Quarrel(Sent().name())));
  v1::AnswerDisputeRequest answer;
  answer.set_answer("no");
  for (int i = 0; i < 50; ++i) dispute = Must(Do(police_supervisor_, dispute, answer));
  EXPECT_THAT(Do(police_supervisor_, dispute, answer), RefusedBy(rules::kRecordFull));
  for (int i = 0; i < 50; ++i) dispute = Must(Do(society_supervisor_, dispute, answer));
  EXPECT_THAT(Do(society_supervisor_, dispute, answer), RefusedBy(rules::kRecordFull));
  EXPECT_EQ(dispute.answers_size(), 100) << "as many as the resource's description says";
}

TEST_F(Disputes, ADisputeNeverHoldsUpTheReferralItIsAbout) {
  const v1::Referral referral = Sent();
  ASSERT_OK(Call<v1::Dispute>(society_supervisor_, Quarrel(referral.name())));
  EXPECT_OK((Do<v1::Referral, v1::AcknowledgeReferralRequest>(member_, referral)));
}

}  // namespace
}  // namespace accord::protocols
