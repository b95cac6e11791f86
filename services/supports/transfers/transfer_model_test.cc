// In this model test, random people consent, withdraw, offer, accept, decline and claim, while days pass. A
// simple model says that nobody reads an offer by a consent that does not stand, that no agency reads the
// other one's case, that each survivor is handed over once, and that both agencies together approve no more
// than the limit.
#include <algorithm>
#include <random>

#include "common/base/clock.h"
#include "common/testing/postgres.h"
#include "common/testing/seed.h"
#include "services/supports/testing/transfers_fixture.h"

namespace accord::supports {
namespace {

// One survivor may get this amount for documents by the rule of 2019, in cents.
constexpr int64_t kDocuments = 30000;

// The first agency supports this survivor, and `had` is what both have approved for him or her.
struct Survivor {
  v1::SupportCase first, second;
  std::string gone_to = "";
  int64_t had = 0;
};
struct Agreement {
  v1::Consent consent;
  std::size_t survivor;
  std::string to;
  int last_day;
  bool withdrawn = false;
};
struct Handing {
  v1::SupportReferral offered;
  std::size_t agreement;
  std::string state = "sent";
};

class TransferModel : public TransfersFixture, public ::testing::WithParamInterface<std::string> {
 protected:
  TransferModel()
      : TransfersFixture(GetParam() == "postgres" ? accord::testing::PostgresCluster::Shared().NewDatabase()
                                                  : "") {}

  std::size_t Below(std::size_t n) { return static_cast<std::size_t>(random_() % n); }
  std::size_t Late(std::size_t n) { return n - 1 - Below(std::min<std::size_t>(n, 4)); }
  std::string DayAt(int day) const { return FormatDay(*ParseDay("2026-11-24") + day); }
  bool Stands(const Agreement& agreed) const { return !agreed.withdrawn && day_ <= agreed.last_day; }
  const Caller& ManagerOf(const std::string& agency) const { return agency == "vs-durham" ? taker_ : chief_; }
  const Caller& WorkerOf(const std::string& agency) const {
    return agency == "vs-durham" ? receiver_ : stranger_;
  }
  bool Reads(const Handing& handing, const std::string& agency) const {
    const Agreement& agreed = agreed_[handing.agreement];
    return agreed.to == agency && Stands(agreed) && handing.state != "withdrawn";
  }
  bool OneStands(std::size_t survivor) const {
    return std::any_of(handings_.begin(), handings_.end(), [&](const Handing& each) {
      const Agreement& agreed = agreed_[each.agreement];
      return agreed.survivor == survivor && each.state == "sent" && day_ <= agreed.last_day;
    });
  }

  void Agrees() {
    const std::size_t survivor = Below(survivors_.size());
    const int last = day_ + static_cast<int>(Below(7));
    const std::string to = Below(2) == 0 ? "vs-durham" : "vs-peel";
    agreed_.push_back({Given(survivors_[survivor].first, ToRefer(to, DayAt(last))), survivor, to, last});
  }
  void Withdraws() {
    if (agreed_.empty()) return;
    const std::size_t at = Late(agreed_.size());
    v1::Consent known = agreed_[at].consent;
    const bool stands = Stands(agreed_[at]);
    ASSERT_EQ(Withdraw(Below(2) == 0 ? worker_ : colleague_, &known), stands ? "" : "STATE_NOT_PERMITTED");
    if (!stands) return;
    agreed_[at].withdrawn = true;
    for (Handing& each : handings_) {
      if (each.agreement == at && each.state != "completed") each.state = "withdrawn";
    }
  }
  void Offers() {
    if (agreed_.empty()) return;
    const std::size_t at = Late(agreed_.size());
    const Agreement& agreed = agreed_[at];
    std::string expected;
    if (OneStands(agreed.survivor)) {
      expected = "ALREADY_RECORDED";
    } else if (!Stands(agreed)) {
      expected = "CONSENT_NOT_LIVE";
    } else if (!survivors_[agreed.survivor].gone_to.empty()) {
      expected = "STATE_NOT_PERMITTED";
    }
    v1::SupportReferral offered;
    ASSERT_EQ(Offer(manager_, agreed.consent, &offered), expected);
    if (expected.empty()) handings_.push_back({offered, at});
  }
  void Accepts() {
    if (handings_.empty()) return;
    Handing& handing = handings_[Late(handings_.size())];
    Survivor& survivor = survivors_[agreed_[handing.agreement].survivor];
    const std::string agency = Below(4) == 0 ? "vs-peel" : agreed_[handing.agreement].to;
    std::string expected;
    if (!Reads(handing, agency)) {
      expected = "NOT_FOUND";
    } else if (handing.state != "sent" || !survivor.gone_to.empty()) {
      expected = "STATE_NOT_PERMITTED";
    }
    ASSERT_EQ(Unread(handing.offered.name(), worker_, &handing.offered), "");
    v1::SupportCase taken;
    ASSERT_EQ(Accept(ManagerOf(agency), handing.offered, &taken), expected);
    if (!expected.empty()) return;
    handing.state = "completed";
    ASSERT_EQ(Assign(ManagerOf(agency), &taken, WorkerOf(agency).actor), "");
    survivor.second = taken;
    survivor.gone_to = agency;
    ++accepted_;
  }
  void Declines() {
    if (handings_.empty()) return;
    Handing& handing = handings_[Late(handings_.size())];
    const std::string& to = agreed_[handing.agreement].to;
    if (handing.state != "sent" || !Reads(handing, to)) return;
    ASSERT_EQ(Unread(handing.offered.name(), WorkerOf(to), &handing.offered), "");
    ASSERT_EQ(Answer(WorkerOf(to), &handing.offered, "acknowledge"), "");
    ASSERT_EQ(Answer(WorkerOf(to), &handing.offered, "decline", "no room"), "");
    handing.state = "declined";
  }
  void Claims() {
    Survivor& survivor = survivors_[Below(survivors_.size())];
    const std::string& to = survivor.gone_to;
    const int64_t cents = 1000 * static_cast<int64_t>(1 + Below(12));
    const bool fits = survivor.had + cents <= kDocuments;
    const std::string rule = to.empty()
                                 ? Documents(worker_, manager_, survivor.first.name(), cents)
                                 : Documents(WorkerOf(to), ManagerOf(to), survivor.second.name(), cents);
    ASSERT_EQ(rule, fits ? "" : "LIMIT_EXCEEDED") << survivor.had << " and " << cents;
    if (!fits) return;
    survivor.had += cents;
    ++approved_;
  }
  void CheckEverybodyReads() {
    for (const char* agency : {"vs-durham", "vs-peel"}) {
      for (const Handing& each : handings_) {
        ASSERT_EQ(Unread(each.offered.name(), WorkerOf(agency)), Reads(each, agency) ? "" : "NOT_FOUND")
            << agency << ": " << each.state;
      }
      for (const Survivor& each : survivors_) {
        ASSERT_EQ(UnreadCase(each.first.name(), ManagerOf(agency)), "NOT_FOUND") << agency;
        if (each.gone_to.empty()) continue;
        const bool own = each.gone_to == agency;
        ASSERT_EQ(UnreadCase(each.second.name(), WorkerOf(agency)), own ? "" : "NOT_FOUND") << agency;
        ASSERT_EQ(UnreadCase(each.second.name(), manager_), "NOT_FOUND");
      }
    }
    for (const Survivor& each : survivors_) {
      v1::SupportCase read;
      ASSERT_EQ(UnreadCase(each.first.name(), worker_, &read), "");
      ASSERT_EQ(read.transferred(), !each.gone_to.empty());
    }
  }

  const unsigned seed_ = testing::SeedOr(20261127);
  std::mt19937 random_{seed_};
  int day_ = 0, accepted_ = 0, approved_ = 0;
  std::vector<Survivor> survivors_;
  std::vector<Agreement> agreed_;
  std::vector<Handing> handings_;
};

INSTANTIATE_TEST_SUITE_P(Databases, TransferModel, ::testing::Values("sqlite", "postgres"),
                         [](const auto& test) { return test.param; });

TEST_P(TransferModel, ASurvivorIsHandedOverByAConsentThatStandsAndTheLimitGoesAlong) {
  SCOPED_TRACE(absl::StrCat("seed ", seed_));
  Line(100000000);
  for (int step = 0; step < 90; ++step) {
    // Now and then a new survivor comes, so that somebody can always be handed over.
    if (step % 15 == 0) survivors_.push_back({Shared(), {}});
    switch (Below(10)) {
      case 0:
      case 1:
        Agrees();
        break;
      case 2:
        Withdraws();
        break;
      case 3:
      case 4:
        Offers();
        break;
      case 5:
      case 6:
        Accepts();
        break;
      case 7:
        Claims();
        break;
      case 8:
        Declines();
        break;
      default:
        if (day_ < 30 && Below(2) == 0) On(DayAt(++day_));
    }
    if (!HasFatalFailure()) CheckEverybodyReads();
    if (HasFatalFailure()) return;
  }
  EXPECT_GT(accepted_, 0);
  EXPECT_GT(approved_, 2);
  EXPECT_GT(handings_.size(), 2u);
}

}  // namespace
}  // namespace accord::supports
