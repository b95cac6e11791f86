// One real case through the door: York Region's society and York Regional Police.
#include <gmock/gmock.h>

#include <functional>
#include <map>
#include <set>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "accord/audit/v1/service.pb.h"
#include "accord/protocols/v1/service.pb.h"
#include "accord/registry/v1/service.pb.h"
#include "common/base/clock.h"
#include "common/base/error.h"
#include "common/merkle/tree.h"
#include "tests/e2e/stack.h"

namespace accord::e2e {
namespace {

using namespace protocols::v1;
using namespace annotations::v1;

const std::string kProtocols = "/accord.protocols.v1.ProtocolService/";
const std::string kReferrals = "/accord.protocols.v1.ReferralService/";
const std::string kAdmin = "/accord.registry.v1.RegistryAdminService/";
const std::string kAudit = "/accord.audit.v1.AuditService/";

class ACase : public ::testing::Test {
 protected:
  static std::string RequestId() {
    static int count = 0;
    return absl::StrCat("e2e-request-", ++count);
  }

  // An agency's system with its people, admitted by the office. Its certificate is signed by the registry.
  AgencyClient Enrol(const std::string& agency, const std::vector<std::pair<std::string, Role>>& people) {
    const AgencyClient console = stack_.Console();
    registry::v1::CreateSystemRequest system;
    system.set_parent("agencies/" + agency);
    system.set_system_id("main");
    system.mutable_system()->set_display_name("Main system");
    system.set_request_id(RequestId());
    EXPECT_TRUE(
        console.Call<registry::v1::System>(kAdmin + "CreateSystem", "admin", "administration", system).ok());
    for (const auto& [actor, role] : people) {
      registry::v1::CreateActorRequest request;
      request.set_parent("agencies/" + agency);
      request.set_actor_id(actor);
      request.mutable_actor()->add_roles(role);
      request.set_request_id(RequestId());
      EXPECT_TRUE(
          console.Call<registry::v1::Actor>(kAdmin + "CreateActor", "admin", "administration", request).ok());
    }
    auto request = stack_.pki().SigningRequest(agency);
    registry::v1::IssueCertificateRequest issue;
    issue.set_parent("agencies/" + agency + "/systems/main");
    issue.set_csr_pem(request.csr_pem);
    issue.set_request_id(RequestId());
    auto issued = console.Call<registry::v1::Certificate>(kAdmin + "IssueCertificate", "admin",
                                                          "administration", issue);
    EXPECT_TRUE(issued.ok()) << issued.status();
    certificates_[agency] = *issued;
    AgencyClient client =
        stack_.Client({stack_.pki().Write(agency + ".crt", issued->certificate_pem()), request.key_file, ""});
    // The policy reaches the gateway a moment later.
    EXPECT_TRUE(Eventually([&] {
      registry::v1::GetAgencyRequest get;
      get.set_name("agencies/" + agency);
      return client
          .Call<registry::v1::Agency>("/accord.registry.v1.RegistryService/GetAgency", people.back().first,
                                      "", get)
          .ok();
    })) << agency;
    return client;
  }

  static bool Eventually(const std::function<bool()>& holds, absl::Duration limit = absl::Seconds(10)) {
    for (const absl::Time until = absl::Now() + limit; absl::Now() < until;
         absl::SleepFor(absl::Milliseconds(20))) {
      if (holds()) return true;
    }
    return false;
  }

  CreateProtocolRequest Draft() {
    CreateProtocolRequest request;
    request.set_parent("agencies/cas-york");
    request.set_request_id(RequestId());
    auto* protocol = request.mutable_protocol();
    protocol->set_kind(PROTOCOL_KIND_HT_STANDALONE);
    protocol->set_title("York Region human trafficking protocol");
    protocol->set_effective_from(FormatDay(OntarioDay(absl::Now())));
    for (auto [agency, capacity] :
         {std::pair{"cas-york", PARTY_CAPACITY_CAS}, {"ps-york", PARTY_CAPACITY_POLICE}}) {
      auto* party = protocol->add_parties();
      party->set_agency(agency);
      party->set_capacity(capacity);
      party->set_part(PARTY_PART_SIGNATORY);
    }
    for (int code = 1; SectionCode_IsValid(code); ++code) {
      auto* section = protocol->add_sections();
      section->set_code(static_cast<SectionCode>(code));
      section->set_text(absl::StrCat("Agreed text of section ", code));
      section->set_visibility(SECTION_VISIBILITY_PARTIES);
    }
    return request;
  }

  template <class Req>
  Protocol Move(const AgencyClient& client, const std::string& method, const std::string& actor,
                const Protocol& protocol) {
    Req request;
    request.set_name(protocol.name());
    request.set_etag(protocol.etag());
    request.set_request_id(RequestId());
    if constexpr (requires { request.set_text_digest(""); }) request.set_text_digest(protocol.text_digest());
    auto moved = client.Call<Protocol>(kProtocols + method, actor, "protocol_governance", request);
    EXPECT_TRUE(moved.ok()) << method << ": " << moved.status();
    return moved.value_or(Protocol());
  }

  CreateReferralRequest Letter(const Protocol& protocol) {
    CreateReferralRequest request;
    request.set_parent("agencies/cas-york");
    request.set_request_id(RequestId());
    auto* referral = request.mutable_referral();
    referral->set_protocol(protocol.name());
    referral->set_kind(REFERRAL_KIND_JOINT_INVESTIGATION);
    referral->set_to_agency("ps-york");
    referral->set_subject_ref("subject-7c1f");
    referral->set_age_band(AGE_BAND_12_15);
    referral->set_urgency(URGENCY_H12);
    referral->set_reporter_belief("Missing for the third time; an older man pays for her phone.");
    referral->set_lawful_basis("CYFSA s. 125; protocol section on joint investigation");
    referral->set_indigenous_identity(INDIGENOUS_IDENTITY_NOT_ASKED);
    referral->set_event_date(FormatDay(OntarioDay(absl::Now())));
    return request;
  }

  Stack stack_;
  std::map<std::string, registry::v1::Certificate> certificates_;
};

TEST_F(ACase, TravelsFromTheSocietyToThePoliceAndIsProven) {
  const AgencyClient society = Enrol(
      "cas-york",
      {{"director", ROLE_CAS_DIRECTOR}, {"privacy", ROLE_PRIVACY_OFFICER}, {"worker", ROLE_CAS_WORKER}});
  const AgencyClient police = Enrol(
      "ps-york",
      {{"chief", ROLE_POLICE_CHIEF}, {"supervisor", ROLE_POLICE_SUPERVISOR}, {"member", ROLE_POLICE_MEMBER}});
  const AgencyClient stranger = Enrol("ps-durham", {{"member", ROLE_POLICE_MEMBER}});

  auto draft =
      society.Call<Protocol>(kProtocols + "CreateProtocol", "director", "protocol_governance", Draft());
  ASSERT_TRUE(draft.ok()) << draft.status();
  Protocol protocol =
      Move<OpenProtocolConsultationRequest>(society, "OpenProtocolConsultation", "director", *draft);
  protocol =
      Move<OfferProtocolForSignatureRequest>(society, "OfferProtocolForSignature", "director", protocol);
  protocol = Move<SignProtocolRequest>(society, "SignProtocol", "director", protocol);
  protocol = Move<SignProtocolRequest>(police, "SignProtocol", "chief", protocol);
  ASSERT_EQ(protocol.state(), PROTOCOL_STATE_IN_FORCE);

  const CreateReferralRequest letter = Letter(protocol);
  auto sent = society.Call<Referral>(kReferrals + "CreateReferral", "worker", "child_protection", letter);
  ASSERT_TRUE(sent.ok()) << sent.status();

  // Any process may die; what was acknowledged stays, and the same request answers as if it had run once.
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
  ASSERT_TRUE(acknowledged.ok()) << acknowledged.status();
  EXPECT_LT(FromProto(acknowledged->acknowledged_at()), FromProto(acknowledged->acknowledge_due()));
  ScreenReferralRequest screen;
  screen.set_name(sent->name());
  screen.set_etag(acknowledged->etag());
  screen.set_request_id(RequestId());
  screen.set_outcome(REFERRAL_STATE_JOINT);
  screen.set_reason("Joint investigation with the society.");
  auto screened =
      police.Call<Referral>(kReferrals + "ScreenReferral", "supervisor", "criminal_investigation", screen);
  ASSERT_TRUE(screened.ok()) << screened.status();
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
  ASSERT_TRUE(entries.ok()) << entries.status();
  std::set<std::string> callers;
  for (const auto& entry : entries->entries())
    callers.insert(entry.record().agency() + "/" + entry.record().actor());
  EXPECT_THAT(callers, ::testing::ElementsAre("cas-york/worker", "ps-york/member", "ps-york/supervisor"));
  auto checkpoint = society.Call<audit::v1::Checkpoint>(kAudit + "GetCheckpoint", "privacy", "",
                                                        audit::v1::GetCheckpointRequest());
  ASSERT_TRUE(checkpoint.ok()) << checkpoint.status();
  for (const auto& entry : entries->entries()) {
    audit::v1::GetInclusionProofRequest prove;
    prove.set_index(entry.index());
    prove.set_tree_size(checkpoint->tree_size());
    auto proof = society.Call<audit::v1::InclusionProof>(kAudit + "GetInclusionProof", "privacy", "", prove);
    ASSERT_TRUE(proof.ok()) << proof.status();
    EXPECT_TRUE(merkle::VerifyInclusion(merkle::LeafHash(entry.salt() + entry.record_bytes()), entry.index(),
                                        checkpoint->tree_size(), {proof->path().begin(), proof->path().end()},
                                        checkpoint->root_hash()));
  }
}

TEST_F(ACase, ForgedHeadersStrangersAndWrongRolesAreRefusedByName) {
  const AgencyClient society = Enrol("cas-york", {{"worker", ROLE_CAS_WORKER}});
  const auto rule = [&](const std::string& path, const std::multimap<std::string, std::string>& headers,
                        const std::string& body = "") {
    return RuleOf(society.CallBytes(path, headers, body).status());
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
  // Signed by the agencies' authority, but the registry knows nothing of it.
  const AgencyClient unlisted = stack_.Client(stack_.pki().Agency("cas-york", "main"));
  EXPECT_EQ(RuleOf(unlisted.CallBytes(list, {{"accord-actor", "worker"}}, "").status()),
            "CERTIFICATE_NOT_REGISTERED");
}

TEST_F(ACase, ARevokedCertificateIsOutOnItsLiveConnectionWithinFiveSeconds) {
  const AgencyClient society = Enrol("cas-york", {{"worker", ROLE_CAS_WORKER}});
  registry::v1::RevokeCertificateRequest revoke;
  revoke.set_name(certificates_["cas-york"].name());
  revoke.set_etag(certificates_["cas-york"].etag());
  revoke.set_reason("stolen");
  revoke.set_request_id(RequestId());
  ASSERT_TRUE(
      stack_.Console()
          .Call<registry::v1::Certificate>(kAdmin + "RevokeCertificate", "admin", "administration", revoke)
          .ok());
  EXPECT_TRUE(Eventually(
      [&] {
        return !society
                    .Call<ListReferralsResponse>(kReferrals + "ListReferrals", "worker", "child_protection",
                                                 ListReferralsRequest())
                    .ok();
      },
      absl::Seconds(5)));
}

TEST_F(ACase, WithoutTheAuditNothingIsAnswered) {
  const AgencyClient society = Enrol("cas-york", {{"worker", ROLE_CAS_WORKER}});
  stack_.Kill("audit");
  for (int i = 0; i < 20; ++i) {
    const absl::Status status = society
                                    .Call<ListReferralsResponse>(kReferrals + "ListReferrals", "worker",
                                                                 "child_protection", ListReferralsRequest())
                                    .status();
    EXPECT_EQ(status.code(), absl::StatusCode::kUnavailable) << status;
  }
  stack_.Launch("audit");
  stack_.AwaitDoor();
}

}  // namespace
}  // namespace accord::e2e
