// These tests let two people act on one restraining order at once, on PostgreSQL, and many people, on each
// kind of database. Whichever act comes first, the next one builds on it.
#include <algorithm>
#include <functional>
#include <string>
#include <thread>
#include <vector>

#include "common/testing/lockstep.h"
#include "common/testing/postgres.h"
#include "services/supports/testing/orders_fixture.h"

namespace accord::supports {
namespace {

using ::testing::AnyOf;

class OrderRaces : public OrdersFixture {
 protected:
  OrderRaces() : OrderRaces(testing::PostgresCluster::Shared().NewDatabase()) {}
  explicit OrderRaces(const std::string& dsn) : OrdersFixture(dsn), lockstep_(dsn) {}

  using Act = std::function<absl::Status()>;
  Act Advances(const v1::RestrainingOrder& order, const std::string& event) {
    v1::AdvanceRestrainingOrderRequest request;
    request.set_name(order.name());
    request.set_etag(order.etag());
    request.set_event(event);
    request.set_on(FormatDay(OntarioDay(in_process_.clock().Now())));
    return [=, this] { return Call<v1::RestrainingOrder>(worker_, request).status(); };
  }
  Act LooksUp(const Caller& caller, v1::CreateOrderLookupRequest request,
              const std::string& request_id = "") {
    request.set_parent("agencies/" + caller.agency);
    request.set_request_id(request_id);
    return [=, this] { return Call<v1::OrderLookup>(caller, request).status(); };
  }

  testing::Lockstep lockstep_;
};

TEST_F(OrderRaces, AConsentThatIsWithdrawnMeanwhileCarriesNoLaterApplication) {
  for (int round = 0; round < 5; ++round) {
    const v1::SupportCase item = OpenedOn("2026-11-24");
    v1::RestrainingOrder asked = NewOrder(v1::ORDER_APPLICANT_ON_BEHALF_WITH_CONSENT);
    const v1::Consent consent = Given(item, NewConsent(v1::CONSENT_PURPOSE_ORDER_APPLICATION));
    asked.set_consent(consent.name());
    v1::RestrainingOrder order, later;
    ASSERT_EQ(Prepare(item, asked, &order), "");
    ASSERT_EQ(Prepare(item, asked, &later), "");
    v1::WithdrawConsentRequest withdraw;
    withdraw.set_name(consent.name());
    withdraw.set_etag(consent.etag());
    withdraw.set_withdrawal_channel(v1::WITHDRAWAL_CHANNEL_ORAL);
    const auto results = lockstep_.Run(
        {[=, this] { return Call<v1::Consent>(colleague_, withdraw).status(); }, Advances(order, "file")});
    ASSERT_OK(results[0]);
    // The application was filed before the withdrawal, or refused because of it.
    EXPECT_EQ(RuleOf(results[1]), results[1].ok() ? "" : "CONSENT_NOT_LIVE");
    EXPECT_EQ(ReadOrder(order.name()).state(),
              results[1].ok() ? v1::RESTRAINING_ORDER_STATE_FILED : v1::RESTRAINING_ORDER_STATE_PREPARING);
    EXPECT_EQ(Advance(&later, "file", "2026-11-24"), "CONSENT_NOT_LIVE");
  }
}

TEST_F(OrderRaces, TwoWhoExtendAnOrderAtOnceExtendItOnce) {
  const v1::RestrainingOrder order = Made("2026-11-20", "2027-11-20");
  const auto extends = [&](const std::string& expires_on) -> Act {
    v1::ExtendRestrainingOrderRequest request;
    request.set_name(order.name());
    request.set_etag(order.etag());
    request.set_made_on("2026-11-20");
    request.set_expires_on(expires_on);
    return [=, this] { return Call<v1::RestrainingOrder>(worker_, request).status(); };
  };
  const auto results = lockstep_.Run({extends("2028-11-20"), extends("2028-11-19"), extends("2028-11-18")});
  EXPECT_EQ(std::count_if(results.begin(), results.end(), [](const auto& each) { return each.ok(); }), 1);
  EXPECT_EQ(ReadOrder(order.name()).extensions_size(), 1);
}

TEST_F(OrderRaces, ALookUpBesideTheEndOfAnOrderTellsNothingOfItAfterwards) {
  for (int round = 0; round < 5; ++round) {
    v1::RestrainingOrder order = FiledOn("2026-11-24");
    v1::GrantRestrainingOrderRequest grant = GrantOf("2026-11-24", "2027-11-24");
    grant.set_court_file_no(absl::StrCat("26-", round));
    ASSERT_EQ(Move(worker_, &order, grant), "");
    ASSERT_EQ(Serve(worker_, &order, "2026-11-24"), "");
    const std::string id = absl::StrCat("look-up-", round);
    const Act looks = LooksUp(police_, ByFile(grant.court_file_no()), id);
    const auto results = lockstep_.Run({Advances(order, "set_aside"), looks});
    ASSERT_OK(results[0]);
    EXPECT_EQ(Found(ByFile(grant.court_file_no())), 0);
    // A repeated request does not get the answer from before the end.
    v1::CreateOrderLookupRequest again = ByFile(grant.court_file_no());
    again.set_parent("agencies/ps-york");
    again.set_request_id(id);
    const auto repeated = Call<v1::OrderLookup>(police_, again);
    EXPECT_EQ(repeated.ok() ? repeated->matches_size() : 0, 0);
  }
}

TEST_F(OrderRaces, ManyWhoGuessAtOnceHaveOneBudget) {
  for (int i = 0; i < 18; ++i) EXPECT_EQ(Found(ByName(absl::StrCat("Nobody At All ", i))), 0);
  std::vector<Act> guesses;
  for (int i = 0; i < 5; ++i) guesses.push_back(LooksUp(police_, ByName(absl::StrCat("Somebody Else ", i))));
  const auto results = lockstep_.Run(guesses);
  EXPECT_LE(std::count_if(results.begin(), results.end(), [](const auto& each) { return each.ok(); }), 2);
  std::string refused;
  for (int i = 0; i < 3 && refused.empty(); ++i) refused = LookUp(police_, ByName("Somebody At Last"));
  EXPECT_EQ(refused, "LOOKUPS_EXHAUSTED");
}

// Every test runs on each kind of database.
class OrderEnds : public OrdersFixture, public ::testing::WithParamInterface<std::string> {
 protected:
  OrderEnds()
      : OrdersFixture(GetParam() == "postgres" ? accord::testing::PostgresCluster::Shared().NewDatabase()
                                               : "") {}

  std::string Extend(const v1::RestrainingOrder& order, const std::string& made_on,
                     const std::string& expires_on) {
    v1::ExtendRestrainingOrderRequest request;
    request.set_made_on(made_on);
    request.set_expires_on(expires_on);
    v1::RestrainingOrder mine = order;
    return Move(worker_, &mine, request);
  }
  // This makes all these requests at once, for the present version of the order, and gives the rule that
  // refused each of them, or an empty text.
  std::vector<std::string> ExtendAtOnce(const v1::RestrainingOrder& order, const std::string& made_on,
                                        const std::vector<std::string>& ends) {
    std::vector<std::string> rules(ends.size());
    std::vector<std::thread> workers;
    for (std::size_t i = 0; i < ends.size(); ++i) {
      workers.emplace_back([&, i] { rules[i] = Extend(order, made_on, ends[i]); });
    }
    for (std::thread& worker : workers) worker.join();
    return rules;
  }
};

INSTANTIATE_TEST_SUITE_P(Databases, OrderEnds, ::testing::Values("sqlite", "postgres"),
                         [](const auto& test) { return test.param; });

TEST_P(OrderEnds, OfFiftyWhoExtendAnOrderAtOnceOneDoesAndNoneForLongerThanTheLawAllows) {
  const v1::RestrainingOrder order = Made("2021-09-29", "2024-09-29");
  On("2024-02-29");
  // Every second request asks for one day too many after a leap day.
  std::vector<std::string> ends;
  for (int i = 0; i < 50; ++i) ends.push_back(i % 2 == 0 ? "2027-02-28" : "2027-03-01");
  const std::vector<std::string> rules = ExtendAtOnce(order, "2024-02-29", ends);
  EXPECT_EQ(std::count(rules.begin(), rules.end(), ""), 1);
  for (std::size_t i = 0; i < rules.size(); ++i) {
    if (i % 2 != 0) {
      EXPECT_EQ(rules[i], "ORDER_TOO_LONG");
    } else {
      EXPECT_THAT(rules[i], AnyOf("", "ETAG_MISMATCH", "DATES_OUT_OF_ORDER"));
    }
  }
  const v1::RestrainingOrder read = ReadOrder(order.name());
  EXPECT_EQ(read.expires_on(), "2027-02-28");
  EXPECT_EQ(read.extensions_size(), 1);
}

TEST_P(OrderEnds, OfTwoExtensionsOfOneVersionTheSecondIsAborted) {
  const v1::RestrainingOrder order = Made("2021-09-29", "2024-09-29");
  On("2024-02-29");
  ASSERT_EQ(Extend(order, "2024-02-29", "2026-01-31"), "");
  EXPECT_EQ(Extend(order, "2024-02-29", "2026-02-01"), "ETAG_MISMATCH");
  EXPECT_EQ(ReadOrder(order.name()).expires_on(), "2026-01-31");
}

TEST_P(OrderEnds, AreThreeYearsAfterTheDayOfTheOrderAtTheMostAlsoAfterALeapDay) {
  v1::RestrainingOrder order = FiledOn("2024-02-29");
  for (const char* day : {"2027-03-01", "2027-02-29"}) {
    EXPECT_NE(Move(worker_, &order, GrantOf("2024-02-29", day)), "") << day;
  }
  EXPECT_EQ(ReadOrder(order.name()).state(), v1::RESTRAINING_ORDER_STATE_FILED);
  ASSERT_EQ(Move(worker_, &order, GrantOf("2024-02-29", "2027-02-28")), "");
  // The length of an extension counts from its own day.
  On("2027-02-28");
  EXPECT_EQ(Extend(order, "2027-02-28", "2030-03-01"), "ORDER_TOO_LONG");
  EXPECT_EQ(Extend(order, "2027-02-28", "2030-02-28"), "");
  EXPECT_EQ(ReadOrder(order.name()).expires_on(), "2030-02-28");
}

}  // namespace
}  // namespace accord::supports
