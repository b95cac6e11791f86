// These tests state a second time by whom, and in which state, each change of a restraining order is made:
// workers of the support case do everything, and the police service that is asked to serve an order records
// that it did.
#include "common/access/names.h"
#include "common/testing/walk.h"
#include "services/supports/testing/orders_fixture.h"

namespace accord::supports {
namespace {

using namespace annotations::v1;
using testing::ChangesBut;
using testing::ShortNamesOf;
using testing::Walk;

class OrdersWalk : public OrdersFixture {
 protected:
  OrdersWalk() {
    const auto person = [](const char* agency, const char* actor, Role role = ROLE_VS_WORKER) {
      return Walk::Agency{agency, AGENCY_KIND_VICTIM_SERVICES, actor, role};
    };
    const auto member = [](const char* agency) {
      return Walk::Agency{agency, AGENCY_KIND_POLICE_SERVICE, "constable", ROLE_POLICE_MEMBER};
    };
    walk_.service = "accord.supports.v1.RestrainingOrderService";
    walk_.agencies = {{"worker", person("vs-york", "worker")},
                      {"witness worker", person("vs-york", "assistant", ROLE_VWAP_WORKER)},
                      {"colleague", person("vs-york", "colleague")},
                      {"manager", person("vs-york", "manager", ROLE_VS_MANAGER)},
                      {"stranger", person("vs-peel", "worker")},
                      {"manager elsewhere", person("vs-peel", "manager", ROLE_VS_MANAGER)},
                      {"police", member("ps-york")},
                      {"police elsewhere", member("ps-peel")}};
    On("2026-11-24");
  }

  std::string StoreCase(const std::string& state) {
    v1::SupportCase of = CaseIn(state, absl::StrCat("c", ++records_));
    return testing::Store(&in_process_, "support_case", &of, {"vs-york", state, {"vs-york"}, {}});
  }
  std::string StoreOrder(const std::string& state) {
    v1::RestrainingOrder order = NewOrder();
    order.set_name(absl::StrCat("agencies/vs-york/restrainingOrders/o", ++records_));
    order.set_support_case(StoreCase("open"));
    order.set_filed_on("2026-11-10");
    order.set_made_on("2026-11-10");
    order.set_serving_agency("ps-york");
    // Only its last day says that it has expired.
    order.set_expires_on(state == "expired" ? "2026-11-22" : "2027-11-10");
    order.set_state(static_cast<v1::RestrainingOrderState>(
        *FromShortName(v1::RestrainingOrderState_descriptor(), state == "expired" ? "granted" : state)));
    return testing::Store(&in_process_, "restraining_order", &order,
                          {"vs-york", state, {"vs-york", "ps-york"}, {}});
  }

  Walk walk_;
  int records_ = 0;
};

TEST_F(OrdersWalk, OfAnOrderThatBegins) {
  walk_.states = ShortNamesOf(v1::SupportCaseState_descriptor());
  walk_.make = [&](const std::string& state) { return StoreCase(state); };
  walk_.table = {{"PrepareRestrainingOrder", {"worker", "witness worker"}, {"open"}}};
  EXPECT_EQ(testing::WalkChanges(&in_process_, walk_, ChangesBut(walk_.service, {"PrepareRestrainingOrder"})),
            12);
}

TEST_F(OrdersWalk, OfAnOrder) {
  const std::set<std::string> workers = {"worker", "witness worker"};
  walk_.states = ShortNamesOf(v1::RestrainingOrderState_descriptor());
  walk_.make = [&](const std::string& state) { return StoreOrder(state); };
  walk_.table = {{"CorrectRestrainingOrder", workers, {"preparing", "filed", "granted"}},
                 {"GrantRestrainingOrder", workers, {"filed"}},
                 {"EntrustRestrainingOrder", workers, {"granted"}},
                 {"ServeRestrainingOrder", {"worker", "witness worker", "police"}, {"granted"}},
                 {"ExtendRestrainingOrder", workers, {"granted"}},
                 {"VaryRestrainingOrder", workers, {"granted"}},
                 {"AppealRestrainingOrder", workers, {"granted"}}};
  int calls =
      testing::WalkChanges(&in_process_, walk_, {"PrepareRestrainingOrder", "AdvanceRestrainingOrder"});
  for (const auto& [event, states] :
       std::map<std::string, std::set<std::string>>{{"file", {"preparing"}},
                                                    {"dismiss", {"filed"}},
                                                    {"withdraw", {"preparing", "filed"}},
                                                    {"set_aside", {"granted"}},
                                                    {"grant", {}}}) {
    calls += testing::WalkEvent<v1::AdvanceRestrainingOrderRequest>(
        &in_process_, walk_, "AdvanceRestrainingOrder", workers, event, states);
  }
  EXPECT_EQ(calls, 6 * 6 * 7 + 8 * 7 + 5 * 6 * 7);
}

TEST_F(OrdersWalk, OfALookup) {
  walk_.service = "accord.supports.v1.OrderLookupService";
  walk_.states = {"none"};
  walk_.make = [](const std::string&) { return "agencies/ps-york"; };
  walk_.table = {{"CreateOrderLookup", {"police"}, {}}};
  EXPECT_EQ(testing::WalkChanges(&in_process_, walk_, {}), 2);
}

}  // namespace
}  // namespace accord::supports
