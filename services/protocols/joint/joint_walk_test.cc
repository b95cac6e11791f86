// These tests write the tables of docs/domain.md a second time, for what two agencies do together and for
// what an agency begins: by whom, and in which state, each change is made.
#include "accord/host/v1/law.pb.h"
#include "accord/protocols/v1/duplicate_service.pb.h"
#include "accord/protocols/v1/inspector_referral_service.pb.h"
#include "accord/protocols/v1/privacy_alert_service.pb.h"
#include "common/storage/retention/retention.h"
#include "common/testing/separation_walk.h"
#include "common/testing/walk.h"
#include "common/testing/walk_fixture.h"
#include "services/protocols/referral_viewers.h"
#include "services/protocols/testing/fixture.h"

namespace accord::protocols {
namespace {

using testing::ChangesBut;
using testing::ShortNamesOf;
using testing::Walk;

constexpr auto kSociety = annotations::v1::AGENCY_KIND_CHILDREN_AID_SOCIETY;
constexpr auto kPoliceKind = annotations::v1::AGENCY_KIND_POLICE_SERVICE;
constexpr auto kPlatform = annotations::v1::AGENCY_KIND_PLATFORM_SERVICE;

class JointWalk : public testing::WalkFixture<ProtocolsFixture> {
 protected:
  JointWalk() {
    walk_.agencies = {{"sender", {"cas-york", kSociety}},
                      {"receiver", {"ps-york", kPoliceKind}},
                      {"follower", {"cas-peel", kSociety}},
                      {"strange society", {"cas-durham", kSociety}},
                      {"strange police", {"ps-durham", kPoliceKind}}};
  }
  // The referral goes from York's society to York's police, and Peel's society sent it first.
  std::string StoreReferral(const std::string& state) {
    v1::Referral referral = Letter(v1::Protocol()).referral();
    referral.set_name(absl::StrCat("agencies/cas-york/referrals/r", ++records_));
    referral.set_redirected_from("agencies/cas-peel/referrals/r0");
    referral.set_state(As<v1::ReferralState>(v1::ReferralState_descriptor(), state));
    storage::Placement placement;
    const auto placed = in_process_.database().Read([&](storage::Transaction& tx) -> absl::StatusOr<int> {
      placement = PlacementOf(tx, referral);
      return 0;
    });
    EXPECT_OK(placed);
    return Store("referral", referral, placement);
  }
  // The sender leads it. A follower from the time before followers had no part may still see one.
  std::string StoreJoint(const std::string& state) {
    v1::JointInvestigation joint;
    joint.set_name(absl::StrCat("agencies/cas-york/jointInvestigations/j", ++records_));
    joint.set_referral(joint_referral_);
    joint.set_state(As<v1::JointInvestigationState>(v1::JointInvestigationState_descriptor(), state));
    return Store("joint_investigation", joint, {"cas-york", state, {"cas-york", "ps-york", "cas-peel"}, {}});
  }
  std::string StoreDispute(const std::string& state) {
    v1::Dispute dispute;
    dispute.set_name(absl::StrCat("agencies/cas-york/disputes/d", ++records_));
    dispute.set_with_agency("ps-york");
    dispute.set_issue("who interviews");
    dispute.add_levels()->set_level(1);
    dispute.set_state(As<v1::DisputeState>(v1::DisputeState_descriptor(), state));
    return Store("dispute", dispute, {"cas-york", state, {"cas-york", "ps-york"}, {}});
  }
  // Both sides see the attachment, whatever its state.
  std::string StoreAttachment(const std::string& state) {
    v1::Attachment attachment;
    attachment.set_name(absl::StrCat("agencies/cas-york/attachments/both-", ++records_));
    attachment.set_about(joint_referral_);
    attachment.set_readers(v1::READERS_BOTH);
    attachment.set_state(As<v1::AttachmentState>(v1::AttachmentState_descriptor(), state));
    return Store("attachment", attachment, {"cas-york", state, {"cas-york", "ps-york"}, {}});
  }
  std::string StoreDuplicate(const std::string& state) {
    v1::Duplicate link;
    link.set_name(absl::StrCat("agencies/cas-york/duplicates/u", ++records_));
    link.set_state(As<v1::DuplicateState>(v1::DuplicateState_descriptor(), state));
    return Store("duplicate", link, {"cas-york", state, {"cas-york", "ps-york"}, {}});
  }
  std::string StoreInspection(const std::string& state) {
    v1::InspectorReferral referral;
    referral.set_name(absl::StrCat("agencies/svc-training/inspectorReferrals/i", ++records_));
    referral.set_to_agency("ps-york");
    referral.set_state(As<v1::InspectorReferralState>(v1::InspectorReferralState_descriptor(), state));
    return Store("inspector_referral", referral, {"svc-training", state, {"svc-training", "ps-york"}, {}});
  }
  // Durham's police ask for a referral of York's, and the person who asks has the lowest grade.
  std::string StoreEmergency(const std::string& state) {
    v1::EmergencyAccess access;
    access.set_name(absl::StrCat("agencies/ps-durham/emergencyAccesses/e", ++records_));
    access.set_resource(joint_referral_);
    access.set_requested_by("somebody-else");
    access.set_state(As<v1::EmergencyAccessState>(v1::EmergencyAccessState_descriptor(), state));
    std::vector<std::string> parties = {"ps-durham", kFamily};
    // Once the referral is open, its sender knows of the access.
    if (state != "requested") parties.emplace_back("cas-york");
    return Store("emergency_access", access, {"ps-durham", "0", parties, {{"grade", "0"}}});
  }
  // Durham's police opened a record of York's society in an emergency.
  std::string StoreAlert(bool acknowledged) {
    v1::PrivacyAlert alert;
    alert.set_name(absl::StrCat("agencies/cas-york/privacyAlerts/a", ++records_));
    alert.set_kind(v1::PRIVACY_ALERT_KIND_EMERGENCY_ACCESS);
    alert.set_by_agency("ps-durham");
    for (const char* agency : {"cas-york", "ps-durham", "office-mcss"}) {
      if (acknowledged) alert.add_acknowledgements()->set_agency(agency);
    }
    return Store("privacy_alert", alert, {"cas-york", "", {"cas-york", "ps-durham", kOffice}, {}});
  }
  // A filter belongs to one person.
  std::string StoreFilter() {
    v1::ReferralFilter filter;
    filter.set_name(absl::StrCat("agencies/cas-york/referralFilters/f", ++records_));
    return Store("referral_filter", filter, {"cas-york", "", {"cas-york#someone"}, {}});
  }
  // Both sides place a hold on the referral.
  std::string StoreHeld(const std::string& state) {
    const std::string name = StoreReferral(state);
    for (const char* agency : {"cas-york", "ps-york"}) {
      const absl::Status held = in_process_.database().Transact([&](storage::Transaction& tx) {
        return storage::PlaceHold(tx, name, "litigation",
                                  {agency, "clerk", RequestId(), in_process_.clock().Now()});
      });
      EXPECT_OK(held);
    }
    return name;
  }

  Walk walk_;
  int records_ = 0;
  const std::string joint_referral_ = StoreReferral("joint");
};

TEST_F(JointWalk, OfAJointInvestigation) {
  walk_.service = "accord.protocols.v1.JointInvestigationService";
  walk_.states = ShortNamesOf(v1::JointInvestigationState_descriptor());
  walk_.make = [&](const std::string& state) { return StoreJoint(state); };
  walk_.table = {{"PlanJointInvestigation", {"sender", "receiver"}, {"open"}},
                 {"JoinJointInvestigation", {"sender", "receiver"}, {"open"}},
                 {"LeaveJointInvestigation", {"sender", "receiver"}, {"open"}},
                 {"RecordJointInvestigationStep", {"sender", "receiver"}, {"open"}},
                 {"RecordJointInvestigationDecision", {"sender", "receiver"}, {"open"}},
                 {"ConcludeJointInvestigation", {"sender"}, {"open"}}};
  EXPECT_EQ(testing::WalkChanges(&in_process_, walk_, {"CreateJointInvestigation"}), 60);
}

TEST_F(JointWalk, OfTheBeginningOfAJointInvestigation) {
  walk_.service = "accord.protocols.v1.JointInvestigationService";
  walk_.states = ShortNamesOf(v1::ReferralState_descriptor());
  walk_.held_up_by = {"REFERRAL_NOT_JOINT"};
  walk_.make = [&](const std::string& state) { return StoreReferral(state); };
  walk_.finish = [&](const std::string& who, google::protobuf::Message* message) {
    auto* request = dynamic_cast<v1::CreateJointInvestigationRequest*>(message);
    if (request != nullptr) request->set_parent("agencies/" + walk_.agencies.at(who).id);
  };
  walk_.table = {{"CreateJointInvestigation", {"sender", "receiver"}, {"joint"}}};
  EXPECT_GT(
      testing::WalkChanges(&in_process_, walk_, ChangesBut(walk_.service, {"CreateJointInvestigation"})), 50);
}

TEST_F(JointWalk, OfANote) {
  walk_.service = "accord.protocols.v1.NoteService";
  walk_.finish = [&](const std::string& who, google::protobuf::Message* message) {
    auto* request = dynamic_cast<v1::CreateNoteRequest*>(message);
    if (request != nullptr) request->set_parent("agencies/" + walk_.agencies.at(who).id);
  };
  // A note is written whatever became of the record.
  walk_.table = {{"CreateNote", {"sender", "receiver"}, {}}};
  walk_.states = ShortNamesOf(v1::ReferralState_descriptor());
  walk_.make = [&](const std::string& state) { return StoreReferral(state); };
  EXPECT_GT(testing::WalkChanges(&in_process_, walk_, {}), 50);
  walk_.states = ShortNamesOf(v1::JointInvestigationState_descriptor());
  walk_.make = [&](const std::string& state) { return StoreJoint(state); };
  EXPECT_EQ(testing::WalkChanges(&in_process_, walk_, {}), 10);
}

TEST_F(JointWalk, OfAnAttachment) {
  walk_.service = "accord.protocols.v1.AttachmentService";
  walk_.states = ShortNamesOf(v1::AttachmentState_descriptor());
  walk_.make = [&](const std::string& state) { return StoreAttachment(state); };
  walk_.table = {{"UploadAttachmentChunk", {"sender"}, {"uploading"}},
                 {"CommitAttachment", {"sender"}, {"uploading"}},
                 {"DiscardAttachment", {"sender"}, {"uploading", "refused"}}};
  EXPECT_EQ(testing::WalkChanges(&in_process_, walk_, {"CreateAttachment"}), 75);
  walk_.states = ShortNamesOf(v1::ReferralState_descriptor());
  walk_.make = [&](const std::string& state) { return StoreReferral(state); };
  walk_.finish = [&](const std::string& who, google::protobuf::Message* message) {
    auto* request = dynamic_cast<v1::CreateAttachmentRequest*>(message);
    if (request != nullptr) request->set_parent("agencies/" + walk_.agencies.at(who).id);
  };
  walk_.table = {{"CreateAttachment", {"sender", "receiver"}, {}}};
  EXPECT_GT(testing::WalkChanges(&in_process_, walk_, ChangesBut(walk_.service, {"CreateAttachment"})), 50);
}

TEST_F(JointWalk, OfADispute) {
  walk_.service = "accord.protocols.v1.DisputeService";
  walk_.states = ShortNamesOf(v1::DisputeState_descriptor());
  walk_.make = [&](const std::string& state) { return StoreDispute(state); };
  walk_.table = {{"EscalateDispute", {"sender", "receiver"}, {"open"}},
                 {"AnswerDispute", {"sender", "receiver"}, {"open"}},
                 {"ResolveDispute", {"sender"}, {"open"}}};
  EXPECT_EQ(testing::WalkChanges(&in_process_, walk_, {"CreateDispute"}), 30);
}

TEST_F(JointWalk, OfALinkBetweenReferrals) {
  walk_.service = "accord.protocols.v1.DuplicateService";
  walk_.states = ShortNamesOf(v1::DuplicateState_descriptor());
  walk_.make = [&](const std::string& state) { return StoreDuplicate(state); };
  walk_.table = {{"UnlinkDuplicate", {"sender"}, {"linked"}}};
  EXPECT_EQ(testing::WalkChanges(&in_process_, walk_, {"LinkDuplicate"}), 10);
  // This holds whatever became of the two.
  walk_.states = ShortNamesOf(v1::ReferralState_descriptor());
  walk_.make = [&](const std::string& state) { return StoreReferral(state); };
  walk_.finish = [&](const std::string& who, google::protobuf::Message* message) {
    auto* request = dynamic_cast<v1::LinkDuplicateRequest*>(message);
    if (request == nullptr) return;
    request->set_parent("agencies/" + walk_.agencies.at(who).id);
    request->mutable_duplicate()->set_same_as(joint_referral_);
  };
  walk_.table = {{"LinkDuplicate", {"sender", "receiver"}, {}}};
  EXPECT_GT(testing::WalkChanges(&in_process_, walk_, {"UnlinkDuplicate"}), 50);
}

TEST_F(JointWalk, OfAnInspectorsReferral) {
  walk_.service = "accord.protocols.v1.InspectorReferralService";
  walk_.states = ShortNamesOf(v1::InspectorReferralState_descriptor());
  walk_.make = [&](const std::string& state) { return StoreInspection(state); };
  walk_.table = {{"AcknowledgeInspectorReferral", {"receiver"}, {"submitted"}},
                 {"CloseInspectorReferral", {"receiver"}, {"acknowledged"}},
                 {"AssignInspectorReferral", {"receiver"}, {"submitted", "acknowledged"}}};
  EXPECT_EQ(testing::WalkChanges(&in_process_, walk_, {"CreateInspectorReferral"}), 45);
}

TEST_F(JointWalk, OfAnEmergency) {
  walk_.service = "accord.protocols.v1.EmergencyAccessService";
  walk_.states = ShortNamesOf(v1::EmergencyAccessState_descriptor());
  walk_.make = [&](const std::string& state) { return StoreEmergency(state); };
  walk_.table = {{"ApproveEmergencyAccess", {"strange police"}, {"requested"}},
                 {"EndEmergencyAccess", {"strange police"}, {"granted"}},
                 {"ReviewEmergencyAccess", {"strange police", "sender"}, {"granted", "ended"}}};
  EXPECT_EQ(testing::WalkChanges(&in_process_, walk_, {"RequestEmergencyAccess"}), 45);
}

TEST_F(JointWalk, OfAPrivacyAlert) {
  walk_.service = "accord.protocols.v1.PrivacyAlertService";
  walk_.agencies["office"] = {"office-mcss", annotations::v1::AGENCY_KIND_COORDINATION_OFFICE};
  walk_.held_up_by.insert("ALREADY_RECORDED");
  walk_.states = {"open", "acknowledged"};
  walk_.make = [&](const std::string& state) { return StoreAlert(state == "acknowledged"); };
  walk_.table = {{"AcknowledgePrivacyAlert", {"sender", "strange police", "office"}, {"open"}}};
  EXPECT_EQ(testing::WalkChanges(&in_process_, walk_, {}), 12);
}

TEST_F(JointWalk, OfALegalHold) {
  walk_.service = "accord.protocols.v1.RetentionService";
  walk_.states = ShortNamesOf(v1::ReferralState_descriptor());
  walk_.make = [&](const std::string& state) { return StoreHeld(state); };
  // This holds whatever became of the record.
  walk_.table = {{"PlaceLegalHold", {"sender", "receiver"}, {}},
                 {"LiftLegalHold", {"sender", "receiver"}, {}}};
  EXPECT_GT(testing::WalkChanges(&in_process_, walk_, {}), 100);
}

TEST_F(JointWalk, OfAFilter) {
  walk_.service = "accord.protocols.v1.ReferralService";
  walk_.states = {"kept"};
  walk_.agencies["colleague"] = {"cas-york", kSociety, "colleague"};
  walk_.make = [&](const std::string&) { return StoreFilter(); };
  walk_.table = {{"DeleteReferralFilter", {"sender"}, {}}};
  EXPECT_EQ(testing::WalkChanges(&in_process_, walk_, ChangesBut(walk_.service, {"DeleteReferralFilter"})),
            6);
}

TEST_F(JointWalk, OfWhatAnAgencyBegins) {
  const v1::Protocol protocol = InForce();
  walk_.states = {"any"};
  walk_.agencies["office"] = {"office-mcss", annotations::v1::AGENCY_KIND_COORDINATION_OFFICE};
  walk_.agencies["platform"] = {"svc-training", kPlatform};
  walk_.agencies["another service"] = {"svc-other", kPlatform};
  walk_.make = [](const std::string&) { return "agencies/cas-york"; };
  walk_.finish = [&](const std::string&, google::protobuf::Message* message) {
    if (auto* request = dynamic_cast<v1::CreateReferralRequest*>(message)) {
      *request->mutable_referral() = Letter(protocol).referral();
    }
    if (auto* request = dynamic_cast<v1::CreateDisputeRequest*>(message)) {
      request->mutable_dispute()->set_about(protocol.name());
    }
  };
  const auto walk = [&](const std::string& service, const std::vector<testing::Permitted>& table) {
    walk_.service = "accord.protocols.v1." + service;
    walk_.table = table;
    std::set<std::string> walked;
    for (const auto& row : table) walked.insert(row.method);
    return testing::WalkChanges(&in_process_, walk_, ChangesBut(walk_.service, walked));
  };
  // The office drafts for the parties.
  EXPECT_EQ(walk("ProtocolService", {{"CreateProtocol", {"sender", "office"}, {}}}), 6);
  EXPECT_EQ(
      walk("ReferralService", {{"CreateReferral", {"sender"}, {}}, {"CreateReferralFilter", {"sender"}, {}}}),
      10);
  EXPECT_EQ(walk("DisputeService", {{"CreateDispute", {"sender"}, {}}}), 5);
  EXPECT_EQ(walk("EmergencyAccessService", {{"RequestEmergencyAccess", {"sender"}, {}}}), 5);
  walk_.make = [](const std::string&) { return "agencies/svc-training"; };
  EXPECT_EQ(walk("InspectorReferralService", {{"CreateInspectorReferral", {"platform"}, {}}}), 2);
}

class ProtocolSeparations : public JointWalk {};

TEST_F(ProtocolSeparations, AreOfTwoPeople) {
  const Caller durham = Police(annotations::v1::ROLE_POLICE_CHIEF, "ps-durham");
  const int pairs = testing::WalkSeparations(
      &in_process_, "accord.protocols.v1", [&](const std::string& method) -> testing::Attempt {
        if (method == "ReviewEmergencyAccess") return {StoreEmergency("granted"), Officer(durham)};
        if (method == "ApproveLawChange") {
          host::v1::LawChange proposed;
          proposed.set_name(absl::StrCat("agencies/office-mcss/lawChanges/l", ++records_));
          proposed.set_state(host::v1::LAW_CHANGE_STATE_PROPOSED);
          const Caller office = {"office-mcss",
                                 annotations::v1::AGENCY_KIND_COORDINATION_OFFICE,
                                 "console",
                                 "staff",
                                 {annotations::v1::ROLE_OFFICE_STAFF},
                                 annotations::v1::PURPOSE_PROTOCOL_GOVERNANCE};
          return {Store("law_change", proposed, {"office-mcss", "proposed", {"office-mcss"}, {}}), office};
        }
        EXPECT_EQ(method, "ApproveEmergencyAccess");
        Caller caller = durham;
        caller.purpose = annotations::v1::PURPOSE_CRIMINAL_INVESTIGATION;
        return {StoreEmergency("requested"), caller};
      });
  EXPECT_EQ(pairs, 5);
}

}  // namespace
}  // namespace accord::protocols
