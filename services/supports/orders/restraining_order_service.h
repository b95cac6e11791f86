// These are the handlers of RestrainingOrderService, which keeps the application, what the court made and
// changed, and the service of the order.
#ifndef ACCORD_SERVICES_SUPPORTS_ORDERS_RESTRAINING_ORDER_SERVICE_H_
#define ACCORD_SERVICES_SUPPORTS_ORDERS_RESTRAINING_ORDER_SERVICE_H_

#include <string>

#include "accord/supports/v1/restraining_order_service.pb.h"
#include "common/host/calls/handlers.h"
#include "common/lifecycle/lifecycle.h"
#include "services/supports/law.h"

namespace accord::supports {

class RestrainingOrderService {
 public:
  RestrainingOrderService(const storage::PageTokens* tokens, RulesNow rules)
      : cases_("support_case", tokens),
        consents_("consent", tokens),
        orders_("restraining_order", tokens),
        notices_("order_lookup_notice", tokens),
        rules_(rules) {}
  void Register(host::Handlers* handlers);
  // This reads the notice of a look-up as the list shows it. It fails with NOT_FOUND for a caller whose list
  // does not have it.
  absl::Status ReadListed(const Caller& caller, storage::Transaction& tx, const std::string& name,
                          google::protobuf::Message* out);

 private:
  using Tx = storage::Transaction;
  using Result = absl::StatusOr<v1::RestrainingOrder>;
  using Page = absl::StatusOr<v1::ListRestrainingOrdersResponse>;

  Result Prepare(host::Call&, Tx&, const storage::Write&, const v1::PrepareRestrainingOrderRequest&);
  Result Get(host::Call&, Tx&, const v1::GetRestrainingOrderRequest&);
  Page List(host::Call&, Tx&, const v1::ListRestrainingOrdersRequest&);
  Result Correct(host::Call&, Tx&, const storage::Write&, const v1::CorrectRestrainingOrderRequest&);
  Result Advance(host::Call&, Tx&, const storage::Write&, const v1::AdvanceRestrainingOrderRequest&);
  Result Grant(host::Call&, Tx&, const storage::Write&, const v1::GrantRestrainingOrderRequest&);
  Result Entrust(host::Call&, Tx&, const storage::Write&, const v1::EntrustRestrainingOrderRequest&);
  Result Serve(host::Call&, Tx&, const storage::Write&, const v1::ServeRestrainingOrderRequest&);
  Result Extend(host::Call&, Tx&, const storage::Write&, const v1::ExtendRestrainingOrderRequest&);
  Result Vary(host::Call&, Tx&, const storage::Write&, const v1::VaryRestrainingOrderRequest&);
  Result Appeal(host::Call&, Tx&, const storage::Write&, const v1::AppealRestrainingOrderRequest&);
  absl::StatusOr<v1::ListOrderLookupNoticesResponse> ListNotices(host::Call&, Tx&,
                                                                 const v1::ListOrderLookupNoticesRequest&);

  // This gives the order as it is stored to a worker of its support case. It fails with NOT_FOUND for
  // everybody else.
  Result ReadAsWorker(const Caller& caller, Tx&, const std::string& name);
  // This gives the same for an order whose lifecycle permits this step on the day of the step, or today if
  // that day is empty or later. A step that happened before the order's last day may be recorded afterwards.
  Result Moved(host::Call& call, Tx&, const std::string& name, const Lifecycle& lifecycle,
               const std::string& event, const std::string& on = "");
  // This fails with NOT_FOUND for a consent of another case, and with CONSENT_NOT_LIVE for a consent that is
  // not for ORDER_APPLICATION or does not stand.
  absl::Status CheckConsent(const Caller& caller, Tx&, const v1::RestrainingOrder& order,
                            const std::string& today);
  // Checks that the application can be filed on this day.
  absl::Status CheckFiling(const Caller& caller, Tx&, const v1::RestrainingOrder& order,
                           const std::string& filed_on, const std::string& today);
  // This corrects the court's part of the record, and strikes a service. Look-ups and the court's file
  // are updated.
  absl::Status CorrectCourtRecord(host::Call& call, Tx&, const v1::CorrectRestrainingOrderRequest& request,
                                  v1::RestrainingOrder* order);
  // This stores a changed order and answers with it as of today. Look-ups find its new state, and a repeated
  // look-up request does not return an earlier answer.
  Result Keep(host::Call& call, Tx&, const storage::Write&, const std::string& etag,
              v1::RestrainingOrder order);

  storage::Resources cases_;
  storage::Resources consents_;
  storage::Resources orders_;
  storage::Resources notices_;
  const RulesNow rules_;
};

}  // namespace accord::supports

#endif  // ACCORD_SERVICES_SUPPORTS_ORDERS_RESTRAINING_ORDER_SERVICE_H_
