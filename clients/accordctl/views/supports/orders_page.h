// The page of `accordctl orders`: restraining orders that wait to be served or end soon. It names no
// respondent: whoever acts on it has the court's file.
#ifndef ACCORD_CLIENTS_ACCORDCTL_VIEWS_SUPPORTS_ORDERS_PAGE_H_
#define ACCORD_CLIENTS_ACCORDCTL_VIEWS_SUPPORTS_ORDERS_PAGE_H_

#include <string>
#include <vector>

#include "absl/time/time.h"
#include "accord/supports/v1/order_resources.pb.h"

namespace accord::ctl {

struct OrdersView {
  // These are the orders that were not served, the longest wait first, and those that end soon, the next end
  // first. An order may be in both.
  std::vector<supports::v1::RestrainingOrder> unserved, expiring;
  absl::Time now;
};

// Whole days from today in Ontario to the last day of the order; 0 says that it ends today.
int DaysLeft(const supports::v1::RestrainingOrder& order, absl::Time now);
// Puts the rows of both lists in their order.
void SortOrders(OrdersView* view);

// This returns the page as HTML.
std::string OrdersPage(const OrdersView& view);

}  // namespace accord::ctl

#endif  // ACCORD_CLIENTS_ACCORDCTL_VIEWS_SUPPORTS_ORDERS_PAGE_H_
