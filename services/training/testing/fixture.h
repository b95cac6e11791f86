// This fixture calls the handlers of this service as a college, a ministry, learners and their employers.
#ifndef ACCORD_SERVICES_TRAINING_TESTING_FIXTURE_H_
#define ACCORD_SERVICES_TRAINING_TESTING_FIXTURE_H_

#include <gmock/gmock.h>

#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "common/base/clock.h"
#include "common/base/error.h"
#include "common/base/ids.h"
#include "common/testing/matchers.h"
#include "common/testing/service_fixture.h"
#include "services/training/services.h"
#include "services/training/training_store.h"

namespace accord::training {

using testing::FailsWith;
using testing::IsOk;
using testing::Must;
using testing::RefusedBy;

class TrainingFixture : public testing::ServiceFixture<TrainingServices> {
 protected:
  // An empty `dsn` stands for SQLite.
  explicit TrainingFixture(const std::string& dsn = "")
      : ServiceFixture(TrainingMigrations(), dsn, RealRules()) {
    On("2026-11-24");
  }

  static v1::RuleSet RealRules() {
    return testing::SourceMessage<v1::RuleSet>("services/training/data/rules.textproto");
  }
  static Caller As(const std::string& agency, AgencyKind kind, Role role, const std::string& actor) {
    return {agency, kind, "lms", actor, {role}, annotations::v1::PURPOSE_TRAINING};
  }
  static Caller Learner(const std::string& actor, const std::string& agency = "ps-york") {
    return As(agency, annotations::v1::AGENCY_KIND_POLICE_SERVICE, annotations::v1::ROLE_LEARNER, actor);
  }
  const Caller admin_ = As("pc-opc", annotations::v1::AGENCY_KIND_POLICE_COLLEGE,
                           annotations::v1::ROLE_TRAINING_ADMIN, "registrar");
  const Caller trainer_ =
      As("pc-opc", annotations::v1::AGENCY_KIND_POLICE_COLLEGE, annotations::v1::ROLE_TRAINER, "instructor");
  const Caller other_trainer_ =
      As("pc-opc", annotations::v1::AGENCY_KIND_POLICE_COLLEGE, annotations::v1::ROLE_TRAINER, "another");
  const Caller ministry_ =
      As("min-mol", annotations::v1::AGENCY_KIND_MINISTRY, annotations::v1::ROLE_TRAINING_ADMIN, "registrar");
  const Caller lead_ = As("ps-york", annotations::v1::AGENCY_KIND_POLICE_SERVICE,
                          annotations::v1::ROLE_POLICE_SUPERVISOR, "lead");
  const Caller other_lead_ = As("ps-durham", annotations::v1::AGENCY_KIND_POLICE_SERVICE,
                                annotations::v1::ROLE_POLICE_SUPERVISOR, "lead");
  const Caller office_ = As("co-pahtco", annotations::v1::AGENCY_KIND_COORDINATION_OFFICE,
                            annotations::v1::ROLE_OFFICE_STAFF, "staff");

  static v1::CreateCourseRequest NewCourse(const std::string& id,
                                           const std::string& parent = "agencies/pc-opc") {
    v1::CreateCourseRequest request;
    request.set_parent(parent);
    auto* course = request.mutable_course();
    course->set_course_id(id);
    course->set_owner(v1::COURSE_OWNER_OPC);
    course->set_title("Trafficking investigation");
    course->set_mode(v1::COURSE_MODE_CLASSROOM);
    course->set_min_attendance(80);
    course->set_pass_mark(70);
    course->set_recert_months(36);
    return request;
  }
  std::string Event(v1::Course* course, const std::string& event, const Caller& caller) {
    v1::AdvanceCourseRequest request;
    request.set_event(event);
    return Move(caller, course, request);
  }
  v1::Course Approved(const v1::CreateCourseRequest& request) {
    v1::Course course;
    const Caller& owner = request.parent() == "agencies/pc-opc" ? admin_ : ministry_;
    EXPECT_EQ(Rule(Call<v1::Course>(owner, request), &course), "");
    EXPECT_EQ(Event(&course, "approve", owner), "");
    return course;
  }
  std::string Event(v1::Offering* offering, const std::string& event) {
    v1::AdvanceOfferingRequest request;
    request.set_event(event);
    return Move(trainer_, offering, request);
  }
  v1::Offering Open(const v1::Course& course, int capacity) {
    v1::CreateOfferingRequest request;
    request.set_parent(course.name());
    request.mutable_offering()->set_from("2026-11-20");
    request.mutable_offering()->set_to("2026-11-24");
    request.mutable_offering()->set_capacity(capacity);
    request.mutable_offering()->add_instructors("instructor");
    v1::Offering offering;
    EXPECT_EQ(Rule(Call<v1::Offering>(trainer_, request), &offering), "");
    EXPECT_EQ(Event(&offering, "open"), "");
    return offering;
  }
  std::string Enrol(const v1::Offering& offering, const Caller& caller, const std::string& learner,
                    v1::Enrolment* enrolment = nullptr, const std::string& agency = "ps-york") {
    v1::CreateEnrolmentRequest request;
    request.set_parent(offering.name());
    request.mutable_enrolment()->set_learner_agency(agency);
    request.mutable_enrolment()->set_learner(learner);
    return Rule(Call<v1::Enrolment>(caller, request), enrolment);
  }
  std::string Attend(v1::Enrolment* enrolment, int percent, const Caller& caller) {
    v1::RecordEnrolmentAttendanceRequest request;
    request.set_percent(percent);
    return Move(caller, enrolment, request);
  }
  std::string Assess(v1::Enrolment* enrolment, int score, const Caller& caller) {
    v1::RecordEnrolmentAssessmentRequest request;
    request.set_score(score);
    return Move(caller, enrolment, request);
  }
  std::string Complete(v1::Enrolment* enrolment, const Caller& caller) {
    return Move(caller, enrolment, v1::CompleteEnrolmentRequest());
  }
  v1::Enrolment Completed(const v1::Offering& offering, const std::string& learner) {
    v1::Enrolment enrolment;
    EXPECT_EQ(Enrol(offering, Learner(learner), learner, &enrolment), "");
    EXPECT_EQ(Attend(&enrolment, 100, trainer_), "");
    EXPECT_EQ(Assess(&enrolment, 90, trainer_), "");
    EXPECT_EQ(Complete(&enrolment, trainer_), "");
    EXPECT_EQ(enrolment.state(), v1::ENROLMENT_STATE_COMPLETED);
    return enrolment;
  }
  v1::CompletionCertificate Issued(const v1::Enrolment& enrolment) {
    v1::IssueCompletionCertificateRequest request;
    request.set_enrolment(enrolment.name());
    v1::CompletionCertificate certificate;
    EXPECT_EQ(Rule(Call<v1::CompletionCertificate>(admin_, request), &certificate), "");
    return certificate;
  }

  std::string OpenImport(const std::string& file, v1::Import* import,
                         v1::ImportFormat format = v1::IMPORT_FORMAT_CSV) {
    v1::CreateImportRequest request;
    request.set_parent("agencies/pc-opc");
    request.mutable_import()->set_format(format);
    request.mutable_import()->set_file_name("roster");
    request.mutable_import()->set_sha256(Hex(Sha256(file)));
    request.mutable_import()->set_size(static_cast<int64_t>(file.size()));
    return Rule(Call<v1::Import>(admin_, request), import);
  }
  std::string Append(v1::Import* import, int64_t offset, const std::string& data) {
    v1::AppendImportRequest request;
    request.set_name(import->name());
    request.set_offset(offset);
    request.set_data(data);
    return Rule(Call<v1::Import>(admin_, request), import);
  }
  std::string Finish(v1::Import* import, bool commit) {
    v1::FinishImportRequest request;
    request.set_commit(commit);
    return Move(admin_, import, request);
  }
  std::vector<std::string> Errors(const v1::Import& import) {
    v1::ListImportErrorsRequest request;
    request.set_name(import.name());
    const auto page = Must(Call<v1::ListImportErrorsResponse>(admin_, request));
    std::vector<std::string> errors;
    for (const auto& error : page.import_errors())
      errors.push_back(absl::StrCat(error.line(), " ", error.rule()));
    return errors;
  }
  std::vector<std::string> Completions(const Caller& caller, const std::string& course = "") {
    std::vector<std::string> rows;
    v1::ListCompletionsRequest request;
    request.set_course(course);
    request.set_page_size(2);
    do {
      const auto page = Call<v1::ListCompletionsResponse>(caller, request);
      EXPECT_OK(page);
      if (!page.ok()) break;
      for (const auto& row : page->completions()) {
        rows.push_back(absl::StrCat(row.learner_agency(), " ", row.learner(), " ", row.completed_on()));
      }
      request.set_page_token(page->next_page_token());
    } while (!request.page_token().empty());
    return rows;
  }
};

}  // namespace accord::training

#endif  // ACCORD_SERVICES_TRAINING_TESTING_FIXTURE_H_
