// These tests are about what nobody has in hand yet, on the dashboards of a Crown office and of the
// intelligence bureau.
#include <gmock/gmock.h>

#include "accord/intelligence/v1/report_service.pb.h"
#include "accord/prosecution/v1/case_service.pb.h"
#include "accord/registry/v1/people_service.pb.h"
#include "accord/registry/v1/resources.pb.h"
#include "clients/accordctl/testing/answering_gateway.h"
#include "clients/accordctl/testing/dashboard_fixture.h"
#include "clients/accordctl/testing/fake_tls_gateway.h"
#include "clients/accordctl/testing/printed.h"

namespace accord::ctl {
namespace {

namespace c = prosecution::v1;
namespace i = intelligence::v1;
using ::testing::Contains;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::SizeIs;

constexpr char kCases[] = "/accord.prosecution.v1.CaseService/ListCases";
constexpr char kReports[] = "/accord.intelligence.v1.ReportService/ListReports";

c::Case NewCase(const std::string& office) {
  c::Case of_office;
  of_office.set_name("agencies/" + office + "/cases/01c");
  return of_office;
}

void Assign(c::AssignmentMode mode, const std::string& to, c::Case* of_office) {
  c::Assignment* assignment = of_office->add_assignments();
  assignment->set_mode(mode);
  assignment->set_to(to);
}

class UnassignedDashboard : public DashboardTest {
 protected:
  // This gives what of a record waits for one agency.
  template <class Record>
  std::vector<Waiting> At(const std::string& agency, const Record& record) const {
    Viewer viewer{agency, "coordinator", viewer_.now};
    viewer.bureau = agency == "ci-ciso";
    std::vector<Waiting> waiting;
    AddWaiting(viewer, record, &waiting);
    return waiting;
  }
};

TEST_F(UnassignedDashboard, ACaseWaitsForACrownUntilOneActsInIt) {
  c::Case of_office = NewCase("cr-york");
  auto lines = At("cr-york", of_office);
  ASSERT_THAT(lines, SizeIs(1));
  EXPECT_EQ(lines[0].turn, Turn::kUnassigned);
  EXPECT_EQ(lines[0].what, "assign a Crown");
  EXPECT_EQ(lines[0].next, "case assign-crown agencies/cr-york/cases/01c");
  Assign(c::ASSIGNMENT_MODE_ADVISORY, "", &of_office);
  EXPECT_THAT(At("cr-york", of_office), SizeIs(1)) << "who advises does not appear";
  Assign(c::ASSIGNMENT_MODE_LEAD, "2026-11-25", &of_office);
  EXPECT_THAT(At("cr-york", of_office), SizeIs(1)) << "the assignment has ended";
  Assign(c::ASSIGNMENT_MODE_LEAD, "", &of_office);
  EXPECT_THAT(At("cr-york", of_office), IsEmpty());
}

TEST_F(UnassignedDashboard, WaitsForTheRolesThatMayTakeIt) {
  Viewer viewer{"cr-york", "counsel", viewer_.now};
  const auto lines = [&](const auto& record) {
    std::vector<Waiting> waiting;
    AddWaiting(viewer, record, &waiting);
    return waiting.size();
  };
  viewer.roles = {annotations::v1::ROLE_CROWN_COUNSEL};
  EXPECT_EQ(lines(NewCase("cr-york")), 0)
      << "the coordinator assigns a Crown, and the Crown who opened it does not";
  viewer.roles = {annotations::v1::ROLE_CROWN_COUNSEL, annotations::v1::ROLE_CROWN_COORDINATOR};
  EXPECT_EQ(lines(NewCase("cr-york")), 1);
  i::Report report;
  report.set_name("agencies/ps-york/reports/01r");
  report.set_state(i::REPORT_STATE_SUBMITTED);
  viewer = {"ci-ciso", "analyst", viewer_.now};
  viewer.bureau = true;
  viewer.roles = {annotations::v1::ROLE_CISO_ANALYST};
  EXPECT_EQ(lines(report), 1) << "an analyst grades";
  report.set_state(i::REPORT_STATE_EVALUATED);
  EXPECT_EQ(lines(report), 0) << "and does not decide";
}

TEST_F(UnassignedDashboard, ACaseOfAnotherOfficeWaitsForThatOffice) {
  EXPECT_THAT(At("cr-york", NewCase("cr-phtpt")), IsEmpty());
}

TEST_F(UnassignedDashboard, AReportWaitsForTheBureauUntilItIsDecidedOn) {
  i::Report report;
  report.set_name("agencies/ps-york/reports/01r");
  report.set_state(i::REPORT_STATE_SUBMITTED);
  auto lines = At("ci-ciso", report);
  ASSERT_THAT(lines, SizeIs(1));
  EXPECT_EQ(lines[0].next, "report grade agencies/ps-york/reports/01r");
  EXPECT_THAT(At("ps-york", report), IsEmpty()) << "the originator waits itself";
  report.set_state(i::REPORT_STATE_EVALUATED);
  lines = At("ci-ciso", report);
  ASSERT_THAT(lines, SizeIs(1));
  EXPECT_EQ(lines[0].next, "report decide agencies/ps-york/reports/01r");
  for (const auto state : {i::REPORT_STATE_DRAFT, i::REPORT_STATE_ACTIVE, i::REPORT_STATE_RETURNED}) {
    report.set_state(state);
    EXPECT_THAT(At("ci-ciso", report), IsEmpty()) << state;
  }
}

// The certificate of the context is that of ps-york, whatever kind the registry gives it here.
class UnassignedDashboardCommand : public ::testing::Test {
 protected:
  std::string Run(AgencyKind kind, const std::string& purpose) {
    registry::v1::Agency agency;
    agency.set_kind(kind);
    gateway_.Answer("/accord.registry.v1.RegistryService/GetAgency", agency);
    absl::Status status;
    std::string table =
        Printed(&tls_gateway_, AddDashboardCommand, {"dashboard", "--purpose", purpose}, &status);
    EXPECT_TRUE(status.ok()) << status;
    return table;
  }

  AnsweringGateway gateway_;
  FakeTlsGateway tls_gateway_{&gateway_};
};

TEST_F(UnassignedDashboardCommand, OfACrownOfficeNamesTheCaseAndReadsNothingElseOfIt) {
  c::ListCasesResponse cases;
  *cases.add_cases() = NewCase("ps-york");
  gateway_.Answer(kCases, cases);
  EXPECT_THAT(Run(annotations::v1::AGENCY_KIND_CROWN, "prosecution"),
              HasSubstr("accordctl case assign-crown agencies/ps-york/cases/01c"));
  c::ListCasesRequest asked;
  ASSERT_TRUE(asked.ParseFromString(gateway_.sent(kCases)));
  ASSERT_EQ(asked.read_mask().paths_size(), 1);
  EXPECT_EQ(asked.read_mask().paths(0), "assignments");
}

TEST_F(UnassignedDashboardCommand, OfACrownAsksForNoCasesThatTheCoordinatorAssigns) {
  c::ListCasesResponse cases;
  *cases.add_cases() = NewCase("ps-york");
  gateway_.Answer(kCases, cases);
  registry::v1::ListColleaguesResponse colleagues;
  auto* self = colleagues.add_colleagues();
  self->set_actor("member");
  self->add_roles(annotations::v1::ROLE_CROWN_COUNSEL);
  gateway_.Answer("/accord.registry.v1.PeopleService/ListColleagues", colleagues);
  EXPECT_THAT(Run(annotations::v1::AGENCY_KIND_CROWN, "prosecution"), Not(HasSubstr("assign-crown")));
  EXPECT_THAT(gateway_.asked(), Not(Contains(kCases)));
}

TEST_F(UnassignedDashboardCommand, OfTheBureauNamesTheReportAndAPoliceServiceDoesNotAskForIt) {
  i::ListReportsResponse reports;
  reports.add_reports()->set_name("agencies/ps-peel/reports/01r");
  reports.mutable_reports(0)->set_state(i::REPORT_STATE_SUBMITTED);
  gateway_.Answer(kReports, reports);
  EXPECT_THAT(Run(annotations::v1::AGENCY_KIND_POLICE_SERVICE, "intelligence"), Not(HasSubstr("01r")));
  EXPECT_THAT(gateway_.asked(), Not(Contains(kReports)));
  EXPECT_THAT(Run(annotations::v1::AGENCY_KIND_CRIMINAL_INTELLIGENCE, "intelligence"),
              HasSubstr("accordctl report grade agencies/ps-peel/reports/01r"));
  i::ListReportsRequest asked;
  ASSERT_TRUE(asked.ParseFromString(gateway_.sent(kReports)));
  EXPECT_EQ(asked.filter(), "state = submitted OR state = evaluated");
}

}  // namespace
}  // namespace accord::ctl
