// These tests show that every field that this service stores is sealed, or open for a reason that is written
// down here.
#include "common/storage/classification/classes.h"
#include "common/testing/open_fields.h"
#include "services/training/testing/fixture.h"

namespace accord::training {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

// The name, the etag and the times of a resource are open everywhere.
using Open = testing::OpenForAReason;
constexpr char kPublished[] = "what is taught, which every agency reads";
constexpr char kNames[] = "names and versions of records, which name nobody";
constexpr char kState[] = "where it stands, by which seats and counts go";
constexpr char kWhose[] = "an agency, and its own reference for the learner, by which each finds its own";
constexpr char kPaper[] = "stands on the paper, which its holder shows to anybody";
constexpr char kCount[] = "a number of people, and where it comes from: tells of nobody";
constexpr char kFile[] = "of a file and its columns; its lines are no resource, and are gone when it is done";
const std::vector<Open> kOpen = {
    {"Course", kPublished,
     "course_id owner title audience mode hours prerequisites indicator_lists recert_months min_attendance "
     "pass_mark version state"},
    {"CurriculumUnit", kPublished, "code outcome"},
    {"IndicatorList", kPublished, "sector version source"},
    {"Indicator", kPublished, "code text"},
    {"TrainingModel", kPublished, "sector title resources version state"},
    {"Offering", kPublished, "from to site capacity state course_version taken"},
    {"Offering", "the owner's own workers, who answer for what they mark", "instructors"},
    {"Attestation", kNames, "course"},
    {"Attestation", kCount, "count approx source statement"},
    {"RoleGroup", kCount, "role count"},
    {"Enrolment", kWhose, "learner_agency learner"},
    {"Enrolment", kState, "state course_version completed_on"},
    {"Assessment", kState, "attempt on"},
    {"CompletionCertificate", kNames, "enrolment course course_version"},
    {"CompletionCertificate", kWhose, "learner_agency learner"},
    {"CompletionCertificate", kPaper, "serial course_title issued_on expires_on status digest next_due"},
    {"CompletionCorrection", kNames, "course"},
    {"CompletionCorrection", kWhose, "learner_agency learner correct_learner"},
    {"CompletionCorrection", kState, "completed_on correct_completed_on"},
    {"CompletionCorrection", "the owner's own worker, who answers for it", "corrected_by"},
    {"Import", kFile, "format file_name sha256 size state received lines accepted known errors header"},
    {"Observation", kNames, "indicator_list referral"},
    {"Observation", kState, "observed_on state refusal"},
    {"Observation", "of a workplace: there is no field for a person", "indicators to_agency workplace"}};

TEST(TrainingClassified, EveryFieldIsSealedOrOpenForAReason) {
  testing::ExpectOpenFields("accord.training.v1", kOpen);
}

class TrainingSealed : public TrainingFixture {};

TEST_F(TrainingSealed, MarksAndWhatIsSaidOfALearnerAreSealedAndReadByThoseWhomTheyConcern) {
  const v1::Offering offering = Open(Approved(NewCourse("git")), 10);
  const v1::Enrolment done = Completed(offering, "p1");
  v1::CompletionCertificate certificate = Issued(done);
  ASSERT_NE(certificate.verification_code(), "");
  v1::RevokeCompletionCertificateRequest revoke;
  revoke.set_reason("REVOCATION-WORDS");
  ASSERT_EQ(Move(admin_, &certificate, revoke), "");
  v1::Enrolment failed;
  ASSERT_EQ(Enrol(offering, lead_, "p2", &failed), "");
  ASSERT_EQ(Attend(&failed, 10, trainer_), "");
  ASSERT_EQ(Complete(&failed, trainer_), "");
  ASSERT_NE(failed.reason(), "");
  const std::string stored = StoredWithoutKey();
  for (const std::string& words :
       {certificate.verification_code(), std::string("REVOCATION-WORDS"), failed.reason()}) {
    EXPECT_THAT(stored, Not(HasSubstr(words)));
  }
  v1::GetEnrolmentRequest get;
  get.set_name(done.name());
  for (const Caller& caller : {Learner("p1"), lead_, trainer_}) {
    const auto read = Call<v1::Enrolment>(caller, get);
    ASSERT_OK(read);
    EXPECT_EQ(read->attendance(), 100);
    EXPECT_EQ(read->assessments(0).score(), 90);
  }
  v1::GetCompletionCertificateRequest paper;
  paper.set_name(certificate.name());
  for (const Caller& caller : {Learner("p1"), lead_, admin_}) {
    const auto read = Call<v1::CompletionCertificate>(caller, paper);
    ASSERT_OK(read);
    EXPECT_EQ(read->revocation_reason(), "REVOCATION-WORDS");
    EXPECT_EQ(read->verification_code(), certificate.verification_code());
  }
}

TEST_F(TrainingSealed, WhatTheVersionBeforeStoredInClearIsSealedAndReadsAsBefore) {
  const v1::CompletionCertificate certificate = Issued(Completed(Open(Approved(NewCourse("git")), 10), "p1"));
  // The older version sealed none of these fields.
  const absl::Status before = in_process_.database().Transact([&](storage::Transaction& tx) {
    return tx
        .Exec("update resource set body = :p1, seal_key = '' where name = :p2",
              "=" + Base64(certificate.SerializeAsString()), certificate.name())
        .status();
  });
  ASSERT_OK(before);
  ASSERT_THAT(StoredWithoutKey(), HasSubstr(certificate.verification_code()));
  storage::ClassPass pass;
  while (!pass.done) {
    ASSERT_OK(storage::SealClasses(&in_process_.database(), "training", 100, &pass));
  }
  EXPECT_EQ(pass.sealed, 1);
  EXPECT_THAT(StoredWithoutKey(), Not(HasSubstr(certificate.verification_code())));
  v1::GetCompletionCertificateRequest get;
  get.set_name(certificate.name());
  EXPECT_EQ(Must(Call<v1::CompletionCertificate>(admin_, get)).verification_code(),
            certificate.verification_code());
}

}  // namespace
}  // namespace accord::training
