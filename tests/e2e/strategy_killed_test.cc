// These tests handle money of the strategy while its service is killed again and again. What is reserved and
// the row that says so are both there or neither is, and a request that is repeated until it is answered
// takes effect once.
#include <atomic>
#include <string>
#include <thread>
#include <vector>

#include "accord/strategy/v1/money_service.pb.h"
#include "tests/e2e/service_rows.h"

namespace accord::e2e {
namespace {

namespace st = accord::strategy::v1;

constexpr int64_t kEach = 100;

class StrategyKilled : public ServiceRows {
 protected:
  StrategyKilled()
      : ServiceRows("strategy", "funding"),
        office_(Enrol("co-pahtco", {{"staff", ROLE_OFFICE_STAFF}, {"director", ROLE_OFFICE_DIRECTOR}})) {}

  st::Envelope Announced(int64_t cents) {
    st::CreateEnvelopeRequest request;
    request.set_parent("agencies/co-pahtco");
    auto* envelope = request.mutable_envelope();
    envelope->set_envelope_id("killed");
    envelope->set_title("An envelope of a test");
    envelope->set_ministry("min-mag");
    envelope->set_total_cents(cents);
    envelope->set_qualifier(st::QUALIFIER_EXACT);
    envelope->set_source_ref("a test");
    return Must<st::Envelope>(office_, "staff", "MoneyService/CreateEnvelope", request);
  }
  st::Allocation Planned(const st::Envelope& envelope, int64_t cents) {
    st::CreateAllocationRequest request;
    request.set_parent("agencies/co-pahtco");
    request.mutable_allocation()->set_envelope(envelope.name());
    request.mutable_allocation()->set_recipient("min-mag");
    request.mutable_allocation()->set_amount_cents(cents);
    request.mutable_allocation()->set_source_ref("a test");
    return Must<st::Allocation>(office_, "staff", "MoneyService/CreateAllocation", request);
  }
  static st::CreatePaymentRequest NewPayment(const st::Allocation& allocation, int instalment) {
    st::CreatePaymentRequest request;
    request.mutable_payment()->set_allocation(allocation.name());
    request.mutable_payment()->set_instalment_no(instalment);
    request.mutable_payment()->set_amount_cents(kEach);
    request.mutable_payment()->add_evidence("a test");
    request.mutable_payment()->set_source_ref("a test");
    return request;
  }
  // This repeats a request until the service has answered, with the result or with a rule about money.
  template <class Res, class Req>
  std::string Insist(const std::string& actor, const std::string& method, const Req& request) const {
    std::string rule = "never answered";
    Eventually(
        [&] {
          const auto answer =
              office_.Call<Res>("/accord.strategy.v1.MoneyService/" + method, actor, "funding", request);
          if (!answer.ok() && !absl::IsFailedPrecondition(answer.status())) return false;
          rule = answer.ok() ? "" : RuleOf(answer.status());
          return true;
        },
        absl::Seconds(120));
    return rule;
  }
  void KillAgainAndAgain() {
    for (int i = 0; i < 4; ++i) stack_.KillAndRestart("strategy");
  }

  const AgencyClient office_;
};

TEST_F(StrategyKilled, AnAllocationAndWhatIsCommittedOfItsEnvelopeAreBothThereOrNeither) {
  constexpr int kPlanned = 24, kFit = 15;
  const st::Envelope envelope = Announced(kFit * kEach + kEach - 1);
  std::vector<st::Allocation> planned;
  for (int i = 0; i < kPlanned; ++i) planned.push_back(Planned(envelope, kEach));
  std::atomic<int> committed{0}, exceeded{0}, other{0};
  std::vector<std::thread> directors;
  for (int i = 0; i < kPlanned; ++i) {
    st::CommitAllocationRequest commit;
    commit.set_name(planned[static_cast<std::size_t>(i)].name());
    commit.set_etag(planned[static_cast<std::size_t>(i)].etag());
    commit.set_request_id(absl::StrCat("killed-commit-", i));
    directors.emplace_back([&, commit] {
      const std::string rule = Insist<st::Allocation>("director", "CommitAllocation", commit);
      ++(rule.empty() ? committed : rule == "ENVELOPE_EXCEEDED" ? exceeded : other);
    });
  }
  KillAgainAndAgain();
  for (std::thread& director : directors) director.join();
  EXPECT_EQ(committed, kFit);
  EXPECT_EQ(exceeded, kPlanned - kFit);
  EXPECT_EQ(other, 0);
  st::GetEnvelopePositionRequest get;
  get.set_name(envelope.name());
  const auto position =
      Must<st::EnvelopePosition>(office_, "director", "MoneyService/GetEnvelopePosition", get);
  EXPECT_EQ(position.committed_cents(), kFit * kEach);
  EXPECT_EQ(position.free_cents(), kEach - 1);
  st::ListAllocationsRequest list;
  list.set_envelope(envelope.name());
  int rows = 0;
  const auto listed =
      Must<st::ListAllocationsResponse>(office_, "staff", "MoneyService/ListAllocations", list);
  for (const st::Allocation& each : listed.allocations()) {
    rows += each.state() == st::ALLOCATION_STATE_COMMITTED ? 1 : 0;
  }
  EXPECT_EQ(rows, kFit) << "as many rows as there is money committed";
}

TEST_F(StrategyKilled, OfManyWhoAskForOneInstalmentOneGetsItAndNothingElseIsTakenOfTheAllocation) {
  constexpr int kAsking = 16, kInstalments = 3;
  st::Allocation allocation = Planned(Announced(kInstalments * kEach), kInstalments * kEach);
  Move<st::CommitAllocationRequest>(office_, "director", "MoneyService/CommitAllocation", &allocation);
  std::atomic<int> asked{0}, refused{0}, other{0};
  std::vector<std::thread> people;
  for (int i = 0; i < kAsking; ++i) {
    st::CreatePaymentRequest request = NewPayment(allocation, 1);
    request.set_request_id(absl::StrCat("killed-payment-", i));
    people.emplace_back([&, request] {
      const std::string rule = Insist<st::Payment>("staff", "CreatePayment", request);
      ++(rule.empty() ? asked : rule == "INSTALMENT_OUT_OF_ORDER" ? refused : other);
    });
  }
  KillAgainAndAgain();
  for (std::thread& person : people) person.join();
  EXPECT_EQ(asked, 1);
  EXPECT_EQ(refused, kAsking - 1);
  EXPECT_EQ(other, 0);
  // Only the other instalments are left, so nothing was taken without its row.
  for (int instalment = 2; instalment <= kInstalments; ++instalment) {
    EXPECT_OK(Call<st::Payment>(office_, "staff", "MoneyService/CreatePayment",
                                NewPayment(allocation, instalment)));
  }
  const auto beyond = Call<st::Payment>(office_, "staff", "MoneyService/CreatePayment",
                                        NewPayment(allocation, kInstalments + 1));
  EXPECT_EQ(RuleOf(beyond.status()), "ENVELOPE_EXCEEDED");
}

}  // namespace
}  // namespace accord::e2e
