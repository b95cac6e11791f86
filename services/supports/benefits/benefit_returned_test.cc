// These tests show how mistakes about money for benefits are corrected: an invoice is sent back, and a
// reversal that nobody has confirmed is cancelled.
#include <string>

#include "absl/strings/str_cat.h"
#include "common/base/ids.h"
#include "services/supports/testing/benefit_fixture.h"

namespace accord::supports {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

class BenefitsReturned : public BenefitFixture {
 protected:
  static v1::BenefitClaim Tattoo() { return NewClaim(v1::BENEFIT_CODE_TATTOO_REMOVAL, 50000); }
  std::string SendBack(const Caller& who, v1::BenefitPayment* payment, const std::string& reason) {
    v1::SendBackBenefitPaymentRequest request;
    request.set_reason(reason);
    return Move(who, payment, request);
  }
  std::string Reverse(const v1::BenefitPayment& payment, int64_t cents, v1::BenefitPayment* row) {
    v1::ReverseBenefitPaymentRequest request;
    request.set_name(payment.name());
    request.set_amount_cents(cents);
    request.set_reason("the clinic gave it back");
    return Rule(Call<v1::BenefitPayment>(payer_, request), row);
  }
  std::string CancelReversal(v1::BenefitPayment* row) {
    return Move(payer_, row, v1::CancelBenefitReversalRequest());
  }
  v1::BenefitClaim ClaimOf(const v1::BenefitPayment& payment) {
    v1::BenefitClaim claim;
    EXPECT_EQ(UnreadClaim(payment.claim(), worker_, &claim), "");
    return claim;
  }
  int64_t ProposedOf(const v1::BenefitPayment& payment) {
    v1::GetBenefitPaymentRequest request;
    request.set_name(payment.name());
    return Must(Call<v1::BenefitPayment>(payer_, request)).reversal_proposed_cents();
  }
};

// An incomplete claim goes back to the worker, who corrects it.
class ClaimsReturned : public BenefitFixture {
 protected:
  static v1::BenefitClaim Documents(const std::string& event_on = "2026-11-20") {
    return NewClaim(v1::BENEFIT_CODE_DOCUMENT_REPLACEMENT, 20000, event_on);
  }
  v1::BenefitClaim Returned(const v1::Consent& consent, const v1::BenefitClaim& draft) {
    v1::BenefitClaim claim = Claimed(consent, draft);
    Return(&claim);
    return claim;
  }
  v1::BenefitClaim Returned(const v1::BenefitClaim& draft) {
    return Returned(Given(Reported(), ToClaim()), draft);
  }
  void Return(v1::BenefitClaim* claim) {
    EXPECT_EQ(Decide(manager_, claim, "return", "it is not right"), "");
    EXPECT_EQ(UnreadClaim(claim->name(), worker_, claim), "");
  }
  template <class Change>
  std::string With(v1::BenefitClaim* claim, Change change) {
    v1::CompleteBenefitClaimRequest request;
    change(&request);
    return Move(worker_, claim, request);
  }
  std::string MovedTo(const std::string& event_on, v1::BenefitClaim* claim) {
    return With(claim, [&](auto* r) { r->set_event_on(event_on); });
  }
};

TEST_F(ClaimsReturned, ArePutRightAndCheckedAsWhenTheyWereMade) {
  v1::BenefitClaim claim = Returned(Documents());
  EXPECT_EQ(With(&claim, [](auto* r) { r->set_amount_requested_cents(0); }), "AMOUNT_INVALID");
  EXPECT_EQ(With(&claim, [](auto* r) { r->set_amount_requested_cents(30001); }), "LIMIT_EXCEEDED");
  EXPECT_EQ(MovedTo("2026-11-25", &claim), "EVENT_IN_FUTURE");
  EXPECT_EQ(MovedTo("2017-02-22", &claim), "NOT_IN_FORCE");
  EXPECT_EQ(With(&claim, [](auto* r) { r->set_event_until("2026-11-21"); }), "FIELD_INVALID");
  EXPECT_EQ(With(&claim,
                 [](auto* r) {
                   r->mutable_payee()->set_kind(v1::PAYEE_KIND_VICTIM);
                   r->mutable_payee()->set_delivery(v1::PAYEE_DELIVERY_BY_WORKER);
                 }),
            "PAYEE_NOT_PERMITTED");
  ASSERT_EQ(With(&claim,
                 [](auto* r) {
                   r->mutable_payee()->set_kind(v1::PAYEE_KIND_PROVIDER);
                   r->mutable_payee()->set_provider("another office");
                   r->set_amount_requested_cents(10000);
                   r->set_event_on("2026-11-18");
                   r->set_event_until("2026-11-19");
                 }),
            "");
  EXPECT_EQ(claim.state(), v1::BENEFIT_CLAIM_STATE_REQUESTED);
  EXPECT_EQ(claim.payee().provider(), "another office");
  EXPECT_EQ(claim.amount_requested_cents(), 10000);
  EXPECT_EQ(claim.event_on(), "2026-11-18");
  EXPECT_EQ(claim.event_until(), "2026-11-19");
  // Omitted fields keep their values, and the last day is set together with the first one.
  Return(&claim);
  ASSERT_EQ(MovedTo("2026-11-17", &claim), "");
  EXPECT_EQ(claim.event_until(), "");
  EXPECT_EQ(claim.amount_requested_cents(), 10000);
  EXPECT_EQ(claim.payee().provider(), "another office");
}

TEST_F(ClaimsReturned, AreComparedWithoutReadingTheHandoversOfOthers) {
  const auto plan = Must(in_process_.database().Transact([](storage::Transaction& tx) {
    return tx.Query<int64_t, int64_t, int64_t, std::string>(
        "explain query plan select case_name from benefit_account where account = 'a'");
  }));
  ASSERT_EQ(plan.size(), 1U);
  EXPECT_THAT(std::get<3>(plan.front()), ::testing::HasSubstr("INDEX benefit_account_of"));
}

TEST_F(ClaimsReturned, GoByTheVersionOfTheDayThatIsNamedThen) {
  v1::BenefitClaim claim = Returned(Documents());
  ASSERT_EQ(MovedTo("2017-03-15", &claim), "");
  EXPECT_EQ(claim.benefit_version(), "vqrp-2017");
  EXPECT_EQ(claim.decide_by(), "") << "no time to decide is known of 2017";
  Return(&claim);
  ASSERT_EQ(MovedTo("2026-11-20", &claim), "");
  EXPECT_EQ(claim.benefit_version(), "vqrp-plus-2019");
  EXPECT_EQ(claim.decide_by(), "2026-11-27") << "the whole time of this version begins";
}

TEST_F(ClaimsReturned, NameAFacilityThatIsApprovedNow) {
  v1::BenefitClaim draft = NewClaim(v1::BENEFIT_CODE_TRAUMA_INFORMED_RECOVERY, 100000);
  draft.set_facility(Approved("2017-01-01"));
  v1::BenefitClaim claim = Returned(draft);
  const std::string later = Approved("2026-11-25"), right = Approved("2026-11-01");
  EXPECT_EQ(With(&claim, [&](auto* r) { r->set_facility(later); }), "FACILITY_NOT_APPROVED");
  ASSERT_EQ(With(&claim, [&](auto* r) { r->set_facility(right); }), "");
  EXPECT_EQ(claim.facility(), right);
}

TEST_F(ClaimsReturned, AreKnownAgainByWhatTheyAreForThen) {
  const v1::Consent consent = Given(Reported(), ToClaim());
  v1::BenefitClaim claim = Returned(consent, Documents("2026-11-20"));
  ASSERT_EQ(MovedTo("2026-11-18", &claim), "");
  EXPECT_THAT(claim.concerns(), IsEmpty()) << "it is no other claim than itself";
  EXPECT_THAT(Claimed(consent, Documents("2026-11-20")).concerns(), IsEmpty());
  EXPECT_THAT(Claimed(consent, Documents("2026-11-18")).concerns(),
              ElementsAre(v1::CLAIM_CONCERN_POSSIBLE_DUPLICATE));
}

TEST_F(BenefitsReturned, WithAWrongInvoiceAreDeliveredAgainWithAnother) {
  const v1::FundLine line = Line(100000);
  v1::BenefitPayment payment = Due(Eligible(Tattoo()), 50000, 30000, "A-1");
  EXPECT_EQ(SendBack(payer_, &payment, ""), "FIELD_INVALID") << "who delivered learns why";
  ASSERT_EQ(SendBack(payer_, &payment, "the invoice is for more"), "");
  EXPECT_EQ(payment.state(), v1::BENEFIT_PAYMENT_STATE_CANCELLED);
  EXPECT_EQ(payment.reason(), "the invoice is for more");
  EXPECT_EQ(SendBack(payer_, &payment, "once more"), "STATE_NOT_PERMITTED");
  EXPECT_EQ(Pay(payer_, &payment), "STATE_NOT_PERMITTED");
  v1::BenefitClaim claim = ClaimOf(payment);
  EXPECT_EQ(claim.state(), v1::BENEFIT_CLAIM_STATE_APPROVED);
  EXPECT_EQ(claim.payment(), "");
  ASSERT_THAT(claim.decisions(), SizeIs(4));
  EXPECT_EQ(claim.decisions(3).event(), "send_back");
  EXPECT_EQ(claim.decisions(3).reason(), "the invoice is for more");
  EXPECT_EQ(Read(line).reserved_cents(), 50000) << "it is approved as before";
  ASSERT_EQ(Deliver(&claim, 45000, "A-1"), "");
  v1::BenefitPayment right = PaymentOf(claim);
  EXPECT_NE(right.name(), payment.name());
  ASSERT_EQ(Pay(payer_, &right), "");
  EXPECT_EQ(SendBack(payer_, &right, "too late"), "STATE_NOT_PERMITTED");
  EXPECT_EQ(Read(line).paid_cents(), 45000);
  EXPECT_EQ(Read(line).reserved_cents(), 0);
}

TEST_F(BenefitsReturned, WithAnInvoiceThatIsPaidGiveTheirMoneyBack) {
  const v1::FundLine line = Line(1000000);
  v1::BenefitPayment first = Due(Eligible(Tattoo()), 50000, 50000, "A-1");
  v1::BenefitPayment same = Due(Eligible(Tattoo()), 50000, 50000, "A-1");
  ASSERT_EQ(Pay(payer_, &first), "");
  ASSERT_EQ(Pay(payer_, &same), "INVOICE_KNOWN");
  ASSERT_EQ(SendBack(payer_, &same, "it is paid already"), "");
  v1::BenefitClaim claim = ClaimOf(same);
  ASSERT_EQ(Cancel(worker_, &claim), "");
  EXPECT_EQ(Read(line).reserved_cents(), 0);
}

TEST_F(BenefitsReturned, AreToldAtTheirDeliveryThatTheInvoiceIsPaid) {
  Line(1000000);
  v1::BenefitPayment first = Due(Eligible(Tattoo()), 50000, 50000, "A-1");
  ASSERT_EQ(Pay(payer_, &first), "");
  v1::BenefitClaim claim = Eligible(Tattoo());
  ASSERT_EQ(Approve(manager_, &claim, 50000), "");
  EXPECT_EQ(Deliver(&claim, 50000, "A-1"), "INVOICE_KNOWN");
  EXPECT_EQ(Deliver(&claim, 50000, " a\u20111"), "INVOICE_KNOWN")
      << "it is the same number, written otherwise";
  EXPECT_EQ(Deliver(&claim, 50000, "A-2"), "") << "it stayed approved";
}

TEST_F(BenefitsReturned, KnowAnInvoiceHoweverItAndItsPayeeAreWritten) {
  Line(1000000);
  const auto approved = [&](const std::string& provider) {
    v1::BenefitClaim draft = Tattoo();
    draft.mutable_payee()->set_provider(provider);
    v1::BenefitClaim claim = Eligible(draft);
    EXPECT_EQ(Approve(manager_, &claim, 50000), "");
    return claim;
  };
  v1::BenefitClaim first = approved("Clinique Ste-Anne");
  ASSERT_EQ(Deliver(&first, 50000, "INV-12"), "");
  v1::BenefitPayment payment = PaymentOf(first);
  ASSERT_EQ(Pay(payer_, &payment), "");
  for (const char* provider : {"Clinique Ste Anne", "CLINIQUE STE. ANNE"}) {
    v1::BenefitClaim claim = approved(provider);
    for (const char* invoice : {"INV12", "inv 12", "INV-12"}) {
      EXPECT_EQ(Deliver(&claim, 50000, invoice), "INVOICE_KNOWN") << provider << " " << invoice;
    }
    EXPECT_EQ(Deliver(&claim, 50000, absl::StrCat("INV-13 ", provider)), "") << provider;
  }
}

TEST_F(BenefitsReturned, KnowAnInvoiceThatStandsUnderItsKeyOfBefore) {
  Line(1000000);
  v1::BenefitPayment payment = Due(Eligible(Tattoo()), 50000, 50000, "A-1");
  ASSERT_EQ(Pay(payer_, &payment), "");
  ASSERT_THAT(in_process_.database().Transact([](storage::Transaction& tx) {
    return tx.Exec("delete from paid_invoice where invoice <> :p1", Hex(Sha256("a-1"))).status();
  }),
              IsOk());
  v1::BenefitClaim claim = Eligible(Tattoo());
  ASSERT_EQ(Approve(manager_, &claim, 50000), "");
  EXPECT_EQ(Deliver(&claim, 50000, "A-1"), "INVOICE_KNOWN");
}

// While two versions of the service run, the older one recognises what this one has paid.
TEST_F(BenefitsReturned, KeepAnInvoiceUnderItsKeyOfBeforeAsWell) {
  Line(1000000);
  v1::BenefitPayment payment = Due(Eligible(Tattoo()), 50000, 50000, "A-1");
  ASSERT_EQ(Pay(payer_, &payment), "");
  const auto rows = Must(in_process_.database().Transact([](storage::Transaction& tx) {
    return tx.Query<std::string>("select invoice from paid_invoice where payee = :p1 and invoice = :p2",
                                 Hex(Sha256("provider provider-words")), Hex(Sha256("a-1")));
  }));
  EXPECT_THAT(rows, SizeIs(1));
}

TEST_F(BenefitsReturned, ByMistakeAreCancelledBeforeAnotherPersonConfirms) {
  const v1::FundLine line = Line(100000);
  v1::BenefitPayment payment = Due(Eligible(Tattoo()), 50000, 50000, "A-1"), row, second;
  ASSERT_EQ(Pay(payer_, &payment), "");
  ASSERT_EQ(Reverse(payment, 40000, &row), "");
  EXPECT_EQ(ProposedOf(payment), 40000);
  EXPECT_EQ(Reverse(payment, 40000, &second), "AMOUNT_INVALID") << "it is proposed already";
  ASSERT_EQ(CancelReversal(&row), "");
  EXPECT_EQ(row.state(), v1::BENEFIT_PAYMENT_STATE_CANCELLED);
  EXPECT_EQ(ProposedOf(payment), 0);
  EXPECT_EQ(Move(controller_, &row, v1::ConfirmBenefitReversalRequest()), "STATE_NOT_PERMITTED");
  EXPECT_EQ(CancelReversal(&row), "STATE_NOT_PERMITTED");
  EXPECT_EQ(Read(line).paid_cents(), 50000);
  ASSERT_EQ(Reverse(payment, 50000, &second), "");
  ASSERT_EQ(Move(controller_, &second, v1::ConfirmBenefitReversalRequest()), "");
  EXPECT_EQ(CancelReversal(&second), "STATE_NOT_PERMITTED");
  EXPECT_EQ(Read(line).paid_cents(), 0);
}

}  // namespace
}  // namespace accord::supports
