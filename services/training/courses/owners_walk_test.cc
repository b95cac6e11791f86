// These tests state a second time by whom, and in which state, each change of an owner's other records
// is made.
#include "common/testing/separation_walk.h"
#include "common/testing/walk.h"
#include "common/testing/walk_fixture.h"
#include "services/training/placements.h"
#include "services/training/testing/fixture.h"

namespace accord::training {
namespace {

using namespace annotations::v1;
using testing::Walk;

class OwnersWalk : public testing::WalkFixture<TrainingFixture> {
 protected:
  OwnersWalk() {
    walk_.agencies = {{"owner", {"pc-opc", AGENCY_KIND_POLICE_COLLEGE, "registrar", ROLE_TRAINING_ADMIN}},
                      {"another owner", {"min-mol", AGENCY_KIND_MINISTRY, "registrar", ROLE_TRAINING_ADMIN}},
                      {"lead", {"min-mol", AGENCY_KIND_MINISTRY, "lead", ROLE_MINISTRY_LEAD}},
                      {"another's lead", {"min-mcss", AGENCY_KIND_MINISTRY, "lead", ROLE_MINISTRY_LEAD}},
                      {"trainer", {"pc-opc", AGENCY_KIND_POLICE_COLLEGE, "instructor", ROLE_TRAINER}}};
  }
  std::string StoreModel(const std::string& state) {
    v1::TrainingModel model;
    model.set_name(absl::StrCat("agencies/pc-opc/trainingModels/m", ++records_));
    model.set_state(
        static_cast<v1::TrainingModelState>(*FromShortName(v1::TrainingModelState_descriptor(), state)));
    return Store("training_model", model, PublicPlacement(model.name(), state));
  }

  Walk walk_;
  int records_ = 0;
};

TEST_F(OwnersWalk, OfATrainingModel) {
  walk_.service = "accord.training.v1.CourseService";
  walk_.states = testing::ShortNamesOf(v1::TrainingModelState_descriptor());
  walk_.make = [&](const std::string& state) { return StoreModel(state); };
  int calls = 0;
  for (const auto& [event, states] : std::map<std::string, std::set<std::string>>{
           {"update", {"identified", "updated", "developed"}}, {"develop", {"identified", "updated"}}}) {
    walk_.table = {{"AdvanceTrainingModel", {"owner"}, states}};
    walk_.finish = [&event = event](const std::string&, google::protobuf::Message* message) {
      auto* request = dynamic_cast<v1::AdvanceTrainingModelRequest*>(message);
      if (request != nullptr) request->set_event(event);
    };
    calls += testing::WalkChanges(&in_process_, walk_,
                                  testing::ChangesBut(walk_.service, {"AdvanceTrainingModel"}));
  }
  EXPECT_GE(calls, 12);
}

TEST_F(OwnersWalk, OfWhatAnOwnerBegins) {
  const v1::Course course = Approved(NewCourse("walked"));
  walk_.states = {"any"};
  walk_.make = [](const std::string&) { return "agencies/pc-opc"; };
  walk_.finish = [&](const std::string&, google::protobuf::Message* message) {
    auto* request = dynamic_cast<v1::CreateAttestationRequest*>(message);
    if (request != nullptr) request->mutable_attestation()->set_course(course.name());
    auto* correct = dynamic_cast<v1::CorrectCompletionRequest*>(message);
    if (correct == nullptr) return;
    correct->mutable_completion_correction()->set_course(course.name());
    correct->mutable_completion_correction()->set_correct_learner("another-learner");
  };
  walk_.service = "accord.training.v1.CourseService";
  walk_.table = {{"CreateCourse", {"owner"}, {}},
                 {"CreateIndicatorList", {"owner"}, {}},
                 {"CreateTrainingModel", {"owner"}, {}},
                 {"CreateAttestation", {"owner"}, {}}};
  EXPECT_GE(
      testing::WalkChanges(&in_process_, walk_, {"AdvanceCourse", "ReviseCourse", "AdvanceTrainingModel"}),
      8);
  walk_.service = "accord.training.v1.CompletionService";
  walk_.table = {{"CreateImport", {"owner"}, {}}};
  EXPECT_GE(testing::WalkChanges(&in_process_, walk_, {"AppendImport", "FinishImport"}), 2);
  walk_.service = "accord.training.v1.CompletionCorrectionService";
  walk_.table = {{"CorrectCompletion", {"owner"}, {}}};
  EXPECT_GE(testing::WalkChanges(&in_process_, walk_, {}), 2);
  walk_.service = "accord.training.v1.ObservationService";
  walk_.make = [](const std::string&) { return "agencies/min-mol"; };
  walk_.table = {{"CreateObservation", {"lead"}, {}}};
  EXPECT_GE(testing::WalkChanges(&in_process_, walk_, {}), 2);
}

class TrainingSeparations : public OwnersWalk {};

TEST_F(TrainingSeparations, AreOfTwoPeople) {
  const v1::Offering offering = Open(Approved(NewCourse("walked")), 5);
  const int pairs = testing::WalkSeparations(
      &in_process_, "accord.training.v1", [&](const std::string& method) -> testing::Attempt {
        EXPECT_EQ(method, "IssueCompletionCertificate");
        v1::Enrolment enrolment;
        enrolment.set_name(absl::StrCat(offering.name(), "/enrolments/e", ++records_));
        enrolment.set_learner_agency("ps-york");
        enrolment.set_learner("learner");
        enrolment.set_state(v1::ENROLMENT_STATE_COMPLETED);
        enrolment.set_completed_on("2026-11-24");
        return {Store("enrolment", enrolment,
                      LearnerPlacement(enrolment.name(), "completed", "ps-york", "learner")),
                admin_};
      });
  EXPECT_EQ(pairs, 3);
}

}  // namespace
}  // namespace accord::training
