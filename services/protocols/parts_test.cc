// These tests try every method that changes a record, by every part and in every state, against the rules of
// domain 2.3 and 2.4 as they are written down here a second time.
#include <google/protobuf/field_mask.pb.h>

#include <map>
#include <set>

#include "absl/strings/str_split.h"
#include "accord/annotations/v1/access.pb.h"
#include "accord/annotations/v1/fields.pb.h"
#include "accord/protocols/v1/duplicate_service.pb.h"
#include "common/access/method.h"
#include "common/access/record_names.h"
#include "services/protocols/agreements/protocol_readers.h"
#include "services/protocols/testing/fixture.h"

namespace accord::protocols {
namespace {

using google::protobuf::FieldDescriptor;
using google::protobuf::Message;

// This says who may do it, and by which rule anybody else is refused.
struct May {
  std::set<std::string> who;
  std::string otherwise;
  // This field of the request names the record.
  std::string of = "name";
};
const std::set<std::string> kLeadAlone = {"lead"}, kSigns = {"lead", "signatory"},
                            kParty = {"lead", "signatory", "consulted", "observer"}, kSender = {"sender"},
                            kReceiver = {"receiver"}, kSides = {"sender", "receiver"};
const std::map<std::string, May> kOfProtocols = {
    {"UpdateProtocol", {kLeadAlone, "NOT_THE_LEAD", "protocol.name"}},
    {"OpenProtocolConsultation", {kLeadAlone, "NOT_THE_LEAD"}},
    {"OfferProtocolForSignature", {kLeadAlone, "NOT_THE_LEAD"}},
    {"WithdrawProtocol", {kLeadAlone, "NOT_THE_LEAD"}},
    {"DisposeProtocolComment", {kLeadAlone, "NOT_THE_LEAD"}},
    {"SignProtocol", {kSigns, "NOT_A_SIGNATORY"}},
    {"ActivateProtocol", {kSigns, "NOT_A_SIGNATORY"}},
    {"RenewProtocol", {kSigns, "NOT_A_SIGNATORY"}},
    {"TerminateProtocol", {kSigns, "NOT_A_SIGNATORY"}},
    {"ReviewProtocol", {{"lead", "signatory", "office"}, "NOT_A_SIGNATORY"}},
    {"CommentOnProtocol", {kParty, "NOT_A_PARTY"}},
    {"UpdateProtocolContacts", {kParty, "NOT_A_PARTY"}}};
const std::map<std::string, May> kOfReferrals = {
    {"CorrectReferral", {kSender, "NOT_THE_SENDER", "referral.name"}},
    {"RevokeReferral", {kSender, "NOT_THE_SENDER"}},
    {"AcknowledgeReferral", {kReceiver, "NOT_THE_RECEIVER"}},
    {"ScreenReferral", {kReceiver, "NOT_THE_RECEIVER"}},
    {"CloseReferral", {kReceiver, "NOT_THE_RECEIVER"}},
    {"RejectReferral", {kReceiver, "NOT_THE_RECEIVER"}},
    {"RedirectReferral", {kReceiver, "NOT_THE_RECEIVER"}},
    {"UndoReferralStep", {kReceiver, "NOT_THE_RECEIVER"}},
    {"ReopenReferral", {kReceiver, "NOT_THE_RECEIVER"}},
    {"AssignReferral", {kReceiver, "NOT_THE_RECEIVER"}},
    {"RecordReferralRiskScreening", {kReceiver, "NOT_THE_RECEIVER"}},
    {"RecordReferralCommunityNotice", {kReceiver, "NOT_THE_RECEIVER"}},
    {"RecordReferralAssessment", {kReceiver, "NOT_THE_RECEIVER"}},
    {"RecordReferralResponse", {kReceiver, "NOT_THE_RECEIVER"}},
    // The handler asks more of a society that sent the referral.
    {"RecordReferralPlaceOfSafety", {kSides, "NOT_SENDER_OR_RECEIVER"}},
    {"RecordReferralVoluntaryAgreement", {kReceiver, "NOT_THE_RECEIVER"}},
    {"RecordReferralYouthRecord", {kSides, "NOT_SENDER_OR_RECEIVER"}},
    {"FlagReferral", {kSides, "NOT_SENDER_OR_RECEIVER"}},
    {"ClearReferralFlag", {kSides, "NOT_SENDER_OR_RECEIVER"}},
    {"CreateJointInvestigation", {kSides, "NOT_SENDER_OR_RECEIVER", "joint_investigation.referral"}},
    {"CreateNote", {kSides, "NOT_SENDER_OR_RECEIVER", "note.about"}},
    {"CreateAttachment", {kSides, "NOT_SENDER_OR_RECEIVER", "attachment.about"}},
    {"PlaceLegalHold", {kSides, "NOT_SENDER_OR_RECEIVER", "resource"}}};
const std::map<std::string, May> kOfJointInvestigations = {
    {"PlanJointInvestigation", {kSides, "NOT_SENDER_OR_RECEIVER"}},
    {"JoinJointInvestigation", {kSides, "NOT_SENDER_OR_RECEIVER"}},
    {"LeaveJointInvestigation", {kSides, "NOT_SENDER_OR_RECEIVER"}},
    {"RecordJointInvestigationStep", {kSides, "NOT_SENDER_OR_RECEIVER"}},
    {"RecordJointInvestigationDecision", {kSides, "NOT_SENDER_OR_RECEIVER"}},
    {"ConcludeJointInvestigation", {{"sender"}, "NOT_THE_LEAD"}}};
const std::map<std::string, May> kOfDisputes = {{"EscalateDispute", {kSides, "NOT_A_SIDE"}},
                                                {"AnswerDispute", {kSides, "NOT_A_SIDE"}},
                                                {"ResolveDispute", {{"sender"}, "NOT_THE_RAISER"}}};
const std::map<std::string, May> kOfDuplicates = {{"UnlinkDuplicate", {{"sender"}, "NOT_THE_OWNER"}}};
const std::map<std::string, May> kOfInspections = {
    {"AcknowledgeInspectorReferral", {kReceiver, "NOT_THE_RECEIVER"}},
    {"CloseInspectorReferral", {kReceiver, "NOT_THE_RECEIVER"}},
    {"AssignInspectorReferral", {kReceiver, "NOT_THE_RECEIVER"}}};
// These methods begin something of the caller's own, or are about the caller alone.
const std::set<std::string> kOfNobody = {
    "CreateProtocol", "CreateReferral", "CreateReferralFilter", "DeleteReferralFilter", "CreateDispute",
    "LiftLegalHold", "LinkDuplicate", "CreateInspectorReferral", "RequestEmergencyAccess",
    "ApproveEmergencyAccess", "EndEmergencyAccess", "ReviewEmergencyAccess", "AcknowledgePrivacyAlert",
    "UploadAttachmentChunk", "CommitAttachment", "DiscardAttachment",
    // The office says this about the law, and no party does.
    "OpenLegislativeReviews", "ProposeLawChange", "ApproveLawChange", "WithdrawLawChange"};

std::vector<Method> Mutating() {
  std::vector<Method> mutating;
  for (const std::string& service : AllServices()) {
    if (!service.starts_with("accord.protocols.v1.")) continue;
    auto methods = MethodsOf(service);
    for (Method& method : *methods) {
      if (method.rule.mutates()) mutating.push_back(std::move(method));
    }
  }
  return mutating;
}

class Parts : public ProtocolsFixture {
 protected:
  // This is an agency, and what it is to the record of a walk.
  struct Who {
    std::string part, agency;
    AgencyKind kind;
    // It is true for a director, who still reads if the agency is suspected.
    bool director = false;
    bool sees = true;
  };

  static std::string Text(const FieldDescriptor& field) {
    const auto& patterns = NamePatterns(field);
    if (!patterns.empty()) return NameLike(patterns[0], "cas-york", "none");
    switch (field.options().GetExtension(annotations::v1::rule).form()) {
      case annotations::v1::STRING_FORM_DATE:
        return "2026-11-20";
      default:
        return "some-text";
    }
  }
  // This fills in what a request needs so that its handler looks at it.
  void Fill(Message* message) {
    const auto* reflection = message->GetReflection();
    for (int i = 0; i < message->GetDescriptor()->field_count(); ++i) {
      const FieldDescriptor* field = message->GetDescriptor()->field(i);
      const auto& rule = field->options().GetExtension(annotations::v1::rule);
      if (!rule.required()) continue;
      if (field->name() == "request_id") {
        reflection->SetString(message, field, RequestId());
      } else if (field->message_type() == google::protobuf::FieldMask::descriptor()) {
        static_cast<google::protobuf::FieldMask*>(reflection->MutableMessage(message, field))
            ->add_paths(message->GetDescriptor()->name() == "UpdateProtocolRequest" ? "title"
                                                                                    : "youth_wishes");
      } else if (field->is_repeated()) {
        if (field->message_type() != nullptr) Fill(reflection->AddMessage(message, field));
        if (field->enum_type() != nullptr) reflection->AddEnumValue(message, field, 1);
        if (field->cpp_type() == FieldDescriptor::CPPTYPE_STRING)
          reflection->AddString(message, field, Text(*field));
      } else if (field->message_type() != nullptr) {
        Fill(reflection->MutableMessage(message, field));
      } else if (field->enum_type() != nullptr) {
        reflection->SetEnumValue(message, field, 1);
      } else if (field->cpp_type() == FieldDescriptor::CPPTYPE_STRING) {
        reflection->SetString(message, field, Text(*field));
      }
    }
  }
  static void SetAt(Message* message, const std::string& path, const std::string& value) {
    const std::vector<std::string> steps = absl::StrSplit(path, '.');
    for (std::size_t i = 0; i + 1 < steps.size(); ++i) {
      message = message->GetReflection()->MutableMessage(message,
                                                         message->GetDescriptor()->FindFieldByName(steps[i]));
    }
    message->GetReflection()->SetString(message, message->GetDescriptor()->FindFieldByName(steps.back()),
                                        value);
  }
  // This finds somebody of the agency whom the method's grants let in; it returns false if there is nobody.
  static bool Granted(const Method& method, const Who& who, Caller* caller) {
    for (const auto& grant : method.grants) {
      const bool kind = grant.kinds().empty() || std::find(grant.kinds().begin(), grant.kinds().end(),
                                                           who.kind) != grant.kinds().end();
      if (!kind || grant.roles().empty()) continue;
      Role role = static_cast<Role>(grant.roles(grant.roles_size() - 1));
      const bool directs =
          role == annotations::v1::ROLE_CAS_DIRECTOR || role == annotations::v1::ROLE_POLICE_CHIEF;
      if (who.director && !directs) continue;
      *caller = {who.agency, who.kind, "system", "somebody", {role}, annotations::v1::PURPOSE_UNSPECIFIED};
      if (!grant.purposes().empty()) caller->purpose = static_cast<Purpose>(grant.purposes(0));
      return true;
    }
    return false;
  }
  template <class M>
  M Inserted(const std::string& kind, M record, const storage::Placement& placement) {
    storage::Resources resources(kind, &in_process_.page_tokens());
    const absl::Status done = in_process_.database().Transact([&](storage::Transaction& tx) {
      return resources.Insert(tx, &record, {"platform", "test", RequestId(), in_process_.clock().Now()},
                              placement);
    });
    EXPECT_OK(done);
    return record;
  }
  std::string Stored(const std::string& name) {
    const auto rows = in_process_.database().Read([&](storage::Transaction& tx) {
      return tx.Query<std::string>("select body from resource where name = :p1", name);
    });
    return rows->empty() ? "" : std::get<0>(rows->at(0));
  }
  // `fresh` makes a record in a state, and returns its name and etag.
  template <class Maker>
  void Walk(const std::map<std::string, May>& rules, const std::vector<Who>& people,
            const google::protobuf::EnumDescriptor* states, Maker fresh) {
    int walked = 0;
    for (const Method& method : Mutating()) {
      const std::string verb = method.descriptor->name();
      const auto rule = rules.find(verb);
      if (rule == rules.end()) continue;
      for (int i = 1; i < states->value_count(); ++i) {
        for (const Who& who : people) {
          Caller caller;
          if (!Granted(method, who, &caller)) continue;
          const auto [name, etag, sees] = fresh(states->value(i)->number(), who);
          std::unique_ptr<Message> request(google::protobuf::MessageFactory::generated_factory()
                                               ->GetPrototype(method.descriptor->input_type())
                                               ->New());
          Fill(request.get());
          if (request->GetDescriptor()->FindFieldByName("parent") != nullptr) {
            SetAt(request.get(), "parent", "agencies/" + who.agency);
          }
          SetAt(request.get(), rule->second.of, name);
          if (request->GetDescriptor()->FindFieldByName("etag") != nullptr)
            SetAt(request.get(), "etag", etag);
          const std::string before = Stored(name);
          const std::string answer =
              RuleOf(in_process_.CallBytes(method.path, caller, request->SerializeAsString()).status());
          const std::string where = absl::StrCat(verb, " by ", who.part, " in ", states->value(i)->name());
          ++walked;
          if (!sees) {
            ASSERT_EQ(answer, "NOT_FOUND") << where;
          } else if (rule->second.who.contains(who.part)) {
            ASSERT_NE(answer, rule->second.otherwise) << where;
            ASSERT_NE(answer, "NOT_FOUND") << where;
            continue;
          } else if (who.director && answer == "NOT_FOUND") {
            // The director of the agency reads the referral, and begins nothing from it.
          } else {
            ASSERT_EQ(answer, rule->second.otherwise) << where;
          }
          ASSERT_EQ(Stored(name), before) << where;
        }
      }
    }
    EXPECT_GT(walked, static_cast<int>(rules.size()) * (states->value_count() - 1));
  }
  static constexpr AgencyKind kSociety = annotations::v1::AGENCY_KIND_CHILDREN_AID_SOCIETY;
  static constexpr AgencyKind kPolice = annotations::v1::AGENCY_KIND_POLICE_SERVICE;
  struct Fresh {
    std::string name, etag;
    bool sees;
  };
  int made_ = 0;
  std::string NewName(const std::string& collection, const std::string& agency = "cas-york") {
    return absl::StrCat("agencies/", agency, "/", collection, "/", ++made_);
  }
  v1::Referral NewReferral(int state, bool suspected) {
    v1::Referral referral = Letter(v1::Protocol()).referral();
    referral.set_name(NewName("referrals"));
    referral.set_state(static_cast<v1::ReferralState>(state));
    referral.set_redirected_from("agencies/cas-durham/referrals/before");
    referral.set_staff_suspect(suspected);
    if (suspected) referral.set_implicated_agency("cas-york");
    storage::Placement placement;
    const auto placed = in_process_.database().Read([&](storage::Transaction& tx) -> absl::StatusOr<int> {
      placement = PlacementOf(tx, referral);
      return 0;
    });
    EXPECT_OK(placed);
    return Inserted("referral", referral, placement);
  }
};

TEST_F(Parts, EveryMethodThatChangesARecordHasItsPartAndItsSecondWriting) {
  std::set<std::string> written = kOfNobody, methods;
  for (const auto* table : {&kOfProtocols, &kOfReferrals, &kOfJointInvestigations, &kOfDisputes,
                            &kOfDuplicates, &kOfInspections}) {
    for (const auto& [verb, may] : *table) {
      EXPECT_FALSE(kOfNobody.contains(verb)) << verb;
      written.insert(verb);
    }
  }
  for (const Method& method : Mutating()) {
    methods.insert(method.descriptor->name());
    EXPECT_FALSE(method.rule.part().any().empty()) << method.descriptor->name();
  }
  EXPECT_EQ(written, methods);
}

TEST_F(Parts, OfAProtocolInEveryState) {
  const std::vector<Who> people = {{"lead", "cas-york", kSociety},
                                   {"signatory", "ps-york", kPolice},
                                   {"consulted", "cas-durham", kSociety},
                                   {"observer", "ps-durham", kPolice},
                                   {"office", "co-pahtco", annotations::v1::AGENCY_KIND_COORDINATION_OFFICE},
                                   {"stranger", "cas-ottawa", kSociety}};
  Walk(kOfProtocols, people, v1::ProtocolState_descriptor(), [&](int state, const Who& who) {
    v1::Protocol protocol = Draft().protocol();
    protocol.set_name(NewName("protocols"));
    protocol.set_state(static_cast<v1::ProtocolState>(state));
    for (const auto& [agency, part] :
         {std::pair{"cas-durham", v1::PARTY_PART_CONSULTED}, {"ps-durham", v1::PARTY_PART_OBSERVER}}) {
      auto* party = protocol.add_parties();
      party->set_agency(agency);
      party->set_capacity(v1::PARTY_CAPACITY_CAS);
      party->set_part(part);
    }
    protocol = Inserted("protocol", protocol, PlacementOf(protocol));
    const bool everybody = state == v1::PROTOCOL_STATE_IN_FORCE || state == v1::PROTOCOL_STATE_UNDER_REVIEW;
    return Fresh{protocol.name(), protocol.etag(), everybody || kParty.contains(who.part)};
  });
}

TEST_F(Parts, OfAReferralInEveryState) {
  const std::vector<Who> people = {{"sender", "cas-york", kSociety},
                                   {"receiver", "ps-york", kPolice},
                                   {"follower", "cas-durham", kSociety},
                                   {"stranger", "ps-durham", kPolice}};
  Walk(kOfReferrals, people, v1::ReferralState_descriptor(), [&](int state, const Who& who) {
    const v1::Referral referral = NewReferral(state, false);
    return Fresh{referral.name(), referral.etag(), who.part != "stranger"};
  });
}

TEST_F(Parts, OfAReferralWhoseSendersStaffIsSuspected) {
  const std::vector<Who> people = {{"suspected", "cas-york", kSociety, true},
                                   {"receiver", "ps-york", kPolice},
                                   {"follower", "cas-durham", kSociety}};
  Walk(kOfReferrals, people, v1::ReferralState_descriptor(), [&](int state, const Who&) {
    const v1::Referral referral = NewReferral(state, true);
    return Fresh{referral.name(), referral.etag(), true};
  });
}

TEST_F(Parts, OfAJointInvestigationInEveryState) {
  const std::vector<Who> people = {{"sender", "cas-york", kSociety},
                                   {"receiver", "ps-york", kPolice},
                                   {"follower", "cas-durham", kSociety},
                                   {"stranger", "ps-durham", kPolice}};
  const v1::Referral referral = NewReferral(v1::REFERRAL_STATE_JOINT, false);
  Walk(kOfJointInvestigations, people, v1::JointInvestigationState_descriptor(),
       [&](int state, const Who& who) {
         v1::JointInvestigation joint;
         joint.set_name(NewName("jointInvestigations"));
         joint.set_referral(referral.name());
         joint.set_state(static_cast<v1::JointInvestigationState>(state));
         // The follower is among those who see it, as an earlier follower still may be.
         joint = Inserted("joint_investigation", joint,
                          {"cas-york", "open", {"cas-york", "ps-york", "cas-durham"}, {}});
         return Fresh{joint.name(), joint.etag(), who.part != "stranger"};
       });
}

TEST_F(Parts, OfADisputeInEveryState) {
  const std::vector<Who> people = {
      {"sender", "cas-york", kSociety}, {"receiver", "ps-york", kPolice}, {"stranger", "ps-durham", kPolice}};
  Walk(kOfDisputes, people, v1::DisputeState_descriptor(), [&](int state, const Who& who) {
    v1::Dispute dispute;
    dispute.set_name(NewName("disputes"));
    dispute.set_with_agency("ps-york");
    dispute.set_issue("who interviews");
    dispute.set_state(static_cast<v1::DisputeState>(state));
    dispute = Inserted("dispute", dispute, {"cas-york", "open", {"cas-york", "ps-york"}, {}});
    return Fresh{dispute.name(), dispute.etag(), who.part != "stranger"};
  });
}

TEST_F(Parts, OfALinkBetweenReferralsInEveryState) {
  const std::vector<Who> people = {
      {"sender", "cas-york", kSociety}, {"receiver", "ps-york", kPolice}, {"stranger", "ps-durham", kPolice}};
  Walk(kOfDuplicates, people, v1::DuplicateState_descriptor(), [&](int state, const Who& who) {
    v1::Duplicate link;
    link.set_name(NewName("duplicates"));
    link.set_state(static_cast<v1::DuplicateState>(state));
    link = Inserted("duplicate", link, {"cas-york", "linked", {"cas-york", "ps-york"}, {}});
    return Fresh{link.name(), link.etag(), who.part != "stranger"};
  });
}

TEST_F(Parts, OfAnInspectorsReferralInEveryState) {
  const std::vector<Who> people = {{"receiver", "ps-york", kPolice}, {"stranger", "ps-durham", kPolice}};
  Walk(kOfInspections, people, v1::InspectorReferralState_descriptor(), [&](int state, const Who& who) {
    v1::InspectorReferral referral;
    referral.set_name(NewName("inspectorReferrals", "svc-training"));
    referral.set_to_agency("ps-york");
    referral.set_state(static_cast<v1::InspectorReferralState>(state));
    referral = Inserted("inspector_referral", referral,
                        {"svc-training", "submitted", {"svc-training", "ps-york"}, {}});
    return Fresh{referral.name(), referral.etag(), who.part != "stranger"};
  });
}

}  // namespace
}  // namespace accord::protocols
