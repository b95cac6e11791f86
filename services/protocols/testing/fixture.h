// This fixture has a society, a police service and a bystander at the handlers of this service.
#ifndef ACCORD_SERVICES_PROTOCOLS_TESTING_FIXTURE_H_
#define ACCORD_SERVICES_PROTOCOLS_TESTING_FIXTURE_H_

#include <gmock/gmock.h>

#include <string>

#include "absl/strings/str_cat.h"
#include "common/base/error.h"
#include "common/testing/matchers.h"
#include "common/testing/service_fixture.h"
#include "services/protocols/protocol_store.h"
#include "services/protocols/services.h"

namespace accord::protocols {

using testing::FailsWith;
using testing::IsOk;
using testing::Must;
using testing::RefusedBy;

class ProtocolsFixture : public testing::ServiceFixture<ProtocolsServices> {
 protected:
  // If `dsn` is empty, the database is SQLite.
  explicit ProtocolsFixture(const std::string& dsn = "")
      : ServiceFixture(ProtocolMigrations(), dsn, RealReferenceData()) {}
  explicit ProtocolsFixture(ReferenceData data) : ServiceFixture(ProtocolMigrations(), "", std::move(data)) {}

  static ReferenceData RealReferenceData() {
    const std::string data = testing::SourceFile("services/protocols/data/");
    return Must(ReferenceData::Load(data + "rules.textproto", data + "territories.textproto",
                                    data + "template.textproto"));
  }
  static Caller Society(Role role, const std::string& agency = "cas-york") {
    return {agency,
            annotations::v1::AGENCY_KIND_CHILDREN_AID_SOCIETY,
            "cms",
            absl::StrCat("a", role),
            {role},
            role == annotations::v1::ROLE_CAS_DIRECTOR ? annotations::v1::PURPOSE_PROTOCOL_GOVERNANCE
                                                       : annotations::v1::PURPOSE_CHILD_PROTECTION};
  }
  static Caller Police(Role role, const std::string& agency = "ps-york") {
    return {agency,
            annotations::v1::AGENCY_KIND_POLICE_SERVICE,
            "rms",
            absl::StrCat("a", role),
            {role},
            role == annotations::v1::ROLE_POLICE_CHIEF ? annotations::v1::PURPOSE_PROTOCOL_GOVERNANCE
                                                       : annotations::v1::PURPOSE_CRIMINAL_INVESTIGATION};
  }
  // This gives the privacy officer of this caller's agency.
  static Caller Officer(Caller caller) {
    caller.roles = {annotations::v1::ROLE_PRIVACY_OFFICER};
    caller.purpose = annotations::v1::PURPOSE_PRIVACY_REVIEW;
    caller.actor = "officer";
    return caller;
  }
  Caller director_ = Society(annotations::v1::ROLE_CAS_DIRECTOR);
  Caller worker_ = Society(annotations::v1::ROLE_CAS_WORKER);
  Caller society_supervisor_ = Society(annotations::v1::ROLE_CAS_SUPERVISOR);
  Caller chief_ = Police(annotations::v1::ROLE_POLICE_CHIEF);
  Caller member_ = Police(annotations::v1::ROLE_POLICE_MEMBER);
  Caller police_supervisor_ = Police(annotations::v1::ROLE_POLICE_SUPERVISOR);

  v1::CreateProtocolRequest Draft() {
    v1::CreateProtocolRequest request;
    request.set_parent("agencies/cas-york");
    auto* protocol = request.mutable_protocol();
    protocol->set_kind(v1::PROTOCOL_KIND_HT_STANDALONE);
    protocol->set_title("York Region trafficking protocol");
    protocol->set_effective_from("2026-11-01");
    for (auto [agency, capacity] :
         {std::pair{"cas-york", v1::PARTY_CAPACITY_CAS}, {"ps-york", v1::PARTY_CAPACITY_POLICE}}) {
      auto* party = protocol->add_parties();
      party->set_agency(agency);
      party->set_capacity(capacity);
      party->set_part(v1::PARTY_PART_SIGNATORY);
    }
    for (int code = 1; v1::SectionCode_IsValid(code); ++code) {
      auto* section = protocol->add_sections();
      section->set_code(static_cast<v1::SectionCode>(code));
      section->set_text(absl::StrCat("text of section ", code));
      section->set_visibility(code == v1::SECTION_CODE_PURPOSE      ? v1::SECTION_VISIBILITY_PUBLIC
                              : code == v1::SECTION_CODE_INTERVIEWS ? v1::SECTION_VISIBILITY_PARTY_POLICE_ONLY
                                                                    : v1::SECTION_VISIBILITY_PARTIES);
    }
    return request;
  }

  // This calls a custom verb with the name and etag of the record.
  template <class Req>
  absl::StatusOr<v1::Protocol> MoveProtocol(const Caller& caller, const v1::Protocol& protocol) {
    Req request;
    request.set_name(protocol.name());
    request.set_etag(protocol.etag());
    if constexpr (requires { request.set_text_digest(""); }) request.set_text_digest(protocol.text_digest());
    if constexpr (requires { request.set_reason(""); }) request.set_reason("reason");
    return Call<v1::Protocol>(caller, request);
  }

  // This gives the draft, ready for signatures.
  v1::Protocol Offered(const v1::CreateProtocolRequest& draft) {
    v1::Protocol p = Must(Call<v1::Protocol>(director_, draft));
    p = Must(MoveProtocol<v1::OpenProtocolConsultationRequest>(director_, p));
    return Must(MoveProtocol<v1::OfferProtocolForSignatureRequest>(director_, p));
  }
  v1::Protocol InForce() {
    const v1::Protocol p = Must(MoveProtocol<v1::SignProtocolRequest>(director_, Offered(Draft())));
    return Must(MoveProtocol<v1::SignProtocolRequest>(chief_, p));
  }
  absl::StatusOr<v1::Protocol> GetProtocol(const std::string& name, const Caller& caller) {
    v1::GetProtocolRequest request;
    request.set_name(name);
    return Call<v1::Protocol>(caller, request);
  }
  v1::Protocol Read(const std::string& name, const Caller& caller) {
    return GetProtocol(name, caller).value_or(v1::Protocol());
  }
  absl::StatusOr<v1::Referral> Get(const std::string& name, const Caller& caller) {
    v1::GetReferralRequest request;
    request.set_name(name);
    return Call<v1::Referral>(caller, request);
  }
  v1::Referral ReadReferral(const std::string& name, const Caller& caller) {
    return Get(name, caller).value_or(v1::Referral());
  }
  // This says why somebody does not read a referral; it is empty if they do.
  std::string UnreadReferral(const std::string& name, const Caller& caller) {
    return Rule(Get(name, caller));
  }
  // This sets the clock to a moment of this day in Ontario, and sweeps until nothing is due.
  void SweepOn(const std::string& day) {
    On(day);
    SweepAll();
  }
  void SweepAll() {
    const absl::Status swept = TrySweep();
    // Others may write at the same moment, and then it is left for the next pass.
    EXPECT_TRUE(swept.ok() || absl::IsUnavailable(swept)) << swept;
  }

  v1::CreateReferralRequest Letter(const v1::Protocol& protocol) {
    v1::CreateReferralRequest request;
    request.set_parent("agencies/cas-york");
    auto* referral = request.mutable_referral();
    referral->set_protocol(protocol.name());
    referral->set_kind(v1::REFERRAL_KIND_JOINT_INVESTIGATION);
    referral->set_to_agency("ps-york");
    referral->set_subject_ref("subject-1");
    referral->set_age_band(v1::AGE_BAND_12_15);
    referral->set_urgency(v1::URGENCY_H12);
    referral->set_reporter_belief("what I saw");
    referral->set_lawful_basis("protocol");
    referral->set_indigenous_identity(v1::INDIGENOUS_IDENTITY_NOT_ASKED);
    referral->set_event_date("2026-11-20");
    return request;
  }
  // This gives a referral from the police service to the society.
  v1::CreateReferralRequest Report(const v1::Protocol& protocol, v1::AgeBand band, const std::string& day) {
    v1::CreateReferralRequest request = Letter(protocol);
    request.set_parent("agencies/ps-york");
    request.mutable_referral()->set_to_agency("cas-york");
    request.mutable_referral()->set_kind(v1::REFERRAL_KIND_DUTY_TO_REPORT);
    request.mutable_referral()->set_ground_code("sexual_exploitation");
    request.mutable_referral()->set_age_band(band);
    request.mutable_referral()->set_event_date(day);
    return request;
  }
  absl::StatusOr<v1::RedirectReferralResponse> Redirect(const Caller& caller, const v1::Referral& referral,
                                                        const std::string& to) {
    v1::RedirectReferralRequest request;
    request.set_name(referral.name());
    request.set_etag(referral.etag());
    request.set_reason("theirs");
    request.set_to_agency(to);
    return Call<v1::RedirectReferralResponse>(caller, request);
  }
};

}  // namespace accord::protocols

#endif  // ACCORD_SERVICES_PROTOCOLS_TESTING_FIXTURE_H_
