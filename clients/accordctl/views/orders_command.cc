// `accordctl orders`: restraining orders that wait to be served or end soon, as a table, as JSON or as one
// self-contained page.
#include <iostream>
#include <memory>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "accord/supports/v1/restraining_order_service.pb.h"
#include "clients/accordctl/core/command_session.h"
#include "clients/accordctl/views/orders_page.h"
#include "clients/accordctl/views/views.h"
#include "common/base/error.h"
#include "common/base/file.h"

namespace accord::ctl {
namespace {

using supports::v1::RestrainingOrder;

absl::StatusOr<std::vector<RestrainingOrder>> SelectedOrders(CommandSession* session,
                                                             supports::v1::OrderSelection selection) {
  std::vector<RestrainingOrder> orders;
  ACCORD_RETURN_IF_ERROR(Pages<supports::v1::ListRestrainingOrdersResponse>(
      session, "restraining-orders",
      [&](const auto& page) {
        orders.insert(orders.end(), page.restraining_orders().begin(), page.restraining_orders().end());
      },
      {{"selection", supports::v1::OrderSelection_Name(selection)}}));
  return orders;
}

absl::StatusOr<OrdersView> LoadOrders(CommandSession* session) {
  OrdersView view;
  view.now = absl::Now();
  ACCORD_ASSIGN_OR_RETURN(view.unserved, SelectedOrders(session, supports::v1::ORDER_SELECTION_UNSERVED));
  ACCORD_ASSIGN_OR_RETURN(view.expiring, SelectedOrders(session, supports::v1::ORDER_SELECTION_EXPIRING));
  SortOrders(&view);
  return view;
}

Json OrdersJson(const std::vector<RestrainingOrder>& orders) {
  Json rows = Json::array();
  for (const RestrainingOrder& order : orders) rows.push_back(ToJson(order));
  return rows;
}

Row OrderLine(const RestrainingOrder& order, absl::Time now, bool unserved) {
  return {unserved ? Text("not served") : Text("ending soon"),
          order.court_file_no(),
          order.court(),
          order.made_on(),
          order.expires_on(),
          absl::StrCat(order.unserved_days()),
          absl::StrCat(DaysLeft(order, now)),
          order.serving_agency()};
}

absl::Status PrintOrders(CommandSession* session, const std::string& html_file) {
  ACCORD_ASSIGN_OR_RETURN(const OrdersView view, LoadOrders(session));
  if (!html_file.empty()) {
    ACCORD_RETURN_IF_ERROR(WriteFile(html_file, OrdersPage(view), FileKind::kPrivate));
    const std::size_t listed = view.unserved.size() + view.expiring.size();
    std::cout << Text("{{counted}} in {{file}}",
                      {{"counted", Counted(listed, "order", "orders")}, {"file", html_file}})
              << "\n";
    return absl::OkStatus();
  }
  if (session->format() == Format::kName) {
    for (const RestrainingOrder& order : view.unserved) std::cout << order.name() << "\n";
    for (const RestrainingOrder& order : view.expiring) std::cout << order.name() << "\n";
    return absl::OkStatus();
  }
  if (session->format() != Format::kTable) {
    const Json document = {{"unserved", OrdersJson(view.unserved)}, {"expiring", OrdersJson(view.expiring)}};
    std::cout << PrintDocument(document, session->format());
    return absl::OkStatus();
  }
  std::vector<Row> rows = {Headings(
      {"WHY", "COURT FILE", "COURT", "MADE ON", "LAST DAY", "DAYS UNSERVED", "DAYS LEFT", "ASKED TO SERVE"})};
  for (const RestrainingOrder& order : view.unserved) rows.push_back(OrderLine(order, view.now, true));
  for (const RestrainingOrder& order : view.expiring) rows.push_back(OrderLine(order, view.now, false));
  std::cout << Table(rows);
  return absl::OkStatus();
}

}  // namespace

void AddOrdersCommand(CLI::App* app, CommandSession* session) {
  auto file = std::make_shared<std::string>();
  AddCommand(app, session, "orders",
             "Show the restraining orders of your cases that wait to be served or end soon",
             [=] { return PrintOrders(session, *file); })
      ->group("Views")
      ->add_option("--html", *file, "Write a page with both lists instead of printing a table");
}

}  // namespace accord::ctl
