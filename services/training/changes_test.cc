// These tests show who is told what by the change feed of this service: everybody hears of public records,
// and a learner hears of his or her own.
#include "common/testing/change_watch.h"
#include "common/testing/resource_verbs.h"
#include "services/training/testing/fixture.h"

namespace accord::training {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

class Changes : public TrainingFixture {
 protected:
  std::string Now(const Caller& who) { return testing::PositionNow(&in_process_, who); }
  testing::ToldChanges Watch(const Caller& who, const std::string& from, const std::string& kind = "") {
    return testing::WatchKind(&in_process_, who, from, kind);
  }
};

TEST_F(Changes, OfAnEnrolmentAreToldToTheLearnerTheEmployerAndTheSchoolAlone) {
  const v1::Offering offering = Open(Approved(NewCourse("ht-1")), 10);
  const Caller learner = Learner("kim"), colleague = Learner("sam");
  const std::string york = Now(learner), durham = Now(other_lead_), school = Now(trainer_);
  v1::Enrolment enrolment;
  ASSERT_EQ(Enrol(offering, learner, "kim", &enrolment), "");
  for (const auto& [who, from] : {std::pair(learner, york), {lead_, york}, {trainer_, school}}) {
    const auto told = Watch(who, from, "enrolment");
    ASSERT_THAT(told.names(), ElementsAre(enrolment.name())) << who.actor;
    EXPECT_EQ(told.changes[0].verb(), "CreateEnrolment");
    EXPECT_EQ(told.changes[0].agency(), "ps-york");
    EXPECT_EQ(told.changes[0].state(), "enrolled");
  }
  EXPECT_THAT(Watch(colleague, york, "enrolment").names(), IsEmpty());
  EXPECT_THAT(Watch(other_lead_, durham, "enrolment").names(), IsEmpty());
}

TEST_F(Changes, OfWhatIsPublicAreToldWithoutTheAgencyThatItDoesNotName) {
  const v1::Course course = Approved(NewCourse("ht-1"));
  const std::string durham = Now(other_lead_);
  v1::Offering offering = Open(course, 10);
  const auto opened = Watch(other_lead_, durham);
  ASSERT_FALSE(opened.changes.empty());
  EXPECT_EQ(opened.changes.back().kind(), "offering");
  EXPECT_EQ(opened.changes.back().verb(), "AdvanceOffering");
  EXPECT_EQ(opened.changes.back().agency(), "pc-opc");
  EXPECT_EQ(opened.changes.back().state(), "open");
  const std::string then = opened.changes.back().watch_token();
  ASSERT_EQ(Enrol(offering, Learner("kim"), "kim"), "");
  for (const auto& change : Watch(other_lead_, then).changes) {
    EXPECT_EQ(change.kind(), "offering");
    EXPECT_EQ(change.agency(), "") << "who enrolled is not told";
  }
}

TEST_F(Changes, OfACertificateAreToldUnderItsOwnKind) {
  const v1::Enrolment enrolment = Completed(Open(Approved(NewCourse("ht-1")), 10), "kim");
  const Caller learner = Learner("kim");
  const std::string york = Now(learner);
  const v1::CompletionCertificate certificate = Issued(enrolment);
  const auto told = Watch(learner, york, "completion_certificate");
  ASSERT_THAT(told.names(), ElementsAre(certificate.name()));
  EXPECT_EQ(told.changes[0].kind(), "completion_certificate");
  EXPECT_EQ(told.changes[0].state(), "valid");
  EXPECT_THAT(Watch(Learner("sam"), york).names(), IsEmpty());
}

TEST_F(Changes, AreOfEveryKindThatTheTableOfVerbsSays) {
  EXPECT_EQ(testing::HoldFeedKinds(&in_process_, "accord.training.v1", lead_), 10);
}

}  // namespace
}  // namespace accord::training
