// These tests show that cancelling an offering cancels its enrolments, and that the learners are told.
#include "services/training/testing/fixture.h"

namespace accord::training {
namespace {

class CancelledOffering : public TrainingFixture {
 protected:
  v1::Enrolment Seen(const v1::Enrolment& enrolment, const Caller& caller) {
    v1::GetEnrolmentRequest request;
    request.set_name(enrolment.name());
    return Must(Call<v1::Enrolment>(caller, request));
  }
  int Taken(const v1::Offering& offering) {
    v1::GetOfferingRequest request;
    request.set_name(offering.name());
    return Must(Call<v1::Offering>(trainer_, request)).taken();
  }
  v1::Enrolment Enrolled(const v1::Offering& offering, const std::string& learner) {
    v1::Enrolment enrolment;
    EXPECT_EQ(Enrol(offering, lead_, learner, &enrolment), "");
    return enrolment;
  }
};

TEST_F(CancelledOffering, CancelsWhoeverWaitsSitsOrAttends) {
  v1::Offering offering = Open(Approved(NewCourse("git")), 3);
  const v1::Enrolment done = Completed(offering, "p1");
  v1::Enrolment attended = Enrolled(offering, "p2");
  ASSERT_EQ(Attend(&attended, 50, trainer_), "");
  const v1::Enrolment seated = Enrolled(offering, "p3");
  v1::Enrolment waiting = Enrolled(offering, "p4");
  ASSERT_EQ(waiting.state(), v1::ENROLMENT_STATE_WAITLISTED);
  ASSERT_EQ(Event(&offering, "cancel"), "");
  for (const v1::Enrolment& each : {attended, seated, waiting}) {
    EXPECT_EQ(Seen(each, Learner(each.learner())).state(), v1::ENROLMENT_STATE_CANCELLED) << each.learner();
    EXPECT_EQ(Seen(each, lead_).state(), v1::ENROLMENT_STATE_CANCELLED) << each.learner();
  }
  EXPECT_EQ(Seen(done, Learner("p1")).state(), v1::ENROLMENT_STATE_COMPLETED);
  EXPECT_EQ(Taken(offering), 0);
  waiting = Seen(waiting, Learner("p4"));
  EXPECT_EQ(Move(Learner("p4"), &waiting, v1::WithdrawEnrolmentRequest()), "STATE_NOT_PERMITTED");
}

TEST_F(CancelledOffering, LeavesTheLearnersOfAnotherOfferingAlone) {
  const v1::Course course = Approved(NewCourse("git"));
  v1::Offering cancelled = Open(course, 3), held = Open(course, 3);
  Enrolled(cancelled, "p1");
  const v1::Enrolment other = Enrolled(held, "p1");
  ASSERT_EQ(Event(&cancelled, "cancel"), "");
  EXPECT_EQ(Seen(other, Learner("p1")).state(), v1::ENROLMENT_STATE_ENROLLED);
  EXPECT_EQ(Taken(held), 1);
}

TEST_F(CancelledOffering, IsAChangeOfEachEnrolmentOfWhichTheLogTells) {
  v1::Offering offering = Open(Approved(NewCourse("git")), 1);
  const v1::Enrolment seated = Enrolled(offering, "p1"), waiting = Enrolled(offering, "p2");
  v1::AdvanceOfferingRequest cancel;
  cancel.set_name(offering.name());
  cancel.set_etag(offering.etag());
  cancel.set_event("cancel");
  cancel.set_request_id(RequestId());
  const auto reply = Must(in_process_.ReplyTo(trainer_, cancel));
  std::vector<std::string> told;
  for (const auto& changed : reply.touched.changed()) told.push_back(changed.resource().name());
  EXPECT_THAT(told, ::testing::UnorderedElementsAre(seated.name(), waiting.name()))
      << "beside the offering, which the call is about";
}

}  // namespace
}  // namespace accord::training
