// These are the rows of the founding document that training fulfils, shown through the gateway.

#include "accord/protocols/v1/inspector_referral_service.pb.h"
#include "accord/training/v1/certificate_service.pb.h"
#include "accord/training/v1/completion_service.pb.h"
#include "accord/training/v1/course_service.pb.h"
#include "accord/training/v1/observation_service.pb.h"
#include "accord/training/v1/offering_service.pb.h"
#include "tests/e2e/courses.h"
#include "tests/e2e/service_rows.h"

namespace accord::e2e {
namespace {

namespace tr = accord::training::v1;

class Training : public ServiceRows {
 protected:
  Training() : ServiceRows("training", "training") {}
  std::string Today() { return FormatDay(OntarioDay(absl::Now())); }

  tr::IndicatorList Indicators(const AgencyClient& ministry) {
    tr::CreateIndicatorListRequest request;
    request.set_parent("agencies/min-mol");
    auto* list = request.mutable_indicator_list();
    list->set_sector("inspection");
    list->set_version("v1");
    list->set_source("a list of the ministry");
    auto* indicator = list->add_indicators();
    indicator->set_code("documents-held");
    indicator->set_text("Identity documents are held by the employer");
    return Must<tr::IndicatorList>(ministry, "registrar", "CourseService/CreateIndicatorList", request);
  }
};

TEST_F(Training, SeedRow34_TheCollegesProgramIsRecordedFromDesignToRecertification) {
  const AgencyClient college =
      Enrol("pc-opc", {{"registrar", ROLE_TRAINING_ADMIN}, {"instructor", ROLE_TRAINER}});
  const AgencyClient police =
      Enrol("ps-york", {{"constable", ROLE_LEARNER}, {"lead", ROLE_POLICE_SUPERVISOR}});
  const AgencyClient office = Enrol("co-pahtco", {{"staff", ROLE_OFFICE_STAFF}});
  tr::CreateCourseRequest request = NewCourse("trafficking");
  request.mutable_course()->set_recert_months(36);
  auto course = Must<tr::Course>(college, "registrar", "CourseService/CreateCourse", request);
  EXPECT_EQ(course.state(), tr::COURSE_STATE_DESIGN);
  tr::AdvanceCourseRequest approve;
  approve.set_event("approve");
  Move(college, "registrar", "CourseService/AdvanceCourse", &course, approve);

  tr::CreateOfferingRequest hold;
  hold.set_parent(course.name());
  hold.mutable_offering()->set_from(Today());
  hold.mutable_offering()->set_to(Today());
  hold.mutable_offering()->set_capacity(20);
  hold.mutable_offering()->add_instructors("instructor");
  auto offering = Must<tr::Offering>(college, "instructor", "OfferingService/CreateOffering", hold);
  tr::AdvanceOfferingRequest open;
  open.set_event("open");
  Move(college, "instructor", "OfferingService/AdvanceOffering", &offering, open);
  for (const char* learner : {"constable", "p2", "p3", "p4", "p5"}) {
    tr::CreateEnrolmentRequest enrol;
    enrol.set_parent(offering.name());
    enrol.mutable_enrolment()->set_learner_agency("ps-york");
    enrol.mutable_enrolment()->set_learner(learner);
    auto enrolment = Must<tr::Enrolment>(police, "lead", "OfferingService/CreateEnrolment", enrol);
    tr::RecordEnrolmentAttendanceRequest attended;
    attended.set_percent(100);
    Move(college, "instructor", "OfferingService/RecordEnrolmentAttendance", &enrolment, attended);
    Move<tr::CompleteEnrolmentRequest>(college, "instructor", "OfferingService/CompleteEnrolment",
                                       &enrolment);
    tr::IssueCompletionCertificateRequest issue;
    issue.set_enrolment(enrolment.name());
    Must<tr::CompletionCertificate>(college, "registrar", "CertificateService/IssueCompletionCertificate",
                                    issue);
  }
  // This is the learner's own certificate, with the day on which it must be renewed.
  const auto own = Must<tr::ListCompletionCertificatesResponse>(
      police, "constable", "CertificateService/ListCompletionCertificates",
      tr::ListCompletionCertificatesRequest());
  ASSERT_EQ(own.completion_certificates_size(), 1);
  EXPECT_EQ(own.completion_certificates(0).learner(), "constable");
  EXPECT_FALSE(own.completion_certificates(0).expires_on().empty());
  tr::VerifyCompletionCertificateRequest verify;
  verify.set_serial(own.completion_certificates(0).serial());
  verify.set_verification_code(own.completion_certificates(0).verification_code());
  const auto verified = Must<tr::VerifyCompletionCertificateResponse>(
      office, "staff", "CertificateService/VerifyCompletionCertificate", verify);
  EXPECT_EQ(verified.status(), tr::CERTIFICATE_STATUS_VALID);
  EXPECT_EQ(verified.SerializeAsString().find("constable"), std::string::npos);
  // Counts are by service. The college is shown the present ones, and the office those of the end of
  // a period.
  const auto counts = Must<tr::CountTrainingResponse>(college, "registrar", "CompletionService/CountTraining",
                                                      tr::CountTrainingRequest());
  ASSERT_EQ(counts.counts_size(), 1);
  EXPECT_EQ(counts.counts(0).agency(), "ps-york");
  EXPECT_EQ(counts.counts(0).count(), 5);
}

TEST_F(Training, SeedRow36_ModelsOfTheHealthSectorAreIdentifiedUpdatedAndDeveloped) {
  const AgencyClient ministry = Enrol("min-mohltc", {{"registrar", ROLE_TRAINING_ADMIN}});
  for (const auto& [event, state] : {std::pair{"", tr::TRAINING_MODEL_STATE_IDENTIFIED},
                                     {"update", tr::TRAINING_MODEL_STATE_UPDATED},
                                     {"develop", tr::TRAINING_MODEL_STATE_DEVELOPED}}) {
    tr::CreateTrainingModelRequest request;
    request.set_parent("agencies/min-mohltc");
    request.mutable_training_model()->set_sector("mental-health-and-addictions");
    request.mutable_training_model()->set_title("Community supports");
    auto model = Must<tr::TrainingModel>(ministry, "registrar", "CourseService/CreateTrainingModel", request);
    if (*event != '\0') {
      tr::AdvanceTrainingModelRequest advance;
      advance.set_event(event);
      Move(ministry, "registrar", "CourseService/AdvanceTrainingModel", &model, advance);
    }
    EXPECT_EQ(model.state(), state);
    EXPECT_EQ(model.version(), *event == '\0' ? 1 : 2);
  }
}

TEST_F(Training, SeedRow38_TheInspectorsAreApproximately450AndTheSplitStaysUnknown) {
  const AgencyClient ministry = Enrol("min-mol", {{"registrar", ROLE_TRAINING_ADMIN}});
  const AgencyClient office = Enrol("co-pahtco", {{"staff", ROLE_OFFICE_STAFF}});
  const auto course = Must<tr::Course>(ministry, "registrar", "CourseService/CreateCourse",
                                       NewCourse("awareness", "min-mol", tr::COURSE_OWNER_MOL));
  tr::CreateAttestationRequest request;
  request.set_parent("agencies/min-mol");
  auto* attestation = request.mutable_attestation();
  attestation->set_course(course.name());
  attestation->set_count(450);
  attestation->set_approx(true);
  attestation->set_source("progress report of 2017-02-23");
  attestation->add_role_groups()->set_role("Occupational Health and Safety Inspectors");
  attestation->add_role_groups()->set_role("Employment Standards Officers");
  Must<tr::Attestation>(ministry, "registrar", "CourseService/CreateAttestation", request);
  const auto listed = Must<tr::ListAttestationsResponse>(office, "staff", "CourseService/ListAttestations",
                                                         tr::ListAttestationsRequest());
  ASSERT_EQ(listed.attestations_size(), 1);
  EXPECT_EQ(listed.attestations(0).statement(), "approximately 450");
  for (const auto& group : listed.attestations(0).role_groups()) EXPECT_FALSE(group.has_count());
  const auto counts = Must<tr::CountTrainingResponse>(office, "staff", "CompletionService/CountTraining",
                                                      tr::CountTrainingRequest());
  ASSERT_EQ(counts.counts_size(), 1);
  EXPECT_EQ(counts.counts(0).attested(), "approximately 450");
}

TEST_F(Training, SeedRow39_TheIndicatorListIsVersionedAndBelongsToAVersionOfTheCourse) {
  const AgencyClient ministry = Enrol("min-mol", {{"registrar", ROLE_TRAINING_ADMIN}});
  const tr::IndicatorList list = Indicators(ministry);
  tr::CreateCourseRequest request = NewCourse("awareness", "min-mol", tr::COURSE_OWNER_MOL);
  request.mutable_course()->add_indicator_lists(list.name());
  auto course = Must<tr::Course>(ministry, "registrar", "CourseService/CreateCourse", request);
  EXPECT_EQ(course.version(), 1);
  EXPECT_EQ(course.indicator_lists(0), "agencies/min-mol/indicatorLists/inspection-v1");
  tr::CreateIndicatorListRequest next;
  next.set_parent("agencies/min-mol");
  *next.mutable_indicator_list() = list;
  // The same version again is refused; a new version leaves the old one as it was.
  EXPECT_EQ(Call<tr::IndicatorList>(ministry, "registrar", "CourseService/CreateIndicatorList", next)
                .status()
                .code(),
            absl::StatusCode::kAlreadyExists);
  next.mutable_indicator_list()->set_version("v2");
  const auto second =
      Must<tr::IndicatorList>(ministry, "registrar", "CourseService/CreateIndicatorList", next);
  tr::ReviseCourseRequest revise;
  *revise.mutable_course() = request.course();
  revise.mutable_course()->set_name(course.name());
  revise.mutable_course()->set_etag(course.etag());
  revise.mutable_course()->set_indicator_lists(0, second.name());
  course = Must<tr::Course>(ministry, "registrar", "CourseService/ReviseCourse", revise);
  EXPECT_EQ(course.version(), 2);
  EXPECT_EQ(course.indicator_lists(0), "agencies/min-mol/indicatorLists/inspection-v2");
}

TEST_F(Training, SeedRow40_AnObservationBecomesAnAcknowledgedReferralWithoutAWorkersIdentity) {
  const AgencyClient ministry =
      Enrol("min-mol", {{"inspector-jane", ROLE_LEARNER}, {"registrar", ROLE_TRAINING_ADMIN}});
  const AgencyClient police = Enrol("ps-york", {{"member", ROLE_POLICE_MEMBER}});
  const tr::IndicatorList list = Indicators(ministry);
  tr::CreateObservationRequest request;
  request.set_parent("agencies/min-mol");
  auto* seen = request.mutable_observation();
  seen->set_indicator_list(list.name());
  seen->add_indicators("no-such-code");
  seen->set_to_agency("ps-york");
  seen->set_observed_on(Today());
  seen->set_workplace("a greenhouse in York Region");
  EXPECT_EQ(RuleOf(Call<tr::Observation>(ministry, "inspector-jane", "ObservationService/CreateObservation",
                                         request)
                       .status()),
            "INDICATOR_UNKNOWN");
  seen->set_indicators(0, "documents-held");
  auto observation =
      Must<tr::Observation>(ministry, "inspector-jane", "ObservationService/CreateObservation", request);
  // The observation waits until the service is enrolled with the gateway.
  EXPECT_EQ(observation.state(), tr::OBSERVATION_STATE_QUEUED);

  EnrolAtGateway("training", "relay", ROLE_PLATFORM_SERVICE);
  const auto state = [&] {
    tr::GetObservationRequest get;
    get.set_name(observation.name());
    observation = Must<tr::Observation>(ministry, "inspector-jane", "ObservationService/GetObservation", get);
    return observation.state();
  };
  ASSERT_TRUE(Eventually([&] { return state() == tr::OBSERVATION_STATE_REFERRED; }, absl::Seconds(60)))
      << observation.ShortDebugString();

  const auto received = police.Call<ListInspectorReferralsResponse>(
      "/accord.protocols.v1.InspectorReferralService/ListInspectorReferrals", "member",
      "criminal_investigation", ListInspectorReferralsRequest());
  ASSERT_OK(received);
  // It arrives once, whatever the number of attempts.
  ASSERT_EQ(received->inspector_referrals_size(), 1);
  const InspectorReferral& referral = received->inspector_referrals(0);
  EXPECT_EQ(referral.on_behalf_of(), "min-mol");
  EXPECT_EQ(referral.indicators(0), "documents-held");
  EXPECT_EQ(received->SerializeAsString().find("jane"), std::string::npos);
  AcknowledgeInspectorReferralRequest acknowledge;
  acknowledge.set_name(referral.name());
  acknowledge.set_etag(referral.etag());
  acknowledge.set_request_id(RequestId());
  ASSERT_OK(police.Call<InspectorReferral>(
      "/accord.protocols.v1.InspectorReferralService/AcknowledgeInspectorReferral", "member",
      "criminal_investigation", acknowledge));
  EXPECT_TRUE(Eventually([&] { return state() == tr::OBSERVATION_STATE_ACKNOWLEDGED; }, absl::Minutes(1)));
}

}  // namespace
}  // namespace accord::e2e
