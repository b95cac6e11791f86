// These tests show that money for benefits is reserved before it is promised, paid once, and comes back as a
// row of its own. They run on each kind of database.
#include <algorithm>
#include <atomic>
#include <string>
#include <thread>
#include <vector>

#include "common/testing/every_list.h"
#include "common/testing/postgres.h"
#include "services/supports/testing/benefit_fixture.h"

namespace accord::supports {
namespace {

using ::testing::SizeIs;

class BenefitMoney : public BenefitFixture, public ::testing::WithParamInterface<std::string> {
 protected:
  BenefitMoney()
      : BenefitFixture(GetParam() == "postgres" ? accord::testing::PostgresCluster::Shared().NewDatabase()
                                                : "") {}

  static v1::BenefitClaim RecoveryAt(const std::string& house) {
    v1::BenefitClaim claim = NewClaim(v1::BENEFIT_CODE_TRAUMA_INFORMED_RECOVERY, 200000, "2017-03-01");
    claim.set_facility(house);
    return claim;
  }
  static v1::BenefitClaim Tattoo(int64_t cents = 50000) {
    return NewClaim(v1::BENEFIT_CODE_TATTOO_REMOVAL, cents);
  }
  std::string Reverse(const Caller& who, const v1::BenefitPayment& payment, int64_t cents,
                      v1::BenefitPayment* row) {
    v1::ReverseBenefitPaymentRequest request;
    request.set_name(payment.name());
    request.set_amount_cents(cents);
    request.set_reason("the clinic gave it back");
    return Rule(Call<v1::BenefitPayment>(who, request), row);
  }
  std::string Confirm(const Caller& who, v1::BenefitPayment* row) {
    return Move(who, row, v1::ConfirmBenefitReversalRequest());
  }
  v1::BenefitPayment Reread(const v1::BenefitPayment& payment) {
    v1::GetBenefitPaymentRequest request;
    request.set_name(payment.name());
    return Must(Call<v1::BenefitPayment>(payer_, request));
  }
  // This gives how many of the concurrent approvals succeed. The others are refused because there is not
  // enough money.
  int WonOf(std::vector<v1::BenefitClaim>* claims, int64_t cents) {
    std::atomic<int> won{0}, other{0};
    std::vector<std::thread> deciders;
    for (v1::BenefitClaim& claim : *claims) {
      deciders.emplace_back([&, mine = &claim] {
        const std::string rule = Approve(program_, mine, cents, "a letter");
        if (rule.empty()) ++won;
        if (!rule.empty() && rule != "ENVELOPE_EXCEEDED") ++other;
      });
    }
    for (std::thread& decider : deciders) decider.join();
    EXPECT_EQ(other, 0);
    return won;
  }
};

INSTANTIATE_TEST_SUITE_P(Databases, BenefitMoney, ::testing::Values("sqlite", "postgres"),
                         [](const auto& test) { return test.param; });

// Invariant 2 requires that the reservation and the record of it are stored together, or neither is.
TEST_P(BenefitMoney, OfAnApprovalThatFailsAtItsEndIsNotReserved) {
  const v1::FundLine line = Line(100000);
  const v1::Consent consent = Given(Reported(), ToClaim());
  v1::BenefitClaim claim = Eligible(consent, Tattoo());
  v1::BenefitClaim stale = claim;
  stale.set_etag("an older one");
  EXPECT_EQ(Approve(manager_, &stale, 50000), "ETAG_MISMATCH");
  EXPECT_EQ(Read(line).reserved_cents(), 0);
  // The amount was not taken from the survivor's limit either.
  ASSERT_EQ(Approve(manager_, &claim, 50000), "");
  EXPECT_EQ(Read(line).reserved_cents(), 50000);
}

// For E19, fifty claims of 2,000 dollars compete for the 10,000 dollars that are left.
TEST_P(BenefitMoney, OfFiftyWhoComeAtOnceForWhatIsLeftAsManyGetItAsItReachesFor) {
  const std::string house = Approved("2017-01-01");
  const v1::FundLine line = Line(1000000);
  std::vector<v1::BenefitClaim> claims;
  for (int i = 0; i < 50; ++i) claims.push_back(Eligible(RecoveryAt(house)));
  EXPECT_EQ(WonOf(&claims, 200000), 5);
  EXPECT_EQ(Read(line).reserved_cents(), 1000000);
  // A cancelled claim leaves room for another one.
  std::vector<v1::BenefitClaim> waiting;
  v1::BenefitClaim approved;
  for (v1::BenefitClaim& claim : claims) {
    if (claim.state() == v1::BENEFIT_CLAIM_STATE_APPROVED) {
      approved = claim;
    } else {
      waiting.push_back(claim);
    }
  }
  EXPECT_EQ(Approve(program_, &waiting.at(0), 200000, "a letter"), "ENVELOPE_EXCEEDED");
  ASSERT_EQ(Cancel(worker_, &approved), "");
  EXPECT_EQ(Approve(program_, &waiting.at(0), 200000, "a letter"), "");
  EXPECT_EQ(Approve(program_, &waiting.at(1), 200000, "a letter"), "ENVELOPE_EXCEEDED");
}

// For invariant 3, three of these claims are within the 1,000 dollars that one survivor may have.
TEST_P(BenefitMoney, OfManyApprovedAtOnceForOneSurvivorIsWithinTheLimit) {
  const v1::FundLine line = Line(10000000);
  const v1::Consent consent = Given(Reported(), ToClaim());
  std::vector<v1::BenefitClaim> claims;
  for (int i = 0; i < 12; ++i) {
    const std::string day = FormatDay(absl::CivilDay(2026, 11, 9) + i);
    claims.push_back(Eligible(consent, NewClaim(v1::BENEFIT_CODE_TATTOO_REMOVAL, 30000, day)));
  }
  std::vector<std::string> rules(claims.size());
  std::vector<std::thread> deciders;
  for (std::size_t i = 0; i < claims.size(); ++i) {
    deciders.emplace_back([&, i] { rules[i] = Approve(manager_, &claims[i], 30000); });
  }
  for (std::thread& decider : deciders) decider.join();
  EXPECT_EQ(std::count(rules.begin(), rules.end(), ""), 3);
  EXPECT_EQ(std::count(rules.begin(), rules.end(), "LIMIT_EXCEEDED"), 9);
  EXPECT_EQ(Read(line).reserved_cents(), 90000) << "what is refused is reserved of no line either";
}

// T14 requires that one statement compares with what is left and takes the amount.
TEST_P(BenefitMoney, OfFiftyWhoComeAtOnceForTheLastDollarOneGetsIt) {
  const v1::FundLine line = Line(100);
  std::vector<v1::BenefitClaim> claims;
  for (int i = 0; i < 50; ++i) {
    claims.push_back(Eligible(NewClaim(v1::BENEFIT_CODE_TATTOO_REMOVAL, 100, "2017-03-01")));
  }
  EXPECT_EQ(WonOf(&claims, 100), 1);
  EXPECT_EQ(Read(line).reserved_cents(), 100);
}

TEST_P(BenefitMoney, IsTakenOfTheYearsOwnLineFirstAndOfNoOtherYears) {
  const v1::FundLine any = Line(50000), now = Line(50000, "2026-27"), next = Line(50000, "2027-28");
  for (int i = 0; i < 2; ++i) {
    v1::BenefitClaim claim = Eligible(Tattoo());
    ASSERT_EQ(Approve(manager_, &claim, 50000), "");
    EXPECT_EQ(claim.fund_line(), i == 0 ? now.name() : any.name());
  }
  v1::BenefitClaim late = Eligible(Tattoo());
  EXPECT_EQ(Approve(manager_, &late, 50000), "ENVELOPE_EXCEEDED");
  EXPECT_EQ(Read(next).reserved_cents(), 0);
}

TEST_P(BenefitMoney, InSeveralLinesIsNotPutTogetherAndTheRefusalSaysSo) {
  Line(50000);
  Line(50000);
  v1::BenefitClaim claim = Eligible(Tattoo(80000));
  v1::ApproveBenefitClaimRequest request;
  request.set_name(claim.name());
  request.set_etag(claim.etag());
  request.set_amount_cents(80000);
  const absl::Status refused = Call<v1::BenefitClaim>(manager_, request).status();
  EXPECT_THAT(refused, RefusedBy(rules::kEnvelopeExceeded));
  EXPECT_NE(refused.message().find("No single fund line"), absl::string_view::npos) << refused;
  EXPECT_EQ(Approve(manager_, &claim, 50000), "");
}

TEST_P(BenefitMoney, OfAYearThatIsOverPaysNothingAndIsFreeAgain) {
  const v1::FundLine now = Line(50000, "2026-27"), next = Line(50000, "2027-28");
  v1::BenefitPayment payment = Due(Eligible(Tattoo()), 50000, 40000, "invoice 1");
  On("2027-04-01");
  ASSERT_EQ(Pay(payer_, &payment), "");
  EXPECT_EQ(payment.fiscal_year(), "2027-28");
  EXPECT_EQ(payment.fund_line(), next.name());
  EXPECT_EQ(Read(now).reserved_cents() + Read(now).paid_cents(), 0);
  EXPECT_EQ(Read(next).reserved_cents(), 0);
  EXPECT_EQ(Read(next).paid_cents(), 40000);
}

TEST_P(BenefitMoney, IsAcknowledgedOnceForEachAllocation) {
  const v1::CreateFundLineRequest request = NewLine(100);
  ASSERT_OK(Call<v1::FundLine>(program_, request));
  EXPECT_THAT(Call<v1::FundLine>(program_, request), RefusedBy(rules::kAlreadyRecorded));
  v1::CreateFundLineRequest bad = NewLine(-1);
  EXPECT_THAT(Call<v1::FundLine>(program_, bad), RefusedBy(rules::kAmountInvalid));
  for (const char* year : {"2017-16", "2017-19"}) {
    bad = NewLine(100, year);
    EXPECT_THAT(Call<v1::FundLine>(program_, bad), RefusedBy(rules::kFiscalYearInvalid)) << year;
  }
  bad = NewLine(100);
  bad.mutable_fund_line()->set_allocation("agencies/co-pahtco/envelopes/e1");
  EXPECT_THAT(Call<v1::FundLine>(program_, bad), RefusedBy(rules::kFieldInvalid));
  const std::string name = request.fund_line().allocation();
  for (const std::string& other : {name + " ", std::string("agencies/co-pahtco/allocations/A1")}) {
    bad.mutable_fund_line()->set_allocation(other);
    EXPECT_THAT(Call<v1::FundLine>(program_, bad), RefusedBy(rules::kFieldInvalid)) << other;
  }
  v1::ListFundLinesRequest list;
  for (const Caller& who : {program_, payer_}) {
    EXPECT_THAT(Must(Call<v1::ListFundLinesResponse>(who, list)).fund_lines(), SizeIs(1)) << who.actor;
  }
  const Caller elsewhere = Support("vs-peel", "program", annotations::v1::ROLE_OVS_PROGRAM);
  EXPECT_THAT(Must(Call<v1::ListFundLinesResponse>(elsewhere, list)).fund_lines(), SizeIs(0));
}

TEST_P(BenefitMoney, IsNeverMadeLessThanWhatIsPromisedOfIt) {
  v1::FundLine line = Line(100000);
  v1::BenefitClaim claim = Eligible(Tattoo());
  ASSERT_EQ(Approve(manager_, &claim, 50000), "");
  v1::ReviseFundLineRequest revise;
  revise.set_allocation_etag("2");
  revise.set_amount_cents(49999);
  EXPECT_EQ(Move(program_, &line, revise), "ENVELOPE_EXCEEDED");
  revise.set_amount_cents(50000);
  ASSERT_EQ(Move(program_, &line, revise), "");
  EXPECT_EQ(line.reserved_cents(), 50000);
  v1::BenefitClaim another = Eligible(Tattoo(100));
  EXPECT_EQ(Approve(manager_, &another, 100), "ENVELOPE_EXCEEDED");
  revise.set_amount_cents(50100);
  revise.set_allocation_etag("3");
  ASSERT_EQ(Move(program_, &line, revise), "");
  EXPECT_EQ(Approve(manager_, &another, 100), "");
}

TEST_P(BenefitMoney, IsPaidOnceToTheProviderForNoMoreThanTheInvoice) {
  const v1::FundLine line = Line(100000);
  v1::BenefitClaim claim = Eligible(Tattoo());
  ASSERT_EQ(Approve(manager_, &claim, 50000), "");
  EXPECT_EQ(Deliver(&claim, 50001, "invoice 1"), "AMOUNT_INVALID") << "more needs another approval";
  ASSERT_EQ(Deliver(&claim, 30000, "invoice 1"), "");
  EXPECT_EQ(Cancel(worker_, &claim), "STATE_NOT_PERMITTED");
  v1::BenefitPayment payment = PaymentOf(claim);
  v1::PayBenefitPaymentRequest request;
  request.set_name(payment.name());
  request.set_claim(payment.claim());
  request.set_etag(payment.etag());
  request.set_request_id("pay-once");
  ASSERT_OK(Call<v1::BenefitPayment>(payer_, request));
  ASSERT_OK(Call<v1::BenefitPayment>(payer_, request)) << "it was repeated";
  request.set_request_id("pay-twice");
  EXPECT_THAT(Call<v1::BenefitPayment>(payer_, request), RefusedBy(rules::kStateNotPermitted));
  EXPECT_EQ(Read(line).paid_cents(), 30000);
  EXPECT_EQ(Read(line).reserved_cents(), 0) << "what was not used is free again";
  ASSERT_EQ(UnreadClaim(claim.name(), worker_, &claim), "");
  EXPECT_EQ(claim.state(), v1::BENEFIT_CLAIM_STATE_PAID);
}

// T13 requires that a second invoice of one number is not paid.
TEST_P(BenefitMoney, IsNotPaidTwiceForOneInvoiceOfAPayee) {
  Line(1000000);
  v1::BenefitPayment first = Due(Eligible(Tattoo()), 50000, 50000, "A-1");
  v1::BenefitPayment same = Due(Eligible(Tattoo()), 50000, 50000, "A-1");
  v1::BenefitPayment rewritten = Due(Eligible(Tattoo()), 50000, 50000, "  a\u20111 ");
  v1::BenefitClaim of_another = Tattoo();
  of_another.mutable_payee()->set_provider("another clinic");
  v1::BenefitPayment another = Due(Eligible(of_another), 50000, 50000, "A-1");
  ASSERT_EQ(Pay(payer_, &first), "");
  EXPECT_EQ(Pay(payer_, &same), "INVOICE_KNOWN");
  EXPECT_EQ(Pay(payer_, &rewritten), "INVOICE_KNOWN") << "it is the same number, written otherwise";
  EXPECT_EQ(Pay(payer_, &another), "");
}

// T20 requires that money that comes back is not a negative amount.
TEST_P(BenefitMoney, ThatComesBackIsARowOfItsOwnByTwoPeople) {
  const v1::FundLine line = Line(100000);
  const v1::Consent consent = Given(Reported(), ToClaim());
  v1::BenefitClaim tattoo = Tattoo(100000);
  v1::BenefitPayment payment = Due(Eligible(consent, tattoo), 100000, 100000, "A-1"), row;
  EXPECT_EQ(Reverse(payer_, payment, 100, &row), "STATE_NOT_PERMITTED") << "nothing is paid yet";
  ASSERT_EQ(Pay(payer_, &payment), "");
  EXPECT_EQ(Reverse(payer_, payment, 100001, &row), "AMOUNT_INVALID");
  ASSERT_EQ(Reverse(payer_, payment, 40000, &row), "");
  EXPECT_EQ(row.reverses(), payment.name());
  EXPECT_EQ(Read(line).paid_cents(), 100000) << "one person alone changes nothing";
  EXPECT_EQ(Confirm(payer_, &row), "REVERSAL_NEEDS_TWO");
  v1::BenefitPayment second;
  EXPECT_EQ(Reverse(payer_, payment, 60001, &second), "AMOUNT_INVALID")
      << "more would come back than was paid";
  ASSERT_EQ(Confirm(controller_, &row), "");
  EXPECT_EQ(Confirm(controller_, &row), "STATE_NOT_PERMITTED");
  EXPECT_EQ(Read(line).paid_cents(), 60000);
  payment = Reread(payment);
  EXPECT_EQ(payment.amount_cents(), 100000);
  EXPECT_EQ(payment.reversed_cents(), 40000);
  EXPECT_EQ(payment.reversal_proposed_cents(), 0);
  EXPECT_EQ(Reverse(payer_, row, 1, &second), "STATE_NOT_PERMITTED") << "what takes back is not taken back";
  // The survivor can have this much of the benefit again.
  tattoo.set_event_on("2026-11-19");
  tattoo.set_amount_requested_cents(40001);
  v1::BenefitClaim again = Eligible(consent, tattoo);
  EXPECT_EQ(Approve(manager_, &again, 40001), "LIMIT_EXCEEDED");
  EXPECT_EQ(Approve(manager_, &again, 40000), "");
}

TEST_P(BenefitMoney, GoesThroughThreePairsOfHands) {
  Line(1000000);
  // A member of the program works in the case, too, which no role forbids.
  Caller both = worker_;
  both.roles.push_back(annotations::v1::ROLE_VS_MANAGER);
  v1::RequestBenefitClaimRequest request;
  request.set_consent(Given(Reported(), ToClaim()).name());
  *request.mutable_benefit_claim() = Tattoo();
  v1::BenefitClaim claim = Must(Call<v1::BenefitClaim>(both, request));
  EXPECT_EQ(Decide(both, &claim, "find_eligible"), "THREE_PEOPLE");
  ASSERT_EQ(Decide(manager_, &claim, "find_eligible"), "");
  EXPECT_EQ(Approve(both, &claim, 50000), "THREE_PEOPLE");
  ASSERT_EQ(Approve(manager_, &claim, 50000), "");
  EXPECT_EQ(claim.state(), v1::BENEFIT_CLAIM_STATE_APPROVED);
}

// Invariant 9 requires that the person who requested a claim decides nothing, even if he or she has another
// role by then.
TEST_P(BenefitMoney, IsApprovedByNobodyWhoAskedForItAndWasPromotedSince) {
  Line(1000000);
  v1::BenefitClaim claim = Claimed(Tattoo());
  Caller promoted = worker_;
  promoted.roles = {annotations::v1::ROLE_VS_MANAGER};
  EXPECT_EQ(Decide(promoted, &claim, "find_eligible"), "THREE_PEOPLE");
  ASSERT_EQ(Decide(manager_, &claim, "find_eligible"), "");
  EXPECT_EQ(Approve(promoted, &claim, 50000), "THREE_PEOPLE");
  EXPECT_EQ(Approve(manager_, &claim, 50000), "");
}

TEST_P(BenefitMoney, OfAPaymentIsSeenByTheMinistryThatPaysAlone) {
  Line(1000000);
  const v1::BenefitPayment payment = Due(Eligible(Tattoo()), 50000, 50000, "INVOICE-WORDS");
  EXPECT_EQ(payment.payee().provider(), "PROVIDER-WORDS");
  EXPECT_EQ(payment.for_agency(), "vs-york");
  v1::GetBenefitPaymentRequest get;
  get.set_name(payment.name());
  EXPECT_THAT(Call<v1::BenefitPayment>(Finance("payer", "min-mol"), get), RefusedBy(rules::kNotFound));
  EXPECT_THAT(Call<v1::BenefitPayment>(program_, get), RefusedBy(rules::kAgencyKindNotPermitted));
  const std::string stored = StoredWithoutKey();
  for (const char* words : {"PROVIDER-WORDS", "INVOICE-WORDS"}) {
    EXPECT_EQ(stored.find(words), std::string::npos) << words;
  }
}

class SupportsLists : public BenefitFixture {};

TEST_F(SupportsLists, EndTheirPagesBeforeTheyAreTooLarge) {
  EXPECT_GT(testing::ReadEveryList(&in_process_, "accord.supports.v1"), 8);
}

}  // namespace
}  // namespace accord::supports
