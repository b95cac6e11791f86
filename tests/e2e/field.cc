#include "tests/e2e/field.h"

#include <algorithm>

#include "accord/protocols/v1/retention_service.pb.h"

namespace accord::e2e {
namespace {

FieldWorld* shared = nullptr;

class EndOfTheWorld : public ::testing::Environment {
 public:
  void TearDown() override { delete std::exchange(shared, nullptr); }
};
// The test framework owns this object.
[[maybe_unused]] ::testing::Environment* const kEnd = ::testing::AddGlobalTestEnvironment(new EndOfTheWorld);

std::vector<FieldWorld::Admitted> Everybody() {
  std::vector<FieldWorld::Admitted> people = FieldWorld::SocietiesAndPolice();
  const std::vector<FieldWorld::Admitted> others = {
      {"ps-york", "intel", {ROLE_POLICE_INTEL}},
      {"ps-york", "intel-two", {ROLE_POLICE_INTEL}},
      {"ps-york", "intel-three", {ROLE_POLICE_INTEL}},
      {"ps-york", "admin", {ROLE_PLATFORM_ADMIN}},
      {"ps-york", "constable", {ROLE_LEARNER}},
      {"ps-york", "detective", {ROLE_LEARNER, ROLE_POLICE_MEMBER}},
      {"ps-durham", "intel", {ROLE_POLICE_INTEL}},
      {"ps-peel", "member", {ROLE_POLICE_MEMBER}},
      {"ps-peel", "supervisor", {ROLE_POLICE_SUPERVISOR}},
      {"ps-peel", "privacy", {ROLE_PRIVACY_OFFICER}},
      {"ci-ciso", "director", {ROLE_CISO_DIRECTOR}},
      {"ci-ciso", "coordinator", {ROLE_CISO_COORDINATOR}},
      {"ci-ciso", "analyst", {ROLE_CISO_ANALYST}},
      {"cr-phtpt", "coordinator", {ROLE_CROWN_COORDINATOR}},
      {"cr-phtpt", "specialist", {ROLE_CROWN_COUNSEL}},
      {"cr-york", "counsel", {ROLE_CROWN_COUNSEL}},
      {"cr-york", "colleague", {ROLE_CROWN_COUNSEL}},
      {"cr-york", "clerk", {ROLE_CROWN_ADMIN}},
      {"cr-durham", "counsel", {ROLE_CROWN_COUNSEL}},
      {"cr-ottawa", "counsel", {ROLE_CROWN_COUNSEL}},
      {"vs-vwap-newmarket", "worker", {ROLE_VWAP_WORKER}},
      {"vs-vcao-york", "worker", {ROLE_VS_WORKER}},
      {"pc-opc", "registrar", {ROLE_TRAINING_ADMIN}},
      {"pc-opc", "instructor", {ROLE_TRAINER}},
      {"pc-opc", "both", {ROLE_TRAINER, ROLE_TRAINING_ADMIN}},
      {"co-pahtco", "staff", {ROLE_OFFICE_STAFF}},
      {"co-pahtco", "privacy", {ROLE_PRIVACY_OFFICER}},
  };
  people.insert(people.end(), others.begin(), others.end());
  return people;
}

}  // namespace

std::vector<FieldWorld::Admitted> FieldWorld::SocietiesAndPolice() {
  std::vector<Admitted> people;
  for (const char* society : {"cas-york", "cas-durham"}) {
    people.push_back({society, "director", {ROLE_CAS_DIRECTOR}});
    people.push_back({society, "supervisor", {ROLE_CAS_SUPERVISOR}});
    people.push_back({society, "worker", {ROLE_CAS_WORKER}});
    people.push_back({society, "privacy", {ROLE_PRIVACY_OFFICER}});
  }
  for (const char* police : {"ps-york", "ps-durham"}) {
    people.push_back({police, "chief", {ROLE_POLICE_CHIEF}});
    people.push_back({police, "supervisor", {ROLE_POLICE_SUPERVISOR}});
    people.push_back({police, "member", {ROLE_POLICE_MEMBER}});
    people.push_back({police, "privacy", {ROLE_PRIVACY_OFFICER}});
  }
  return people;
}

FieldWorld::FieldWorld(const std::vector<Admitted>& people) {
  std::map<std::string, std::vector<Admitted>> of_agency;
  for (const Admitted& person : people) of_agency[person.agency].push_back(person);
  for (const auto& [agency, staff] : of_agency) {
    const Admitted& first = staff.front();
    clients_.emplace(agency, Enrol(agency, {{first.actor, first.roles.front()}}));
    for (auto each = staff.begin() + 1; each != staff.end(); ++each) Admit(*each);
  }
  // Policy entries reach the gateway in order, a moment later.
  const Admitted& last = of_agency.rbegin()->second.back();
  EXPECT_TRUE(Eventually([&] {
    registry::v1::GetAgencyRequest get;
    get.set_name("agencies/" + last.agency);
    return ClientOf(last.agency)
        .Call<registry::v1::Agency>("/accord.registry.v1.RegistryService/GetAgency", last.actor, "", get)
        .ok();
  }));
}

void FieldWorld::Admit(const Admitted& person) {
  registry::v1::CreateActorRequest request;
  request.set_parent("agencies/" + person.agency);
  request.set_actor_id(person.actor);
  for (Role role : person.roles) request.mutable_actor()->add_roles(role);
  request.set_request_id(RequestId());
  const auto admitted =
      stack_.Console().Call<registry::v1::Actor>(kAdmin + "CreateActor", "admin", "administration", request);
  EXPECT_TRUE(admitted.ok()) << admitted.status();
}

FieldWorld& FieldWorld::Shared() {
  if (shared == nullptr) shared = new FieldWorld(Everybody());
  return *shared;
}

std::string Field::Review(const Person& who, Protocol* protocol) {
  ReviewProtocolRequest request;
  request.set_kind(REVIEW_KIND_PARTY_REQUEST);
  return MoveProtocol(who, "ReviewProtocol", protocol, request);
}

Protocol Field::Offered(const Person& lead, const CreateProtocolRequest& draft) {
  Protocol protocol = Must<Protocol>(lead, "protocols.v1.ProtocolService/CreateProtocol", draft);
  EXPECT_EQ(MoveProtocol<OpenProtocolConsultationRequest>(lead, "OpenProtocolConsultation", &protocol), "");
  EXPECT_EQ(MoveProtocol<OfferProtocolForSignatureRequest>(lead, "OfferProtocolForSignature", &protocol), "");
  return protocol;
}

std::string Field::Sign(const Person& first, const Person& second, Protocol* protocol) {
  for (const Person& who : {first, second}) {
    const std::string rule = MoveProtocol<SignProtocolRequest>(who, "SignProtocol", protocol);
    if (!rule.empty()) return rule;
  }
  return "";
}

Protocol Field::Signed(const Person& lead, const Person& other, const CreateProtocolRequest& draft) {
  Protocol protocol = Offered(lead, draft);
  EXPECT_EQ(Sign(lead, other, &protocol), "");
  return protocol;
}

CreateProtocolRequest Field::Draft(const std::string& society, const std::string& police) {
  CreateProtocolRequest draft = world_.Draft(society, police);
  draft.clear_request_id();
  return draft;
}

void Field::AddParty(CreateProtocolRequest* draft, const std::string& agency, PartyCapacity capacity,
                     PartyPart part) {
  auto* party = draft->mutable_protocol()->add_parties();
  party->set_agency(agency);
  party->set_capacity(capacity);
  party->set_part(part);
}

const Protocol& Field::York() {
  if (!world_.york) {
    CreateProtocolRequest draft = Draft();
    AddParty(&draft, "ps-durham", PARTY_CAPACITY_POLICE, PARTY_PART_OBSERVER);
    AddParty(&draft, "cas-durham", PARTY_CAPACITY_CAS, PARTY_PART_CONSULTED);
    world_.york = Signed(kDirector, kChief, draft);
    EXPECT_EQ(world_.york->state(), PROTOCOL_STATE_IN_FORCE);
  }
  return *world_.york;
}

CreateReferralRequest Field::Letter(const Protocol& protocol) {
  CreateReferralRequest letter = world_.Letter(protocol);
  letter.clear_request_id();
  return letter;
}

CreateReferralRequest Field::Report(const Protocol& protocol) {
  CreateReferralRequest request = Letter(protocol);
  request.set_parent("agencies/ps-york");
  request.mutable_referral()->set_kind(REFERRAL_KIND_DUTY_TO_REPORT);
  request.mutable_referral()->set_to_agency("cas-york");
  request.mutable_referral()->set_ground_code("sexual_exploitation");
  return request;
}

std::string Field::Screen(const Person& who, Referral* referral, ReferralState outcome) {
  ScreenReferralRequest request;
  request.set_outcome(outcome);
  request.set_reason("what we know by now");
  return MoveReferral(who, "ScreenReferral", referral, request);
}

std::vector<std::string> Field::Tombstones(const Person& officer) {
  ListTombstonesRequest request;
  request.set_page_size(1000);
  std::vector<std::string> names;
  const auto list =
      Must<ListTombstonesResponse>(officer, "protocols.v1.RetentionService/ListTombstones", request);
  for (const auto& stone : list.tombstones()) names.push_back(stone.resource());
  return names;
}

int Field::Alerts(const Person& officer, PrivacyAlertKind kind, const std::string& resource) {
  ListPrivacyAlertsRequest request;
  request.set_page_size(1000);
  const auto list =
      Must<ListPrivacyAlertsResponse>(officer, "protocols.v1.PrivacyAlertService/ListPrivacyAlerts", request);
  return static_cast<int>(
      std::count_if(list.privacy_alerts().begin(), list.privacy_alerts().end(),
                    [&](const auto& alert) { return alert.kind() == kind && alert.resource() == resource; }));
}

}  // namespace accord::e2e
