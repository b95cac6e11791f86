#include "services/protocols/testing/under_a_protocol.h"

namespace accord::protocols {
namespace {

class Inspections : public UnderAProtocol {};

TEST_F(Inspections, AServiceSendsAnObservationUnderItsOwnIdentity) {
  const Caller training = {
      "svc-training", annotations::v1::AGENCY_KIND_PLATFORM_SERVICE, "training",
      "service",      {annotations::v1::ROLE_PLATFORM_SERVICE},      annotations::v1::PURPOSE_TRAINING};
  v1::CreateInspectorReferralRequest request;
  request.set_parent("agencies/svc-training");
  auto* observed = request.mutable_inspector_referral();
  observed->set_on_behalf_of("min-mol");
  observed->set_to_agency("ps-atlantis");
  observed->set_observed_on("2026-11-20");
  observed->set_sector("agriculture");
  observed->set_workplace("greenhouses on the second concession");
  observed->add_indicators("documents_withheld");
  observed->set_indicator_list_version("3");
  const auto send = [&] { return Call<v1::InspectorReferral>(training, request); };
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
