// This tests one real case through the gateway: York Region's society and York Regional Police.
#include "tests/e2e/case.h"

#include "accord/audit/v1/audit_service.pb.h"

namespace accord::e2e {
namespace {

TEST_F(ACase, TravelsFromTheSocietyToThePoliceAndIsProven) {
  const AgencyClient society = Enrol(
      "cas-york",
      {{"director", ROLE_CAS_DIRECTOR}, {"privacy", ROLE_PRIVACY_OFFICER}, {"worker", ROLE_CAS_WORKER}});
  const AgencyClient police = Enrol(
      "ps-york",
      {{"chief", ROLE_POLICE_CHIEF}, {"supervisor", ROLE_POLICE_SUPERVISOR}, {"member", ROLE_POLICE_MEMBER}});
  const AgencyClient stranger = Enrol("ps-durham", {{"member", ROLE_POLICE_MEMBER}});

  const Protocol protocol = Agree(society, police);

  const CreateReferralRequest letter = Letter(protocol);
  auto sent = society.Call<Referral>(kReferrals + "CreateReferral", "worker", "child_protection", letter);
  ASSERT_OK(sent);

  // Any process may die. What was acknowledged stays, and the same request is answered as if it had run once.
  for (const char* name : {"protocols", "gateway", "audit", "registry"}) {
    stack_.KillAndRestart(name);
    EXPECT_TRUE(Eventually([&] {
      auto again =
          society.Call<Referral>(kReferrals + "CreateReferral", "worker", "child_protection", letter);
      return again.ok() && again->name() == sent->name();
    })) << name;
  }

  AcknowledgeReferralRequest acknowledge;
  acknowledge.set_name(sent->name());
  acknowledge.set_etag(sent->etag());
  acknowledge.set_request_id(RequestId());
  auto acknowledged = police.Call<Referral>(kReferrals + "AcknowledgeReferral", "member",
                                            "criminal_investigation", acknowledge);
  ASSERT_OK(acknowledged);
  EXPECT_LT(FromProto(acknowledged->acknowledged_at()), FromProto(acknowledged->acknowledge_due()));
  ScreenReferralRequest screen;
  screen.set_name(sent->name());
  screen.set_etag(acknowledged->etag());
  screen.set_request_id(RequestId());
  screen.set_outcome(REFERRAL_STATE_JOINT);
  screen.set_reason("Joint investigation with the society.");
  auto screened =
      police.Call<Referral>(kReferrals + "ScreenReferral", "supervisor", "criminal_investigation", screen);
  ASSERT_OK(screened);
  EXPECT_EQ(screened->state(), REFERRAL_STATE_JOINT);

  // An agency that is not party to it learns nothing, not even that it exists.
  GetReferralRequest get;
  get.set_name(sent->name());
  const absl::Status hidden =
      stranger.Call<Referral>(kReferrals + "GetReferral", "member", "criminal_investigation", get).status();
  get.set_name("agencies/cas-york/referrals/none");
  const absl::Status absent =
      stranger.Call<Referral>(kReferrals + "GetReferral", "member", "criminal_investigation", get).status();
  EXPECT_EQ(RuleOf(hidden), "NOT_FOUND");
  EXPECT_EQ(StatusDetails(hidden), StatusDetails(absent));

  // The society sees who touched its referral, and that nobody rewrote the log.
  audit::v1::ListEntriesRequest who;
  who.set_resource(sent->name());
  who.set_disclosures_only(true);
  auto entries =
      society.Call<audit::v1::ListEntriesResponse>(kAudit + "ListEntries", "privacy", "privacy_review", who);
  ASSERT_OK(entries);
  std::set<std::string> callers;
  for (const auto& entry : entries->entries())
    callers.insert(entry.record().agency() + "/" + entry.record().actor());
  EXPECT_THAT(callers, ::testing::ElementsAre("ps-york/member", "ps-york/supervisor"));
  auto checkpoint = society.Call<audit::v1::Checkpoint>(kAudit + "GetCheckpoint", "privacy", "",
                                                        audit::v1::GetCheckpointRequest());
  ASSERT_OK(checkpoint);
  for (const auto& entry : entries->entries()) {
    audit::v1::GetInclusionProofRequest prove;
    prove.set_index(entry.index());
    prove.set_tree_size(checkpoint->tree_size());
    auto proof = society.Call<audit::v1::InclusionProof>(kAudit + "GetInclusionProof", "privacy", "", prove);
    ASSERT_OK(proof);
    EXPECT_TRUE(merkle::VerifyInclusion(merkle::LeafHash(entry.salt() + entry.record_bytes()), entry.index(),
                                        checkpoint->tree_size(), {proof->path().begin(), proof->path().end()},
                                        checkpoint->root_hash()));
  }
}

TEST_F(ACase, ForgedHeadersStrangersAndWrongRolesAreRefusedByName) {
  const AgencyClient society = Enrol("cas-york", {{"worker", ROLE_CAS_WORKER}});
  const auto rule = [&](const std::string& path, const std::multimap<std::string, std::string>& headers,
                        const std::string& body = "") {
    return accord::testing::RuleOrError(society.CallBytes(path, headers, body).status());
  };
  const std::string list = kReferrals + "ListReferrals";
  EXPECT_EQ(rule(list, {{"accord-actor", "nobody"}}), "ACTOR_NOT_REGISTERED");
  EXPECT_EQ(rule(list, {{"accord-actor", "worker"}}), "PURPOSE_MISSING");
  EXPECT_EQ(rule(list, {{"accord-actor", "worker"}, {"accord-purpose", "curiosity"}}), "PURPOSE_UNKNOWN");
  EXPECT_EQ(rule(list, {{"accord-actor", "worker"}, {"accord-actor", "admin"}}), "RESERVED_HEADER");
  EXPECT_EQ(rule(list, {{"accord-actor", "worker"}, {"accord-caller-bin", "forged"}}), "RESERVED_HEADER");
  EXPECT_EQ(rule(kReferrals + "DropTables", {{"accord-actor", "worker"}}), "METHOD_UNKNOWN");
  EXPECT_EQ(rule("/accord.audit.v1.AuditWriterService/AppendRecords", {{"accord-actor", "worker"}}),
            "METHOD_INTERNAL");
  EXPECT_EQ(rule(kReferrals + "ScreenReferral",
                 {{"accord-actor", "worker"}, {"accord-purpose", "child_protection"}}),
            "ROLE_NOT_PERMITTED");
  EXPECT_EQ(rule(kReferrals + "GetReferral",
                 {{"accord-actor", "worker"}, {"accord-purpose", "child_protection"}}, "\xff"),
            "REQUEST_MALFORMED");
  // The certificate is signed by the agencies' authority, but the registry knows nothing of it.
  const AgencyClient unlisted = stack_.Client(stack_.pki().Agency("cas-york", "main"));
  EXPECT_EQ(RuleOf(unlisted.CallBytes(list, {{"accord-actor", "worker"}}, "").status()),
            "CERTIFICATE_NOT_REGISTERED");
}

TEST_F(ACase, ARevokedCertificateIsOutOnItsLiveConnectionWithinFiveSeconds) {
  const AgencyClient society = Enrol("cas-york", {{"worker", ROLE_CAS_WORKER}});
  RevokeCertificateOf("cas-york");
  EXPECT_TRUE(Eventually(
      [&] {
        return RuleOf(society
                          .Call<ListReferralsResponse>(kReferrals + "ListReferrals", "worker",
                                                       "child_protection", ListReferralsRequest())
                          .status()) == "CERTIFICATE_REVOKED";
      },
      absl::Seconds(5)));
}

TEST_F(ACase, WithoutTheAuditNothingIsAnswered) {
  const AgencyClient society = Enrol("cas-york", {{"worker", ROLE_CAS_WORKER}});
  stack_.Kill("audit");
  for (int i = 0; i < 5; ++i) {
    const absl::Status status = society
                                    .Call<ListReferralsResponse>(kReferrals + "ListReferrals", "worker",
                                                                 "child_protection", ListReferralsRequest())
                                    .status();
    EXPECT_EQ(status.code(), absl::StatusCode::kUnavailable) << status;
  }
  stack_.Launch("audit");
  stack_.AwaitGateway();
}

}  // namespace
}  // namespace accord::e2e
