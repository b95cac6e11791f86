// `accordctl orders` shows restraining orders that wait to be served, end soon or are not found by police, as
// a table or as JSON; those that wait or end as one self-contained page, too.
#include <algorithm>
#include <iostream>
#include <memory>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "accord/supports/v1/restraining_order_service.pb.h"
#include "clients/accordctl/core/command_session.h"
#include "clients/accordctl/core/file_to_write.h"
#include "clients/accordctl/core/json.h"
#include "clients/accordctl/core/message_json.h"
#include "clients/accordctl/core/table.h"
#include "clients/accordctl/core/texts.h"
#include "clients/accordctl/views/page.h"
#include "clients/accordctl/views/read_pages.h"
#include "clients/accordctl/views/supports/orders_page.h"
#include "common/base/error.h"
#include "common/base/file.h"

namespace accord::ctl {
namespace {

using supports::v1::RestrainingOrder;

absl::StatusOr<std::vector<RestrainingOrder>> SelectedOrders(CommandSession* session,
                                                             supports::v1::OrderSelection selection) {
  std::vector<RestrainingOrder> orders;
  ACCORD_RETURN_IF_ERROR(ReadPages<supports::v1::ListRestrainingOrdersResponse>(
      session, "restraining-orders",
      [&](const auto& page) {
        orders.insert(orders.end(), page.restraining_orders().begin(), page.restraining_orders().end());
      },
      {{"selection", supports::v1::OrderSelection_Name(selection)}}));
  return orders;
}

// This gives the orders of which nobody knows when the respondent was born, so that no look-up by the name
// finds them.
std::vector<RestrainingOrder> FoundByFileAlone(const std::vector<RestrainingOrder>& orders) {
  std::vector<RestrainingOrder> found;
  for (const RestrainingOrder& order : orders) {
    const auto& gaps = order.lookup_gaps();
    const bool unborn =
        std::find(gaps.begin(), gaps.end(), supports::v1::LOOKUP_GAP_NO_BIRTH_DATE) != gaps.end();
    if (unborn) found.push_back(order);
  }
  return found;
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

Row OrderLine(const RestrainingOrder& order, absl::Time now, const std::string& why) {
  return {why,
          order.court_file_no(),
          order.court(),
          order.made_on(),
          order.expires_on(),
          absl::StrCat(order.unserved_days()),
          absl::StrCat(DaysLeftOfOrder(order, now)),
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
  ACCORD_ASSIGN_OR_RETURN(const auto not_found,
                          SelectedOrders(session, supports::v1::ORDER_SELECTION_NOT_FOUND_BY_POLICE));
  if (session->format() == Format::kName) {
    for (const RestrainingOrder& order : view.unserved) std::cout << order.name() << "\n";
    for (const RestrainingOrder& order : view.expiring) std::cout << order.name() << "\n";
    return absl::OkStatus();
  }
  if (session->format() != Format::kTable) {
    const Json document = {{"unserved", OrdersJson(view.unserved)},
                           {"expiring", OrdersJson(view.expiring)},
                           {"not_found_by_police", OrdersJson(not_found)}};
    std::cout << PrintDocument(document, session->format());
    return absl::OkStatus();
  }
  std::vector<Row> rows = {TableHeadings(
      {"WHY", "COURT FILE", "COURT", "MADE ON", "LAST DAY", "DAYS UNSERVED", "DAYS LEFT", "ASKED TO SERVE"})};
  const auto add = [&](const std::vector<RestrainingOrder>& orders, const std::string& why) {
    for (const RestrainingOrder& order : orders) rows.push_back(OrderLine(order, view.now, why));
  };
  add(view.unserved, Text("not served"));
  add(view.expiring, Text("ending soon"));
  add(FoundByFileAlone(not_found), Text("police find it by its file alone"));
  std::cout << Table(rows);
  return absl::OkStatus();
}

}  // namespace

void AddOrdersCommand(CLI::App* app, CommandSession* session) {
  auto file = std::make_shared<std::string>();
  AddCommand(app, session, "orders",
             "Show restraining orders that are not served, end soon or police do not find",
             [=] { return PrintOrders(session, *file); })
      ->group("Views")
      ->add_option("--html", *file, "Write a page with both lists instead of printing a table")
      ->check(FaultOfFileToWrite);
}

}  // namespace accord::ctl
