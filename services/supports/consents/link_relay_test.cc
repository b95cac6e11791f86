// These tests show that a survivor's withdrawal reaches the prosecution service, whatever that service
// does meanwhile.
#include "services/supports/consents/link_relay.h"

#include <set>

#include "common/storage/records/schedule.h"
#include "common/testing/postgres.h"
#include "services/supports/testing/fixture.h"

namespace accord::supports {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

constexpr char kFirst[] = "agencies/cr-york/linkTokens/a1";
constexpr char kSecond[] = "agencies/cr-york/linkTokens/a2";

class Links : public SupportsFixture, public ::testing::WithParamInterface<std::string> {
 protected:
  Links()
      : SupportsFixture(GetParam() == "postgres" ? accord::testing::PostgresCluster::Shared().NewDatabase()
                                                 : "") {}

  // This gives a consent on which these links rest.
  v1::Consent Linked(const std::vector<std::string>& links = {kFirst}) {
    v1::Consent consent = NewConsent(v1::CONSENT_PURPOSE_LINK_PROSECUTION);
    consent.set_recipient_agency("cr-york");
    consent = Given(Opened(), consent);
    for (const std::string& link : links) {
      v1::RecordConsentLinkRequest request;
      request.set_link_token(link);
      EXPECT_EQ(Move(worker_, &consent, request), "");
    }
    return consent;
  }
  v1::Revocation RevocationOf(const v1::Consent& consent) {
    v1::Consent read;
    EXPECT_EQ(UnreadConsent(consent.name(), worker_, &read), "");
    return read.link_revocation();
  }
  void SetUp() override { Sweep(); }
  void Pass() { EXPECT_OK(relay_.Pass()); }
  void After(absl::Duration time) { in_process_.clock().Advance(time); }
  storage::Overdue Overdue() {
    return Must(in_process_.database().Read(
        [&](storage::Transaction& tx) { return storage::OverdueAt(tx, in_process_.clock().Now()); }));
  }

  // This plays the prosecution service, which ends a link once however often it is asked.
  absl::StatusOr<prosecution::v1::LinkToken> End(const prosecution::v1::WithdrawLinkTokenRequest& request) {
    ++asked_;
    EXPECT_EQ(request.on_behalf_of(), "vs-york");
    EXPECT_NE(request.request_id(), "");
    if (away_) return absl::UnavailableError("away");
    if (unknown_.contains(request.name())) return NotFound();
    ended_.insert(request.name());
    if (answer_lost_) return absl::DeadlineExceededError("the answer was lost");
    prosecution::v1::LinkToken link;
    link.set_name(request.name());
    link.set_revoked(true);
    return link;
  }

  bool away_ = false, answer_lost_ = false;
  std::set<std::string> unknown_, ended_;
  int asked_ = 0;
  LinkRelay relay_{&in_process_.database(), &in_process_.page_tokens(), &in_process_.clock(),
                   [this](const auto& request) { return End(request); }};
};

INSTANTIATE_TEST_SUITE_P(Databases, Links, ::testing::Values("sqlite", "postgres"),
                         [](const auto& test) { return test.param; });

TEST_P(Links, AreRevokedWithTheNextPassAfterTheWithdrawal) {
  v1::Consent consent = Linked({kFirst, kSecond});
  Pass();
  EXPECT_THAT(ended_, IsEmpty());
  ASSERT_EQ(Withdraw(colleague_, &consent), "");
  EXPECT_EQ(RevocationOf(consent), v1::REVOCATION_PENDING);
  Pass();
  EXPECT_THAT(ended_, ElementsAre(kFirst, kSecond));
  EXPECT_EQ(RevocationOf(consent), v1::REVOCATION_DONE);
  Pass();
  EXPECT_EQ(asked_, 2) << "what was heard is not asked for again";
}

TEST_P(Links, AreRevokedAlthoughTheServiceWasAwayForHours) {
  v1::Consent consent = Linked();
  ASSERT_EQ(Withdraw(worker_, &consent), "");
  away_ = true;
  for (int minute = 0; minute < 180; ++minute) {
    Pass();
    After(absl::Minutes(1));
  }
  EXPECT_EQ(RevocationOf(consent), v1::REVOCATION_PENDING);
  away_ = false;
  Pass();
  EXPECT_EQ(RevocationOf(consent), v1::REVOCATION_DONE);
  EXPECT_THAT(ended_, ElementsAre(kFirst));
}

TEST_P(Links, AreAskedForAgainSecondsAfterAFailureAndAtLeastEachHalfMinute) {
  v1::Consent consent = Linked();
  ASSERT_EQ(Withdraw(worker_, &consent), "");
  away_ = true;
  for (int second = 0; second < 10; ++second) {
    Pass();
    After(absl::Seconds(1));
  }
  EXPECT_GE(asked_, 5);
  After(absl::Hours(24));
  Pass();
  const int before = asked_;
  After(absl::Seconds(30));
  Pass();
  EXPECT_EQ(asked_, before + 1);
}

TEST_P(Links, ThatWaitAreShownByAMetricAndByTheStatusUntilTheyAreHeard) {
  v1::Consent consent = Linked();
  ASSERT_EQ(Withdraw(worker_, &consent), "");
  away_ = true;
  Pass();
  EXPECT_EQ(relay_.Waited()(), 0);
  After(absl::Seconds(6));
  EXPECT_EQ(relay_.Waited()(), 6) << "it grows although no pass comes";
  Pass();
  EXPECT_EQ(relay_.Waited()(), 6);
  EXPECT_EQ(Overdue().count, 1);
  EXPECT_EQ(in_process_.clock().Now() - Overdue().oldest, absl::Seconds(6));
  away_ = false;
  After(absl::Seconds(1));
  Pass();
  After(absl::Seconds(1));
  Pass();
  EXPECT_EQ(relay_.Waited()(), 0);
  EXPECT_EQ(Overdue().count, 0);
}

TEST_P(Links, AreRevokedOnTheDayAfterTheLastOneOfTheConsentAlthoughNobodyWithdrewIt) {
  const v1::Consent consent = Linked();
  On("2027-11-24");
  Pass();
  EXPECT_THAT(ended_, IsEmpty());
  On("2027-11-25");
  Pass();
  EXPECT_THAT(ended_, ElementsAre(kFirst));
  EXPECT_EQ(RevocationOf(consent), v1::REVOCATION_DONE);
  v1::Consent read;
  ASSERT_EQ(UnreadConsent(consent.name(), worker_, &read), "");
  EXPECT_EQ(read.state(), v1::CONSENT_STATE_EXPIRED);
}

TEST_P(Links, ThatAreNotKnownOverThereAreSaidToBeNotFoundAndHoldUpNoOther) {
  v1::Consent consent = Linked({kFirst, kSecond});
  unknown_ = {kFirst};
  ASSERT_EQ(Withdraw(worker_, &consent), "");
  Pass();
  EXPECT_THAT(ended_, ElementsAre(kSecond));
  EXPECT_EQ(RevocationOf(consent), v1::REVOCATION_NOT_FOUND);
  EXPECT_EQ(Overdue().count, 0);
}

TEST_P(Links, OfWhichTheAnswerWasLostAreAskedForUntilOneComes) {
  v1::Consent consent = Linked();
  ASSERT_EQ(Withdraw(worker_, &consent), "");
  answer_lost_ = true;
  Pass();
  EXPECT_EQ(RevocationOf(consent), v1::REVOCATION_PENDING);
  answer_lost_ = false;
  After(absl::Seconds(5));
  Pass();
  EXPECT_EQ(RevocationOf(consent), v1::REVOCATION_DONE);
  EXPECT_EQ(asked_, 2);
}

TEST_P(Links, AreAskedForByOneReplicaAtATime) {
  v1::Consent consent = Linked();
  ASSERT_EQ(Withdraw(worker_, &consent), "");
  Pass();
  LinkRelay other(&in_process_.database(), &in_process_.page_tokens(), &in_process_.clock(),
                  [](const auto&) { return NotFound(); });
  EXPECT_EQ(Must(other.Pass()), 0);
}

}  // namespace
}  // namespace accord::supports
