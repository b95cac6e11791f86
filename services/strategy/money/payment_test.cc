#include <atomic>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "common/testing/postgres.h"
#include "services/strategy/testing/award_fixture.h"

namespace accord::strategy {
namespace {

using ::testing::AnyOf;
using ::testing::IsEmpty;
using ::testing::SizeIs;

// Every test runs on each kind of database.
class Payments : public AwardFixture, public ::testing::WithParamInterface<bool> {
 protected:
  Payments() : AwardFixture(GetParam() ? testing::PostgresCluster::Shared().NewDatabase() : "") {}

  static Caller Finance(const std::string& agency, AgencyKind kind, const std::string& actor = "finance") {
    return Funded(agency, kind, annotations::v1::ROLE_FINANCE_OFFICER, actor);
  }
  const Caller payer_ = Finance("min-mag", annotations::v1::AGENCY_KIND_MINISTRY);
  const Caller recipient_ = Funded("vs-york", annotations::v1::AGENCY_KIND_VICTIM_SERVICES,
                                   annotations::v1::ROLE_VS_MANAGER, "manager");

  // This makes an allocation of a hundred thousand cents for vs-york, from an envelope of this name.
  v1::Allocation Committed(const std::string& envelope = "vcao-ht", int64_t cents = 100000) {
    v1::Allocation allocation;
    EXPECT_EQ(Plan(Announced(envelope), cents, &allocation, "2026-27"), "");
    EXPECT_EQ(Commit(&allocation), "");
    return allocation;
  }
  static v1::CreatePaymentRequest NewPayment(const std::string& allocation, int instalment, int64_t cents) {
    v1::CreatePaymentRequest request;
    auto* payment = request.mutable_payment();
    payment->set_allocation(allocation);
    payment->set_instalment_no(instalment);
    payment->set_amount_cents(cents);
    payment->add_evidence("invoice 7");
    payment->set_source_ref("the agreement");
    return request;
  }
  std::string Ask(const v1::Allocation& allocation, int instalment, int64_t cents,
                  v1::Payment* payment = nullptr) {
    return Rule(Call<v1::Payment>(recipient_, NewPayment(allocation.name(), instalment, cents)), payment);
  }
  std::string Approve(v1::Payment* payment) { return Move(writer_, payment, v1::ApprovePaymentRequest()); }
  std::string Pay(v1::Payment* payment, const std::string& invoice) {
    v1::PayPaymentRequest request;
    request.set_invoice_ref(invoice);
    request.set_paid_on("2026-11-24");
    return Move(payer_, payment, request);
  }
  v1::Payment Paid(const v1::Allocation& allocation, int instalment, int64_t cents) {
    v1::Payment payment;
    EXPECT_EQ(Ask(allocation, instalment, cents, &payment), "");
    EXPECT_EQ(Approve(&payment), "");
    EXPECT_EQ(Pay(&payment, absl::StrCat(allocation.name(), " ", instalment)), "");
    return payment;
  }
  // Reverses a part of a payment, and gives the row of the reversal.
  std::string Reverse(const v1::Payment& payment, int64_t cents, v1::Payment* reversal) {
    v1::RequestPaymentReversalRequest request;
    request.set_amount_cents(cents);
    request.set_reason("sent twice");
    v1::Payment asked = ReadPayment(payment);
    const std::string rule = Move(payer_, &asked, request);
    if (rule.empty()) *reversal = asked;
    return rule;
  }
  v1::Payment ReadPayment(const v1::Payment& payment) {
    v1::GetPaymentRequest get;
    get.set_name(payment.name());
    return Must(Call<v1::Payment>(writer_, get));
  }
  v1::Allocation Reread(const v1::Allocation& allocation) {
    v1::GetAllocationRequest get;
    get.set_name(allocation.name());
    return Must(Call<v1::Allocation>(writer_, get));
  }
};

INSTANTIATE_TEST_SUITE_P(Databases, Payments, ::testing::Bool(),
                         [](const auto& database) { return database.param ? "PostgreSQL" : "SQLite"; });

TEST_P(Payments, AreAskedForApprovedAndMadeByThreePeople) {
  const v1::Allocation allocation = Committed();
  v1::Payment payment = Must(Call<v1::Payment>(writer_, NewPayment(allocation.name(), 1, 40000)));
  EXPECT_EQ(Approve(&payment), "SAME_PERSON");
  Caller all = colleague_;
  all.roles.push_back(annotations::v1::ROLE_FINANCE_OFFICER);
  EXPECT_EQ(Pay(&payment, "17"), "STATE_NOT_PERMITTED") << "nothing is paid that nobody approved";
  ASSERT_EQ(Move(all, &payment, v1::ApprovePaymentRequest()), "");
  v1::PayPaymentRequest pay;
  pay.set_invoice_ref("17");
  pay.set_paid_on("2026-11-24");
  EXPECT_EQ(Move(all, &payment, pay), "SAME_PERSON") << "another role does not make another person";
  Caller asked = writer_;
  asked.roles = {annotations::v1::ROLE_FINANCE_OFFICER};
  EXPECT_EQ(Move(asked, &payment, pay), "SAME_PERSON");
  ASSERT_EQ(Pay(&payment, "17"), "");
  EXPECT_EQ(payment.fiscal_year(), "2026-27");
}

TEST_P(Payments, AreNotOneCentMoreThanTheirAllocation) {
  const v1::Allocation allocation = Committed();
  ASSERT_EQ(Ask(allocation, 1, 60000), "");
  EXPECT_EQ(Ask(allocation, 2, 40001), "ENVELOPE_EXCEEDED") << "what is asked for counts as well";
  EXPECT_EQ(Ask(allocation, 2, 40000), "");
}

TEST_P(Payments, OfFiftyWhoAskForTheSameInstalmentOneGetsIt) {
  const v1::Allocation allocation = Committed();
  std::atomic<int> asked{0}, refused{0}, other{0};
  std::vector<std::thread> clients;
  for (int i = 0; i < 50; ++i) {
    clients.emplace_back([&] {
      const std::string rule = Ask(allocation, 1, 60000);
      const bool known = rule == "INSTALMENT_OUT_OF_ORDER" || rule == "ENVELOPE_EXCEEDED";
      ++(rule.empty() ? asked : known ? refused : other);
    });
  }
  for (std::thread& client : clients) client.join();
  EXPECT_EQ(asked, 1);
  EXPECT_EQ(refused, 49);
  EXPECT_EQ(other, 0);
  v1::ListPaymentsRequest list;
  list.set_allocation(allocation.name());
  EXPECT_THAT(Must(Call<v1::ListPaymentsResponse>(recipient_, list)).payments(), SizeIs(1));
}

TEST_P(Payments, AreOfTheFiscalYearOfTheirAllocationUnlessADecisionCarriesItOn) {
  const auto paid = [&](const std::string& envelope, const std::string& year, const std::string& decision,
                        v1::Payment* payment) {
    v1::Allocation allocation;
    EXPECT_EQ(Plan(Announced(envelope), 100000, &allocation, year), "");
    EXPECT_EQ(Commit(&allocation), "");
    EXPECT_EQ(Ask(allocation, 1, 40000, payment), "");
    EXPECT_EQ(Approve(payment), "");
    v1::PayPaymentRequest pay;
    pay.set_invoice_ref("of " + envelope);
    pay.set_paid_on("2026-11-24");
    pay.set_carry_decision(decision);
    return Move(payer_, payment, pay);
  };
  v1::Payment payment;
  EXPECT_EQ(paid("this-year", "2026-27", "", &payment), "");
  EXPECT_EQ(payment.carry_decision(), "");
  EXPECT_EQ(paid("last-year", "2025-26", "", &payment), "FISCAL_YEAR_OVER")
      << "what is left is not carried on";
  EXPECT_EQ(payment.state(), v1::PAYMENT_STATE_APPROVED);
  EXPECT_EQ(paid("carried", "2025-26", "a decision of the Treasury Board", &payment), "");
  EXPECT_EQ(payment.fiscal_year(), "2026-27");
  EXPECT_EQ(payment.carry_decision(), "a decision of the Treasury Board");
  EXPECT_EQ(paid("next-year", "2027-28", "a decision", &payment), "DATES_CONTRADICT");
}

TEST_P(Payments, AreMadeOnTheDayOfTheirRequestOrLater) {
  v1::Payment payment;
  ASSERT_EQ(Ask(Committed(), 1, 40000, &payment), "");
  ASSERT_EQ(Approve(&payment), "");
  v1::PayPaymentRequest pay;
  pay.set_invoice_ref("17");
  for (const char* day : {"2010-01-01", "2026-11-23"}) {
    pay.set_paid_on(day);
    EXPECT_EQ(Move(payer_, &payment, pay), "DATES_CONTRADICT") << day;
  }
  pay.set_paid_on("2026-11-24");
  EXPECT_EQ(Move(payer_, &payment, pay), "");
}

TEST_P(Payments, ThatAreAskedForAgainUnderTheSameIdAreOne) {
  const v1::Allocation allocation = Committed();
  v1::CreatePaymentRequest request = NewPayment(allocation.name(), 1, 60000);
  request.set_request_id("one-request-0001");
  const auto first = Must(Call<v1::Payment>(recipient_, request));
  EXPECT_EQ(Must(Call<v1::Payment>(recipient_, request)).name(), first.name());
  EXPECT_EQ(Ask(allocation, 2, 40000), "") << "it was set aside once";
}

TEST_P(Payments, FollowEachOtherByTheirNumber) {
  const v1::Allocation allocation = Committed();
  for (const int number : {2, 3}) EXPECT_EQ(Ask(allocation, number, 1), "INSTALMENT_OUT_OF_ORDER");
  v1::Payment first;
  ASSERT_EQ(Ask(allocation, 1, 1, &first), "");
  EXPECT_EQ(Ask(allocation, 1, 1), "INSTALMENT_OUT_OF_ORDER");
  v1::CancelPaymentRequest cancel;
  cancel.set_reason("a wrong amount");
  ASSERT_EQ(Move(recipient_, &first, cancel), "");
  EXPECT_EQ(Ask(allocation, 1, 1), "INSTALMENT_OUT_OF_ORDER") << "a number is used once";
  EXPECT_EQ(Ask(allocation, 2, 100000), "") << "what was cancelled is free";
}

TEST_P(Payments, HaveEachInvoiceOfARecipientOnceAlsoWhereTheyFailed) {
  const v1::Allocation one = Committed("vcao-ht"), other = Committed("vqrp-ht");
  v1::Payment first, second;
  ASSERT_EQ(Ask(one, 1, 1000, &first), "");
  ASSERT_EQ(Ask(other, 1, 1000, &second), "");
  ASSERT_EQ(Approve(&first), "");
  ASSERT_EQ(Approve(&second), "");
  ASSERT_EQ(Pay(&first, "A-17"), "");
  for (const char* same : {"A-17", " a-17", "a\u201117 ", "A17", "a 17", "A.17"}) {
    EXPECT_EQ(Pay(&second, same), "INVOICE_TAKEN") << same;
  }
  v1::FailPaymentRequest fail;
  fail.set_reason("the account was closed");
  ASSERT_EQ(Move(payer_, &first, fail), "");
  EXPECT_EQ(Pay(&second, "A-17"), "INVOICE_TAKEN");
  EXPECT_EQ(Pay(&first, "A-17"), "") << "what failed is paid again";
}

TEST_P(Payments, HaveNoInvoiceThatWasKeptAsItWasFoldedBefore) {
  ASSERT_OK(in_process_.database().Transact([](storage::Transaction& tx) {
    return tx
        .Exec(
            "insert into payment_invoice (recipient, invoice_ref, payment) values ('vs-york', 't-1', 'older')")
        .status();
  }));
  v1::Payment payment;
  ASSERT_EQ(Ask(Committed(), 1, 1000, &payment), "");
  ASSERT_EQ(Approve(&payment), "");
  for (const char* same : {"T-1", "t 1", "T1"}) EXPECT_EQ(Pay(&payment, same), "INVOICE_TAKEN") << same;
  EXPECT_EQ(Pay(&payment, "T-2"), "");
}

// While two versions of the service run, the older one recognises what this one has paid.
TEST_P(Payments, KeepTheirInvoiceAsItWasFoldedBeforeAsWell) {
  v1::Payment payment;
  ASSERT_EQ(Ask(Committed(), 1, 1000, &payment), "");
  ASSERT_EQ(Approve(&payment), "");
  ASSERT_EQ(Pay(&payment, "T-1"), "");
  const auto rows = Must(in_process_.database().Transact([](storage::Transaction& tx) {
    return tx.Query<std::string>(
        "select payment from payment_invoice where recipient = 'vs-york' and invoice_ref = 't-1'");
  }));
  ASSERT_EQ(rows.size(), 1U);
  EXPECT_EQ(std::get<0>(rows.front()), payment.name());
}

TEST_P(Payments, AreAmountsAboveNothingOfWhatIsCommitted) {
  const v1::Allocation allocation = Committed();
  for (const int64_t cents : {int64_t{0}, int64_t{-1}, int64_t{1000000000001}}) {
    EXPECT_THAT(Ask(allocation, 1, cents), AnyOf("AMOUNT_INVALID", "FIELD_INVALID")) << cents;
  }
  v1::Allocation planned;
  ASSERT_EQ(Plan(Announced("vqrp-ht"), 100, &planned, "2026-27"), "");
  EXPECT_EQ(Ask(planned, 1, 100), "NOT_COMMITTED");
  v1::Payment payment = ReadPayment(Paid(allocation, 1, 100));
  v1::PayPaymentRequest again;
  again.set_invoice_ref("18");
  again.set_paid_on("2026-11-24");
  EXPECT_EQ(Move(payer_, &payment, again), "STATE_NOT_PERMITTED");
}

TEST_P(Payments, ThatComeBackAreRowsOfTwoPeopleAndFreeTheirAmountAgain) {
  const v1::Allocation allocation = Committed();
  const v1::Payment payment = Paid(allocation, 1, 100000);
  v1::Payment reversal, beyond;
  ASSERT_EQ(Reverse(payment, 30000, &reversal), "");
  EXPECT_EQ(reversal.reverses(), payment.name());
  EXPECT_EQ(Reverse(payment, 70001, &beyond), "REVERSAL_TOO_LARGE");
  EXPECT_EQ(Ask(allocation, 2, 1), "ENVELOPE_EXCEEDED") << "nobody has confirmed it";
  Caller both = payer_;
  both.roles.push_back(annotations::v1::ROLE_MINISTRY_LEAD);
  EXPECT_EQ(Move(both, &reversal, v1::ConfirmPaymentReversalRequest()), "SAME_PERSON");
  ASSERT_EQ(Move(writer_, &reversal, v1::ConfirmPaymentReversalRequest()), "");
  const v1::Payment after = ReadPayment(payment);
  EXPECT_EQ(after.state(), v1::PAYMENT_STATE_PAID);
  EXPECT_EQ(after.amount_cents(), 100000) << "what was paid stays what was paid";
  EXPECT_EQ(after.reversed_cents(), 30000);
  EXPECT_EQ(Ask(allocation, 2, 30001), "ENVELOPE_EXCEEDED");
  EXPECT_EQ(Ask(allocation, 2, 30000), "");
}

TEST_P(Payments, NeverComeBackTwiceWhereTwoAskAtOnce) {
  const v1::Payment payment = Paid(Committed(), 1, 100000);
  std::atomic<int> asked{0};
  std::vector<std::thread> officers;
  for (int i = 0; i < 10; ++i) {
    officers.emplace_back([&] {
      v1::Payment reversal;
      if (Reverse(payment, 60000, &reversal).empty()) ++asked;
    });
  }
  for (std::thread& officer : officers) officer.join();
  EXPECT_EQ(asked, 1);
  EXPECT_EQ(ReadPayment(payment).reversal_requested_cents(), 60000);
}

TEST_P(Payments, ThatCameBackInPartHaveArrived) {
  v1::Payment payment = Paid(Committed(), 1, 100000), reversal;
  ASSERT_EQ(Reverse(payment, 1, &reversal), "");
  payment = ReadPayment(payment);
  v1::FailPaymentRequest fail;
  fail.set_reason("the account was closed");
  EXPECT_EQ(Move(payer_, &payment, fail), "PAYMENT_REVERSED");
  v1::CancelPaymentRequest cancel;
  cancel.set_reason("it was right after all");
  ASSERT_EQ(Move(writer_, &reversal, cancel), "");
  EXPECT_EQ(ReadPayment(payment).reversal_requested_cents(), 0);
  EXPECT_EQ(Reverse(payment, 100000, &reversal), "");
}

TEST_P(Payments, KeepTheirMoneyWhereTheirAllocationIsReducedOrClosed) {
  v1::Allocation allocation = Committed();
  const v1::Payment paid = Paid(allocation, 1, 60000);
  v1::ReduceAllocationRequest reduce;
  reduce.set_reason("fewer projects");
  reduce.set_amount_cents(59999);
  allocation = Reread(allocation);
  EXPECT_EQ(Move(head_, &allocation, reduce), "ENVELOPE_EXCEEDED");
  v1::CloseAllocationRequest close;
  close.set_reason("over");
  ASSERT_EQ(Move(head_, &allocation, close), "");
  v1::GetEnvelopeRequest get;
  get.set_name(allocation.envelope());
  const auto envelope = Must(Call<v1::Envelope>(writer_, get));
  EXPECT_EQ(CommittedOf(envelope), 60000) << "what was paid is not there any more";
  v1::Payment reversal;
  ASSERT_EQ(Reverse(paid, 10000, &reversal), "");
  ASSERT_EQ(Move(writer_, &reversal, v1::ConfirmPaymentReversalRequest()), "");
  EXPECT_EQ(CommittedOf(envelope), 50000);
}

TEST_P(Payments, AreSeenByTheOfficeWhoGetsThemAndTheMinistryWhoseMoneyItIs) {
  const v1::Allocation allocation = Committed();
  v1::Payment payment;
  ASSERT_EQ(Ask(allocation, 1, 100, &payment), "");
  v1::GetPaymentRequest get;
  get.set_name(payment.name());
  for (const Caller& caller : {writer_, head_, ForFunding(mag_), payer_, recipient_}) {
    EXPECT_EQ(RuleOfRequest(caller, get), "") << caller.agency;
  }
  const Caller another = Finance("min-mol", annotations::v1::AGENCY_KIND_MINISTRY);
  for (const Caller& caller : {ForFunding(mol_), another, applicant_}) {
    EXPECT_EQ(RuleOfRequest(caller, get), "NOT_FOUND") << caller.agency;
    EXPECT_NE(RuleOfRequest(caller, NewPayment(allocation.name(), 2, 100)), "") << caller.agency;
  }
  EXPECT_THAT(Must(Call<v1::ListPaymentsResponse>(applicant_, v1::ListPaymentsRequest())).payments(),
              IsEmpty());
}

TEST_P(Payments, WaitForTheReportThatTheAgreementAsksFor) {
  Round round = Decided(1, Announced("cbsf").name());
  v1::FundingAgreement agreement = InForce(&round.applications[0], applicant_);
  ASSERT_THAT(agreement.allocations(), SizeIs(1));
  const std::string allocation = agreement.allocations(0);
  EXPECT_EQ(RuleOfRequest(applicant_, NewPayment(allocation, 1, 100000)), "");
  On("2026-12-21");
  EXPECT_EQ(RuleOfRequest(applicant_, NewPayment(allocation, 2, 100000)), "REPORT_OVERDUE");
  v1::RecordFundingAgreementReportRequest report;
  report.set_due("2026-12-20");
  report.set_received_on("2026-12-21");
  ASSERT_EQ(Move(writer_, &agreement, report), "");
  EXPECT_EQ(RuleOfRequest(applicant_, NewPayment(allocation, 2, 200000)), "");
  EXPECT_EQ(RuleOfRequest(applicant_, NewPayment(allocation, 3, 1)), "ENVELOPE_EXCEEDED");
}

}  // namespace
}  // namespace accord::strategy
