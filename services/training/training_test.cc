#include <thread>

#include "common/access/names.h"
#include "common/testing/every_list.h"
#include "common/testing/postgres.h"
#include "services/training/certificates/completion_certificate_service.h"
#include "services/training/completions/completion_store.h"
#include "services/training/lifecycles.h"
#include "services/training/testing/fixture.h"

namespace accord::training {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

class Training : public TrainingFixture {
 protected:
  std::string Verified(const std::string& serial, const std::string& code) {
    v1::VerifyCompletionCertificateRequest request;
    request.set_serial(serial);
    request.set_verification_code(code);
    const auto answer = Call<v1::VerifyCompletionCertificateResponse>(other_lead_, request);
    return answer.ok() ? ShortName(v1::CertificateStatus_descriptor(), answer->status())
                       : RuleOf(answer.status());
  }
  // This gives what is due next for the first certificate that the caller sees. It is empty if nothing
  // is due.
  std::string NextDue(const Caller& caller) {
    const auto page =
        Must(Call<v1::ListCompletionCertificatesResponse>(caller, v1::ListCompletionCertificatesRequest()));
    const auto& first = page.completion_certificates(0);
    return first.has_next_due() ? FormatDay(OntarioDay(FromProto(first.next_due()) - absl::Seconds(1))) : "";
  }
  size_t Certificates(const Caller& caller, v1::CertificateStatus status = {}) {
    v1::ListCompletionCertificatesRequest request;
    request.set_status(status);
    return static_cast<size_t>(
        Must(Call<v1::ListCompletionCertificatesResponse>(caller, request)).completion_certificates_size());
  }
};

TEST_F(Training, AnInstructorWhoLeavesIsReplacedAndSomebodyAlwaysTeaches) {
  v1::Offering offering = Open(Approved(NewCourse("git")), 10);
  const auto replace = [&](const Caller& who, const std::string& instructor, const std::string& successor) {
    v1::ReplaceOfferingInstructorRequest request;
    request.set_instructor(instructor);
    request.set_successor(successor);
    return Move(who, &offering, request);
  };
  EXPECT_EQ(replace(trainer_, "instructor", "another"), "ROLE_NOT_PERMITTED") << "a registrar staffs it";
  EXPECT_EQ(replace(ministry_, "instructor", "another"), "NOT_THE_OWNER");
  EXPECT_EQ(replace(admin_, "nobody", "another"), "INSTRUCTOR_ABSENT");
  EXPECT_EQ(replace(admin_, "instructor", "instructor"), "FIELD_INVALID");
  EXPECT_EQ(replace(admin_, "instructor", ""), "FIELD_INVALID") << "nobody would teach";
  EXPECT_EQ(replace(admin_, "instructor", "another"), "");
  EXPECT_THAT(offering.instructors(), ::testing::ElementsAre("another"));
  v1::Enrolment enrolment;
  ASSERT_EQ(Enrol(offering, Learner("learner"), "learner", &enrolment), "");
  EXPECT_EQ(Attend(&enrolment, 90, trainer_), "NOT_AN_INSTRUCTOR");
  EXPECT_EQ(Attend(&enrolment, 90, other_trainer_), "");
}

TEST_F(Training, ACourseIsDesignedApprovedRevisedAndDelivered) {
  v1::Course course;
  ASSERT_EQ(Rule(Call<v1::Course>(admin_, NewCourse("git")), &course), "");
  v1::CreateOfferingRequest early;
  early.set_parent(course.name());
  early.mutable_offering()->set_from("2026-11-20");
  early.mutable_offering()->set_to("2026-11-24");
  early.mutable_offering()->set_capacity(1);
  early.mutable_offering()->add_instructors("instructor");
  EXPECT_THAT(Call<v1::Offering>(trainer_, early), RefusedBy(rules::kCourseNotApproved));
  EXPECT_EQ(Event(&course, "approve", ministry_), "NOT_THE_OWNER");
  EXPECT_EQ(Event(&course, kFirstDelivered, admin_), "STATE_NOT_PERMITTED");
  EXPECT_EQ(Event(&course, "approve", admin_), "");
  v1::Offering offering = Open(course, 10);
  EXPECT_EQ(Event(&offering, "deliver"), "STATE_NOT_PERMITTED");
  EXPECT_EQ(Event(&offering, "close"), "");
  EXPECT_EQ(Event(&offering, "deliver"), "");
  v1::GetCourseRequest get;
  get.set_name(course.name());
  course = Must(Call<v1::Course>(lead_, get));
  EXPECT_EQ(course.state(), v1::COURSE_STATE_DELIVERED);
  EXPECT_EQ(Event(&course, kRevise, admin_), "STATE_NOT_PERMITTED");
  v1::ReviseCourseRequest revise;
  *revise.mutable_course() = NewCourse("git").course();
  revise.mutable_course()->set_name(course.name());
  revise.mutable_course()->set_title("Trafficking investigation, second edition");
  revise.mutable_course()->set_etag("stale");
  EXPECT_THAT(Call<v1::Course>(admin_, revise), RefusedBy(rules::kEtagMismatch));
  revise.mutable_course()->set_etag(course.etag());
  EXPECT_EQ(Rule(Call<v1::Course>(admin_, revise), &course), "");
  EXPECT_EQ(course.version(), 2);
  EXPECT_EQ(course.state(), v1::COURSE_STATE_DESIGN);
  EXPECT_EQ(course.title(), "Trafficking investigation, second edition");
}

TEST_F(Training, NobodyAttendsBeforeTheOfferingBegins) {
  On("2026-11-19");
  const v1::Offering offering = Open(Approved(NewCourse("git")), 10);
  v1::Enrolment enrolment;
  ASSERT_EQ(Enrol(offering, Learner("p1"), "p1", &enrolment), "");
  EXPECT_EQ(Attend(&enrolment, 90, trainer_), "OFFERING_NOT_BEGUN");
  EXPECT_EQ(Assess(&enrolment, 90, trainer_), "STATE_NOT_PERMITTED");
  On("2026-11-20");
  EXPECT_EQ(Attend(&enrolment, 90, trainer_), "");
}

TEST_F(Training, NobodyCompletesWithoutAttendanceAndMarksComeFromInstructors) {
  const v1::Offering offering = Open(Approved(NewCourse("git")), 10);
  v1::Enrolment enrolment;
  EXPECT_EQ(Enrol(offering, Learner("p1"), "p2"), "NOT_YOUR_OWN");
  EXPECT_EQ(Enrol(offering, other_lead_, "p1"), "NOT_YOUR_OWN");
  EXPECT_EQ(Enrol(offering, Learner("p1"), "p1", &enrolment), "");
  EXPECT_EQ(Enrol(offering, lead_, "p1"), "ALREADY_ENROLLED");
  EXPECT_EQ(Complete(&enrolment, trainer_), "COMPLETION_WITHOUT_ATTENDANCE");
  EXPECT_EQ(Attend(&enrolment, 90, other_trainer_), "NOT_AN_INSTRUCTOR");
  EXPECT_EQ(Attend(&enrolment, 90, ministry_), "NOT_FOUND");
  EXPECT_EQ(Attend(&enrolment, 101, trainer_), "FIELD_INVALID");
  EXPECT_EQ(Attend(&enrolment, 90, trainer_), "");
  EXPECT_EQ(Complete(&enrolment, trainer_), "ASSESSMENT_MISSING");
  EXPECT_EQ(Assess(&enrolment, 60, trainer_), "");
  EXPECT_EQ(Assess(&enrolment, 75, trainer_), "");
  EXPECT_EQ(Complete(&enrolment, trainer_), "");
  EXPECT_EQ(enrolment.state(), v1::ENROLMENT_STATE_COMPLETED);
  v1::Enrolment absent;
  EXPECT_EQ(Enrol(offering, lead_, "p2", &absent), "");
  EXPECT_EQ(Attend(&absent, 79, trainer_), "");
  EXPECT_EQ(Complete(&absent, trainer_), "");
  EXPECT_EQ(absent.state(), v1::ENROLMENT_STATE_INCOMPLETE);
  EXPECT_THAT(Completions(Learner("p1")), ElementsAre("ps-york p1 2026-11-24"));
  EXPECT_THAT(Completions(Learner("p2")), IsEmpty());
  EXPECT_THAT(Completions(lead_), ElementsAre("ps-york p1 2026-11-24"));
  EXPECT_THAT(Completions(other_lead_), IsEmpty());
}

TEST_F(Training, NobodyIsMarkedInACancelledOffering) {
  v1::Offering offering = Open(Approved(NewCourse("git")), 10);
  v1::Enrolment enrolment;
  ASSERT_EQ(Enrol(offering, Learner("p1"), "p1", &enrolment), "");
  ASSERT_EQ(Event(&offering, "cancel"), "");
  EXPECT_EQ(Attend(&enrolment, 90, trainer_), "OFFERING_NOT_HELD");
}

TEST_F(Training, TheFirstWhoWaitsTakesTheSeatThatIsLeft) {
  const v1::Offering offering = Open(Approved(NewCourse("git")), 1);
  v1::Enrolment first, second, third;
  EXPECT_EQ(Enrol(offering, lead_, "p1", &first), "");
  EXPECT_EQ(Enrol(offering, lead_, "p2", &second), "");
  EXPECT_EQ(Enrol(offering, lead_, "p3", &third), "");
  EXPECT_EQ(first.state(), v1::ENROLMENT_STATE_ENROLLED);
  EXPECT_EQ(third.state(), v1::ENROLMENT_STATE_WAITLISTED);
  EXPECT_EQ(Move(Learner("p1"), &first, v1::WithdrawEnrolmentRequest()), "");
  v1::GetEnrolmentRequest get;
  get.set_name(second.name());
  EXPECT_EQ(Must(Call<v1::Enrolment>(Learner("p2"), get)).state(), v1::ENROLMENT_STATE_ENROLLED);
  EXPECT_THAT(Call<v1::Enrolment>(Learner("p3"), get), RefusedBy(rules::kNotFound));
}

TEST_F(Training, PrerequisitesAreAskedOnTheDayOfTheEnrolment) {
  const v1::Course general = Approved(NewCourse("git"));
  v1::CreateCourseRequest request = NewCourse("trafficking");
  request.mutable_course()->add_prerequisites(general.name());
  const v1::Offering offering = Open(Approved(request), 10);
  EXPECT_EQ(Enrol(offering, Learner("p1"), "p1"), "PREREQUISITE_MISSING");
  const v1::CompletionCertificate certificate_issued = Issued(Completed(Open(general, 10), "p1"));
  On("2029-11-25");
  EXPECT_EQ(Enrol(offering, Learner("p1"), "p1"), "PREREQUISITE_EXPIRED");
  On("2029-11-24");
  EXPECT_EQ(Enrol(offering, Learner("p1"), "p1"), "");
  // A revoked completion does not count.
  v1::CompletionCertificate certificate = Issued(Completed(Open(general, 10), "p2"));
  v1::RevokeCompletionCertificateRequest revoke;
  revoke.set_reason("issued in error");
  EXPECT_EQ(Move(admin_, &certificate, revoke), "");
  EXPECT_EQ(Enrol(offering, Learner("p2"), "p2"), "PREREQUISITE_MISSING");
}

TEST_F(Training, ACertificateTellsItsStatusOfNowBeforeTheCalendarHasPassed) {
  const v1::CompletionCertificate certificate = Issued(Completed(Open(Approved(NewCourse("git")), 10), "p1"));
  v1::GetCompletionCertificateRequest get;
  get.set_name(certificate.name());
  const auto status = [&] {
    return Call<v1::CompletionCertificate>(lead_, get).value_or(v1::CompletionCertificate()).status();
  };
  On("2029-08-26");
  EXPECT_EQ(status(), v1::CERTIFICATE_STATUS_EXPIRING);
  EXPECT_EQ(Certificates(lead_, v1::CERTIFICATE_STATUS_VALID), 0u);
  On("2029-11-25");
  EXPECT_EQ(status(), v1::CERTIFICATE_STATUS_EXPIRED);
  EXPECT_EQ(Certificates(lead_, v1::CERTIFICATE_STATUS_VALID), 0u);
  Sweep();
  EXPECT_EQ(Certificates(lead_, v1::CERTIFICATE_STATUS_EXPIRED), 1u);
}

TEST_F(Training, ACertificateIsVerifiedByStrangersAndExpiresByItself) {
  const v1::Enrolment enrolment = Completed(Open(Approved(NewCourse("git")), 10), "p1");
  v1::CompletionCertificate certificate = Issued(enrolment);
  v1::IssueCompletionCertificateRequest again;
  again.set_enrolment(enrolment.name());
  EXPECT_THAT(Call<v1::CompletionCertificate>(admin_, again), RefusedBy(rules::kAlreadyExists));
  EXPECT_EQ(certificate.expires_on(), "2029-11-24");
  EXPECT_EQ(certificate.digest(), Hex(Sha256(CertificateDigestText(certificate))));
  EXPECT_EQ(Verified(certificate.serial(), certificate.verification_code()), "valid");
  EXPECT_EQ(Verified(certificate.serial(), "0000-0000-0000-0000"), "NOT_FOUND");
  EXPECT_EQ(Verified("01J", certificate.verification_code()), "NOT_FOUND");
  EXPECT_EQ(Certificates(Learner("p1")), 1u);
  EXPECT_EQ(Certificates(Learner("p2")), 0u);
  EXPECT_EQ(Certificates(lead_), 1u);
  EXPECT_EQ(Certificates(other_lead_), 0u);
  On("2029-08-25");
  Sweep();
  EXPECT_EQ(Certificates(lead_, v1::CERTIFICATE_STATUS_EXPIRING), 0u);
  EXPECT_EQ(NextDue(lead_), "");
  On("2029-08-26");
  Sweep();
  // The lead is told 90 days before the certificate expires.
  EXPECT_EQ(Certificates(lead_, v1::CERTIFICATE_STATUS_EXPIRING), 1u);
  EXPECT_EQ(NextDue(lead_), "2029-11-24");
  On("2029-11-25");
  Sweep();
  EXPECT_EQ(Certificates(lead_, v1::CERTIFICATE_STATUS_EXPIRED), 1u);
  EXPECT_EQ(Verified(certificate.serial(), certificate.verification_code()), "expired");
  EXPECT_EQ(NextDue(Learner("p1")), "2029-11-24");
  // A learner who has completed the course again needs no renewal of this certificate.
  const absl::Status again_completed = in_process_.database().Transact([&](storage::Transaction& tx) {
    return AddCompletion(tx, {"pc-opc", "git", "ps-york", "p1", "2029-11-20", 0});
  });
  ASSERT_OK(again_completed);
  EXPECT_EQ(NextDue(lead_), "");
}

TEST_F(Training, ACertificateNeverEndsAfterTheYear9999) {
  v1::CreateCourseRequest course = NewCourse("git");
  course.mutable_course()->set_recert_months(2'000'000'000);
  const v1::CompletionCertificate certificate = Issued(Completed(Open(Approved(course), 10), "p1"));
  EXPECT_EQ(certificate.expires_on(), "9999-12-31");
  EXPECT_EQ(Verified(certificate.serial(), certificate.verification_code()), "valid");
}

TEST_F(Training, ACourseTakesAnHourAtLeastOrItsHoursAreNotKnown) {
  v1::CreateCourseRequest course = NewCourse("git");
  for (const int hours : {-3, 0}) {
    course.mutable_course()->set_hours(hours);
    const absl::Status refused = Call<v1::Course>(admin_, course).status();
    EXPECT_THAT(refused, RefusedBy(rules::kFieldInvalid)) << hours;
    EXPECT_THAT(std::string(refused.message()), ::testing::HasSubstr("course.hours")) << hours;
  }
  course.mutable_course()->set_hours(1);
  EXPECT_EQ(Must(Call<v1::Course>(admin_, course)).hours(), 1);
}

TEST_F(Training, AnOfferingEndsAfterItBegins) {
  v1::CreateOfferingRequest request;
  request.set_parent(Approved(NewCourse("git")).name());
  request.mutable_offering()->set_from("2026-11-20");
  request.mutable_offering()->set_to("2026-11-19");
  request.mutable_offering()->set_capacity(1);
  request.mutable_offering()->add_instructors("instructor");
  const absl::Status refused = Call<v1::Offering>(trainer_, request).status();
  EXPECT_THAT(refused, RefusedBy(rules::kDatesOutOfOrder));
  EXPECT_THAT(std::string(refused.message()), ::testing::HasSubstr("offering.to"));
}

TEST_F(Training, AnAttestationIsACountAndNeverASplitThatNobodyKnows) {
  v1::CreateCourseRequest awareness = NewCourse("awareness", "agencies/min-mol");
  const v1::Course course = Approved(awareness);
  v1::CreateAttestationRequest request;
  request.set_parent("agencies/min-mol");
  auto* attestation = request.mutable_attestation();
  attestation->set_course(course.name());
  attestation->set_count(450);
  attestation->set_approx(true);
  attestation->set_source("progress report");
  attestation->add_role_groups()->set_role("occupational health and safety inspectors");
  attestation->add_role_groups()->set_role("employment standards officers");
  v1::Attestation kept;
  EXPECT_EQ(Rule(Call<v1::Attestation>(ministry_, request), &kept), "");
  v1::GetAttestationRequest get;
  get.set_name(kept.name());
  for (const Caller& reader : {ministry_, office_}) {
    EXPECT_EQ(Must(Call<v1::Attestation>(reader, get)).count(), kept.count()) << reader.agency;
  }
  EXPECT_EQ(kept.statement(), "approximately 450");
  for (const auto& group : kept.role_groups()) EXPECT_FALSE(group.has_count());
  attestation->mutable_role_groups(0)->set_count(451);
  EXPECT_THAT(Call<v1::Attestation>(ministry_, request), RefusedBy(rules::kCountsDisagree));
  attestation->mutable_role_groups(1)->set_count(-1);
  EXPECT_THAT(Call<v1::Attestation>(ministry_, request), RefusedBy(rules::kFieldInvalid));
  // These counts are of now, and so is the list of attestations that the office reads.
  const auto counts = Call<v1::CountTrainingResponse>(office_, v1::CountTrainingRequest());
  ASSERT_OK(counts);
  ASSERT_THAT(counts->counts(), SizeIs(1));
  EXPECT_EQ(counts->counts(0).attested(), "approximately 450");
  EXPECT_FALSE(counts->counts(0).has_count());
}

// Fifty learners enrol at once for ten seats, on each kind of database.
class Seats : public TrainingFixture, public ::testing::WithParamInterface<bool> {
 protected:
  Seats() : TrainingFixture(GetParam() ? testing::PostgresCluster::Shared().NewDatabase() : "") {}
};

TEST_P(Seats, FiftyWhoComeAtOnceTakeExactlyTheSeatsThereAre) {
  const v1::Offering offering = Open(Approved(NewCourse("git")), 10);
  std::atomic<int> seated{0}, waiting{0}, other{0};
  std::vector<std::thread> people;
  for (int i = 0; i < 50; ++i) {
    people.emplace_back([&, i] {
      v1::Enrolment enrolment;
      const std::string rule = Enrol(offering, lead_, absl::StrCat("p", i), &enrolment);
      ++(!rule.empty() ? other : enrolment.state() == v1::ENROLMENT_STATE_ENROLLED ? seated : waiting);
    });
  }
  for (auto& person : people) person.join();
  EXPECT_EQ(other, 0);
  EXPECT_EQ(seated, 10);
  EXPECT_EQ(waiting, 40);
  v1::GetOfferingRequest get;
  get.set_name(offering.name());
  EXPECT_EQ(Must(Call<v1::Offering>(lead_, get)).taken(), 10);
}

INSTANTIATE_TEST_SUITE_P(Databases, Seats, ::testing::Bool(),
                         [](const auto& database) { return database.param ? "PostgreSQL" : "SQLite"; });

TEST_F(Training, EveryListEndsItsPagesBeforeTheyAreTooLarge) {
  EXPECT_GT(accord::testing::ReadEveryList(&in_process_, "accord.training.v1"), 1);
}

}  // namespace
}  // namespace accord::training
