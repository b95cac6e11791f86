// These tests show that nobody learns from an answer what a learner completed elsewhere: neither by a name,
// nor by a prerequisite, nor by the shape of a list.
#include "common/testing/twins.h"
#include "services/training/testing/fixture.h"

namespace accord::training {
namespace {

using namespace annotations::v1;

class LearningExistence : public TrainingFixture {
 protected:
  // This gives a ministry's course that requires one of the college's courses.
  v1::Offering OfMinistry(const v1::Course& prerequisite) {
    v1::CreateCourseRequest course = NewCourse("inspection", "agencies/min-mol");
    course.mutable_course()->add_prerequisites(prerequisite.name());
    return OpenByMinistry(Approved(course));
  }
  v1::Offering OpenByMinistry(const v1::Course& course) {
    v1::CreateOfferingRequest request;
    request.set_parent(course.name());
    request.mutable_offering()->set_from("2026-11-20");
    request.mutable_offering()->set_to("2026-11-24");
    request.mutable_offering()->set_capacity(10);
    request.mutable_offering()->add_instructors("registrar");
    v1::Offering offering;
    EXPECT_EQ(Rule(Call<v1::Offering>(ministry_, request), &offering), "");
    v1::AdvanceOfferingRequest open;
    open.set_event("open");
    EXPECT_EQ(Move(ministry_, &offering, open), "");
    return offering;
  }
  // The answer is compared without the learner, whom the caller named.
  std::string Enrolling(const v1::Offering& offering, const Caller& caller, const std::string& learner) {
    v1::CreateEnrolmentRequest request;
    request.set_parent(offering.name());
    request.mutable_enrolment()->set_learner_agency("ps-york");
    request.mutable_enrolment()->set_learner(learner);
    request.set_request_id(RequestId());
    return testing::SeenOf(in_process_.ReplyTo(caller, request), {learner});
  }
};

TEST_F(LearningExistence, APrerequisiteOfAnotherOwnerTellsNothingOfWhoCompletedIt) {
  const v1::Course general = Approved(NewCourse("git"));
  Completed(Open(general, 10), "p1");
  const v1::Offering offering = OfMinistry(general);
  const std::string absent = Enrolling(offering, ministry_, "p9");
  EXPECT_EQ(Enrolling(offering, ministry_, "p1"), absent);
  EXPECT_EQ(Enrol(offering, ministry_, "p1"), "PREREQUISITE_OF_ANOTHER");
  // A caller who may know it gets the reason.
  EXPECT_EQ(Enrol(offering, lead_, "p9"), "PREREQUISITE_MISSING");
  EXPECT_EQ(Enrol(offering, Learner("p9"), "p9"), "PREREQUISITE_MISSING");
  EXPECT_EQ(Enrol(offering, Learner("p1"), "p1"), "");
}

TEST_F(LearningExistence, AListHasTheShapeOfWhatIsShown) {
  const v1::Offering offering = Open(Approved(NewCourse("git")), 10);
  const v1::Offering elsewhere = OpenByMinistry(Approved(NewCourse("inspection", "agencies/min-mol")));
  // A member of the college's staff learns at the ministry, and the college's trainers must not know of that.
  for (const char* learner : {"c1", "c2", "c3"}) {
    const Caller caller = As("pc-opc", AGENCY_KIND_POLICE_COLLEGE, ROLE_LEARNER, learner);
    ASSERT_EQ(Enrol(elsewhere, caller, learner, nullptr, "pc-opc"), "");
  }
  for (const char* learner : {"p1", "p2"}) ASSERT_EQ(Enrol(offering, lead_, learner), "");
  v1::ListEnrolmentsRequest list;
  list.set_page_size(1);
  int pages = 0;
  do {
    const auto page = Call<v1::ListEnrolmentsResponse>(trainer_, list);
    ASSERT_OK(page);
    ++pages;
    EXPECT_EQ(page->enrolments_size(), 1);
    list.set_page_token(page->next_page_token());
  } while (!list.page_token().empty());
  EXPECT_EQ(pages, 2);
}

TEST_F(LearningExistence, NoMethodTellsWhatIsHiddenFromWhatIsAbsent) {
  const v1::Course course = Approved(NewCourse("git"));
  const v1::Enrolment enrolment = Completed(Open(course, 10), "p1");
  v1::IssueCompletionCertificateRequest issue;
  issue.set_enrolment(enrolment.name());
  const auto certificate = Call<v1::CompletionCertificate>(admin_, issue);
  ASSERT_OK(certificate);
  v1::Import import;
  ASSERT_EQ(OpenImport("learner,course,completed_on,learner_agency\n", &import), "");
  EXPECT_GT(testing::CompareTwins(&in_process_,
                                  {"accord.training.v1",
                                   {enrolment.name(), certificate->name(), import.name()},
                                   {{"ps-york", AGENCY_KIND_POLICE_SERVICE, "p2", ROLE_LEARNER},
                                    {"ps-durham", AGENCY_KIND_POLICE_SERVICE, "lead", ROLE_POLICE_SUPERVISOR},
                                    {"min-mol", AGENCY_KIND_MINISTRY, "registrar", ROLE_TRAINING_ADMIN},
                                    {"min-mol", AGENCY_KIND_MINISTRY, "instructor", ROLE_TRAINER}}}),
            40);
}

}  // namespace
}  // namespace accord::training
