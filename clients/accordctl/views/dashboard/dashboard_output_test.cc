#include "clients/accordctl/core/json.h"
#include "clients/accordctl/core/session_language.h"
#include "clients/accordctl/core/texts.h"
#include "clients/accordctl/core/training_mark.h"
#include "clients/accordctl/core/visible_text.h"
#include "clients/accordctl/testing/dashboard_fixture.h"

namespace accord::ctl {
namespace {

using ::testing::ContainsRegex;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;

// This is what the dashboard looks like: as JSON, as a page, in French.
class DashboardOutput : public DashboardTest {};

TEST_F(DashboardOutput, JsonHasInstantsWithTheirOffsetAndWhatWasNotRead) {
  Dashboard dashboard = Shown(Of(Fresh()));
  dashboard.unread.push_back({"disputes", absl::UnavailableError("no connection")});
  const Json json = DashboardJson(dashboard);
  EXPECT_EQ(json["time_zone"], "America/Toronto");
  EXPECT_EQ(json["waiting"][0]["due"], "2026-11-26T11:30:00-05:00");
  EXPECT_EQ(json["waiting"][0]["overdue"], false);
  EXPECT_EQ(json["counts"]["unassigned"], 1);
  EXPECT_EQ(json["unread"][0]["code"], "UNAVAILABLE");
  EXPECT_THAT(DashboardTable(dashboard), HasSubstr("not read: disputes (UNAVAILABLE: no connection)"));
}

TEST_F(DashboardOutput, NeverSaysThatNothingWaitsWhereSomethingWasNotRead) {
  Dashboard dashboard = Shown({});
  EXPECT_THAT(DashboardTable(dashboard), HasSubstr("\nnothing waits\n"));
  EXPECT_THAT(DashboardPage(dashboard), HasSubstr("<p>Nothing waits.</p>"));
  dashboard.unread.push_back({"referrals", absl::UnavailableError("no connection")});
  EXPECT_THAT(DashboardTable(dashboard), HasSubstr("\nnothing waits in what could be read\n"));
  EXPECT_THAT(DashboardPage(dashboard), HasSubstr("<p>Nothing waits in what could be read.</p>"));
  EXPECT_THAT(DashboardPage(dashboard), Not(HasSubstr("<p>Nothing waits.</p>")));
}

TEST_F(DashboardOutput, ThePageRunsNothingAndSaysEveryStateInWords) {
  protocols::v1::Referral late = Fresh();
  Due(-absl::Hours(30), &late);
  late.set_assignee("<script>alert(1)</script>");
  const std::string page = DashboardPage(Shown(Of(late)));
  EXPECT_THAT(page, HasSubstr("default-src 'none'"));
  EXPECT_THAT(page, Not(HasSubstr("<script")));
  EXPECT_THAT(page, HasSubstr("&lt;script&gt;"));
  EXPECT_THAT(page, HasSubstr("<title>What waits for member, ps-york</title>"));
  EXPECT_THAT(page, HasSubstr("30 h overdue"));
  EXPECT_THAT(page, HasSubstr("<caption>My team, most urgent first</caption>"));
  EXPECT_THAT(page, HasSubstr("<a href=\"#team\">My team (1)</a>"));
  EXPECT_THAT(page, HasSubstr("<h2 id=\"team-title\">My team (1)</h2>"));
  EXPECT_THAT(page, Not(HasSubstr("Overdue at others"))) << "nothing is";
  EXPECT_THAT(page, HasSubstr("<th scope=\"col\">Due</th>"));
  EXPECT_THAT(page, HasSubstr("<th scope=\"row\">acknowledge referral</th>"));
  EXPECT_THAT(page, HasSubstr("@media print"));
  EXPECT_THAT(page, HasSubstr("prefers-color-scheme: dark"));
  EXPECT_THAT(page, HasSubstr("<time datetime=\"2026-11-25T03:30:00-05:00\">"));
  EXPECT_THAT(page, Not(HasSubstr("{{")));
}

TEST_F(DashboardOutput, IsFrenchForPeopleWhoChoseItAndAsEverForPrograms) {
  const Speaking french(Language::kFrench);
  const Dashboard dashboard = Shown(Of(Fresh()));
  const std::string page = DashboardPage(dashboard), table = DashboardTable(dashboard);
  EXPECT_THAT(page, HasSubstr("<html lang=\"fr\">"));
  EXPECT_THAT(page, HasSubstr("<title>Ce qui attend member, ps-york</title>"));
  EXPECT_THAT(page, HasSubstr("<th scope=\"row\">aiguillage\u00a0: accuser réception</th>"));
  EXPECT_THAT(page, HasSubstr("26 novembre 2026, 11 h 30 HNE"));
  EXPECT_THAT(page, Not(HasSubstr("[[")));
  EXPECT_THAT(table, HasSubstr("À FAIRE"));
  EXPECT_THAT(table, HasSubstr("dans 2 h"));
  EXPECT_THAT(table, HasSubstr("sans personne désignée (1)"));
  EXPECT_THAT(table, HasSubstr("accordctl referral acknowledge agencies/cas-york/referrals/01a"));
  const Json json = DashboardJson(dashboard);
  EXPECT_EQ(json["waiting"][0]["turn"], "unassigned");
  EXPECT_EQ(json["waiting"][0]["to_do"], "acknowledge");
  EXPECT_EQ(json["waiting"][0]["state"], "submitted");
}

// Each group stands below the heads of the columns, and no line is lost, whatever stands above.
TEST_F(DashboardOutput, SaysOnceAboveAllThatItIsForTrainingAndListsEveryLine) {
  std::vector<Waiting> waiting = Of(Fresh("01a"));
  AddWaiting(viewer_, Fresh("01b"), &waiting);
  const Dashboard dashboard = Shown(waiting);
  const std::string elsewhere = DashboardTable(dashboard);
  EXPECT_THAT(elsewhere, ContainsRegex("\nDUE [^\n]*\nunassigned \\(2\\)\n[^\n]*01a\n[^\n]*01b\n"));
  MarkAsTraining(true);
  const std::string training = DashboardTable(dashboard), nothing = DashboardTable(Shown({}));
  MarkAsTraining(false);
  const std::string mark = "TRAINING: people and cases are made up\n";
  EXPECT_EQ(training, mark + elsewhere);
  EXPECT_THAT(nothing, StartsWith(mark));
}

}  // namespace
}  // namespace accord::ctl
