// This fixture handles restraining orders as workers of a victim service and members of two police
// services do.
#ifndef ACCORD_SERVICES_SUPPORTS_TESTING_ORDERS_FIXTURE_H_
#define ACCORD_SERVICES_SUPPORTS_TESTING_ORDERS_FIXTURE_H_

#include <string>
#include <vector>

#include "services/supports/testing/fixture.h"

namespace accord::supports {

// Everybody in an order is made up.
class OrdersFixture : public SupportsFixture {
 protected:
  explicit OrdersFixture(const std::string& dsn = "") : SupportsFixture(dsn) {}

  static constexpr char kRespondent[] = "Zoltán Made-Up";
  static constexpr char kAlias[] = "Zed the Invented";
  static constexpr char kBorn[] = "1988-02-29";
  static constexpr char kFileNo[] = "21-4711";

  static Caller Police(const std::string& agency, const std::string& actor) {
    return {
        agency, annotations::v1::AGENCY_KIND_POLICE_SERVICE, "rms",
        actor,  {annotations::v1::ROLE_POLICE_MEMBER},       annotations::v1::PURPOSE_CRIMINAL_INVESTIGATION};
  }
  const Caller police_ = Police("ps-york", "constable");
  const Caller other_police_ = Police("ps-peel", "constable");

  // This opens a case on this day, with a consent to services that lasts a month.
  v1::SupportCase OpenedOn(const std::string& day) {
    On(day);
    v1::CreateSupportCaseRequest request = NewCase();
    request.mutable_services_consent()->set_expires_on(FormatDay(*ParseDay(day) + 30));
    return Must(Call<v1::SupportCase>(worker_, request));
  }
  static v1::RestrainingOrder NewOrder(v1::OrderApplicant applicant = v1::ORDER_APPLICANT_VICTIM) {
    v1::RestrainingOrder order;
    order.set_applicant(applicant);
    order.mutable_respondent()->set_full_name(kRespondent);
    order.mutable_respondent()->set_birth_date(kBorn);
    order.mutable_respondent()->add_aliases(kAlias);
    order.set_respondent_in_ontario(true);
    return order;
  }
  std::string Prepare(const v1::SupportCase& of, const v1::RestrainingOrder& order,
                      v1::RestrainingOrder* kept = nullptr, const Caller* by = nullptr) {
    v1::PrepareRestrainingOrderRequest request;
    request.set_support_case(of.name());
    *request.mutable_restraining_order() = order;
    return Rule(Call<v1::RestrainingOrder>(by != nullptr ? *by : worker_, request), kept);
  }
  std::string Advance(v1::RestrainingOrder* order, const std::string& event, const std::string& on) {
    v1::AdvanceRestrainingOrderRequest request;
    request.set_event(event);
    request.set_on(on);
    return Move(worker_, order, request);
  }
  static v1::GrantRestrainingOrderRequest GrantOf(const std::string& made_on, const std::string& expires_on) {
    v1::GrantRestrainingOrderRequest request;
    request.set_made_on(made_on);
    request.set_expires_on(expires_on);
    request.set_court("Newmarket");
    request.set_court_file_no(kFileNo);
    request.add_conditions()->set_kind(v1::ORDER_CONDITION_KIND_STAY_AWAY);
    return request;
  }
  static v1::ServeRestrainingOrderRequest ServiceOf(v1::ServedDocument document, const std::string& on) {
    v1::ServeRestrainingOrderRequest request;
    request.set_document(document);
    request.set_served_on(on);
    request.set_how("handed over");
    return request;
  }
  std::string Serve(const Caller& caller, v1::RestrainingOrder* order, const std::string& on) {
    return Move(caller, order, ServiceOf(v1::SERVED_DOCUMENT_ORDER, on));
  }
  v1::RestrainingOrder FiledOn(const std::string& day, const v1::RestrainingOrder& asked = NewOrder()) {
    v1::RestrainingOrder order;
    EXPECT_EQ(Prepare(OpenedOn(day), asked, &order), "");
    EXPECT_EQ(Advance(&order, "file", day), "");
    return order;
  }
  // This makes an order that the court made on the day of the application, and that was not served.
  v1::RestrainingOrder Made(const std::string& made_on = "2026-11-20",
                            const std::string& expires_on = "2029-11-20",
                            const v1::RestrainingOrder& asked = NewOrder()) {
    v1::RestrainingOrder order = FiledOn(made_on, asked);
    EXPECT_EQ(Move(worker_, &order, GrantOf(made_on, expires_on)), "");
    return order;
  }
  v1::RestrainingOrder Served() {
    v1::RestrainingOrder order = Made();
    EXPECT_EQ(Serve(worker_, &order, "2026-11-20"), "");
    return order;
  }
  std::string UnreadOrder(const std::string& name, const Caller& caller,
                          v1::RestrainingOrder* read = nullptr) {
    v1::GetRestrainingOrderRequest request;
    request.set_name(name);
    return Rule(Call<v1::RestrainingOrder>(caller, request), read);
  }
  v1::RestrainingOrder ReadOrder(const std::string& name) {
    v1::RestrainingOrder read;
    EXPECT_EQ(UnreadOrder(name, worker_, &read), "");
    return read;
  }
  // This gives the names of listed orders, one on each page.
  std::vector<std::string> Listed(const Caller& caller, v1::OrderSelection selection = {},
                                  const std::string& support_case = "") {
    std::vector<std::string> names;
    v1::ListRestrainingOrdersRequest request;
    request.set_selection(selection);
    request.set_support_case(support_case);
    request.set_page_size(1);
    do {
      const auto page = Must(Call<v1::ListRestrainingOrdersResponse>(caller, request));
      for (const auto& order : page.restraining_orders()) names.push_back(order.name());
      request.set_page_token(page.next_page_token());
    } while (!request.page_token().empty());
    return names;
  }

  static v1::CreateOrderLookupRequest ByName(const std::string& name, const std::string& birth_date = kBorn) {
    v1::CreateOrderLookupRequest request;
    request.mutable_order_lookup()->set_reason(v1::ORDER_LOOKUP_REASON_ENFORCEMENT);
    request.mutable_order_lookup()->set_respondent_name(name);
    request.mutable_order_lookup()->set_birth_date(birth_date);
    return request;
  }
  static v1::CreateOrderLookupRequest ByFile(const std::string& number) {
    v1::CreateOrderLookupRequest request;
    request.mutable_order_lookup()->set_reason(v1::ORDER_LOOKUP_REASON_SAFETY);
    request.mutable_order_lookup()->set_court_file_no(number);
    return request;
  }
  std::string LookUp(const Caller& caller, v1::CreateOrderLookupRequest request,
                     v1::OrderLookup* found = nullptr) {
    request.set_parent("agencies/" + caller.agency);
    return Rule(Call<v1::OrderLookup>(caller, request), found);
  }
  // This gives the number of orders that a look-up finds.
  int Found(const v1::CreateOrderLookupRequest& request) {
    v1::OrderLookup found;
    EXPECT_EQ(LookUp(police_, request, &found), "");
    return found.matches_size();
  }
  std::vector<v1::OrderLookupNotice> NoticesOf(const v1::RestrainingOrder& order) {
    v1::ListOrderLookupNoticesRequest request;
    request.set_restraining_order(order.name());
    const auto page = Must(Call<v1::ListOrderLookupNoticesResponse>(worker_, request));
    return {page.order_lookup_notices().begin(), page.order_lookup_notices().end()};
  }
};

}  // namespace accord::supports

#endif  // ACCORD_SERVICES_SUPPORTS_TESTING_ORDERS_FIXTURE_H_
