// In this model test, random people give and withdraw consents, refer and read, while days pass. A simple
// model says who reads what: nobody reads by a consent that was withdrawn or has expired.
#include <algorithm>
#include <random>
#include <set>

#include "common/base/clock.h"
#include "common/testing/postgres.h"
#include "common/testing/seed.h"
#include "services/supports/testing/fixture.h"

namespace accord::supports {
namespace {

// Days are counted from the first one.
struct Promise {
  v1::Consent consent;
  std::string to;
  int last_day;
  bool withdrawn;
};
struct Letter {
  v1::SupportReferral referral;
  std::size_t promise;
  bool taken_back;
};

class ConsentModel : public SupportsFixture, public ::testing::WithParamInterface<std::string> {
 protected:
  ConsentModel()
      : SupportsFixture(GetParam() == "postgres" ? accord::testing::PostgresCluster::Shared().NewDatabase()
                                                 : "") {}

  std::string DayAt(int day) const { return FormatDay(*ParseDay("2026-11-24") + day); }
  bool Reads(const Letter& letter, const std::string& agency, int day) const {
    const Promise& promise = promises_[letter.promise];
    return promise.to == agency && !promise.withdrawn && !letter.taken_back && day <= promise.last_day;
  }
  void CheckEverybodyReads(int day) {
    for (const Caller& caller : {receiver_, stranger_}) {
      std::set<std::string> expected;
      for (const Letter& letter : letters_) {
        const bool reads = Reads(letter, caller.agency, day);
        if (reads) expected.insert(letter.referral.name());
        ASSERT_EQ(Unread(letter.referral.name(), caller), reads ? "" : "NOT_FOUND") << caller.agency;
      }
      std::set<std::string> received;
      for (const auto& each : Received(caller)) received.insert(each.name());
      ASSERT_EQ(received, expected) << caller.agency;
    }
  }

  std::vector<Promise> promises_;
  std::vector<Letter> letters_;
};

INSTANTIATE_TEST_SUITE_P(Databases, ConsentModel, ::testing::Values("sqlite", "postgres"),
                         [](const auto& test) { return test.param; });

TEST_P(ConsentModel, NobodyReadsByAConsentThatDoesNotStand) {
  const unsigned seed = testing::SeedOr(20261127);
  SCOPED_TRACE(absl::StrCat("seed ", seed));
  std::mt19937 random(seed);
  const auto below = [&](std::size_t n) { return static_cast<std::size_t>(random() % n); };
  // One of the latest is taken, since older ones have mostly ended.
  const auto late = [&](std::size_t n) { return n - 1 - below(std::min<std::size_t>(n, 4)); };
  // Its case stays open all the time, whichever other consents are withdrawn.
  const v1::SupportCase item = Opened();
  int day = 0, sent = 0, refused = 0, withdrawn = 0;
  for (int step = 0; step < 120; ++step) {
    switch (below(6)) {
      case 0: {
        const int last = day + static_cast<int>(below(6));
        const std::string to = below(2) == 0 ? "vs-durham" : "vs-peel";
        promises_.push_back({Given(item, ToRefer(to, DayAt(last))), to, last, false});
        break;
      }
      case 1: {
        if (promises_.empty()) break;
        Promise& promise = promises_[late(promises_.size())];
        const bool live = !promise.withdrawn && day <= promise.last_day;
        const Caller& who = below(2) == 0 ? worker_ : colleague_;
        v1::Consent known = promise.consent;
        ASSERT_EQ(Withdraw(who, &known), live ? "" : "STATE_NOT_PERMITTED") << "step " << step;
        if (!live) break;
        promise.withdrawn = true;
        ++withdrawn;
        break;
      }
      case 2:
      case 3: {
        if (promises_.empty()) break;
        const std::size_t at = late(promises_.size());
        const bool live = !promises_[at].withdrawn && day <= promises_[at].last_day;
        v1::SupportReferral referral;
        ASSERT_EQ(Send(promises_[at].consent, &referral), live ? "" : "CONSENT_NOT_LIVE") << "step " << step;
        if (live) letters_.push_back({referral, at, false});
        (live ? sent : refused) += 1;
        break;
      }
      case 4: {
        if (letters_.empty()) break;
        Letter& letter = letters_[late(letters_.size())];
        // The sender reads it whatever became of the consent, and takes it back while it is not over.
        ASSERT_EQ(Unread(letter.referral.name(), worker_, &letter.referral), "") << "step " << step;
        v1::WithdrawSupportReferralRequest request;
        request.set_reason("it is not needed any more");
        v1::SupportReferral known = letter.referral;
        const bool over = letter.referral.state() == v1::SUPPORT_REFERRAL_STATE_WITHDRAWN;
        ASSERT_EQ(Move(worker_, &known, request), over ? "STATE_NOT_PERMITTED" : "") << "step " << step;
        letter.taken_back = true;
        break;
      }
      default:
        if (day < 30) On(DayAt(++day));
    }
    CheckEverybodyReads(day);
    if (HasFatalFailure()) return;
  }
  EXPECT_GT(sent, 3);
  EXPECT_GT(refused, 3);
  EXPECT_GT(withdrawn, 3);
}

}  // namespace
}  // namespace accord::supports
