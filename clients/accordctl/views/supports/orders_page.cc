#include "clients/accordctl/views/supports/orders_page.h"

#include <algorithm>
#include <cstddef>
#include <tuple>

#include "absl/strings/str_cat.h"
#include "clients/accordctl/core/texts.h"
#include "clients/accordctl/core/time_text.h"
#include "clients/accordctl/views/page.h"
#include "common/base/clock.h"

namespace accord::ctl {
namespace {

using supports::v1::RestrainingOrder;

const PageForm& OrdersForm() {
  static const auto* form = new PageForm("orders.html");
  return *form;
}

std::string OrderDays(int days) { return Counted(static_cast<std::size_t>(days), "day", "days"); }

// This is what a list says of an order beyond its file and its days.
struct OrderCells {
  std::string days, of;
};

std::string OrderRow(const RestrainingOrder& order, const OrderCells& last) {
  return OrdersForm().Part("order", {{"file", ForeignText(order.court_file_no())},
                                     {"court", ForeignText(order.court())},
                                     {"made", DayText(order.made_on())},
                                     {"ends", DayText(order.expires_on())},
                                     {"days", last.days},
                                     {"of", last.of}});
}

std::string OrderList(const std::string& title, const std::string& days, const std::string& of,
                      std::size_t count, const std::string& rows) {
  if (count == 0) return OrdersForm().Part("no-order");
  return OrdersForm().Part("list", {{"title", title},
                                    {"counted", Counted(count, "order", "orders")},
                                    {"days", days},
                                    {"of", of},
                                    {"rows", rows}});
}

std::string UnservedOf(const OrdersView& view) {
  std::string rows;
  for (const RestrainingOrder& order : view.unserved) {
    const std::string& agency = order.serving_agency();
    const std::string asked = agency.empty() ? Text("nobody") : ForeignText(agency);
    rows += OrderRow(order, {OrderDays(order.unserved_days()), asked});
  }
  return OrderList(Text("Not served"), Text("Waiting for"), Text("Asked to serve it"), view.unserved.size(),
                   rows);
}

std::string ExpiringOf(const OrdersView& view) {
  std::string rows;
  for (const RestrainingOrder& order : view.expiring) {
    const std::string enforceable = order.enforceable() ? Text("yes") : Text("no");
    rows += OrderRow(order, {OrderDays(DaysLeftOfOrder(order, view.now)), enforceable});
  }
  return OrderList(Text("Ending soon"), Text("Time left"), Text("Enforceable"), view.expiring.size(), rows);
}

}  // namespace

int DaysLeftOfOrder(const RestrainingOrder& order, absl::Time now) {
  const auto last = ParseDay(order.expires_on());
  if (!last) return 0;
  return static_cast<int>(std::max<absl::civil_diff_t>(0, *last - OntarioDay(now)));
}

void SortOrders(OrdersView* view) {
  std::sort(view->unserved.begin(), view->unserved.end(), [](const auto& a, const auto& b) {
    return std::make_tuple(-a.unserved_days(), a.name()) < std::make_tuple(-b.unserved_days(), b.name());
  });
  std::sort(view->expiring.begin(), view->expiring.end(), [](const auto& a, const auto& b) {
    return std::make_tuple(a.expires_on(), a.name()) < std::make_tuple(b.expires_on(), b.name());
  });
}

std::string OrdersPage(const OrdersView& view) {
  const std::string now = Text("{{moment}} in Ontario", {{"moment", MomentText(view.now, OntarioZone())}});
  const std::string summary = Text("{{unserved}} waiting to be served, {{expiring}} ending soon.",
                                   {{"unserved", Counted(view.unserved.size(), "order", "orders")},
                                    {"expiring", absl::StrCat(view.expiring.size())}});
  const std::string today = DayText(FormatDay(OntarioDay(view.now)));
  return PageOf(Text("Restraining orders to act on, {{today}}", {{"today", today}}), {"page.css"},
                OrdersForm().Body({{"summary", summary},
                                   {"now", now},
                                   {"unserved", UnservedOf(view)},
                                   {"expiring", ExpiringOf(view)}}));
}

}  // namespace accord::ctl
