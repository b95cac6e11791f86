// These tests write the tables of docs/domain.md a second time: by whom, and in which state, each change
// is made.
#include "common/testing/walk.h"
#include "services/protocols/agreements/protocol_readers.h"
#include "services/protocols/testing/fixture.h"

namespace accord::protocols {
namespace {

using testing::Permitted;
using testing::Walk;

constexpr auto kSocietyKind = annotations::v1::AGENCY_KIND_CHILDREN_AID_SOCIETY;
constexpr auto kPolice = annotations::v1::AGENCY_KIND_POLICE_SERVICE;

std::vector<std::string> StatesOf(const google::protobuf::EnumDescriptor* type) {
  std::vector<std::string> states;
  for (int i = 1; i < type->value_count(); ++i) states.push_back(ShortName(type, type->value(i)->number()));
  return states;
}

class PartsWalkTest : public ProtocolsFixture {
 protected:
  template <class M>
  std::string Store(const std::string& kind, M record,
                    const std::function<storage::Placement(storage::Transaction&, const M&)>& placement) {
    const std::string name = absl::StrCat(record.name(), ++records_);
    record.set_name(name);
    storage::Resources resources(kind, &in_process_.page_tokens());
    const absl::Status stored = in_process_.database().Transact([&](storage::Transaction& tx) {
      return resources.Insert(tx, &record, {"test", "test", RequestId(), in_process_.clock().Now()},
                              placement(tx, record));
    });
    EXPECT_OK(stored);
    return name;
  }
  // The referral goes from `sender` to `receiver`, after cas-peel had sent it on.
  std::string StoreReferral(const std::string& sender, const std::string& receiver,
                            const std::string& state) {
    v1::Referral referral = Letter(protocol_).referral();
    referral.set_name(absl::StrCat("agencies/", sender, "/referrals/r"));
    referral.set_to_agency(receiver);
    referral.set_redirected_from("agencies/cas-peel/referrals/r0");
    referral.set_state(static_cast<v1::ReferralState>(*FromShortName(v1::ReferralState_descriptor(), state)));
    return Store<v1::Referral>("referral", referral,
                               [](auto& tx, const auto& r) { return PlacementOf(tx, r); });
  }

  v1::Protocol protocol_ = InForce();
  int records_ = 0;
};

// The agencies in `bringing` may record that a youth was brought to a place of safety.
Walk OfReferrals(const std::set<std::string>& bringing) {
  const std::set<std::string> screened = {"joint",        "cas_lead",          "police_lead",
                                          "consult_only", "not_eligible_cfsa", "no_further_action"};
  const std::set<std::string> fresh = {"submitted", "acknowledged"};
  std::set<std::string> open = fresh;
  open.insert(screened.begin(), screened.end());
  std::set<std::string> undoable = screened;
  undoable.insert("rejected");
  Walk walk;
  walk.service = "accord.protocols.v1.ReferralService";
  walk.states = StatesOf(v1::ReferralState_descriptor());
  walk.table = {{"AcknowledgeReferral", {"receiver"}, {"submitted"}},
                {"ScreenReferral", {"receiver"}, {"acknowledged"}},
                {"CloseReferral", {"receiver"}, screened},
                {"RejectReferral", {"receiver"}, fresh},
                {"RevokeReferral", {"sender"}, fresh},
                {"RedirectReferral", {"receiver"}, fresh},
                {"CorrectReferral", {"sender"}, open},
                {"UndoReferralStep", {"receiver"}, undoable},
                {"ReopenReferral", {"receiver"}, {"closed"}},
                {"AssignReferral", {"receiver"}, open},
                {"FlagReferral", {"sender", "receiver"}, {}},
                {"ClearReferralFlag", {"sender", "receiver"}, {}},
                {"RecordReferralRiskScreening", {"receiver"}, open},
                {"RecordReferralCommunityNotice", {"receiver"}, open},
                {"RecordReferralAssessment", {"receiver"}, open},
                {"RecordReferralResponse", {"receiver"}, open},
                {"RecordReferralPlaceOfSafety", bringing, open},
                {"RecordReferralVoluntaryAgreement", {"receiver"}, open},
                {"RecordReferralYouthRecord", {"sender", "receiver"}, {}}};
  walk.finish = [](const std::string&, google::protobuf::Message* message) {
    auto* request = dynamic_cast<v1::ScreenReferralRequest*>(message);
    if (request != nullptr) request->set_outcome(v1::REFERRAL_STATE_CONSULT_ONLY);
  };
  return walk;
}

// These methods begin something of the caller's own.
const std::set<std::string> kReferralsElsewhere = {"CreateReferral", "CreateReferralFilter",
                                                   "DeleteReferralFilter"};

TEST_F(PartsWalkTest, OfAReferralFromASocietyToAPoliceService) {
  Walk walk = OfReferrals({"receiver"});
  walk.agencies = {{"sender", {"cas-york", kSocietyKind}},
                   {"receiver", {"ps-york", kPolice}},
                   {"first sender", {"cas-peel", kSocietyKind}},
                   {"strange society", {"cas-durham", kSocietyKind}},
                   {"strange police", {"ps-durham", kPolice}}};
  walk.make = [&](const std::string& state) { return StoreReferral("cas-york", "ps-york", state); };
  EXPECT_GT(testing::WalkChanges(&in_process_, walk, kReferralsElsewhere), 500);
}

TEST_F(PartsWalkTest, OfAReferralFromAPoliceServiceToASociety) {
  Walk walk = OfReferrals({"sender", "receiver"});
  walk.agencies = {{"sender", {"ps-york", kPolice}},
                   {"receiver", {"cas-york", kSocietyKind}},
                   {"first sender", {"cas-peel", kSocietyKind}},
                   {"strange society", {"cas-durham", kSocietyKind}},
                   {"strange police", {"ps-durham", kPolice}}};
  walk.make = [&](const std::string& state) { return StoreReferral("ps-york", "cas-york", state); };
  EXPECT_GT(testing::WalkChanges(&in_process_, walk, kReferralsElsewhere), 500);
}

TEST_F(PartsWalkTest, OfAProtocol) {
  Walk walk;
  walk.service = "accord.protocols.v1.ProtocolService";
  walk.states = StatesOf(v1::ProtocolState_descriptor());
  const std::set<std::string> before = {"draft", "consultation", "for_signature", "partially_signed"};
  const std::set<std::string> operative = {"in_force", "under_review"};
  const std::set<std::string> signatories = {"lead", "signatory"};
  walk.table = {{"UpdateProtocol", {"lead"}, before},
                {"OpenProtocolConsultation", {"lead"}, {"draft"}},
                {"OfferProtocolForSignature", {"lead"}, {"consultation"}},
                {"WithdrawProtocol", {"lead"}, before},
                {"DisposeProtocolComment", {"lead"}, {"consultation"}},
                {"CommentOnProtocol", {"lead", "signatory", "consulted", "observer"}, {"consultation"}},
                {"SignProtocol", signatories, {"for_signature", "partially_signed"}},
                {"ActivateProtocol", signatories, {"partially_signed"}},
                {"ReviewProtocol", {"lead", "signatory", "office"}, {"in_force"}},
                {"RenewProtocol", signatories, {"under_review"}},
                {"TerminateProtocol", signatories, operative},
                {"UpdateProtocolContacts", {"lead", "signatory", "consulted", "observer"}, {}}};
  walk.agencies = {{"lead", {"cas-york", kSocietyKind}},
                   {"signatory", {"ps-york", kPolice}},
                   {"consulted", {"cas-peel", kSocietyKind}},
                   {"observer", {"ps-durham", kPolice}},
                   {"stranger", {"cas-durham", kSocietyKind}},
                   {"office", {"office-mcss", annotations::v1::AGENCY_KIND_COORDINATION_OFFICE}}};
  walk.finish = [](const std::string& who, google::protobuf::Message* message) {
    auto* request = dynamic_cast<v1::ReviewProtocolRequest*>(message);
    if (request == nullptr) return;
    request->set_kind(who == "office" ? v1::REVIEW_KIND_TRIGGERED_LEGISLATIVE
                                      : v1::REVIEW_KIND_PARTY_REQUEST);
  };
  walk.make = [&](const std::string& state) {
    v1::Protocol protocol = protocol_;
    protocol.set_name("agencies/cas-york/protocols/p");
    protocol.set_state(static_cast<v1::ProtocolState>(*FromShortName(v1::ProtocolState_descriptor(), state)));
    for (const auto& [agency, part] :
         {std::pair{"cas-peel", v1::PARTY_PART_CONSULTED}, {"ps-durham", v1::PARTY_PART_OBSERVER}}) {
      auto* party = protocol.add_parties();
      party->set_agency(agency);
      party->set_part(part);
    }
    return Store<v1::Protocol>("protocol", protocol, [](auto&, const auto& p) { return PlacementOf(p); });
  };
  EXPECT_GT(testing::WalkChanges(&in_process_, walk, {"CreateProtocol", "OpenLegislativeReviews"}), 500);
}

}  // namespace
}  // namespace accord::protocols
