// This file is about the page of `accordctl orders`: restraining orders that wait to be served or expire
// soon. It does not name respondents: people who act on an order have the court's file.
#ifndef ACCORD_CLIENTS_ACCORDCTL_VIEWS_SUPPORTS_ORDERS_PAGE_H_
#define ACCORD_CLIENTS_ACCORDCTL_VIEWS_SUPPORTS_ORDERS_PAGE_H_

#include <string>
#include <vector>

#include "absl/time/time.h"
#include "accord/supports/v1/order_resources.pb.h"

namespace accord::ctl {

struct OrdersView {
  // The orders that were not served, longest wait first, and those that expire soon, soonest first.
  // An order may be in both.
  std::vector<supports::v1::RestrainingOrder> unserved, expiring;
  absl::Time now;
};

// This gives the whole days from today in Ontario to the last day of the order; it is 0 if that is today.
int DaysLeftOfOrder(const supports::v1::RestrainingOrder& order, absl::Time now);
// This sorts the rows of both lists.
void SortOrders(OrdersView* view);

// This returns the page as HTML.
std::string OrdersPage(const OrdersView& view);

}  // namespace accord::ctl

#endif  // ACCORD_CLIENTS_ACCORDCTL_VIEWS_SUPPORTS_ORDERS_PAGE_H_
