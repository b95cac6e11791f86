// In these tests services go back to a backup while the log continues.
#include "absl/strings/str_join.h"
#include "accord/protocols/v1/inspector_referral_service.pb.h"
#include "accord/training/v1/course_service.pb.h"
#include "accord/training/v1/observation_service.pb.h"
#include "tests/e2e/accordctl.h"
#include "tests/e2e/case.h"

namespace accord::e2e {
namespace {

namespace tr = accord::training::v1;
using ::testing::HasSubstr;

class Restored : public ACase {
 protected:
  Restored() : ctl_(stack_) {}

  std::string Path(const std::string& name) const { return stack_.directory().path(name); }
  std::string Configs() const {
    return absl::StrJoin(Processes(), " ", [&](std::string* line, const std::string& name) {
      absl::StrAppend(line, stack_.config(name));
    });
  }
  void BackUp() {
    const Ran made = ctl_(absl::StrCat("backup ", Configs(), " --out ", Path("backup")));
    ASSERT_EQ(made.code, 0) << made.said;
  }
  // This takes one service back to the backup, and gives what restore says.
  std::string GoBack(const std::string& service) {
    for (const auto& name : Processes()) stack_.Kill(name);
    const Ran back =
        ctl_(absl::StrCat("restore ", Configs(), " --from ", Path("backup"), " --replace --only ", service));
    EXPECT_EQ(back.code, 0) << back.said;
    for (const auto& name : Processes()) stack_.Launch(name);
    stack_.AwaitGateway();
    return back.said;
  }
  absl::Status Reads(const AgencyClient& client, const std::string& actor, const std::string& purpose,
                     const std::string& referral) const {
    GetReferralRequest get;
    get.set_name(referral);
    return client.Call<Referral>(kReferrals + "GetReferral", actor, purpose, get).status();
  }

  const Accordctl ctl_;
};

TEST_F(Restored, WhatWasRevokedAfterTheBackupStaysRefused) {
  const AgencyClient society = Enrol("cas-york", {{"worker", ROLE_CAS_WORKER}, {"other", ROLE_CAS_WORKER}});
  const AgencyClient police = Enrol("ps-york", {{"member", ROLE_POLICE_MEMBER}});
  BackUp();
  const auto asks = [](const AgencyClient& client, const std::string& actor) {
    registry::v1::GetAgencyRequest get;
    get.set_name("agencies/cas-york");
    return client.Call<registry::v1::Agency>("/accord.registry.v1.RegistryService/GetAgency", actor, "", get)
        .status();
  };
  RevokeCertificateOf("ps-york");
  registry::v1::DisableActorRequest disable;
  disable.set_name("agencies/cas-york/actors/other");
  disable.set_etag("v1");
  disable.set_request_id(RequestId());
  ASSERT_OK(stack_.Console().Call<registry::v1::Actor>(kAdmin + "DisableActor", "admin", "administration",
                                                       disable));
  const std::string said = GoBack("registry");
  // The third change told the privacy officers who was disabled.
  EXPECT_THAT(said,
              HasSubstr("registry: the log is 3 changes ahead, 1 of them of records that are not there"));
  EXPECT_OK(asks(society, "worker")) << "who was not revoked goes on";
  EXPECT_THAT(asks(society, "other"), RefusedBy("ACTOR_NOT_REGISTERED"));
  EXPECT_THAT(asks(police, "member"), RefusedBy("CERTIFICATE_REVOKED"));
}

TEST_F(Restored, ARevokedReferralStaysClosedUntilItIsConfirmed) {
  const AgencyClient society =
      Enrol("cas-york", {{"director", ROLE_CAS_DIRECTOR}, {"worker", ROLE_CAS_WORKER}});
  const AgencyClient police =
      Enrol("ps-york", {{"chief", ROLE_POLICE_CHIEF}, {"member", ROLE_POLICE_MEMBER}});
  const Protocol protocol = Agree(society, police);
  const auto sent =
      society.Call<Referral>(kReferrals + "CreateReferral", "worker", "child_protection", Letter(protocol));
  ASSERT_OK(sent);
  BackUp();
  RevokeReferralRequest revoke;
  revoke.set_name(sent->name());
  revoke.set_etag(sent->etag());
  revoke.set_reason("sent to the wrong service");
  revoke.set_request_id(RequestId());
  const auto revoked =
      society.Call<Referral>(kReferrals + "RevokeReferral", "worker", "child_protection", revoke);
  ASSERT_OK(revoked);
  const std::string said = GoBack("protocols");
  EXPECT_THAT(said, HasSubstr(absl::StrCat("closed until confirmed: ", sent->name())));
  EXPECT_TRUE(absl::IsNotFound(Reads(police, "member", "criminal_investigation", sent->name())));
  EXPECT_TRUE(absl::IsNotFound(Reads(society, "worker", "child_protection", sent->name())));
  const Ran confirmed = ctl_(absl::StrCat("replay ", Configs(), " --confirm ", sent->name()));
  ASSERT_EQ(confirmed.code, 0) << confirmed.said;
  EXPECT_OK(Reads(society, "worker", "child_protection", sent->name()));
}

TEST_F(Restored, AnObservationThatTheReceiverForgotArrivesAgain) {
  const AgencyClient ministry =
      Enrol("min-mol", {{"jane", ROLE_LEARNER}, {"registrar", ROLE_TRAINING_ADMIN}});
  const AgencyClient police = Enrol("ps-york", {{"member", ROLE_POLICE_MEMBER}});
  EnrolAtGateway("training", "relay", ROLE_PLATFORM_SERVICE);
  const auto call = [&]<class Res, class Req>(const std::string& actor, const std::string& method,
                                              const Req& request, Res) {
    auto result = ministry.Call<Res>("/accord.training.v1." + method, actor, "training", request);
    EXPECT_OK(result) << method << ": " << result.status();
    return result.value_or(Res());
  };
  tr::CreateIndicatorListRequest list;
  list.set_parent("agencies/min-mol");
  list.set_request_id(RequestId());
  list.mutable_indicator_list()->set_sector("inspection");
  list.mutable_indicator_list()->set_version("v1");
  list.mutable_indicator_list()->set_source("a list of the ministry");
  list.mutable_indicator_list()->add_indicators()->set_code("documents-held");
  list.mutable_indicator_list()->mutable_indicators(0)->set_text("Documents are held by the employer");
  const auto kept = call("registrar", "CourseService/CreateIndicatorList", list, tr::IndicatorList());
  BackUp();
  tr::CreateObservationRequest request;
  request.set_parent("agencies/min-mol");
  request.set_request_id(RequestId());
  request.mutable_observation()->set_indicator_list(kept.name());
  request.mutable_observation()->add_indicators("documents-held");
  request.mutable_observation()->set_to_agency("ps-york");
  request.mutable_observation()->set_observed_on(FormatDay(OntarioDay(absl::Now())));
  request.mutable_observation()->set_workplace("a greenhouse");
  const auto observation = call("jane", "ObservationService/CreateObservation", request, tr::Observation());
  const auto state = [&] {
    tr::GetObservationRequest get;
    get.set_name(observation.name());
    return call("jane", "ObservationService/GetObservation", get, tr::Observation()).state();
  };
  const auto received = [&] {
    const auto page = police.Call<ListInspectorReferralsResponse>(
        "/accord.protocols.v1.InspectorReferralService/ListInspectorReferrals", "member",
        "criminal_investigation", ListInspectorReferralsRequest());
    return page.ok() ? page->inspector_referrals_size() : -1;
  };
  ASSERT_TRUE(Eventually([&] { return state() == tr::OBSERVATION_STATE_REFERRED; }, absl::Minutes(1)));
  const std::string said = GoBack("protocols");
  EXPECT_THAT(said, HasSubstr("training was not restored; it is "));
  // While the receiver was away, the relay postponed its next attempt by half a minute.
  EXPECT_TRUE(Eventually([&] { return received() == 1; }, absl::Seconds(90)));
  EXPECT_EQ(state(), tr::OBSERVATION_STATE_REFERRED);
}

}  // namespace
}  // namespace accord::e2e
