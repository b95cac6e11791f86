// These tests show what stands in the pack for an outage, and in which order.
#include "clients/accordctl/views/operations/continuity.h"

#include <gmock/gmock.h>

#include <string>

#include "clients/accordctl/core/session_language.h"
#include "clients/accordctl/core/texts.h"
#include "clients/accordctl/core/visible_text.h"
#include "clients/accordctl/testing/dashboard_fixture.h"

namespace accord::ctl {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;

class OutagePackTest : public DashboardTest {
 protected:
  OutagePack PackOfTwo() const {
    protocols::v1::Referral later = Fresh("later"), sooner = Fresh("sooner");
    Due(absl::Hours(9), &later);
    std::vector<Waiting> waiting = Of(later);
    const std::vector<Waiting> more = Of(sooner);
    waiting.insert(waiting.end(), more.begin(), more.end());
    OutagePack pack;
    pack.dashboard = Shown(std::move(waiting));
    pack.reader = "supervisor, York Police";
    registry::v1::AgencyDutyContact desk;
    desk.set_agency("cas-york");
    desk.set_display_name("York Society");
    desk.set_role(annotations::v1::ROLE_CAS_SUPERVISOR);
    desk.set_reach("905-555-0199 <after hours>");
    pack.desks.push_back(desk);
    return pack;
  }
};

TEST_F(OutagePackTest, HasTheNextDeadlineFirstAndTheDesks) {
  const std::string page = OutagePage(PackOfTwo());
  EXPECT_LT(page.find("referrals/sooner"), page.find("referrals/later"));
  EXPECT_NE(page.find("referrals/later"), std::string::npos);
  EXPECT_THAT(page, AllOf(HasSubstr("York Society"), HasSubstr("905-555-0199 &lt;after hours&gt;"),
                          HasSubstr("at any time"), HasSubstr("2026-11-26 09:30 EST")));
  EXPECT_THAT(page, AllOf(Not(HasSubstr("{{")), Not(HasSubstr("[[")), Not(HasSubstr("<script"))));
}

TEST_F(OutagePackTest, LeavesOutWhatHasNoDeadline) {
  OutagePack pack = PackOfTwo();
  for (Waiting& each : pack.dashboard.waiting) each.due.reset();
  EXPECT_THAT(OutagePage(pack),
              AllOf(HasSubstr("No deadline was open."), Not(HasSubstr("referrals/sooner"))));
}

TEST_F(OutagePackTest, SaysWhatCouldNotBeReadAndThatNobodyToldOfADesk) {
  OutagePack pack = PackOfTwo();
  pack.desks.clear();
  pack.dashboard.unread.push_back({"disputes", absl::UnavailableError("it is away")});
  EXPECT_THAT(OutagePage(pack), AllOf(HasSubstr("Not read:"), HasSubstr("disputes, it is away"),
                                      HasSubstr("No agency has told of a duty desk.")));
}

TEST_F(OutagePackTest, SpeaksFrench) {
  const Speaking speaking(Language::kFrench);
  EXPECT_THAT(OutagePage(PackOfTwo()), AllOf(HasSubstr("Échéances en cours"), HasSubstr("en tout temps"),
                                             HasSubstr("téléphonez maintenant au service de garde")));
}

}  // namespace
}  // namespace accord::ctl
