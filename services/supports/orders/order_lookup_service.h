// These are the handlers of OrderLookupService, which tells whether there is an enforceable order against
// exactly one respondent.
#ifndef ACCORD_SERVICES_SUPPORTS_ORDERS_ORDER_LOOKUP_SERVICE_H_
#define ACCORD_SERVICES_SUPPORTS_ORDERS_ORDER_LOOKUP_SERVICE_H_

#include <string>

#include "accord/supports/v1/order_lookup_service.pb.h"
#include "common/host/calls/handlers.h"
#include "services/supports/law.h"

namespace accord::supports {

class OrderLookupService {
 public:
  OrderLookupService(const storage::PageTokens* tokens, RulesNow rules)
      : orders_("restraining_order", tokens),
        lookups_("order_lookup", tokens),
        notices_("order_lookup_notice", tokens),
        rules_(rules) {}
  void Register(host::Handlers* handlers);

 private:
  using Tx = storage::Transaction;

  absl::StatusOr<v1::OrderLookup> Create(host::Call&, Tx&, const storage::Write&,
                                         const v1::CreateOrderLookupRequest&);
  // This fails with RESOURCE_EXHAUSTED and rule LOOKUPS_EXHAUSTED for a caller whose look-ups found nothing
  // too often today.
  absl::Status CheckLookupBudget(const host::Call& call, Tx& tx) const;
  // This tells the preparer of the order that it was looked up, and whether it was shown.
  absl::Status NotifyPreparer(const host::Call& call, Tx& tx, const storage::Write& write,
                              const std::string& order, v1::OrderLookupReason reason, bool found);

  storage::Resources orders_;
  storage::Resources lookups_;
  storage::Resources notices_;
  const RulesNow rules_;
};

}  // namespace accord::supports

#endif  // ACCORD_SERVICES_SUPPORTS_ORDERS_ORDER_LOOKUP_SERVICE_H_
