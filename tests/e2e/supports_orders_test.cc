// These tests follow restraining orders from the application to their end through the gateway: by the days of
// the law, served by the police who are asked to, and looked up by others. Everybody in them is made up.
#include <string>
#include <vector>

#include "accord/supports/v1/order_lookup_service.pb.h"
#include "accord/supports/v1/restraining_order_service.pb.h"
#include "accord/supports/v1/support_case_service.pb.h"
#include "common/base/months.h"
#include "tests/e2e/case.h"
#include "tests/e2e/consent.h"
#include "tests/e2e/service_rows.h"

namespace accord::e2e {
namespace {

namespace sup = accord::supports::v1;

class SupportOrders : public ServiceRows {
 protected:
  SupportOrders()
      : ServiceRows("supports", "victim_support"),
        york_(Enrol("vs-vcao-york", {{"worker", ROLE_VS_WORKER}})),
        durham_(Enrol("vs-vcao-durham", {{"receiver", ROLE_VS_WORKER}})) {}

  void TearDown() override {
    for (const auto& [place, text] : stack_.Written()) {
      for (const char* planted :
           {"the-survivor-1", "Zoltan Invented", "Zed of Nowhere", "26-order-4711", "Canary Street"}) {
        EXPECT_EQ(text.find(planted), std::string::npos) << planted << " is in " << place;
      }
    }
  }

  absl::StatusOr<sup::RestrainingOrder> Prepare(sup::OrderApplicant applicant) {
    sup::CreateSupportCaseRequest open;
    open.set_parent("agencies/vs-vcao-york");
    open.mutable_support_case()->set_program(sup::SUPPORT_PROGRAM_VCAO);
    open.mutable_support_case()->set_subject_ref("the-survivor-1");
    *open.mutable_services_consent() = NewConsent(sup::CONSENT_PURPOSE_SERVICES);
    sup::PrepareRestrainingOrderRequest request;
    request.set_support_case(
        Must<sup::SupportCase>(york_, "worker", "SupportCaseService/CreateSupportCase", open).name());
    auto* order = request.mutable_restraining_order();
    order->set_applicant(applicant);
    order->mutable_respondent()->set_full_name("Zoltan Invented");
    order->mutable_respondent()->add_aliases("Zed of Nowhere");
    order->mutable_respondent()->set_birth_date("1988-02-29");
    order->set_respondent_in_ontario(true);
    return Call<sup::RestrainingOrder>(york_, "worker", "RestrainingOrderService/PrepareRestrainingOrder",
                                       request);
  }
  // This gives the rule that refuses this event of this day. It is empty if nothing does, and then `order` is
  // the result.
  std::string Advance(sup::RestrainingOrder* order, const std::string& event, const std::string& on) {
    sup::AdvanceRestrainingOrderRequest request;
    request.set_event(event);
    request.set_on(on);
    return Try(york_, "RestrainingOrderService/AdvanceRestrainingOrder", order, request);
  }
  std::string Extend(sup::RestrainingOrder* order, const std::string& made_on,
                     const std::string& expires_on) {
    sup::ExtendRestrainingOrderRequest request;
    request.set_made_on(made_on);
    request.set_expires_on(expires_on);
    return Try(york_, "RestrainingOrderService/ExtendRestrainingOrder", order, request);
  }
  sup::RestrainingOrder Filed(const std::string& on) {
    auto order = Prepare(sup::ORDER_APPLICANT_VICTIM);
    EXPECT_OK(order);
    auto filed = order.value_or(sup::RestrainingOrder());
    EXPECT_EQ(Advance(&filed, "file", on), "");
    return filed;
  }
  // This gives an order without notice, for immediate danger.
  static sup::GrantRestrainingOrderRequest WithoutNotice(const std::string& made_on,
                                                         const std::string& expires_on) {
    sup::GrantRestrainingOrderRequest request;
    request.set_made_on(made_on);
    request.set_expires_on(expires_on);
    request.set_court("Newmarket");
    request.set_court_file_no("26-order-4711");
    request.set_without_notice(true);
    request.set_basis(sup::WITHOUT_NOTICE_BASIS_IMMEDIATE_DANGER);
    request.add_conditions()->set_kind(sup::ORDER_CONDITION_KIND_STAY_AWAY);
    return request;
  }
  std::string Grant(sup::RestrainingOrder* order, const sup::GrantRestrainingOrderRequest& request) {
    return Try(york_, "RestrainingOrderService/GrantRestrainingOrder", order, request);
  }
  // This gives an order that the court made on this day, and that nobody has served.
  sup::RestrainingOrder Granted(const std::string& made_on, const std::string& expires_on) {
    sup::RestrainingOrder order = Filed(made_on);
    EXPECT_EQ(Grant(&order, WithoutNotice(made_on, expires_on)), "");
    return order;
  }
  static sup::ServeRestrainingOrderRequest HandedOverOn(const std::string& day) {
    sup::ServeRestrainingOrderRequest request;
    request.set_document(sup::SERVED_DOCUMENT_ORDER);
    request.set_served_on(day);
    request.set_how("handed over");
    return request;
  }
  absl::StatusOr<sup::RestrainingOrder> Read(const AgencyClient& client, const std::string& actor,
                                             const sup::RestrainingOrder& order) {
    sup::GetRestrainingOrderRequest request;
    request.set_name(order.name());
    return Call<sup::RestrainingOrder>(client, actor, "RestrainingOrderService/GetRestrainingOrder", request);
  }

  // Police state another purpose than those who support victims.
  template <class Res, class Req>
  absl::StatusOr<Res> AsPolice(const AgencyClient& police, const std::string& method, Req request) {
    if constexpr (requires { request.set_request_id(""); }) request.set_request_id(RequestId());
    return police.Call<Res>("/accord.supports.v1." + method, "member", "criminal_investigation", request);
  }
  // This gives the orders that a police service is asked to serve.
  std::vector<sup::RestrainingOrder> TasksOf(const AgencyClient& police) {
    const auto page = AsPolice<sup::ListRestrainingOrdersResponse>(
        police, "RestrainingOrderService/ListRestrainingOrders", sup::ListRestrainingOrdersRequest());
    EXPECT_OK(page);
    if (!page.ok()) return {};
    return {page->restraining_orders().begin(), page->restraining_orders().end()};
  }
  static sup::OrderLookup ByName(const std::string& name, const std::string& birth_date = "1988-02-29") {
    sup::OrderLookup lookup;
    lookup.set_reason(sup::ORDER_LOOKUP_REASON_ENFORCEMENT);
    lookup.set_respondent_name(name);
    lookup.set_birth_date(birth_date);
    return lookup;
  }
  static sup::OrderLookup ByFile(const std::string& number) {
    sup::OrderLookup lookup;
    lookup.set_reason(sup::ORDER_LOOKUP_REASON_ENFORCEMENT);
    lookup.set_court_file_no(number);
    return lookup;
  }
  absl::StatusOr<sup::OrderLookup> LookUp(const AgencyClient& police, const std::string& agency,
                                          const sup::OrderLookup& lookup) {
    sup::CreateOrderLookupRequest request;
    request.set_parent("agencies/" + agency);
    *request.mutable_order_lookup() = lookup;
    return AsPolice<sup::OrderLookup>(police, "OrderLookupService/CreateOrderLookup", request);
  }
  absl::StatusOr<sup::ListOrderLookupNoticesResponse> Notices(const AgencyClient& client,
                                                              const std::string& actor,
                                                              const sup::RestrainingOrder& order) {
    sup::ListOrderLookupNoticesRequest request;
    request.set_restraining_order(order.name());
    return Call<sup::ListOrderLookupNoticesResponse>(
        client, actor, "RestrainingOrderService/ListOrderLookupNotices", request);
  }

  const AgencyClient york_, durham_;

 private:
  template <class Req>
  std::string Try(const AgencyClient& client, const std::string& method, sup::RestrainingOrder* order,
                  Req request) {
    request.set_name(order->name());
    request.set_etag(order->etag());
    const auto moved = Call<sup::RestrainingOrder>(client, "worker", method, request);
    if (moved.ok()) *order = *moved;
    return RuleOf(moved.status());
  }
};

// The days are those of a decided case. The order was applied for on 2021-09-22, and was made without notice
// a week later.
TEST_F(SupportOrders, E11_WithoutNoticeAnOrderSaysWhyAndLastsThreeYearsToTheDay) {
  sup::RestrainingOrder order = Filed("2021-09-22");
  EXPECT_EQ(Grant(&order, WithoutNotice("2021-09-29", "2024-09-30")), "ORDER_TOO_LONG");
  EXPECT_EQ(Grant(&order, WithoutNotice("2021-09-21", "2024-09-21")), "DATES_OUT_OF_ORDER");
  sup::GrantRestrainingOrderRequest grant = WithoutNotice("2021-09-29", "2024-09-29");
  grant.clear_basis();
  EXPECT_EQ(Grant(&order, grant), "FIELD_INVALID") << "it does not say why there was no notice";
  grant.set_basis(sup::WITHOUT_NOTICE_BASIS_IMMEDIATE_DANGER);
  grant.set_without_notice(false);
  EXPECT_EQ(Grant(&order, grant), "FIELD_INVALID") << "with notice there is nothing to say";
  grant.set_without_notice(true);
  auto* where = grant.add_conditions();
  where->set_kind(sup::ORDER_CONDITION_KIND_OTHER);
  where->set_text("not to come near 17 Canary Street");
  EXPECT_EQ(Grant(&order, grant), "ADDRESS_IN_TEXT");
  const auto unchanged = Read(york_, "worker", order);
  ASSERT_OK(unchanged);
  EXPECT_EQ(unchanged->etag(), order.etag()) << "what was refused has changed nothing";

  ASSERT_EQ(Grant(&order, WithoutNotice("2021-09-29", "2024-09-29")), "");
  const auto read = Read(york_, "worker", order);
  ASSERT_OK(read);
  EXPECT_TRUE(read->without_notice());
  EXPECT_EQ(read->basis(), sup::WITHOUT_NOTICE_BASIS_IMMEDIATE_DANGER);
  EXPECT_EQ(read->expires_on(), "2024-09-29");
  // That day has passed, so the order has ended. What the court did until then can still be recorded.
  EXPECT_EQ(read->state(), sup::RESTRAINING_ORDER_STATE_EXPIRED);
  EXPECT_FALSE(read->enforceable());
  EXPECT_EQ(Extend(&order, "2024-09-30", "2027-09-30"), "STATE_NOT_PERMITTED");
  EXPECT_EQ(Extend(&order, "2024-09-29", "2027-09-29"), "");
}

TEST_F(SupportOrders, E11_AnExtensionLastsThreeYearsFromItsOwnDay) {
  const absl::CivilDay today = OntarioDay(absl::Now());
  const std::string last = FormatDay(MonthsAfter(today, 36));
  sup::RestrainingOrder order = Granted(Days(-400), Days(30));
  EXPECT_EQ(Extend(&order, FormatDay(today), FormatDay(MonthsAfter(today, 36) + 1)), "ORDER_TOO_LONG");
  EXPECT_EQ(Extend(&order, Days(-400), last), "ORDER_TOO_LONG") << "it would be of the day of the order";
  EXPECT_EQ(Extend(&order, Days(-401), Days(60)), "DATES_OUT_OF_ORDER");
  EXPECT_EQ(Extend(&order, FormatDay(today), order.expires_on()), "DATES_OUT_OF_ORDER");
  ASSERT_EQ(Extend(&order, FormatDay(today), last), "");
  const auto read = Read(york_, "worker", order);
  ASSERT_OK(read);
  EXPECT_EQ(read->state(), sup::RESTRAINING_ORDER_STATE_GRANTED);
  EXPECT_EQ(read->expires_on(), last);
  ASSERT_EQ(read->extensions_size(), 1);
  EXPECT_EQ(read->extensions(0).made_on(), FormatDay(today));
  EXPECT_EQ(read->extensions(0).expires_on(), last);
}

TEST_F(SupportOrders, E11_AnUnservedOrderIsATaskOfThePoliceWhoAreAskedAndOfNobodyElse) {
  const AgencyClient police = Enrol("ps-york", {{"member", ROLE_POLICE_MEMBER}});
  const AgencyClient others = Enrol("ps-peel", {{"member", ROLE_POLICE_MEMBER}});
  sup::RestrainingOrder order = Granted(Days(-1), Days(300));
  EXPECT_TRUE(TasksOf(police).empty()) << "nobody is asked yet";
  sup::EntrustRestrainingOrderRequest entrust;
  entrust.set_serving_agency("ps-york");
  Move(york_, "worker", "RestrainingOrderService/EntrustRestrainingOrder", &order, entrust);

  const auto tasks = TasksOf(police);
  ASSERT_EQ(tasks.size(), 1u);
  EXPECT_EQ(tasks[0].name(), order.name());
  EXPECT_TRUE(tasks[0].without_notice());
  EXPECT_EQ(tasks[0].support_case(), "") << "police are not told whose order it is";
  EXPECT_TRUE(TasksOf(others).empty());
  EXPECT_EQ(RuleOf(Read(durham_, "receiver", order).status()), "NOT_FOUND");
  const auto elsewhere = Must<sup::ListRestrainingOrdersResponse>(
      durham_, "receiver", "RestrainingOrderService/ListRestrainingOrders",
      sup::ListRestrainingOrdersRequest());
  EXPECT_EQ(elsewhere.restraining_orders_size(), 0);
  EXPECT_EQ(LookUp(police, "ps-york", ByName("Zoltan Invented")).value_or(sup::OrderLookup()).matches_size(),
            0)
      << "to be asked to serve it does not make it enforceable";

  sup::ServeRestrainingOrderRequest serve = HandedOverOn(Days(0));
  serve.set_name(order.name());
  serve.set_etag(tasks[0].etag());
  serve.set_how("left at 17 Canary Street");
  const std::string method = "RestrainingOrderService/ServeRestrainingOrder";
  EXPECT_EQ(RuleOf(AsPolice<sup::RestrainingOrder>(police, method, serve).status()), "ADDRESS_IN_TEXT");
  serve.set_how("handed over");
  EXPECT_EQ(RuleOf(AsPolice<sup::RestrainingOrder>(others, method, serve).status()), "NOT_FOUND");
  ASSERT_OK(AsPolice<sup::RestrainingOrder>(police, method, serve));
  EXPECT_TRUE(TasksOf(police).empty()) << "what was served is no task any more";
  const auto read = Read(york_, "worker", order);
  ASSERT_OK(read);
  EXPECT_TRUE(read->enforceable());
  ASSERT_EQ(read->servings_size(), 1);
  EXPECT_EQ(read->servings(0).agency(), "ps-york");
}

TEST_F(SupportOrders, E11_EachLookUpIsShownToThePreparerAndFindsNothingOnceTheOrderIsSetAside) {
  const AgencyClient police = Enrol("ps-peel", {{"member", ROLE_POLICE_MEMBER}});
  const auto found = [&](const sup::OrderLookup& lookup) {
    const auto answer = LookUp(police, "ps-peel", lookup);
    EXPECT_OK(answer);
    return answer.value_or(sup::OrderLookup());
  };
  const auto refused = [&](const sup::OrderLookup& lookup) {
    return RuleOf(LookUp(police, "ps-peel", lookup).status());
  };
  sup::RestrainingOrder order = Granted(Days(-1), Days(300));
  Move(york_, "worker", "RestrainingOrderService/ServeRestrainingOrder", &order, HandedOverOn(Days(0)));

  EXPECT_EQ(found(ByName("Zoltan Invented")).matches_size(), 1);
  EXPECT_EQ(found(ByName("ZED of  nowhere")).matches_size(), 1) << "an alias is a whole name";
  EXPECT_EQ(found(ByFile("26-order-4711")).matches_size(), 1);
  // Nobody finds an order by guessing.
  for (const char* prefix : {"Zoltan*", "Zol%", "Zoltan I...", "Z"}) {
    EXPECT_EQ(refused(ByName(prefix)), "LOOKUP_NOT_EXACT") << prefix;
  }
  EXPECT_EQ(refused(ByName("Zoltan Invented", "")), "LOOKUP_NOT_EXACT");
  EXPECT_EQ(refused(ByFile("26-*")), "LOOKUP_NOT_EXACT");
  const sup::OrderLookup part = found(ByName("Zoltan"));
  EXPECT_EQ(part.matches_size(), 0);
  EXPECT_NE(part.notice().find("does not mean that there is no order"), std::string::npos);

  auto shown = Notices(york_, "worker", order);
  ASSERT_OK(shown);
  EXPECT_EQ(shown->order_lookup_notices_size(), 3) << "each look-up that met it, and no other one";
  for (const auto& notice : shown->order_lookup_notices()) {
    EXPECT_EQ(notice.agency(), "ps-peel");
    EXPECT_EQ(notice.actor(), "member");
    EXPECT_EQ(notice.reason(), sup::ORDER_LOOKUP_REASON_ENFORCEMENT);
    EXPECT_TRUE(notice.found());
  }
  EXPECT_EQ(RuleOf(Notices(durham_, "receiver", order).status()), "NOT_FOUND");

  // An extension changes what is found, and the end of the order ends it.
  ASSERT_EQ(Extend(&order, Days(0), Days(600)), "");
  const sup::OrderLookup extended = found(ByName("Zoltan Invented"));
  ASSERT_EQ(extended.matches_size(), 1);
  EXPECT_EQ(extended.matches(0).expires_on(), order.expires_on());
  ASSERT_EQ(Advance(&order, "set_aside", Days(0)), "");
  EXPECT_EQ(found(ByName("Zoltan Invented")).matches_size(), 0);
  EXPECT_EQ(found(ByName("Zed of Nowhere")).matches_size(), 0);
  EXPECT_EQ(found(ByFile("26-order-4711")).matches_size(), 0);
  shown = Notices(york_, "worker", order);
  ASSERT_OK(shown);
  EXPECT_EQ(shown->order_lookup_notices_size(), 4)
      << "what was shown stays, and after the end nothing is met";
}

TEST_F(SupportOrders, E12_ACustomaryCarerAsksFromTheDayOfTheLawOn) {
  auto order = Prepare(sup::ORDER_APPLICANT_CUSTOMARY_CARE);
  ASSERT_OK(order);
  EXPECT_EQ(Advance(&*order, "file", "2021-06-02"), "NOT_IN_FORCE");
  const auto unfiled = Read(york_, "worker", *order);
  ASSERT_OK(unfiled);
  EXPECT_EQ(unfiled->state(), sup::RESTRAINING_ORDER_STATE_PREPARING);
  EXPECT_EQ(Advance(&*order, "file", "2021-06-03"), "");
  EXPECT_EQ(order->filed_on(), "2021-06-03");
  // The victim could apply on the day before.
  EXPECT_EQ(Filed("2021-06-02").state(), sup::RESTRAINING_ORDER_STATE_FILED);
}

}  // namespace
}  // namespace accord::e2e
