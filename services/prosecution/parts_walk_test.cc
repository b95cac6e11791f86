// These tests write the tables of docs/domain.md, section 4, a second time: by whom, and at which stage, each
// change is made. Assigned Crowns and the coordinator move a case; its office records what happened in court.
#include "accord/prosecution/v1/case_duplicate_service.pb.h"
#include "common/testing/walk.h"
#include "services/prosecution/cases/case_readers.h"
#include "services/prosecution/testing/fixture.h"

namespace accord::prosecution {
namespace {

using namespace annotations::v1;
using testing::Permitted;
using testing::Walk;

using People = std::set<std::string>;
using Stages = std::set<std::string>;

const People kActing = {"lead", "co-counsel", "coordinator"};
// These people read a case, and may have to say that they must not act in it.
const People kCrowns = {"lead", "co-counsel", "adviser", "coordinator", "conflicted"};
const People kOfficeToo = {"lead", "co-counsel", "adviser", "coordinator", "clerk"};
const Stages kAlways = {};

class ProsecutionWalk : public ProsecutionFixture {
 protected:
  ProsecutionWalk() {
    walk_.held_up_by = {"CONFLICT_RECORDED"};
    const auto crown = [](const char* agency, const char* actor, Role role = ROLE_CROWN_COUNSEL) {
      return Walk::Agency{agency, AGENCY_KIND_CROWN, actor, role};
    };
    walk_.agencies = {{"lead", crown("cr-york", "lead")},
                      {"co-counsel", crown("cr-york", "second")},
                      {"adviser", crown("cr-york", "adviser")},
                      {"colleague", crown("cr-york", "colleague")},
                      // This Crown was assigned, and was then found to have a conflict.
                      {"conflicted", crown("cr-york", "conflicted")},
                      {"formerly assigned", crown("cr-york", "former")},
                      {"clerk", crown("cr-york", "clerk", ROLE_CROWN_ADMIN)},
                      {"coordinator", crown("cr-phtpt", "coordinator", ROLE_CROWN_COORDINATOR)},
                      {"team", crown("cr-phtpt", "specialist")},
                      {"coordinator elsewhere", crown("cr-ottawa", "coordinator", ROLE_CROWN_COORDINATOR)},
                      {"stranger", crown("cr-ottawa", "lead")},
                      {"clerk elsewhere", crown("cr-ottawa", "clerk", ROLE_CROWN_ADMIN)}};
  }

  template <class M>
  void Store(const std::string& kind, M record, const std::vector<std::string>& parties) {
    testing::Store(&in_process_, kind, &record, {"cr-york", "", parties, {}});
  }
  std::string StoreCase() {
    v1::Case of = NewCase().case_();
    of.set_name(absl::StrCat("agencies/cr-york/cases/c", ++records_));
    of.mutable_victims(0)->set_id("v1");
    for (const auto& [crown, mode] : {std::pair{"lead", v1::ASSIGNMENT_MODE_LEAD},
                                      {"second", v1::ASSIGNMENT_MODE_CO_COUNSEL},
                                      {"adviser", v1::ASSIGNMENT_MODE_ADVISORY},
                                      {"conflicted", v1::ASSIGNMENT_MODE_CO_COUNSEL},
                                      {"former", v1::ASSIGNMENT_MODE_CO_COUNSEL}}) {
      auto* assignment = of.add_assignments();
      assignment->set_agency("cr-york");
      assignment->set_crown(crown);
      assignment->set_mode(mode);
      assignment->set_from("2026-02-01");
      if (assignment->crown() == "former") assignment->set_to("2026-03-01");
    }
    auto* conflict = of.add_conflicts();
    conflict->set_agency("cr-york");
    conflict->set_crown("conflicted");
    Store("case", of, {"cr-york", "cr-phtpt"});
    return of.name();
  }
  // There is one accused for each stage: no call of the walk knows its etag, so that none changes it.
  std::string AccusedAt(const std::string& stage) {
    std::string& name = accused_[stage];
    if (name.empty()) name = StoreAccused(stage);
    return name;
  }
  std::string StoreAccused(const std::string& stage) {
    v1::Accused accused = NewAccused(v1::Case()).accused();
    accused.set_name(absl::StrCat(StoreCase(), "/accused/a"));
    PutAt(static_cast<v1::Stage>(*FromShortName(v1::Stage_descriptor(), stage)), &accused);
    Store("accused", accused, {"cr-york", "cr-phtpt", ViewerInCapacity("ps-york", "police")});
    return accused.name();
  }
  // This stores two cases of York's with the same people, linked by its office.
  std::string StoreDuplicate(const std::string& state) {
    v1::CaseDuplicate link;
    link.set_name(absl::StrCat("agencies/cr-york/caseDuplicates/d", ++records_));
    link.set_record(StoreCase());
    link.set_same_as(StoreCase());
    link.set_state(
        static_cast<v1::CaseDuplicateState>(*FromShortName(v1::CaseDuplicateState_descriptor(), state)));
    Store("case_duplicate", link, {"cr-york", "cr-phtpt"});
    return link.name();
  }
  std::string StoreAlert(bool acknowledged) {
    v1::CeilingAlert alert;
    alert.set_name(absl::StrCat("agencies/cr-phtpt/ceilingAlerts/t", ++records_));
    alert.set_accused(AccusedAt("charged"));
    alert.set_days(90);
    if (acknowledged) *alert.mutable_acknowledge_time() = ToProto(in_process_.clock().Now());
    testing::Store(&in_process_, "ceiling_alert", &alert, {"cr-phtpt", "", {"cr-phtpt"}, {}});
    return alert.name();
  }
  std::string StoreLink(bool revoked) {
    v1::LinkToken link;
    link.set_name(absl::StrCat("agencies/cr-york/linkTokens/l", ++records_));
    link.set_case_(StoreCase());
    link.set_victim("v1");
    link.set_support_agency("vs-york");
    link.set_expires_on("2026-12-31");
    link.set_revoked(revoked);
    std::vector<std::string> parties = {"cr-york"};
    if (!revoked) parties.push_back(ViewerInCapacity("vs-york", "support"));
    Store("link_token", link, parties);
    return link.name();
  }
  // This gives the methods of the service except these.
  static std::set<std::string> AllBut(const std::string& service, const std::set<std::string>& walked) {
    std::set<std::string> others;
    const auto methods = *MethodsOf(service);
    for (const Method& method : methods) {
      if (!walked.contains(method.descriptor->name())) others.insert(method.descriptor->name());
    }
    return others;
  }

  Walk walk_;
  std::map<std::string, std::string> accused_;
  int records_ = 0;
};

TEST_F(ProsecutionWalk, OfACase) {
  walk_.service = "accord.prosecution.v1.CaseService";
  walk_.states = {"open"};
  walk_.make = [&](const std::string&) { return StoreCase(); };
  walk_.table = {{"CorrectCase", kOfficeToo, kAlways},          {"AssignCrown", {"coordinator"}, kAlways},
                 {"ReplaceCrown", {"coordinator"}, kAlways},    {"DeclareCaseConflict", kCrowns, kAlways},
                 {"RecordPublicationBan", kActing, kAlways},    {"RecordTestimonialAid", kActing, kAlways},
                 {"RecordRecordsApplication", kActing, kAlways}};
  EXPECT_GT(testing::WalkChanges(&in_process_, walk_, {"CreateCase"}), 40);
}

TEST_F(ProsecutionWalk, OfANoteOnACase) {
  walk_.service = "accord.prosecution.v1.CaseNoteService";
  walk_.states = {"open"};
  walk_.make = [&](const std::string&) { return StoreCase(); };
  walk_.agencies["police of the case"] = {"ps-york", AGENCY_KIND_POLICE_SERVICE};
  walk_.agencies["strange police"] = {"ps-durham", AGENCY_KIND_POLICE_SERVICE};
  walk_.finish = [&](const std::string& who, google::protobuf::Message* message) {
    auto* request = dynamic_cast<v1::CreateCaseNoteRequest*>(message);
    if (request != nullptr) request->set_parent("agencies/" + walk_.agencies.at(who).id);
  };
  People writing = kActing;
  writing.insert("police of the case");
  walk_.table = {{"CreateCaseNote", writing, kAlways}};
  EXPECT_EQ(testing::WalkChanges(&in_process_, walk_, {}), 12);
}

TEST_F(ProsecutionWalk, OfAnAccusedWhoIsCharged) {
  walk_.service = "accord.prosecution.v1.AccusedService";
  walk_.states = {"open"};
  walk_.make = [&](const std::string&) { return StoreCase(); };
  walk_.table = {{"CreateAccused", kActing, kAlways}};
  EXPECT_EQ(testing::WalkChanges(&in_process_, walk_, AllBut(walk_.service, {"CreateAccused"})), 10);
}

std::vector<std::string> AllStages() {
  const auto* type = v1::Stage_descriptor();
  std::vector<std::string> stages;
  for (int i = 1; i < type->value_count(); ++i) stages.push_back(ShortName(type, type->value(i)->number()));
  return stages;
}

TEST_F(ProsecutionWalk, OfAnAccusedAtEachStage) {
  walk_.service = "accord.prosecution.v1.AccusedService";
  walk_.states = AllStages();
  walk_.make = [&](const std::string& stage) { return AccusedAt(stage); };
  const std::vector<std::string> all = AllStages();
  Stages undoable(all.begin(), all.end());
  undoable.erase("charged");
  walk_.table = {{"CorrectAccused", kActing, kAlways},
                 {"CorrectAccusedAppearance", kOfficeToo, kAlways},
                 {"UndoAccusedStage", kActing, undoable},
                 {"ChangeAccusedForum", kActing, kAlways},
                 {"BookAccusedTrial", kOfficeToo, kAlways},
                 {"RecordAccusedDelay", kActing, kAlways},
                 {"RecordAccusedDelayArgument", kActing, kAlways},
                 {"RecordAccusedAppearance", kOfficeToo, kAlways},
                 {"RecordAccusedDisposition", kActing, kAlways},
                 {"RecordAccusedSentence", kActing, {"sentencing"}},
                 {"RecordAccusedBail", kActing, kAlways},
                 {"RecordAccusedDisclosure", kOfficeToo, kAlways},
                 {"RecordAccusedRecognizance", kActing, kAlways}};
  EXPECT_GT(testing::WalkChanges(&in_process_, walk_,
                                 {"CreateAccused", "AdvanceAccused", "AcknowledgeCeilingAlert"}),
            900);
}

TEST_F(ProsecutionWalk, OfTheStagesOfAnAccused) {
  const Stages before_verdict = {"charged",     "bail",      "intake",          "pretrial", "election",
                                 "preliminary", "committed", "trial_scheduled", "trial"};
  Stages pleading = before_verdict;
  pleading.erase("charged");
  Stages concluding = before_verdict;
  concluding.insert({"under_reserve", "verdict", "sentencing", "retrial"});
  const std::map<std::string, Stages> events = {
      {"hear_bail", {"charged"}},
      {"take_in", {"bail"}},
      {"hold_pretrial", {"intake"}},
      {"elect", {"pretrial"}},
      {"order_preliminary", {"election"}},
      {"commit", {"preliminary"}},
      {"indict_directly", {"charged", "bail", "intake", "pretrial", "election", "preliminary"}},
      {"schedule_trial", {"election", "committed", "retrial"}},
      {"begin_trial", {"trial_scheduled"}},
      {"reserve", {"trial"}},
      {"give_verdict", {"trial", "under_reserve"}},
      {"plead_guilty", pleading},
      {"begin_sentencing", {"verdict"}},
      {"conclude", concluding},
      {"appeal", {"concluded"}},
      {"decide_appeal", {"appeal"}},
      {"order_retrial", {"appeal"}}};
  walk_.service = "accord.prosecution.v1.AccusedService";
  walk_.states = AllStages();
  walk_.make = [&](const std::string& stage) { return AccusedAt(stage); };
  // The test above tries whom each change is for; this one tries who moves stages, and who does not.
  for (const char* who : {"adviser", "conflicted", "formerly assigned", "team", "clerk", "clerk elsewhere",
                          "coordinator elsewhere", "co-counsel"}) {
    walk_.agencies.erase(who);
  }
  int calls = 0;
  for (const auto& [event, stages] : events) {
    walk_.table = {{"AdvanceAccused", kActing, stages}};
    walk_.finish = [&event = event](const std::string&, google::protobuf::Message* message) {
      auto* request = dynamic_cast<v1::AdvanceAccusedRequest*>(message);
      if (request != nullptr) request->set_event(event);
    };
    calls += testing::WalkChanges(&in_process_, walk_, AllBut(walk_.service, {"AdvanceAccused"}));
  }
  EXPECT_GT(calls, 900);
}

TEST_F(ProsecutionWalk, OfAnAlertAboutACeiling) {
  walk_.service = "accord.prosecution.v1.AccusedService";
  walk_.held_up_by.insert("ALREADY_RECORDED");
  walk_.states = {"open", "acknowledged"};
  walk_.make = [&](const std::string& state) { return StoreAlert(state == "acknowledged"); };
  // The coordinator of the province is told, and nobody who coordinates an office is.
  walk_.table = {{"AcknowledgeCeilingAlert", {"coordinator"}, {"open"}}};
  EXPECT_EQ(testing::WalkChanges(&in_process_, walk_, AllBut(walk_.service, {"AcknowledgeCeilingAlert"})), 4);
}

TEST_F(ProsecutionWalk, OfALinkBetweenTwoCases) {
  walk_.service = "accord.prosecution.v1.CaseDuplicateService";
  walk_.states = {"linked", "unlinked"};
  walk_.make = [&](const std::string& state) { return StoreDuplicate(state); };
  // The link belongs to the office that made it. The coordinator is of another office, and does not unlink.
  walk_.table = {{"UnlinkCaseDuplicate", {"lead", "co-counsel", "adviser", "clerk"}, {"linked"}}};
  EXPECT_GT(testing::WalkChanges(&in_process_, walk_, {"LinkCaseDuplicate"}), 20);
  walk_.states = {"open"};
  walk_.make = [&](const std::string&) { return StoreCase(); };
  walk_.table = {{"LinkCaseDuplicate", kOfficeToo, kAlways}};
  const std::string other = StoreCase();
  walk_.finish = [&](const std::string& who, google::protobuf::Message* message) {
    auto* request = dynamic_cast<v1::LinkCaseDuplicateRequest*>(message);
    if (request == nullptr) return;
    request->set_parent("agencies/" + walk_.agencies.at(who).id);
    request->mutable_case_duplicate()->set_same_as(other);
  };
  EXPECT_GT(testing::WalkChanges(&in_process_, walk_, {"UnlinkCaseDuplicate"}), 10);
}

TEST_F(ProsecutionWalk, OfALink) {
  walk_.service = "accord.prosecution.v1.LinkService";
  walk_.states = {"open", "revoked"};
  walk_.make = [&](const std::string& state) { return StoreLink(state == "revoked"); };
  walk_.agencies["support"] = {"vs-york", AGENCY_KIND_VICTIM_SERVICES};
  walk_.agencies["support elsewhere"] = {"vs-durham", AGENCY_KIND_VICTIM_SERVICES};
  walk_.held_up_by.insert("ALREADY_RECORDED");
  // The agency that made the link and the one for which it was made are tried; the coordinator's agency
  // is another.
  walk_.table = {{"RevokeLinkToken", {"lead", "co-counsel", "support"}, {"open"}}};
  EXPECT_GT(testing::WalkChanges(&in_process_, walk_, {"CreateLinkToken", "WithdrawLinkToken"}), 15);
  // One service calls for the agency for which the link was made, and another one calls for another agency.
  walk_.agencies["consents"] = {"sv-supports", AGENCY_KIND_PLATFORM_SERVICE};
  walk_.agencies["consents elsewhere"] = {"sv-elsewhere", AGENCY_KIND_PLATFORM_SERVICE};
  walk_.table = {{"WithdrawLinkToken", {"consents"}, kAlways}};
  walk_.finish = [](const std::string& who, google::protobuf::Message* message) {
    auto* request = dynamic_cast<v1::WithdrawLinkTokenRequest*>(message);
    if (request != nullptr) request->set_on_behalf_of(who == "consents" ? "vs-york" : "vs-durham");
  };
  EXPECT_EQ(testing::WalkChanges(&in_process_, walk_, {"CreateLinkToken", "RevokeLinkToken"}), 4);
  walk_.states = {"open"};
  walk_.make = [&](const std::string&) { return StoreCase(); };
  walk_.table = {{"CreateLinkToken", kActing, kAlways}};
  walk_.finish = [&](const std::string& who, google::protobuf::Message* message) {
    auto* request = dynamic_cast<v1::CreateLinkTokenRequest*>(message);
    if (request != nullptr) request->set_parent("agencies/" + walk_.agencies.at(who).id);
  };
  EXPECT_GT(testing::WalkChanges(&in_process_, walk_, {"RevokeLinkToken", "WithdrawLinkToken"}), 8);
}

}  // namespace
}  // namespace accord::prosecution
