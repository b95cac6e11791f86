// In this model test, random people consent, withdraw, claim, decide, deliver, pay and take back, while days
// pass. A simple model says who reads what and what is left: no program reads a claim after the consent has
// ended, nothing is approved above a limit, and no balance is below zero or above the total.
#include <algorithm>
#include <random>
#include <set>

#include "absl/strings/str_cat.h"
#include "common/base/clock.h"
#include "common/testing/postgres.h"
#include "common/testing/seed.h"
#include "services/supports/testing/benefit_fixture.h"

namespace accord::supports {
namespace {

constexpr int64_t kFund = 50000, kLimit = 100000;

// Days are counted from the first one.
struct AgreedClaim {
  v1::Consent consent;
  std::size_t survivor;
  int last_day;
  bool withdrawn = false;
};
struct Asked {
  v1::BenefitClaim claim;
  std::size_t agreed;
  // A tattoo draws on the fund line, and safety does not.
  bool tattoo;
  std::string state = "requested";
  // It was delivered once, so that its cost is owed to somebody.
  bool served = false;
  int64_t requested = 0, approved = 0, invoiced = 0, reversed = 0;
  std::string invoice = "";
};

class BenefitModel : public BenefitFixture, public ::testing::WithParamInterface<std::string> {
 protected:
  BenefitModel()
      : BenefitFixture(GetParam() == "postgres" ? accord::testing::PostgresCluster::Shared().NewDatabase()
                                                : "") {}

  std::size_t Below(std::size_t n) { return static_cast<std::size_t>(random_() % n); }
  // This gives one of the latest consents, since older ones have mostly ended.
  std::size_t Late(std::size_t n) { return n - 1 - Below(std::min<std::size_t>(n, 5)); }
  std::string DayAt(int day) const { return FormatDay(*ParseDay("2026-11-24") + day); }
  bool Stands(const AgreedClaim& agreed) const { return !agreed.withdrawn && day_ <= agreed.last_day; }
  bool IsRead(const Asked& asked) const { return Stands(agreed_[asked.agreed]); }
  static bool CanEnd(const Asked& asked) {
    return asked.state == "requested" || asked.state == "eligible" || asked.state == "approved";
  }
  // These functions give what is taken from the fund, and what one survivor has had of one benefit, as plain
  // sums over all claims.
  int64_t Taken() const {
    int64_t sum = 0;
    for (const Asked& each : asked_) {
      if (!each.tattoo) continue;
      if (each.state == "approved" || each.state == "delivered") sum += each.approved;
      if (each.state == "paid") sum += each.invoiced - each.reversed;
    }
    return sum;
  }
  int64_t Had(std::size_t survivor, bool tattoo) const {
    int64_t sum = 0;
    for (const Asked& each : asked_) {
      if (each.tattoo != tattoo || agreed_[each.agreed].survivor != survivor) continue;
      if (each.state == "approved" || each.state == "delivered") sum += each.approved;
      if (each.state == "paid") sum += each.invoiced - each.reversed;
    }
    return sum;
  }
  bool Reread(Asked* asked) { return UnreadClaim(asked->claim.name(), worker_, &asked->claim).empty(); }

  void Consents() {
    const std::size_t survivor = Below(cases_.size());
    const int last = day_ + 4 + static_cast<int>(Below(8));
    agreed_.push_back({Given(cases_[survivor], ToClaim(DayAt(last))), survivor, last});
  }
  void Withdraws() {
    if (agreed_.empty()) return;
    const std::size_t at = Late(agreed_.size());
    checked_ = false;
    v1::Consent known = agreed_[at].consent;
    ASSERT_EQ(Withdraw(Below(2) == 0 ? worker_ : colleague_, &known).empty(), Stands(agreed_[at]));
    if (!Stands(agreed_[at])) return;
    agreed_[at].withdrawn = true;
    for (Asked& each : asked_) {
      if (each.agreed == at && CanEnd(each) && !each.served) each.state = "cancelled";
    }
  }
  void Claims() {
    if (agreed_.empty()) return;
    Asked asked{{}, Late(agreed_.size()), Below(3) > 0};
    asked.requested = 1000 * static_cast<int64_t>(1 + Below(60));
    const v1::BenefitClaim draft =
        NewClaim(asked.tattoo ? v1::BENEFIT_CODE_TATTOO_REMOVAL : v1::BENEFIT_CODE_SAFETY, asked.requested);
    const bool stands = Stands(agreed_[asked.agreed]);
    ASSERT_EQ(Claim(agreed_[asked.agreed].consent, draft, &asked.claim), stands ? "" : "CONSENT_NOT_LIVE");
    if (stands) asked_.push_back(asked);
  }
  void Decides(Asked* asked, const Caller& who) {
    const bool may = asked->state == "requested" && IsRead(*asked);
    const std::string rule = Decide(who, &asked->claim, "find_eligible", "it looks right");
    ASSERT_EQ(rule.empty(), may) << rule << " in " << asked->state;
    if (may) asked->state = "eligible";
  }
  void Approves(Asked* asked, const Caller& who) {
    // Now and then it tries to approve more than was requested.
    const auto thousands = static_cast<std::size_t>(asked->requested / 1000);
    const int64_t cents = 1000 * static_cast<int64_t>(1 + Below(thousands + 1));
    const std::size_t survivor = agreed_[asked->agreed].survivor;
    const bool may = asked->state == "eligible" && IsRead(*asked) && cents <= asked->requested &&
                     Had(survivor, asked->tattoo) + cents <= kLimit &&
                     (!asked->tattoo || Taken() + cents <= kFund);
    const std::string rule = Approve(who, &asked->claim, cents);
    ASSERT_EQ(rule.empty(), may) << rule << " in " << asked->state << " for " << cents;
    if (!may) return;
    ++approved_;
    asked->state = "approved";
    asked->approved = cents;
  }
  void Delivers(Asked* asked) {
    const bool approved = asked->state == "approved";
    const int64_t cents =
        approved ? 1 + static_cast<int64_t>(Below(static_cast<std::size_t>(asked->approved))) : 1;
    // Every so often an invoice number occurs twice.
    const std::string invoice = absl::StrCat("invoice ", Below(4) == 0 ? invoices_ : ++invoices_);
    const bool may = approved && !paid_invoices_.contains(invoice);
    const std::string rule = Deliver(&asked->claim, cents, invoice);
    ASSERT_EQ(rule.empty(), may) << rule << " in " << asked->state;
    if (!may) return;
    asked->state = "delivered";
    asked->served = true;
    asked->invoiced = cents;
    asked->invoice = invoice;
  }
  void SendsBack(Asked* asked) {
    if (asked->state != "delivered" && asked->state != "paid") return;
    v1::BenefitPayment payment = PaymentOf(asked->claim);
    v1::SendBackBenefitPaymentRequest request;
    request.set_reason("the invoice is another one's");
    const bool may = asked->state == "delivered";
    ASSERT_EQ(Move(payer_, &payment, request).empty(), may) << asked->state;
    if (!may) return;
    asked->state = "approved";
    ++sent_back_;
  }
  void Pays(Asked* asked) {
    if (asked->state != "delivered" && asked->state != "paid") return;
    v1::BenefitPayment payment = PaymentOf(asked->claim);
    const bool may = asked->state == "delivered" && !paid_invoices_.contains(asked->invoice);
    const std::string rule = Pay(payer_, &payment);
    ASSERT_EQ(rule.empty(), may) << rule << " in " << asked->state;
    // An invoice that another claim has paid goes back to the workers of the claim.
    if (!may) return SendsBack(asked);
    asked->state = "paid";
    paid_invoices_.insert(asked->invoice);
    ++paid_;
  }
  void Ends(Asked* asked, const Caller& who) {
    const bool may = CanEnd(*asked) && (who.agency == "vs-york" || IsRead(*asked));
    const std::string rule = Cancel(who, &asked->claim);
    ASSERT_EQ(rule.empty(), may) << rule << " in " << asked->state;
    if (may) asked->state = "cancelled";
  }
  void TakesBack(Asked* asked) {
    if (asked->state != "paid") return;
    v1::ReverseBenefitPaymentRequest request;
    request.set_name(asked->claim.payment());
    request.set_amount_cents(1 + static_cast<int64_t>(Below(static_cast<std::size_t>(asked->invoiced))));
    request.set_reason("it came back");
    const bool may = request.amount_cents() <= asked->invoiced - asked->reversed;
    v1::BenefitPayment row;
    ASSERT_EQ(Rule(Call<v1::BenefitPayment>(payer_, request), &row).empty(), may);
    if (!may) return;
    // Now and then the reversal was a mistake, and nothing comes back.
    if (Below(4) == 0) {
      ASSERT_EQ(Move(payer_, &row, v1::CancelBenefitReversalRequest()), "");
      return;
    }
    ASSERT_EQ(Move(controller_, &row, v1::ConfirmBenefitReversalRequest()), "");
    asked->reversed += request.amount_cents();
  }
  void DayPasses() {
    checked_ = false;
    if (day_ < 30) On(DayAt(++day_));
  }
  // This gives mostly one of the oldest claims that can go on.
  Asked* Somebody() {
    std::vector<Asked*> open;
    for (Asked& each : asked_) {
      const bool promised = each.state == "approved" || each.state == "delivered";
      const bool undecided = each.state == "requested" || each.state == "eligible";
      if (promised || (undecided && IsRead(each))) open.push_back(&each);
    }
    if (open.empty() || Below(5) == 0) return &asked_[Below(asked_.size())];
    return open[Below(std::min<std::size_t>(open.size(), 4))];
  }
  void Step() {
    const std::size_t way = Below(20);
    if (way < 2) return Consents();
    if (way == 2 && Below(2) == 0) return Withdraws();
    if (way < 5) return Claims();
    if (way == 5) return DayPasses();
    if (asked_.empty()) return;
    Asked* asked = Somebody();
    ASSERT_TRUE(Reread(asked));
    const Caller& decider = Below(2) == 0 ? manager_ : program_;
    if (way < 9) return Decides(asked, decider);
    if (way < 13) return Approves(asked, decider);
    if (way < 16) return Delivers(asked);
    if (way < 18) return Below(4) == 0 ? SendsBack(asked) : Pays(asked);
    if (way == 18) return TakesBack(asked);
    Ends(asked, Below(2) == 0 ? worker_ : program_);
  }
  void Check(const v1::FundLine& line) {
    const v1::FundLine now = Read(line);
    ASSERT_EQ(now.reserved_cents() + now.paid_cents(), Taken());
    ASSERT_GE(now.reserved_cents(), 0);
    ASSERT_GE(now.paid_cents(), 0);
    ASSERT_LE(Taken(), kFund);
    // Only a withdrawal or a new day changes who reads.
    if (checked_) return;
    checked_ = true;
    std::set<std::string> expected, read;
    for (const Asked& each : asked_) {
      if (IsRead(each)) expected.insert(each.claim.name());
      ASSERT_EQ(UnreadClaim(each.claim.name(), program_), IsRead(each) ? "" : "NOT_FOUND");
    }
    for (const auto& each : ClaimsFor(program_)) read.insert(each.name());
    ASSERT_EQ(read, expected);
  }

  const unsigned seed_ = testing::SeedOr(20261127);
  std::mt19937 random_{seed_};
  std::vector<v1::SupportCase> cases_;
  std::vector<AgreedClaim> agreed_;
  std::vector<Asked> asked_;
  std::set<std::string> paid_invoices_;
  int day_ = 0, invoices_ = 0, paid_ = 0, approved_ = 0, sent_back_ = 0;
  bool checked_ = false;
};

INSTANTIATE_TEST_SUITE_P(Databases, BenefitModel, ::testing::Values("sqlite", "postgres"),
                         [](const auto& test) { return test.param; });

TEST_P(BenefitModel, NoProgramReadsWithoutConsentAndNoBalanceIsBelowZero) {
  SCOPED_TRACE(absl::StrCat("seed ", seed_));
  const v1::FundLine line = Line(kFund);
  // Their cases stay open all the time, whichever other consents are withdrawn.
  for (int i = 0; i < 3; ++i) cases_.push_back(Reported());
  for (int step = 0; step < 600; ++step) {
    SCOPED_TRACE(absl::StrCat("step ", step));
    Step();
    if (!HasFatalFailure()) Check(line);
    if (HasFatalFailure()) return;
  }
  EXPECT_GT(approved_, 0);
  EXPECT_GT(paid_, 0);
  EXPECT_GT(sent_back_, 0);
}

}  // namespace
}  // namespace accord::supports
