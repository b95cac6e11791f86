// These tests state the tables of docs/domain.md, section 5, a second time: by whom, and in which state, each
// change is made.
#include "common/testing/walk.h"
#include "common/testing/walk_fixture.h"
#include "services/training/completions/import_store.h"
#include "services/training/placements.h"
#include "services/training/testing/fixture.h"

namespace accord::training {
namespace {

using namespace annotations::v1;
using testing::ChangesBut;
using testing::Permitted;
using testing::ShortNamesOf;
using testing::Walk;

using States = std::set<std::string>;

class TrainingWalk : public testing::WalkFixture<TrainingFixture> {
 protected:
  std::string StoreCourse(const std::string& state) {
    v1::Course course = NewCourse("c").course();
    course.set_name(absl::StrCat("agencies/pc-opc/courses/c", ++records_));
    course.set_version(1);
    course.set_state(As<v1::CourseState>(v1::CourseState_descriptor(), state));
    return Store("course", course, PublicPlacement(course.name(), state));
  }
  std::string StoreOffering(const std::string& state) {
    v1::Offering offering = offering_;
    offering.set_name(absl::StrCat(course_.name(), "/offerings/o", ++records_));
    offering.set_state(As<v1::OfferingState>(v1::OfferingState_descriptor(), state));
    return Store("offering", offering, PublicPlacement(offering.name(), state));
  }
  // This makes an enrolment of York's learner at the college's offering.
  std::string StoreEnrolment(const std::string& state) {
    v1::Enrolment enrolment;
    enrolment.set_name(absl::StrCat(offering_.name(), "/enrolments/e", ++records_));
    enrolment.set_learner_agency("ps-york");
    enrolment.set_learner("learner");
    enrolment.set_state(As<v1::EnrolmentState>(v1::EnrolmentState_descriptor(), state));
    if (state == "completed") enrolment.set_completed_on("2026-11-24");
    return Store("enrolment", enrolment, LearnerPlacement(enrolment.name(), state, "ps-york", "learner"));
  }
  std::string StoreCertificate(const std::string& state) {
    v1::CompletionCertificate certificate;
    certificate.set_name(absl::StrCat("agencies/pc-opc/completionCertificates/c", ++records_));
    certificate.set_course(course_.name());
    certificate.set_learner_agency("ps-york");
    certificate.set_learner("learner");
    certificate.set_status(As<v1::CertificateStatus>(v1::CertificateStatus_descriptor(), state));
    certificate.set_issued_on("2026-11-24");
    return Store("certificate", certificate,
                 LearnerPlacement(certificate.name(), state, "ps-york", "learner"));
  }
  // An agency has one open import at a time.
  std::string StoreImport(const std::string& state) {
    const bool open = state == "open";
    if (open && !open_import_.empty()) return open_import_;
    v1::Import import;
    import.set_name(absl::StrCat("agencies/pc-opc/imports/i", ++records_));
    import.set_format(v1::IMPORT_FORMAT_XAPI);
    import.set_size(1);
    import.set_received(1);
    import.set_state(As<v1::ImportState>(v1::ImportState_descriptor(), state));
    Store("import", import, {"pc-opc", state, {"pc-opc"}, {}});
    if (!open) return import.name();
    const absl::Status opened = in_process_.database().Transact(
        [&](storage::Transaction& tx) { return training::OpenImport(tx, "pc-opc", import.name()); });
    EXPECT_OK(opened);
    return open_import_ = import.name();
  }

  const std::map<std::string, Walk::Agency> owners_ = {
      {"owner", {"pc-opc", AGENCY_KIND_POLICE_COLLEGE, "registrar", ROLE_TRAINING_ADMIN}},
      {"another owner", {"min-mol", AGENCY_KIND_MINISTRY, "registrar", ROLE_TRAINING_ADMIN}},
      {"trainer", {"pc-opc", AGENCY_KIND_POLICE_COLLEGE, "instructor", ROLE_TRAINER}},
      {"another's trainer", {"min-mol", AGENCY_KIND_MINISTRY, "instructor", ROLE_TRAINER}}};
  const std::map<std::string, Walk::Agency> people_ = {
      {"registrar", {"pc-opc", AGENCY_KIND_POLICE_COLLEGE, "registrar", ROLE_TRAINING_ADMIN}},
      {"instructor", {"pc-opc", AGENCY_KIND_POLICE_COLLEGE, "instructor", ROLE_TRAINER}},
      {"other trainer", {"pc-opc", AGENCY_KIND_POLICE_COLLEGE, "another", ROLE_TRAINER}},
      {"other registrar", {"min-mol", AGENCY_KIND_MINISTRY, "registrar", ROLE_TRAINING_ADMIN}},
      {"learner", {"ps-york", AGENCY_KIND_POLICE_SERVICE, "learner", ROLE_LEARNER}},
      {"colleague", {"ps-york", AGENCY_KIND_POLICE_SERVICE, "colleague", ROLE_LEARNER}},
      {"namesake", {"ps-durham", AGENCY_KIND_POLICE_SERVICE, "learner", ROLE_LEARNER}},
      {"lead", {"ps-york", AGENCY_KIND_POLICE_SERVICE, "lead", ROLE_POLICE_SUPERVISOR}},
      {"another's lead", {"ps-durham", AGENCY_KIND_POLICE_SERVICE, "lead", ROLE_POLICE_SUPERVISOR}}};
  const v1::Course course_ = Approved(NewCourse("walked"));
  const v1::Offering offering_ = Open(course_, 5);
  std::string open_import_;
  int records_ = 0;
};

TEST_F(TrainingWalk, OfACourse) {
  Walk walk;
  walk.service = "accord.training.v1.CourseService";
  walk.states = ShortNamesOf(v1::CourseState_descriptor());
  walk.agencies = owners_;
  walk.make = [&](const std::string& state) { return StoreCourse(state); };
  const States living = {"design", "approved", "delivered"};
  int calls = 0;
  for (const auto& [event, states] : std::map<std::string, States>{{"approve", {"design"}},
                                                                   {"retire", living},
                                                                   // Only ReviseCourse triggers this event,
                                                                   // with a new text.
                                                                   {"revise", {}},
                                                                   // An offering triggers these events, and
                                                                   // no method does.
                                                                   {"first_delivered", {}},
                                                                   {"deliver", {}}}) {
    calls += testing::WalkEvent<v1::AdvanceCourseRequest>(&in_process_, walk, "AdvanceCourse", {"owner"},
                                                          event, states);
  }
  walk.table = {{"ReviseCourse", {"owner"}, living}};
  calls += testing::WalkChanges(&in_process_, walk, ChangesBut(walk.service, {"ReviseCourse"}));
  walk.service = "accord.training.v1.OfferingService";
  walk.held_up_by = {"COURSE_NOT_APPROVED"};
  walk.finish = [](const std::string&, google::protobuf::Message* message) {
    auto* request = dynamic_cast<v1::CreateOfferingRequest*>(message);
    if (request != nullptr) request->mutable_offering()->set_capacity(5);
  };
  walk.table = {{"CreateOffering", {"owner", "trainer"}, {"approved", "delivered"}}};
  calls += testing::WalkChanges(&in_process_, walk, ChangesBut(walk.service, {"CreateOffering"}));
  EXPECT_GT(calls, 60);
}

TEST_F(TrainingWalk, OfAnOffering) {
  Walk walk;
  walk.service = "accord.training.v1.OfferingService";
  walk.states = ShortNamesOf(v1::OfferingState_descriptor());
  walk.agencies = owners_;
  walk.make = [&](const std::string& state) { return StoreOffering(state); };
  int calls = 0;
  for (const auto& [event, states] : std::map<std::string, States>{{"open", {"planned", "closed"}},
                                                                   {"close", {"open"}},
                                                                   {"deliver", {"closed"}},
                                                                   {"cancel", {"planned", "open", "closed"}},
                                                                   {"plan", {}}}) {
    calls += testing::WalkEvent<v1::AdvanceOfferingRequest>(&in_process_, walk, "AdvanceOffering",
                                                            {"owner", "trainer"}, event, states);
  }
  walk.held_up_by = {"OFFERING_NOT_HELD"};
  walk.table = {{"ReplaceOfferingInstructor", {"owner"}, {"planned", "open", "closed", "delivered"}}};
  calls += testing::WalkChanges(&in_process_, walk, ChangesBut(walk.service, {"ReplaceOfferingInstructor"}));
  // This lists who may enrol whom: a learner enrols himself or herself, a lead enrols the own staff, and the
  // owner of the course enrols anybody.
  walk.agencies = people_;
  walk.held_up_by = {"OFFERING_NOT_OPEN"};
  walk.table = {
      {"CreateEnrolment", {"learner", "lead", "registrar", "instructor", "other trainer"}, {"open"}}};
  walk.finish = [](const std::string&, google::protobuf::Message* message) {
    auto* request = dynamic_cast<v1::CreateEnrolmentRequest*>(message);
    if (request == nullptr) return;
    request->mutable_enrolment()->set_learner_agency("ps-york");
    request->mutable_enrolment()->set_learner("learner");
  };
  calls += testing::WalkChanges(&in_process_, walk, ChangesBut(walk.service, {"CreateEnrolment"}));
  EXPECT_GT(calls, 140);
}

TEST_F(TrainingWalk, OfAnEnrolment) {
  Walk walk;
  walk.service = "accord.training.v1.OfferingService";
  walk.states = ShortNamesOf(v1::EnrolmentState_descriptor());
  walk.agencies = people_;
  walk.make = [&](const std::string& state) { return StoreEnrolment(state); };
  walk.held_up_by = {"NOT_AN_INSTRUCTOR", "COMPLETION_WITHOUT_ATTENDANCE", "NOT_COMPLETED"};
  walk.table = {{"WithdrawEnrolment",
                 {"learner", "lead", "registrar", "instructor", "other trainer"},
                 {"waitlisted", "enrolled"}},
                {"RecordEnrolmentAttendance", {"instructor"}, {"enrolled", "attended"}},
                {"RecordEnrolmentAssessment", {"instructor"}, {"attended"}},
                {"CompleteEnrolment", {"instructor"}, {"attended"}}};
  int calls = testing::WalkChanges(
      &in_process_, walk,
      {"CreateOffering", "AdvanceOffering", "CreateEnrolment", "ReplaceOfferingInstructor"});
  walk.service = "accord.training.v1.CertificateService";
  walk.table = {{"IssueCompletionCertificate", {"registrar"}, {"completed"}}};
  calls += testing::WalkChanges(&in_process_, walk, {"RevokeCompletionCertificate"});
  EXPECT_GT(calls, 120);
}

TEST_F(TrainingWalk, OfACertificate) {
  Walk walk;
  walk.service = "accord.training.v1.CertificateService";
  walk.states = ShortNamesOf(v1::CertificateStatus_descriptor());
  walk.agencies = people_;
  walk.make = [&](const std::string& state) { return StoreCertificate(state); };
  walk.table = {{"RevokeCompletionCertificate", {"registrar"}, {"valid", "expiring", "expired"}}};
  EXPECT_EQ(testing::WalkChanges(&in_process_, walk, {"IssueCompletionCertificate"}), 8);
}

TEST_F(TrainingWalk, OfAnImport) {
  Walk walk;
  walk.service = "accord.training.v1.CompletionService";
  walk.states = ShortNamesOf(v1::ImportState_descriptor());
  walk.agencies = owners_;
  walk.make = [&](const std::string& state) { return StoreImport(state); };
  walk.table = {{"AppendImport", {"owner"}, {"open"}}, {"FinishImport", {"owner"}, {"open"}}};
  for (const bool commit : {true, false}) {
    walk.finish = [commit](const std::string&, google::protobuf::Message* message) {
      if (auto* request = dynamic_cast<v1::AppendImportRequest*>(message)) request->set_data("x\n");
      if (auto* request = dynamic_cast<v1::FinishImportRequest*>(message)) request->set_commit(commit);
    };
    EXPECT_EQ(testing::WalkChanges(&in_process_, walk, {"CreateImport"}), 12);
  }
}

}  // namespace
}  // namespace accord::training
