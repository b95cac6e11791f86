// Whoever a change names exists, or the change goes no further than the gateway.
#include "services/gateway/admission/named_check.h"

#include <gmock/gmock.h>

#include <chrono>

#include "accord/prosecution/v1/case_service.pb.h"
#include "accord/protocols/v1/inspector_referral_service.pb.h"
#include "accord/protocols/v1/joint_investigation_service.pb.h"
#include "accord/protocols/v1/protocol_service.pb.h"
#include "accord/protocols/v1/referral_service.pb.h"
#include "common/access/registry_references.h"
#include "common/base/error.h"
#include "common/base/unary_call.h"
#include "common/testing/matchers.h"
#include "services/gateway/testing/fixture.h"

namespace accord::gateway {
namespace {

using namespace annotations::v1;

const absl::CivilDay kToday(2026, 11, 26);

registry::v1::PolicyUpdate Register() {
  registry::v1::PolicyUpdate update;
  update.set_reset(true);
  update.set_epoch("test");
  update.set_version(1);
  const auto agency = [&](const char* id, AgencyKind kind, const char* valid_to = "",
                          const char* successor = "") {
    auto* entry = update.add_agencies();
    entry->set_agency(id);
    entry->set_kind(kind);
    entry->set_valid_to(valid_to);
    entry->set_successor(successor);
  };
  agency("cas-york", AGENCY_KIND_CHILDREN_AID_SOCIETY);
  agency("ps-york", AGENCY_KIND_POLICE_SERVICE);
  agency("ps-dissolved", AGENCY_KIND_POLICE_SERVICE, "2026-11-26");
  agency("ps-merged", AGENCY_KIND_POLICE_SERVICE, "2026-11-26", "ps-later");
  agency("ps-later", AGENCY_KIND_POLICE_SERVICE, "2026-11-26", "ps-york");
  agency("ps-one", AGENCY_KIND_POLICE_SERVICE, "2026-11-26", "ps-other");
  agency("ps-other", AGENCY_KIND_POLICE_SERVICE, "2026-11-26", "ps-one");
  agency("ps-ending", AGENCY_KIND_POLICE_SERVICE, "2026-11-27", "ps-york");
  agency("ps-not-yet", AGENCY_KIND_POLICE_SERVICE, "", "ps-york");
  update.mutable_agencies(update.agencies_size() - 1)->set_valid_from("2026-11-27");
  agency("cr-york", AGENCY_KIND_CROWN);
  agency("min-mol", AGENCY_KIND_MINISTRY);
  const auto person = [&](const char* of, const char* id, Role role, bool active) {
    auto* entry = update.add_actors();
    entry->set_agency(of);
    entry->set_actor(id);
    entry->add_roles(role);
    entry->set_active(active);
  };
  person("cas-york", "worker", ROLE_CAS_WORKER, true);
  person("cas-york", "gone", ROLE_CAS_WORKER, false);
  person("cas-york", "administrator", ROLE_PLATFORM_ADMIN, true);
  person("cr-york", "counsel", ROLE_CROWN_COUNSEL, true);
  person("cr-york", "clerk", ROLE_CROWN_ADMIN, true);
  person("ps-york", "member", ROLE_POLICE_MEMBER, true);
  return update;
}

// This gives what becomes of a request of this agency's.
template <class Req>
absl::Status Checked(const std::string& service, const std::string& name, const Req& request,
                     const std::string& caller_agency, MissBudget* misses = nullptr,
                     MissBudget::Time now = {}) {
  const auto methods = MethodsOf("accord." + service);
  for (const Method& method : *methods) {
    if (method.descriptor->name() != name) continue;
    return CheckNamed(*PolicyTable::Apply(PolicyTable(), Register()), method, request.SerializeAsString(),
                      caller_agency, kToday, misses, now);
  }
  return absl::InternalError("no such method");
}

// This gives the rule by which a society's request is refused; "" if all exist.
template <class Req>
std::string Rule(const std::string& service, const std::string& name, const Req& request) {
  return accord::testing::RuleOrError(Checked(service, name, request, "cas-york"));
}

std::string Assign(const std::string& assignee) {
  protocols::v1::AssignReferralRequest request;
  request.set_name("agencies/cas-york/referrals/r");
  request.set_assignee(assignee);
  return Rule("protocols.v1.ReferralService", "AssignReferral", request);
}

TEST(CheckNamed, AnAssigneeIsARegisteredActivePersonOfTheCallersAgency) {
  EXPECT_EQ(Assign("worker"), "");
  EXPECT_EQ(Assign(""), "") << "nobody is assigned any more";
  EXPECT_EQ(Assign("nobody"), "PERSON_UNKNOWN");
  EXPECT_EQ(Assign("gone"), "PERSON_UNKNOWN");
  EXPECT_EQ(Assign("member"), "PERSON_UNKNOWN") << "of another agency";
  EXPECT_EQ(Assign("worker/../worker"), "PERSON_UNKNOWN");
}

TEST(CheckNamed, WhoJoinsAnInvestigationIsOfTheAgencyThatSendsThem) {
  protocols::v1::JoinJointInvestigationRequest request;
  request.set_actor("worker");
  EXPECT_EQ(Rule("protocols.v1.JointInvestigationService", "JoinJointInvestigation", request), "");
  request.set_actor("nobody");
  EXPECT_EQ(Rule("protocols.v1.JointInvestigationService", "JoinJointInvestigation", request),
            "PERSON_UNKNOWN");
}

absl::Status Assigning(const std::string& caller_agency, const std::string& agency,
                       const std::string& crown) {
  prosecution::v1::AssignCrownRequest request;
  request.set_agency(agency);
  request.set_crown(crown);
  return Checked("prosecution.v1.CaseService", "AssignCrown", request, caller_agency);
}

// Who asks learns neither who has left nor who does what.
TEST(CheckNamed, WhoIsUnknownDisabledOfAnotherAgencyOrInNoRoleForItIsAnsweredAlike) {
  const auto answer = [](const std::string& assignee) {
    protocols::v1::AssignReferralRequest request;
    request.set_assignee(assignee);
    return StatusDetails(Checked("protocols.v1.ReferralService", "AssignReferral", request, "cas-york"));
  };
  const std::string unknown = answer("nobody");
  EXPECT_NE(unknown, answer("worker"));
  for (const char* other : {"gone", "member", "administrator"}) EXPECT_EQ(answer(other), unknown) << other;
  EXPECT_EQ(StatusDetails(Assigning("cr-phtpt", "cr-york", "clerk")),
            StatusDetails(Assigning("cr-phtpt", "cr-york", "nobody")));
}

// Past its budget an agency learns nothing, not even of a person who is there.
TEST(CheckNamed, WhoMissesTooOftenNamesNobody) {
  MissBudget misses(3);
  const MissBudget::Time now(std::chrono::hours(1));
  const auto assign = [&](const std::string& agency, const std::string& assignee) {
    protocols::v1::AssignReferralRequest request;
    request.set_assignee(assignee);
    return accord::testing::RuleOrError(
        Checked("protocols.v1.ReferralService", "AssignReferral", request, agency, &misses, now));
  };
  for (int i = 0; i < 3; ++i) EXPECT_EQ(assign("cas-york", "nobody"), "PERSON_UNKNOWN") << i;
  EXPECT_EQ(assign("cas-york", "nobody"), "QUOTA_MISSES");
  EXPECT_EQ(assign("cas-york", "worker"), "QUOTA_MISSES");
  EXPECT_EQ(assign("cas-york", ""), "") << "who names nobody is not refused";
  EXPECT_EQ(assign("ps-york", "member"), "") << "nor is another agency";
}

// Agencies are public, so that nobody learns anything by trying them.
TEST(CheckNamed, AnAgencyThatIsNotThereIsNoMiss) {
  MissBudget misses(1);
  const MissBudget::Time now(std::chrono::hours(1));
  protocols::v1::RedirectReferralRequest request;
  request.set_to_agency("ps-nowhere");
  for (int i = 0; i < 5; ++i) {
    EXPECT_EQ(RuleOf(Checked("protocols.v1.ReferralService", "RedirectReferral", request, "cas-york", &misses,
                             now)),
              "AGENCY_UNKNOWN");
  }
}

std::string Draft(const std::string& agency, protocols::v1::PartyCapacity capacity) {
  protocols::v1::CreateProtocolRequest request;
  auto* lead = request.mutable_protocol()->add_parties();
  lead->set_agency("cas-york");
  lead->set_capacity(protocols::v1::PARTY_CAPACITY_CAS);
  auto* party = request.mutable_protocol()->add_parties();
  party->set_agency(agency);
  party->set_capacity(capacity);
  return Rule("protocols.v1.ProtocolService", "CreateProtocol", request);
}

TEST(CheckNamed, APartyIsAnAgencyThatIsAdmitted) {
  EXPECT_EQ(Draft("ps-york", protocols::v1::PARTY_CAPACITY_POLICE), "");
  EXPECT_EQ(Draft("ps-nowhere", protocols::v1::PARTY_CAPACITY_POLICE), "AGENCY_UNKNOWN");
  EXPECT_EQ(Draft("cr-york", protocols::v1::PARTY_CAPACITY_POLICE), "AGENCY_OF_OTHER_KIND")
      << "it would read what is for police alone";
  EXPECT_EQ(Draft("cr-york", protocols::v1::PARTY_CAPACITY_CROWN), "");
  EXPECT_EQ(Draft("ps-nowhere", protocols::v1::PARTY_CAPACITY_UNSPECIFIED), "AGENCY_UNKNOWN");
  EXPECT_EQ(Draft("ps-dissolved", protocols::v1::PARTY_CAPACITY_POLICE), "AGENCY_NOT_ADMITTED");
  EXPECT_EQ(Draft("fn-georgina-island", protocols::v1::PARTY_CAPACITY_FIRST_NATION), "")
      << "it is consulted, and takes no part in Accord";
}

// Whoever sends to an agency that has ended is told who took its place, however many ended since.
TEST(CheckNamed, AReferralToAnAgencyThatHasEndedIsAnsweredWithItsSuccessor) {
  const auto sent = [](const std::string& to) {
    protocols::v1::CreateReferralRequest request;
    request.mutable_referral()->set_to_agency(to);
    return Checked("protocols.v1.ReferralService", "CreateReferral", request, "cas-york");
  };
  for (const char* ended : {"ps-later", "ps-merged"}) {
    EXPECT_EQ(RuleOf(sent(ended)), "AGENCY_NOT_ADMITTED") << ended;
    EXPECT_THAT(std::string(sent(ended).message()), ::testing::HasSubstr("whose place ps-york has taken"))
        << ended;
  }
  protocols::v1::CreateReferralRequest of_then;
  of_then.mutable_referral()->set_to_agency("ps-merged");
  of_then.mutable_referral()->set_event_date("2017-02-23");
  EXPECT_EQ(Rule("protocols.v1.ReferralService", "CreateReferral", of_then), "AGENCY_NOT_ADMITTED")
      << "on the day of the event it was there, and nobody there acts on the referral";
  EXPECT_OK(sent("ps-ending")) << "today is its last day";
  // Nobody is known, or those who are named have ended themselves, or it has not begun.
  for (const char* none : {"ps-dissolved", "ps-one", "ps-not-yet"}) {
    EXPECT_EQ(RuleOf(sent(none)), "AGENCY_NOT_ADMITTED") << none;
    EXPECT_THAT(std::string(sent(none).message()), ::testing::HasSubstr("is not admitted on this day"))
        << none;
  }
}

TEST(CheckNamed, AReferralIsOnBehalfOfAMinistryAndGoesToASocietyOrAPoliceService) {
  protocols::v1::CreateInspectorReferralRequest request;
  const auto rule = [&](const std::string& on_behalf_of, const std::string& to) {
    request.mutable_inspector_referral()->set_on_behalf_of(on_behalf_of);
    request.mutable_inspector_referral()->set_to_agency(to);
    return Rule("protocols.v1.InspectorReferralService", "CreateInspectorReferral", request);
  };
  EXPECT_EQ(rule("min-mol", "ps-york"), "");
  EXPECT_EQ(rule("min-nowhere", "ps-york"), "AGENCY_UNKNOWN");
  EXPECT_EQ(rule("cas-york", "ps-york"), "AGENCY_OF_OTHER_KIND");
  EXPECT_EQ(rule("min-mol", "cr-york"), "AGENCY_OF_OTHER_KIND");
}

TEST(CheckNamed, ACrownIsOfTheOfficeThatIsNamedBeside) {
  EXPECT_OK(Assigning("cr-phtpt", "cr-york", "counsel"));
  EXPECT_EQ(RuleOf(Assigning("cr-phtpt", "cr-york", "worker")), "PERSON_UNKNOWN");
  EXPECT_EQ(RuleOf(Assigning("cr-phtpt", "ps-york", "member")), "AGENCY_OF_OTHER_KIND");
}

// Whoever may call the method somewhere is not told who works elsewhere.
TEST(CheckNamed, WhoWorksElsewhereIsToldToTheProvincialTeamAlone) {
  EXPECT_EQ(Assigning("cr-ottawa", "cr-york", "counsel"), NotFound());
  EXPECT_EQ(Assigning("cr-ottawa", "cr-york", "nobody"), NotFound());
  EXPECT_EQ(StatusDetails(Assigning("cr-ottawa", "cr-york", "counsel")),
            StatusDetails(Assigning("cr-ottawa", "cr-york", "nobody")));
  EXPECT_OK(Assigning("cr-york", "cr-york", "counsel")) << "who works at home";
  EXPECT_EQ(RuleOf(Assigning("cr-york", "cr-york", "nobody")), "PERSON_UNKNOWN");
}

// A field that can name a person of another agency says who is told.
TEST(CheckNamed, EveryFieldThatNamesAPersonElsewhereSaysWhoIsTold) {
  EXPECT_FALSE(ReferenceFields().empty());
  for (const ReferenceField& field : ReferenceFields()) {
    EXPECT_EQ(field.told.empty(), field.agency_field.empty()) << field.field;
  }
}

TEST(CheckNamed, WhatTheServiceCouldNotReadIsRefusedAsTheServiceDoes) {
  const auto methods = MethodsOf("accord.protocols.v1.ReferralService");
  const auto table = PolicyTable::Apply(PolicyTable(), Register());
  int tried = 0;
  for (const Method& method : *methods) {
    if (method.descriptor->name() != "AssignReferral") continue;
    ++tried;
    EXPECT_EQ(RuleOf(CheckNamed(*table, method, "\xff\xff", "cas-york", kToday)), "REQUEST_MALFORMED");
    // This is text that is not UTF-8.
    EXPECT_EQ(RuleOf(CheckNamed(*table, method, "\x0a\x01\xff", "cas-york", kToday)), "REQUEST_MALFORMED");
  }
  EXPECT_EQ(tried, 1);
}

class NamedCheck : public GatewayTest {
 protected:
  std::string Assign(const std::string& assignee) {
    protocols::v1::AssignReferralRequest request;
    request.set_name("agencies/opp/referrals/r");
    request.set_assignee(assignee);
    const grpc::ByteBuffer out = Packed(request);
    if (channel_ == nullptr) channel_ = Channel();
    grpc::ClientContext context;
    context.set_deadline(std::chrono::system_clock::now() + std::chrono::seconds(20));
    context.AddMetadata("accord-actor", "sergeant");
    context.AddMetadata("accord-purpose", "criminal_investigation");
    grpc::ByteBuffer in;
    grpc::GenericStub stub(channel_);
    const grpc::Status status =
        AwaitUnaryCall(&stub, "/accord.protocols.v1.ReferralService/AssignReferral", out, &context, &in);
    return RuleOf(FromStatusDetails(status.error_code(), status.error_message(), status.error_details()));
  }
};

TEST_F(NamedCheck, NothingReachesTheServiceThatNamesNobody) {
  Start([&](v1::GatewayConfig* config) {
    config->mutable_backends(0)->add_services("accord.protocols.v1.ReferralService");
    registry::v1::PolicyUpdate more;
    more.set_epoch("test");
    more.set_version(2);
    auto* sergeant = more.add_actors();
    sergeant->set_agency("opp");
    sergeant->set_actor("sergeant");
    sergeant->add_roles(ROLE_POLICE_SUPERVISOR);
    sergeant->set_active(true);
    *more.add_actors() = Officer(true);
    more.mutable_actors(1)->add_roles(ROLE_POLICE_MEMBER);
    registry_.Publish(more);
  });
  ASSERT_TRUE(Eventually([&] { return Assign("officer-1") == ""; }));
  const int before = echo_.started;
  EXPECT_EQ(Assign("nobody"), "PERSON_UNKNOWN");
  EXPECT_EQ(echo_.started, before);
  EXPECT_EQ(Assign("sergeant"), "");
  EXPECT_EQ(echo_.started, before + 1);
  // It is refused like every other call: it is in the log, and holds nothing.
  EXPECT_TRUE(Eventually([&] {
    const auto records = audit_.records();
    return std::any_of(records.begin(), records.end(),
                       [](const auto& record) { return record.rule() == "PERSON_UNKNOWN"; });
  }));
  EXPECT_TRUE(NothingOpen());
}

}  // namespace
}  // namespace accord::gateway
