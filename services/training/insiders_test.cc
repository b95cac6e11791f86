// These tests try people with several roles, and people who would certify themselves.
#include "common/access/method.h"
#include "services/training/completions/import_store.h"
#include "services/training/learner_access.h"
#include "services/training/testing/fixture.h"

namespace accord::training {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

using namespace annotations::v1;

class TrainingInsiders : public TrainingFixture {
 protected:
  static Caller With(Caller caller, const std::vector<Role>& roles) {
    caller.roles = roles;
    return caller;
  }
  std::string Issue(const v1::Enrolment& enrolment, const Caller& caller,
                    v1::CompletionCertificate* certificate = nullptr) {
    v1::IssueCompletionCertificateRequest request;
    request.set_enrolment(enrolment.name());
    return Rule(Call<v1::CompletionCertificate>(caller, request), certificate);
  }
  std::string GetEnrolment(const v1::Enrolment& enrolment, const Caller& caller) {
    v1::GetEnrolmentRequest request;
    request.set_name(enrolment.name());
    return Rule(Call<v1::Enrolment>(caller, request));
  }
  std::string GetCertificate(const v1::CompletionCertificate& certificate, const Caller& caller) {
    v1::GetCompletionCertificateRequest request;
    request.set_name(certificate.name());
    return Rule(Call<v1::CompletionCertificate>(caller, request));
  }
  int Certificates(const Caller& caller) {
    return Must(Call<v1::ListCompletionCertificatesResponse>(caller, v1::ListCompletionCertificatesRequest()))
        .completion_certificates_size();
  }
  int Enrolments(const Caller& caller) {
    return Must(Call<v1::ListEnrolmentsResponse>(caller, v1::ListEnrolmentsRequest())).enrolments_size();
  }
  std::string Withdraw(v1::Enrolment enrolment, const Caller& caller) {
    return Move(caller, &enrolment, v1::WithdrawEnrolmentRequest());
  }
  const std::string header_ = "learner,course,completed_on,learner_agency\n";
};

TEST_F(TrainingInsiders, ALearnerBesideAnyOtherRoleSeesAndChangesTheOwnRecordsOnly) {
  const v1::Offering offering = Open(Approved(NewCourse("git")), 10);
  v1::CompletionCertificate certificate;
  const v1::Enrolment done = Completed(offering, "p1");
  ASSERT_EQ(Issue(done, admin_, &certificate), "");
  v1::Enrolment open;
  ASSERT_EQ(Enrol(offering, lead_, "p3", &open), "");
  for (Role role : {ROLE_POLICE_MEMBER, ROLE_POLICE_INTEL, ROLE_PRIVACY_OFFICER, ROLE_PLATFORM_ADMIN,
                    ROLE_INDIGENOUS_REP}) {
    const Caller caller = With(Learner("p2"), {ROLE_LEARNER, role});
    EXPECT_EQ(GetEnrolment(done, caller), "NOT_FOUND") << role;
    EXPECT_EQ(GetCertificate(certificate, caller), "NOT_FOUND") << role;
    EXPECT_EQ(Certificates(caller), 0) << role;
    EXPECT_EQ(Enrolments(caller), 0) << role;
    EXPECT_EQ(Withdraw(open, caller), "NOT_FOUND") << role;
    EXPECT_EQ(Enrol(offering, caller, "p4"), "NOT_YOUR_OWN") << role;
    EXPECT_THAT(Completions(caller), IsEmpty()) << role;
    const Caller holder = With(Learner("p1"), {role, ROLE_LEARNER});
    EXPECT_EQ(GetCertificate(certificate, holder), "") << role;
    EXPECT_THAT(Completions(holder), ElementsAre("ps-york p1 2026-11-24")) << role;
  }
  EXPECT_EQ(GetCertificate(certificate, With(Learner("p2"), {ROLE_LEARNER, ROLE_POLICE_SUPERVISOR})), "");
}

TEST_F(TrainingInsiders, TheOwnerOfACourseHearsWhoReadsItsCompletions) {
  const v1::Course course = Approved(NewCourse("git"));
  Completed(Open(course, 10), "p1");
  const auto reply = in_process_.ReplyTo(lead_, v1::ListCompletionsRequest());
  ASSERT_OK(reply);
  ASSERT_EQ(reply->touched.resources_size(), 1);
  EXPECT_EQ(reply->touched.resources(0).name(), course.name());
  EXPECT_EQ(reply->touched.resources(0).owner(), "pc-opc");
}

TEST_F(TrainingInsiders, OfTheOwnerATrainerReadsNoCertificates) {
  v1::CreateCourseRequest request = NewCourse("git");
  const v1::Offering offering = Open(Approved(request), 10);
  v1::CompletionCertificate certificate;
  ASSERT_EQ(Issue(Completed(offering, "p1"), admin_, &certificate), "");
  const Caller learning = With(trainer_, {ROLE_TRAINER, ROLE_LEARNER});
  EXPECT_EQ(GetCertificate(certificate, learning), "NOT_FOUND");
  EXPECT_EQ(Certificates(learning), 0);
  EXPECT_THAT(Completions(learning), IsEmpty());
  EXPECT_EQ(Certificates(admin_), 1);
}

// A ministry owns courses and employs learners.
TEST_F(TrainingInsiders, ALeadSeesTheOwnStaffAndARegistrarTheOwnCourses) {
  v1::Offering offering = Open(Approved(NewCourse("git")), 10);
  v1::Enrolment inspector, member;
  const Caller lead = As("min-mol", AGENCY_KIND_MINISTRY, ROLE_MINISTRY_LEAD, "chief");
  ASSERT_EQ(Enrol(offering, lead, "inspector", &inspector, "min-mol"), "");
  ASSERT_EQ(Enrol(offering, lead_, "p1", &member), "");
  EXPECT_EQ(Enrolments(lead), 1);
  EXPECT_EQ(Enrolments(ministry_), 0);
  EXPECT_EQ(GetEnrolment(inspector, ministry_), "NOT_FOUND");
  EXPECT_EQ(GetEnrolment(inspector, lead), "");
  EXPECT_EQ(GetEnrolment(member, lead), "NOT_FOUND");
  EXPECT_EQ(Enrolments(trainer_), 2);
  EXPECT_EQ(Enrol(offering, ministry_, "another", nullptr, "min-mol"), "NOT_YOUR_OWN");
}

// The roles in this rule are those of the access rules.
TEST(Leads, AreTheRolesThatTheRulesNameForEmployers) {
  std::set<Role> granted;
  const auto methods = MethodsOf("accord.training.v1.CertificateService");
  ASSERT_OK(methods);
  for (const Method& method : *methods) {
    if (method.descriptor->name() != "GetCompletionCertificate") continue;
    for (const Grant& grant : method.grants) {
      const auto& kinds = grant.kinds();
      if (std::find(kinds.begin(), kinds.end(), AGENCY_KIND_POLICE_SERVICE) == kinds.end()) continue;
      for (int role : grant.roles()) granted.insert(static_cast<Role>(role));
    }
  }
  EXPECT_FALSE(granted.empty());
  for (int role = Role_MIN; role <= Role_MAX; ++role) {
    Caller caller;
    caller.roles = {static_cast<Role>(role)};
    EXPECT_EQ(IsLeadOfLearners(caller), granted.contains(caller.roles[0])) << role;
  }
}

// A college's trainers teach at the college, and must not know what a colleague learns at a ministry.
TEST_F(TrainingInsiders, StaffOfALearnersAgencyHearNothingOfWhatIsLearntElsewhere) {
  const v1::Course course = Approved(NewCourse("inspection", "agencies/min-mol"));
  v1::CreateOfferingRequest request;
  request.set_parent(course.name());
  request.mutable_offering()->set_from("2026-11-20");
  request.mutable_offering()->set_to("2026-11-24");
  request.mutable_offering()->set_capacity(1);
  request.mutable_offering()->add_instructors("registrar");
  v1::Offering offering;
  ASSERT_EQ(Rule(Call<v1::Offering>(ministry_, request), &offering), "");
  v1::AdvanceOfferingRequest open;
  open.set_event("open");
  ASSERT_EQ(Move(ministry_, &offering, open), "");
  const Caller learner = As("pc-opc", annotations::v1::AGENCY_KIND_POLICE_COLLEGE, ROLE_LEARNER, "colleague");
  v1::Enrolment enrolment;
  ASSERT_EQ(Enrol(offering, learner, "colleague", &enrolment, "pc-opc"), "");
  for (const Caller& staff : {trainer_, admin_}) {
    v1::Enrolment known = enrolment;
    EXPECT_EQ(Attend(&known, 100, staff), "NOT_FOUND");
    EXPECT_EQ(Move(staff, &known, v1::WithdrawEnrolmentRequest()), "NOT_FOUND");
  }
}

TEST_F(TrainingInsiders, WhoMarkedAnEnrolmentIssuesNoCertificateForIt) {
  const Caller both = With(trainer_, {ROLE_TRAINER, ROLE_TRAINING_ADMIN});
  const v1::Offering offering = Open(Approved(NewCourse("git")), 10);
  EXPECT_EQ(Issue(Completed(offering, "p1"), both), "ISSUED_BY_MARKER");
  // Everybody who marked any of the enrolment is barred, not only the last one.
  v1::CreateOfferingRequest request;
  request.set_parent(NewCourse("git").parent() + "/courses/git");
  request.mutable_offering()->set_from("2026-11-20");
  request.mutable_offering()->set_to("2026-11-24");
  request.mutable_offering()->set_capacity(5);
  request.mutable_offering()->add_instructors("instructor");
  request.mutable_offering()->add_instructors("another");
  v1::Offering shared;
  ASSERT_EQ(Rule(Call<v1::Offering>(trainer_, request), &shared), "");
  ASSERT_EQ(Event(&shared, "open"), "");
  v1::Enrolment enrolment;
  ASSERT_EQ(Enrol(shared, lead_, "p2", &enrolment), "");
  ASSERT_EQ(Attend(&enrolment, 100, both), "");
  ASSERT_EQ(Assess(&enrolment, 90, other_trainer_), "");
  ASSERT_EQ(Complete(&enrolment, other_trainer_), "");
  EXPECT_EQ(Issue(enrolment, both), "ISSUED_BY_MARKER");
  EXPECT_EQ(Issue(enrolment, With(other_trainer_, {ROLE_TRAINING_ADMIN})), "ISSUED_BY_MARKER");
  EXPECT_EQ(Issue(enrolment, admin_), "");
}

TEST_F(TrainingInsiders, NobodyMarksCertifiesOrImportsWhatIsTheOwn) {
  const v1::Offering offering = Open(Approved(NewCourse("git")), 10);
  v1::Enrolment own;
  ASSERT_EQ(Enrol(offering, trainer_, "instructor", &own, "pc-opc"), "");
  EXPECT_EQ(Attend(&own, 100, trainer_), "OWN_RECORD");
  EXPECT_EQ(Complete(&own, trainer_), "OWN_RECORD");
  v1::Enrolment registrars;
  ASSERT_EQ(Enrol(offering, admin_, "registrar", &registrars, "pc-opc"), "");
  ASSERT_EQ(Attend(&registrars, 100, trainer_), "");
  ASSERT_EQ(Assess(&registrars, 100, trainer_), "");
  ASSERT_EQ(Complete(&registrars, trainer_), "");
  EXPECT_EQ(Issue(registrars, admin_), "OWN_RECORD");
  const std::string file = header_ + "registrar,git,2024-02-29,pc-opc\n";
  v1::Import import;
  ASSERT_EQ(OpenImport(file, &import), "");
  ASSERT_EQ(Append(&import, 0, file), "");
  EXPECT_THAT(Errors(import), ElementsAre("2 OWN_RECORD"));
  EXPECT_EQ(Finish(&import, false), "");
  // The import is not committed either if somebody else appended the lines.
  const std::string another = header_ + "second,git,2024-02-29,pc-opc\n";
  ASSERT_EQ(OpenImport(another, &import), "");
  ASSERT_EQ(Append(&import, 0, another), "");
  v1::FinishImportRequest finish;
  finish.set_commit(true);
  Caller second = admin_;
  second.actor = "second";
  EXPECT_EQ(Move(second, &import, finish), "OWN_RECORD");
  EXPECT_EQ(Finish(&import, true), "");
}

}  // namespace
}  // namespace accord::training
