// In this model test, random people agree to links, note them and withdraw, while days pass and the
// prosecution service is available or not. A simple model says that a link is revoked if and only if its
// consent has ended and the prosecution service has answered.
#include <algorithm>
#include <random>
#include <set>

#include "common/base/clock.h"
#include "common/testing/postgres.h"
#include "common/testing/seed.h"
#include "services/supports/consents/link_relay.h"
#include "services/supports/testing/fixture.h"

namespace accord::supports {
namespace {

// This is a consent of a survivor, with the links that rest on it.
struct Agreed {
  v1::Consent consent;
  int last_day;
  bool withdrawn;
  std::set<std::string> links;
};

class LinkModel : public SupportsFixture, public ::testing::WithParamInterface<std::string> {
 protected:
  LinkModel()
      : SupportsFixture(GetParam() == "postgres" ? accord::testing::PostgresCluster::Shared().NewDatabase()
                                                 : "") {}

  std::string DayAt(int day) const { return FormatDay(*ParseDay("2026-11-24") + day); }
  bool Stands(const Agreed& agreed) const { return !agreed.withdrawn && today_ <= agreed.last_day; }
  absl::StatusOr<prosecution::v1::LinkToken> End(const prosecution::v1::WithdrawLinkTokenRequest& request) {
    if (away_) return absl::UnavailableError("away");
    ended_.insert(request.name());
    return prosecution::v1::LinkToken();
  }
  std::string Note(Agreed* agreed, const std::string& link) {
    v1::RecordConsentLinkRequest request;
    request.set_link_token(link);
    v1::Consent known;
    EXPECT_EQ(UnreadConsent(agreed->consent.name(), worker_, &known), "");
    return Move(worker_, &known, request);
  }
  std::string End(Agreed* agreed) {
    v1::Consent known;
    EXPECT_EQ(UnreadConsent(agreed->consent.name(), colleague_, &known), "");
    return Withdraw(colleague_, &known);
  }
  void CheckEveryLink() {
    for (const Agreed& each : agreed_) {
      for (const std::string& link : each.links) {
        if (Stands(each)) {
          ASSERT_FALSE(ended_.contains(link)) << link << " rests on a consent that stands";
        } else if (!away_) {
          ASSERT_TRUE(ended_.contains(link)) << link << " outlives its consent";
        }
      }
      if (each.links.empty() || Stands(each)) continue;
      v1::Consent read;
      ASSERT_EQ(UnreadConsent(each.consent.name(), worker_, &read), "");
      const bool heard = std::all_of(each.links.begin(), each.links.end(),
                                     [&](const std::string& link) { return ended_.contains(link); });
      ASSERT_EQ(read.link_revocation(), heard ? v1::REVOCATION_DONE : v1::REVOCATION_PENDING);
    }
  }

  std::vector<Agreed> agreed_;
  std::set<std::string> ended_;
  bool away_ = false;
  int today_ = 0;
  LinkRelay relay_{&in_process_.database(), &in_process_.page_tokens(), &in_process_.clock(),
                   [this](const auto& request) { return End(request); }};
};

INSTANTIATE_TEST_SUITE_P(Databases, LinkModel, ::testing::Values("sqlite", "postgres"),
                         [](const auto& test) { return test.param; });

TEST_P(LinkModel, ALinkEndsIfAndOnlyIfItsConsentDoes) {
  const unsigned seed = testing::SeedOr(20261128);
  SCOPED_TRACE(absl::StrCat("seed ", seed));
  std::mt19937 random(seed);
  const auto below = [&](std::size_t n) { return static_cast<std::size_t>(random() % n); };
  // One of the latest is taken, since older ones have mostly ended.
  const auto late = [&](std::size_t n) { return n - 1 - below(std::min<std::size_t>(n, 4)); };
  const v1::SupportCase item = Opened();
  int noted = 0, refused = 0, withdrawn = 0, made = 0;
  for (int step = 0; step < 300; ++step) {
    const std::size_t act = below(7);
    if (act == 0 || agreed_.empty()) {
      v1::Consent consent = NewConsent(v1::CONSENT_PURPOSE_LINK_PROSECUTION);
      const int last = today_ + static_cast<int>(below(5));
      consent.set_expires_on(DayAt(last));
      consent.set_recipient_agency("cr-york");
      agreed_.push_back({Given(item, consent), last, false, {}});
    } else if (act <= 2) {
      Agreed& each = agreed_[late(agreed_.size())];
      const std::string link = absl::StrCat("agencies/cr-york/linkTokens/l", ++made);
      const bool stands = Stands(each);
      ASSERT_EQ(Note(&each, link), stands ? "" : "CONSENT_NOT_LIVE") << "step " << step;
      if (stands) each.links.insert(link);
      (stands ? noted : refused) += 1;
    } else if (act == 3) {
      Agreed& each = agreed_[late(agreed_.size())];
      const bool stands = Stands(each);
      ASSERT_EQ(End(&each), stands ? "" : "STATE_NOT_PERMITTED") << "step " << step;
      if (stands) ++withdrawn;
      each.withdrawn = each.withdrawn || stands;
    } else if (act == 4) {
      away_ = !away_;
    } else if (today_ < 90) {
      On(DayAt(++today_));
    }
    // Everything that was postponed is tried again by then.
    in_process_.clock().Advance(absl::Seconds(31));
    ASSERT_OK(relay_.Pass());
    CheckEveryLink();
    if (HasFatalFailure()) return;
  }
  EXPECT_GT(noted, 3);
  EXPECT_GT(refused, 3);
  EXPECT_GT(withdrawn, 1);
  EXPECT_GT(ended_.size(), 3u);
}

}  // namespace
}  // namespace accord::supports
