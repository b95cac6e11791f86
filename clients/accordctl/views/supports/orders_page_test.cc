#include "clients/accordctl/views/supports/orders_page.h"

#include <gmock/gmock.h>

#include <string>

#include "clients/accordctl/core/session_language.h"
#include "clients/accordctl/core/texts.h"
#include "common/base/clock.h"

namespace accord::ctl {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;

supports::v1::RestrainingOrder AnOrder(const std::string& file, int unserved_days,
                                       const std::string& expires_on) {
  supports::v1::RestrainingOrder order;
  order.set_name("agencies/vs-york/restrainingOrders/" + file);
  order.set_support_case("agencies/vs-york/supportCases/c1");
  order.mutable_respondent()->set_full_name("Zoltan Made-Up");
  order.set_court("Newmarket");
  order.set_court_file_no(file);
  order.set_made_on("2026-11-02");
  order.set_expires_on(expires_on);
  order.set_unserved_days(unserved_days);
  order.set_enforceable(unserved_days == 0);
  return order;
}

OrdersView AView() {
  OrdersView view;
  view.now = absl::FromCivil(absl::CivilSecond(2026, 11, 26, 16, 30, 0), OntarioZone());
  view.unserved = {AnOrder("26-1", 3, "2029-11-02"), AnOrder("26-2", 24, "2026-11-30")};
  view.expiring = {AnOrder("26-3", 0, "2026-12-01"), AnOrder("26-2", 24, "2026-11-30")};
  SortOrders(&view);
  return view;
}

TEST(OrdersPage, PutsTheLongestWaitAndTheNextEndFirst) {
  const OrdersView view = AView();
  EXPECT_EQ(view.unserved.at(0).court_file_no(), "26-2");
  EXPECT_EQ(view.expiring.at(0).court_file_no(), "26-2");
  EXPECT_EQ(DaysLeftOfOrder(view.expiring.at(0), view.now), 4);
  EXPECT_EQ(DaysLeftOfOrder(AnOrder("26-4", 0, "2026-11-26"), view.now), 0);
}

TEST(OrdersPage, SaysWhatToActOnAndNamesNobody) {
  const std::string page = OrdersPage(AView());
  EXPECT_THAT(
      page, AllOf(HasSubstr("2 orders waiting to be served, 2 ending soon."), HasSubstr("<bdi>26-2</bdi>"),
                  HasSubstr("<td>24 days</td>"), HasSubstr("<td>4 days</td>"), HasSubstr("<td>nobody</td>")));
  for (const char* kept : {"Made-Up", "supportCases", "vs-york", "{{", "[["}) {
    EXPECT_THAT(page, Not(HasSubstr(kept))) << kept;
  }
}

TEST(OrdersPage, SaysThatThereIsNone) {
  OrdersView view = AView();
  view.unserved.clear();
  view.expiring.clear();
  EXPECT_THAT(OrdersPage(view), AllOf(HasSubstr("There is none."), Not(HasSubstr("<table"))));
}

TEST(OrdersPage, ShowsWhatOthersWroteAsText) {
  OrdersView view = AView();
  view.unserved.at(0).set_court("<script>alert(1)</script>");
  EXPECT_THAT(OrdersPage(view), Not(HasSubstr("<script>")));
}

TEST(OrdersPage, IsTheSameInFrench) {
  const Speaking french(Language::kFrench);
  EXPECT_THAT(OrdersPage(AView()),
              AllOf(HasSubstr("lang=\"fr\""), HasSubstr("Ordonnances interdictives à suivre"),
                    HasSubstr("2 ordonnances en attente de signification"), HasSubstr("<td>24 jours</td>")));
}

}  // namespace
}  // namespace accord::ctl
