#include "services/protocols/testing/under_a_protocol.h"

namespace accord::protocols {
namespace {

class Inspections : public UnderAProtocol {
 protected:
  static v1::CreateInspectorReferralRequest Observed(const std::string& to_agency) {
    v1::CreateInspectorReferralRequest request;
    request.set_parent("agencies/svc-training");
    auto* observed = request.mutable_inspector_referral();
    observed->set_on_behalf_of("min-mol");
    observed->set_to_agency(to_agency);
    observed->set_observed_on("2026-11-20");
    observed->set_sector("agriculture");
    observed->set_workplace("greenhouses on the second concession");
    observed->add_indicators("documents_withheld");
    observed->set_indicator_list_version("3");
    return request;
  }
  // This counts the referrals that `assignee` works on in the list of this caller.
  int ListedOf(const std::string& assignee, const Caller& caller) {
    v1::ListInspectorReferralsRequest request;
    request.set_assignee(assignee);
    return Must(Call<v1::ListInspectorReferralsResponse>(caller, request)).inspector_referrals_size();
  }
  const Caller training_ = {
      "svc-training", annotations::v1::AGENCY_KIND_PLATFORM_SERVICE, "training",
      "service",      {annotations::v1::ROLE_PLATFORM_SERVICE},      annotations::v1::PURPOSE_TRAINING};
};

TEST_F(Inspections, AreAssignedToAWorkerOfTheReceiverAndListedByWhoWorksOnThem) {
  v1::InspectorReferral sent = Must(Call<v1::InspectorReferral>(training_, Observed("ps-york")));
  ASSERT_OK(Call<v1::InspectorReferral>(training_, Observed("ps-york")));
  v1::AssignInspectorReferralRequest assign;
  assign.set_assignee("the-night-shift");
  EXPECT_THAT(Do(worker_, sent, assign), RefusedBy(rules::kNotFound)) << "the society received nothing";
  EXPECT_THAT(Do(member_, sent, assign), RefusedBy(rules::kNotTheAssignee)) << "a worker takes what is free";
  sent = Must(Do(police_supervisor_, sent, assign));
  EXPECT_EQ(sent.assignee(), "the-night-shift");
  EXPECT_EQ(sent.state(), v1::INSPECTOR_REFERRAL_STATE_SUBMITTED);
  EXPECT_TRUE(sent.has_next_due()) << "the clock runs on";
  EXPECT_EQ(ListedOf("the-night-shift", member_), 1);
  EXPECT_EQ(ListedOf(member_.actor, member_), 0);
  EXPECT_EQ(ListedOf("", member_), 2);
  // Whoever sent it does not search by the receiver's people.
  EXPECT_EQ(ListedOf("the-night-shift", training_), 0);
  EXPECT_EQ(ListedOf("", training_), 2);
  assign.set_assignee(member_.actor);
  EXPECT_THAT(Do(member_, sent, assign), RefusedBy(rules::kNotTheAssignee)) << "it is somebody's";
  // A referral that is given back is free, and whoever takes it keeps it through what is done with it.
  assign.clear_assignee();
  sent = Must(Do(police_supervisor_, sent, assign));
  EXPECT_EQ(sent.assignee(), "");
  EXPECT_EQ(ListedOf("the-night-shift", member_), 0);
  assign.set_assignee(member_.actor);
  sent = Must(Do(member_, sent, assign));
  sent = Must(Do<v1::InspectorReferral, v1::AcknowledgeInspectorReferralRequest>(member_, sent));
  EXPECT_EQ(sent.assignee(), member_.actor);
  EXPECT_EQ(ListedOf(member_.actor, member_), 1);
  v1::CloseInspectorReferralRequest close;
  close.set_outcome("visited");
  sent = Must(Do(member_, sent, close));
  EXPECT_THAT(Do(police_supervisor_, sent, assign), RefusedBy(rules::kStateNotPermitted));
}

TEST_F(Inspections, AServiceSendsAnObservationUnderItsOwnIdentity) {
  v1::CreateInspectorReferralRequest request = Observed("ps-atlantis");
  auto* observed = request.mutable_inspector_referral();
  const auto send = [&] { return Call<v1::InspectorReferral>(training_, request); };
  EXPECT_THAT(send(), RefusedBy(rules::kReceiverUnknown));
  observed->set_to_agency("ps-york");
  const v1::InspectorReferral sent = *send();
  observed->set_observed_on("2026-12-20");
  EXPECT_THAT(send(), RefusedBy(rules::kEventInFuture));
  EXPECT_THAT(Call<v1::InspectorReferral>(member_, request), RefusedBy(rules::kAgencyKindNotPermitted));
  SweepOn("2026-11-25");
  v1::GetInspectorReferralRequest get;
  get.set_name(sent.name());
  v1::InspectorReferral read = Must(Call<v1::InspectorReferral>(member_, get));
  EXPECT_TRUE(read.overdue());
  EXPECT_TRUE(absl::IsNotFound(Call<v1::InspectorReferral>(worker_, get).status()));
  read = Must(Do<v1::InspectorReferral, v1::AcknowledgeInspectorReferralRequest>(member_, read));
  v1::CloseInspectorReferralRequest close;
  close.set_outcome("visited");
  EXPECT_EQ(Must(Do(member_, read, close)).outcome(), "visited");
}

}  // namespace
}  // namespace accord::protocols
