// In this model test, learners, leads, trainers and registrars of six agencies try everything that this
// service can do. Each effect, and everything that anybody learns, is compared with what the field allows.
#include <cstdio>

#include "common/testing/change_watch.h"
#include "common/testing/people.h"
#include "common/testing/postgres.h"
#include "common/testing/seed.h"
#include "services/training/testing/field_oracle.h"
#include "services/training/testing/fixture.h"

namespace accord::training {
namespace {

namespace a = annotations::v1;
using google::protobuf::Message;
using testing::World;

std::vector<Caller> Everybody() {
  testing::People people("lms");
  const auto college = a::AGENCY_KIND_POLICE_COLLEGE, ministry = a::AGENCY_KIND_MINISTRY,
             police = a::AGENCY_KIND_POLICE_SERVICE, society = a::AGENCY_KIND_CHILDREN_AID_SOCIETY;
  people.Add("pc-opc", college, "registrar", {a::ROLE_TRAINING_ADMIN}, a::PURPOSE_TRAINING);
  people.Add("pc-opc", college, "other-registrar", {a::ROLE_TRAINING_ADMIN, a::ROLE_LEARNER},
             a::PURPOSE_TRAINING);
  people.Add("pc-opc", college, "instructor", {a::ROLE_TRAINER}, a::PURPOSE_TRAINING);
  people.Add("pc-opc", college, "both", {a::ROLE_TRAINER, a::ROLE_TRAINING_ADMIN}, a::PURPOSE_TRAINING);
  people.Add("pc-opc", college, "another", {a::ROLE_TRAINER, a::ROLE_LEARNER}, a::PURPOSE_TRAINING);
  people.Add("min-mol", ministry, "registrar", {a::ROLE_TRAINING_ADMIN}, a::PURPOSE_TRAINING);
  people.Add("min-mol", ministry, "instructor", {a::ROLE_TRAINER, a::ROLE_TRAINING_ADMIN},
             a::PURPOSE_TRAINING);
  people.Add("min-mol", ministry, "lead", {a::ROLE_MINISTRY_LEAD}, a::PURPOSE_TRAINING);
  people.Add("min-mol", ministry, "learner", {a::ROLE_LEARNER}, a::PURPOSE_TRAINING);
  for (const char* service : {"ps-york", "ps-durham"}) {
    people.Add(service, police, "lead", {a::ROLE_POLICE_SUPERVISOR}, a::PURPOSE_TRAINING);
    people.Add(service, police, "learner", {a::ROLE_LEARNER}, a::PURPOSE_TRAINING);
    people.Add(service, police, "worker", {a::ROLE_LEARNER, a::ROLE_POLICE_MEMBER}, a::PURPOSE_TRAINING);
  }
  people.Add("cas-york", society, "lead", {a::ROLE_CAS_DIRECTOR, a::ROLE_LEARNER}, a::PURPOSE_TRAINING);
  people.Add("cas-york", society, "learner", {a::ROLE_LEARNER, a::ROLE_CAS_WORKER}, a::PURPOSE_TRAINING);
  people.Add("co-pahtco", a::AGENCY_KIND_COORDINATION_OFFICE, "staff", {a::ROLE_OFFICE_STAFF},
             a::PURPOSE_TRAINING);
  people.Add("co-pahtco", a::AGENCY_KIND_COORDINATION_OFFICE, "admin", {a::ROLE_PLATFORM_ADMIN},
             a::PURPOSE_TRAINING);
  return people.callers();
}

// Changes random requests so that some of them may succeed.
void Shape(const Caller& who, const World& world, testing::Dice* dice, int number, Message* request) {
  if (auto* r = dynamic_cast<v1::CreateCourseRequest*>(request)) {
    auto* course = r->mutable_course();
    course->set_course_id(absl::StrCat("course-", number));
    course->clear_prerequisites();
    course->clear_indicator_lists();
    course->clear_units();
    if (dice->Percent(50)) course->clear_pass_mark();
  }
  if (auto* r = dynamic_cast<v1::ReviseCourseRequest*>(request)) {
    const auto found = world.find(r->course().name());
    const auto* known = found == world.end() ? nullptr : dynamic_cast<const v1::Course*>(found->second.get());
    if (known != nullptr) r->mutable_course()->set_course_id(known->course_id());
    r->mutable_course()->clear_prerequisites();
    r->mutable_course()->clear_indicator_lists();
    r->mutable_course()->clear_units();
  }
  if (auto* r = dynamic_cast<v1::AdvanceCourseRequest*>(request)) {
    r->set_event(dice->Percent(90) ? "approve" : "retire");
  }
  if (auto* r = dynamic_cast<v1::AdvanceTrainingModelRequest*>(request)) {
    r->set_event(dice->Percent(50) ? "update" : "develop");
  }
  if (auto* r = dynamic_cast<v1::CreateAttestationRequest*>(request)) {
    r->mutable_attestation()->set_count(450);
    r->mutable_attestation()->clear_role_groups();
  }
  if (auto* r = dynamic_cast<v1::CreateOfferingRequest*>(request)) {
    r->mutable_offering()->set_from("2026-11-20");
    r->mutable_offering()->set_to("2026-11-24");
    r->mutable_offering()->set_capacity(1 + dice->Below(4));
    r->mutable_offering()->clear_instructors();
    r->mutable_offering()->add_instructors("instructor");
    if (dice->Percent(50)) r->mutable_offering()->add_instructors(dice->Percent(50) ? "both" : "another");
  }
  if (auto* r = dynamic_cast<v1::AdvanceOfferingRequest*>(request)) {
    r->set_event(dice->Percent(70)   ? "open"
                 : dice->Percent(40) ? "close"
                 : dice->Percent(70) ? "deliver"
                                     : "cancel");
  }
  if (auto* r = dynamic_cast<v1::ReplaceOfferingInstructorRequest*>(request)) {
    static const std::vector<std::string> kTeach = {"instructor", "both", "another"};
    r->set_instructor(dice->Any(kTeach));
    r->set_successor(dice->Percent(90) ? dice->Any(kTeach) : "");
  }
  if (auto* r = dynamic_cast<v1::CreateEnrolmentRequest*>(request)) {
    if (dice->Percent(60)) r->mutable_enrolment()->set_learner_agency(who.agency);
    if (dice->Percent(40)) r->mutable_enrolment()->set_learner(who.actor);
  }
  if (auto* r = dynamic_cast<v1::RecordEnrolmentAttendanceRequest*>(request))
    r->set_percent(dice->Below(101));
  if (auto* r = dynamic_cast<v1::RecordEnrolmentAssessmentRequest*>(request)) r->set_score(dice->Below(101));
}

class InsidersOfTraining : public TrainingFixture {
 protected:
  explicit InsidersOfTraining(const std::string& dsn = "") : TrainingFixture(dsn) {}

  testing::Insiders::Options Options(int steps) {
    testing::Insiders::Options options;
    options.steps = testing::StepsOr(steps);
    options.package = "accord.training.v1";
    // Rosters, observations and methods without records have tests of their own. Counts are asked for below,
    // and the feed is watched at the end.
    options.elsewhere = {"accord.training.v1.CompletionService",
                         "accord.training.v1.ObservationService",
                         "accord.training.v1.CompletionCorrectionService",
                         "accord.training.v1.RevisionService",
                         "accord.training.v1.StatusService",
                         "accord.training.v1.ChangeService"};
    options.people = people_;
    options.stored_as = {{"certificate", "completion_certificate"}};
    options.about = {{"CreateOffering", "course"},
                     {"CreateAttestation", "course"},
                     {"CreateEnrolment", "offering"},
                     {"ListOfferings", "course"},
                     {"IssueCompletionCertificate", "enrolment"}};
    options.under = {"CreateOffering", "CreateEnrolment", "ListOfferings"};
    options.often = {"CreateOffering",
                     "AdvanceOffering",
                     "CreateEnrolment",
                     "RecordEnrolmentAttendance",
                     "RecordEnrolmentAssessment",
                     "CompleteEnrolment",
                     "IssueCompletionCertificate"};
    options.rare = {"ReviseCourse",        "CreateCourse",         "CreateIndicatorList",
                    "CreateTrainingModel", "AdvanceTrainingModel", "CreateAttestation"};
    options.shape = [this](const Caller& who, const World& world, absl::Time, Message* request) {
      Shape(who, world, &dice_, ++number_, request);
    };
    options.sweep = [this] {
      Sweep();
      CountAll();
    };
    options.leap = absl::Hours(24 * 500);
    return options;
  }
  // This asks for the counts as everybody again and again between the acts.
  void CountAll() {
    for (const Caller& who : people_) {
      const v1::CountTrainingRequest request;
      const auto answer = Call<v1::CountTrainingResponse>(who, request);
      EXPECT_EQ(answer.ok(), IsOffice(who) || Registers(who)) << who.agency << "/" << who.actor;
      if (!answer.ok()) {
        EXPECT_THAT(RuleOf(answer.status()), testing::NotForTheCaller()) << who.agency << "/" << who.actor;
        continue;
      }
      EXPECT_EQ(oracle_.OfAnswer({&who, "CountTraining", &request}, *answer, {}, in_process_.clock().Now()),
                "")
          << who.agency << "/" << who.actor << " " << answer->ShortDebugString();
      EXPECT_EQ(answer->has_as_of(), IsOffice(who));
    }
  }
  void TryEverything(int steps) {
    testing::Insiders insiders(&in_process_, &oracle_, &requests_, &dice_, Options(steps));
    if (!testing::RunWhole(&insiders, testing::ActsOf(Lines()), testing::StepsOr(steps))) return;
    auto told = testing::WatchAllChanges(&in_process_, &insiders, people_);
    EXPECT_GT(told["enrolment"], 0);
    EXPECT_GT(told["offering"], 0);
  }

  testing::Dice dice_{testing::SeedOr(20261126)};
  const std::vector<Caller> people_ = Everybody();
  OracleOfTraining oracle_;
  testing::RandomRequest requests_{&dice_,
                                   {"pc-opc", "min-mol", "ps-york", "ps-durham", "cas-york", "co-pahtco"},
                                   {"learner", "worker", "lead", "another", "instructor", "other-registrar"},
                                   {"2026-11-20", "2026-11-24", "2026-12-01"}};
  int number_ = 0;
};

TEST_F(InsidersOfTraining, HaveNoEffectAndLearnNothingThatTheFieldDoesNotAllow) { TryEverything(2500); }

class InsidersOfTrainingOnPostgres : public InsidersOfTraining {
 protected:
  InsidersOfTrainingOnPostgres() : InsidersOfTraining(testing::PostgresCluster::Shared().NewDatabase()) {}
};

TEST_F(InsidersOfTrainingOnPostgres, HaveNoEffectAndLearnNothingThatTheFieldDoesNotAllow) {
  TryEverything(2500);
}

}  // namespace
}  // namespace accord::training
