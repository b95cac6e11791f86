// These tests try through the gateway to read and change other people's training records, to certify oneself,
// and to claim more roles than one has.
#include "accord/registry/v1/registry_admin_service.pb.h"
#include "accord/registry/v1/registry_service.pb.h"
#include "accord/training/v1/certificate_service.pb.h"
#include "accord/training/v1/completion_service.pb.h"
#include "accord/training/v1/course_service.pb.h"
#include "accord/training/v1/offering_service.pb.h"
#include "tests/e2e/courses.h"
#include "tests/e2e/field.h"

namespace accord::e2e {
namespace {

namespace tr = accord::training::v1;
namespace reg = accord::registry::v1;
using ::testing::Contains;

const Person kRegistrar{"pc-opc", "registrar", "training"};
const Person kInstructor{"pc-opc", "instructor", "training"};
const Person kBoth{"pc-opc", "both", "training"};
const Person kLead{"ps-york", "supervisor", "training"};
const Person kConstable{"ps-york", "constable", "training"};
// This learner is also a member of the service.
const Person kDetective{"ps-york", "detective", "training"};

class FieldTraining : public Field {
 protected:
  template <class Req, class T>
  std::string Do(const Person& who, const std::string& method, T* item, Req request = Req()) {
    return Move(who, "training.v1." + method, item, request);
  }
  // This gives an open offering of a new course, taught by the college's two instructors.
  tr::Offering Opened(const std::string& id) {
    auto course = Must<tr::Course>(kRegistrar, "training.v1.CourseService/CreateCourse", NewCourse(id));
    tr::AdvanceCourseRequest approve;
    approve.set_event("approve");
    EXPECT_EQ(Do(kRegistrar, "CourseService/AdvanceCourse", &course, approve), "");
    tr::CreateOfferingRequest hold;
    hold.set_parent(course.name());
    hold.mutable_offering()->set_from(Days(-1));
    hold.mutable_offering()->set_to(Days(0));
    hold.mutable_offering()->set_capacity(20);
    hold.mutable_offering()->add_instructors("instructor");
    hold.mutable_offering()->add_instructors("both");
    auto offering = Must<tr::Offering>(kInstructor, "training.v1.OfferingService/CreateOffering", hold);
    tr::AdvanceOfferingRequest open;
    open.set_event("open");
    EXPECT_EQ(Do(kInstructor, "OfferingService/AdvanceOffering", &offering, open), "");
    return offering;
  }
  static tr::CreateEnrolmentRequest Enrolling(const tr::Offering& offering, const std::string& learner,
                                              const std::string& agency = "ps-york") {
    tr::CreateEnrolmentRequest request;
    request.set_parent(offering.name());
    request.mutable_enrolment()->set_learner_agency(agency);
    request.mutable_enrolment()->set_learner(learner);
    return request;
  }
  tr::Enrolment Enrolled(const Person& who, const tr::CreateEnrolmentRequest& request) {
    return Must<tr::Enrolment>(who, "training.v1.OfferingService/CreateEnrolment", request);
  }
  std::string Attend(const Person& who, tr::Enrolment* enrolment) {
    tr::RecordEnrolmentAttendanceRequest request;
    request.set_percent(100);
    return Do(who, "OfferingService/RecordEnrolmentAttendance", enrolment, request);
  }
  std::string Complete(const Person& who, tr::Enrolment* enrolment) {
    return Do<tr::CompleteEnrolmentRequest>(who, "OfferingService/CompleteEnrolment", enrolment);
  }
  absl::StatusOr<tr::CompletionCertificate> Issue(const Person& who, const tr::Enrolment& enrolment) {
    tr::IssueCompletionCertificateRequest request;
    request.set_enrolment(enrolment.name());
    return Call<tr::CompletionCertificate>(who, "training.v1.CertificateService/IssueCompletionCertificate",
                                           request);
  }
  tr::Enrolment SeenEnrolment(const Person& who, const std::string& name) {
    return Seen<tr::Enrolment, tr::GetEnrolmentRequest>(who, "training.v1.OfferingService/GetEnrolment",
                                                        name);
  }
};

TEST_F(FieldTraining, ALearnerWithAnotherRoleReadsAndChangesNobodyElsesRecords) {
  const tr::Offering offering = Opened("own-records");
  tr::Enrolment done = Enrolled(kConstable, Enrolling(offering, "constable"));
  ASSERT_EQ(Attend(kInstructor, &done), "");
  ASSERT_EQ(Complete(kInstructor, &done), "");
  const auto certificate = Issue(kRegistrar, done);
  ASSERT_OK(certificate);
  const tr::Enrolment open = Enrolled(kLead, Enrolling(offering, "somebody"));

  tr::Enrolment theirs = open;
  EXPECT_EQ(Do<tr::WithdrawEnrolmentRequest>(kDetective, "OfferingService/WithdrawEnrolment", &theirs),
            "NOT_FOUND");
  tr::GetEnrolmentRequest get;
  tr::GetCompletionCertificateRequest code;
  code.set_name(certificate->name());
  for (const std::string& name : {open.name(), done.name()}) {
    get.set_name(name);
    EXPECT_EQ(Refusal<tr::Enrolment>(kDetective, "training.v1.OfferingService/GetEnrolment", get),
              "NOT_FOUND");
  }
  EXPECT_EQ(Refusal<tr::CompletionCertificate>(
                kDetective, "training.v1.CertificateService/GetCompletionCertificate", code),
            "NOT_FOUND");
  EXPECT_EQ(Refusal<tr::Enrolment>(kDetective, "training.v1.OfferingService/CreateEnrolment",
                                   Enrolling(offering, "another")),
            "NOT_YOUR_OWN");
  // No list shows it either, nor the marks or the code.
  EXPECT_EQ(Must<tr::ListEnrolmentsResponse>(kDetective, "training.v1.OfferingService/ListEnrolments",
                                             tr::ListEnrolmentsRequest())
                .enrolments_size(),
            0);
  EXPECT_EQ(Must<tr::ListCompletionCertificatesResponse>(
                kDetective, "training.v1.CertificateService/ListCompletionCertificates",
                tr::ListCompletionCertificatesRequest())
                .completion_certificates_size(),
            0);
  EXPECT_EQ(Must<tr::ListCompletionsResponse>(kDetective, "training.v1.CompletionService/ListCompletions",
                                              tr::ListCompletionsRequest())
                .completions_size(),
            0);
  // The learner reads the code, and the lead reads that nothing was changed.
  EXPECT_NE(Must<tr::CompletionCertificate>(kConstable,
                                            "training.v1.CertificateService/GetCompletionCertificate", code)
                .verification_code(),
            "");
  EXPECT_EQ(SeenEnrolment(kLead, open.name()).etag(), open.etag());
}

TEST_F(FieldTraining, NobodyMarksCompletesAndCertifiesAloneNorAboutHimself) {
  const tr::Offering offering = Opened("own-marks");
  // One person does every step.
  tr::Enrolment alone = Enrolled(kLead, Enrolling(offering, "first"));
  ASSERT_EQ(Attend(kBoth, &alone), "");
  ASSERT_EQ(Complete(kBoth, &alone), "");
  EXPECT_EQ(RuleOf(Issue(kBoth, alone).status()), "ISSUED_BY_MARKER");
  // Everybody who marked any part of it is barred, not only the last person.
  tr::Enrolment shared = Enrolled(kLead, Enrolling(offering, "second"));
  ASSERT_EQ(Attend(kBoth, &shared), "");
  ASSERT_EQ(Complete(kInstructor, &shared), "");
  EXPECT_EQ(RuleOf(Issue(kBoth, shared).status()), "ISSUED_BY_MARKER");
  // Nobody marks his or her own attendance or completion, or certifies what others marked of it.
  tr::Enrolment own = Enrolled(kBoth, Enrolling(offering, "both", "pc-opc"));
  EXPECT_EQ(Attend(kBoth, &own), "OWN_RECORD");
  EXPECT_EQ(Complete(kBoth, &own), "OWN_RECORD");
  ASSERT_EQ(Attend(kInstructor, &own), "");
  ASSERT_EQ(Complete(kInstructor, &own), "");
  EXPECT_EQ(RuleOf(Issue(kBoth, own).status()), "OWN_RECORD");
  const auto certificates = Must<tr::ListCompletionCertificatesResponse>(
      kLead, "training.v1.CertificateService/ListCompletionCertificates",
      tr::ListCompletionCertificatesRequest());
  for (const auto& each : certificates.completion_certificates()) {
    EXPECT_NE(each.enrolment(), alone.name());
    EXPECT_NE(each.enrolment(), shared.name());
  }
  EXPECT_OK(Issue(kRegistrar, shared));
}

TEST_F(FieldTraining, AnAdministratorGivesHimselfNothingAndEveryGrantIsTold) {
  const Person admin{"ps-york", "admin", "administration"};
  const std::string self = "agencies/ps-york/actors/admin";
  const auto seen = [&](const std::string& name) {
    return Seen<reg::Actor, reg::GetActorRequest>(admin, "registry.v1.RegistryService/GetActor", name);
  };
  const auto give = [&](const std::string& name, const std::vector<Role>& roles) {
    reg::UpdateActorRequest request;
    request.mutable_actor()->set_name(name);
    request.mutable_actor()->set_etag(seen(name).etag());
    for (Role role : roles) request.mutable_actor()->add_roles(role);
    request.mutable_update_mask()->add_paths("roles");
    return Refusal<reg::Actor>(admin, "registry.v1.RegistryAdminService/UpdateActor", request);
  };
  const auto create = [&](const std::string& id, const std::vector<Role>& roles) {
    reg::CreateActorRequest request;
    request.set_parent("agencies/ps-york");
    request.set_actor_id(id);
    for (Role role : roles) request.mutable_actor()->add_roles(role);
    return Refusal<reg::Actor>(admin, "registry.v1.RegistryAdminService/CreateActor", request);
  };
  const std::string before = seen(self).ShortDebugString();
  EXPECT_EQ(give(self, {ROLE_PLATFORM_ADMIN, ROLE_POLICE_CHIEF, ROLE_POLICE_INTEL}), "OWN_ROLES");
  EXPECT_EQ(give(self, {ROLE_POLICE_CHIEF}), "OWN_ROLES");
  EXPECT_EQ(give(self, {ROLE_PLATFORM_ADMIN, ROLE_LEARNER}), "OWN_ROLES");
  EXPECT_EQ(seen(self).ShortDebugString(), before);
  // Nobody else has both roles either.
  for (Role content : {ROLE_POLICE_CHIEF, ROLE_POLICE_INTEL, ROLE_PRIVACY_OFFICER}) {
    EXPECT_EQ(create("second-self", {ROLE_PLATFORM_ADMIN, content}), "ROLES_DO_NOT_MEET");
  }
  EXPECT_EQ(give("agencies/ps-york/actors/member", {ROLE_POLICE_MEMBER, ROLE_PLATFORM_ADMIN}),
            "ROLES_DO_NOT_MEET");
  EXPECT_EQ(give("agencies/co-pahtco/actors/admin", {ROLE_OFFICE_DIRECTOR}), "NOT_FOUND");
  EXPECT_EQ(
      Refusal<ListReferralsResponse>({"ps-york", "admin", "criminal_investigation"},
                                     "protocols.v1.ReferralService/ListReferrals", ListReferralsRequest()),
      "ROLE_NOT_PERMITTED");
  // The privacy officers of the agency and of the office are told which roles were given.
  ASSERT_EQ(create("newcomer", {ROLE_POLICE_INTEL}), "");
  for (const Person& officer : {kOfficer, Person{"co-pahtco", "privacy", "privacy_review"}}) {
    std::vector<std::string> told;
    reg::ListRoleGrantsRequest list;
    list.set_page_size(1000);
    const auto page =
        Must<reg::ListRoleGrantsResponse>(officer, "registry.v1.RegistryService/ListRoleGrants", list);
    for (const auto& grant : page.role_grants()) told.push_back(grant.actor() + " by " + grant.by());
    EXPECT_THAT(told, Contains("agencies/ps-york/actors/newcomer by admin")) << officer.agency;
  }
  EXPECT_EQ(Refusal<reg::ListRoleGrantsResponse>(admin, "registry.v1.RegistryService/ListRoleGrants",
                                                 reg::ListRoleGrantsRequest()),
            "ROLE_NOT_PERMITTED");
}

}  // namespace
}  // namespace accord::e2e
