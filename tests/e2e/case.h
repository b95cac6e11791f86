// These are real agencies with real certificates, ready to work one case through the gateway.
#ifndef ACCORD_TESTS_E2E_CASE_H_
#define ACCORD_TESTS_E2E_CASE_H_

#include <gmock/gmock.h>

#include <fstream>
#include <functional>
#include <map>
#include <set>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "accord/protocols/v1/protocol_service.pb.h"
#include "accord/protocols/v1/referral_service.pb.h"
#include "accord/registry/v1/registry_admin_service.pb.h"
#include "accord/registry/v1/registry_service.pb.h"
#include "common/base/clock.h"
#include "common/base/error.h"
#include "common/merkle/tree.h"
#include "common/testing/eventually.h"
#include "common/testing/matchers.h"
#include "tests/e2e/stack.h"

namespace accord::e2e {

using namespace protocols::v1;
using namespace annotations::v1;
using accord::testing::Eventually;
using accord::testing::FailsWith;
using accord::testing::IsOk;
using accord::testing::Must;
using accord::testing::RefusedBy;

inline const std::string kProtocols = "/accord.protocols.v1.ProtocolService/";
inline const std::string kReferrals = "/accord.protocols.v1.ReferralService/";
inline const std::string kAdmin = "/accord.registry.v1.RegistryAdminService/";
inline const std::string kAudit = "/accord.audit.v1.AuditService/";

class ACase : public ::testing::Test {
 protected:
  explicit ACase(bool metrics = false, Postgres* postgres = Postgres::OfEnvironment())
      : stack_(metrics, postgres) {}

  static std::string RequestId() {
    static int count = 0;
    return absl::StrCat("e2e-request-", ++count);
  }

  // This gives an agency's system with its people, admitted by the office. Its certificate is signed by
  // the registry.
  AgencyClient Enrol(const std::string& agency, const std::vector<std::pair<std::string, Role>>& people) {
    const AgencyClient console = stack_.Console();
    registry::v1::CreateSystemRequest system;
    system.set_parent("agencies/" + agency);
    system.set_system_id("main");
    system.mutable_system()->set_display_name("Main system");
    system.set_request_id(RequestId());
    EXPECT_OK(console.Call<registry::v1::System>(kAdmin + "CreateSystem", "admin", "administration", system));
    for (const auto& [actor, role] : people) {
      registry::v1::CreateActorRequest request;
      request.set_parent("agencies/" + agency);
      request.set_actor_id(actor);
      request.mutable_actor()->add_roles(role);
      request.set_request_id(RequestId());
      EXPECT_OK(
          console.Call<registry::v1::Actor>(kAdmin + "CreateActor", "admin", "administration", request));
    }
    auto request = stack_.pki().SigningRequest(agency);
    registry::v1::IssueCertificateRequest issue;
    issue.set_parent("agencies/" + agency + "/systems/main");
    issue.set_csr_pem(request.csr_pem);
    issue.set_request_id(RequestId());
    auto issued = Must(console.Call<registry::v1::Certificate>(kAdmin + "IssueCertificate", "admin",
                                                               "administration", issue));
    certificates_[agency] = issued;
    identities_[agency] = {stack_.pki().Write(agency + ".crt", issued.certificate_pem()), request.key_file,
                           ""};
    AgencyClient client = stack_.Client(identities_[agency]);
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

  // This enrols York's society, with everybody who agrees on a protocol, refers and screens. EnrolPolice does
  // the same for its police.
  AgencyClient EnrolSociety() {
    return Enrol("cas-york", {{"director", ROLE_CAS_DIRECTOR},
                              {"supervisor", ROLE_CAS_SUPERVISOR},
                              {"privacy", ROLE_PRIVACY_OFFICER},
                              {"worker", ROLE_CAS_WORKER}});
  }
  AgencyClient EnrolPolice() {
    return Enrol("ps-york", {{"chief", ROLE_POLICE_CHIEF},
                             {"supervisor", ROLE_POLICE_SUPERVISOR},
                             {"member", ROLE_POLICE_MEMBER}});
  }

  // This revokes the certificate under which Enrol let the agency in.
  void RevokeCertificateOf(const std::string& agency) {
    registry::v1::RevokeCertificateRequest revoke;
    revoke.set_name(certificates_[agency].name());
    revoke.set_etag(certificates_[agency].etag());
    revoke.set_reason("stolen");
    revoke.set_request_id(RequestId());
    const auto revoked = stack_.Console().Call<registry::v1::Certificate>(kAdmin + "RevokeCertificate",
                                                                          "admin", "administration", revoke);
    ASSERT_OK(revoked);
  }

  // This enrols a service of Accord as an agency of its own, which may call through the gateway.
  AgencyClient EnrolAtGateway(const std::string& service, const std::string& actor, Role role) {
    registry::v1::CreateAgencyRequest agency;
    agency.set_agency_id("sv-" + service);
    agency.mutable_agency()->set_display_name("Accord " + service + " service");
    agency.mutable_agency()->set_kind(AGENCY_KIND_PLATFORM_SERVICE);
    agency.set_request_id(RequestId());
    const auto created = stack_.Console().Call<registry::v1::Agency>(kAdmin + "CreateAgency", "admin",
                                                                     "administration", agency);
    EXPECT_OK(created);
    AgencyClient client = Enrol("sv-" + service, {{actor, role}});
    stack_.GiveIdentity(service, identities_["sv-" + service]);
    return client;
  }

  CreateProtocolRequest Draft(const std::string& society = "cas-york", const std::string& police = "ps-york",
                              PartyCapacity capacity = PARTY_CAPACITY_CAS) {
    CreateProtocolRequest request;
    request.set_parent("agencies/" + society);
    request.set_request_id(RequestId());
    auto* protocol = request.mutable_protocol();
    protocol->set_kind(PROTOCOL_KIND_HT_STANDALONE);
    protocol->set_title("Trafficking protocol");
    protocol->set_effective_from(FormatDay(OntarioDay(absl::Now())));
    for (auto [agency, as] : {std::pair{society, capacity}, {police, PARTY_CAPACITY_POLICE}}) {
      auto* party = protocol->add_parties();
      party->set_agency(agency);
      party->set_capacity(as);
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
    EXPECT_OK(moved) << method << ": " << moved.status();
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

  // This sends a referral that the service makes and to which the society gets no answer, because the log
  // stands still from now on and records nothing.
  void SendWhileTheLogStandsStill(const AgencyClient& society, const CreateReferralRequest& letter) {
    stack_.Freeze("audit");
    EXPECT_THAT(
        society.Call<Referral>(kReferrals + "CreateReferral", "worker", "child_protection", letter).status(),
        ::testing::AnyOf(RefusedBy("AUDIT_UNAVAILABLE"), FailsWith(absl::StatusCode::kDeadlineExceeded, "")));
  }

  // This gives the protocol of the draft, signed by both and in force.
  Protocol Agree(const AgencyClient& society, const AgencyClient& police) {
    return Agree(society, police, Draft());
  }
  Protocol Agree(const AgencyClient& society, const AgencyClient& police, const CreateProtocolRequest& text) {
    auto draft =
        Must(society.Call<Protocol>(kProtocols + "CreateProtocol", "director", "protocol_governance", text));
    Protocol protocol =
        Move<OpenProtocolConsultationRequest>(society, "OpenProtocolConsultation", "director", draft);
    protocol =
        Move<OfferProtocolForSignatureRequest>(society, "OfferProtocolForSignature", "director", protocol);
    protocol = Move<SignProtocolRequest>(society, "SignProtocol", "director", protocol);
    protocol = Move<SignProtocolRequest>(police, "SignProtocol", "chief", protocol);
    EXPECT_EQ(protocol.state(), PROTOCOL_STATE_IN_FORCE);
    return protocol;
  }

  // From now on the service computes what falls due by a calendar that passes some six days a second, while
  // the clock of people stays as it is. This works on loopback alone.
  void Hasten(const std::string& service) {
    std::ofstream(stack_.config(service), std::ios::app) << " unsafe_calendar_speed: 500000\n";
    stack_.KillAndRestart(service);
  }

  Stack stack_;
  std::map<std::string, registry::v1::Certificate> certificates_;
  std::map<std::string, testing::TestCertificate> identities_;
};

}  // namespace accord::e2e

#endif  // ACCORD_TESTS_E2E_CASE_H_
