// In these tests a survivor withdraws a consent while somebody acts on it, on PostgreSQL, and while many
// people do, on each kind of database. Afterwards nobody reads by it, whichever came first.
#include <functional>
#include <string>
#include <thread>
#include <vector>

#include "common/testing/lockstep.h"
#include "common/testing/postgres.h"
#include "services/supports/testing/fixture.h"

namespace accord::supports {
namespace {

using ::testing::AnyOf;
using ::testing::Each;
using ::testing::IsEmpty;

class WithdrawalRaces : public SupportsFixture {
 protected:
  WithdrawalRaces() : WithdrawalRaces(testing::PostgresCluster::Shared().NewDatabase()) {}
  explicit WithdrawalRaces(const std::string& dsn) : SupportsFixture(dsn), lockstep_(dsn) {}

  using Act = std::function<absl::Status()>;
  Act Withdraws(const v1::Consent& consent) {
    v1::WithdrawConsentRequest request;
    request.set_name(consent.name());
    request.set_etag(consent.etag());
    request.set_withdrawal_channel(v1::WITHDRAWAL_CHANNEL_ORAL);
    return [=, this] { return Call<v1::Consent>(colleague_, request).status(); };
  }
  Act Sends(const v1::Consent& consent) {
    v1::SendSupportReferralRequest request;
    request.set_consent(consent.name());
    request.set_kind(v1::REFERRAL_KIND_SERVICE);
    return [=, this] { return Call<v1::SupportReferral>(worker_, request).status(); };
  }
  Act Answers(const v1::SupportReferral& referral, const std::string& event) {
    v1::AdvanceSupportReferralRequest request;
    request.set_name(referral.name());
    request.set_etag(referral.etag());
    request.set_event(event);
    return [=, this] { return Call<v1::SupportReferral>(receiver_, request).status(); };
  }

  testing::Lockstep lockstep_;
};

TEST_F(WithdrawalRaces, WhatIsSentMeanwhileIsReadByNobody) {
  for (int round = 0; round < 5; ++round) {
    const v1::Consent consent = Given(Opened(), ToRefer());
    const auto results = lockstep_.Run({Withdraws(consent), Sends(consent)});
    ASSERT_OK(results[0]);
    EXPECT_THAT(Received(receiver_), IsEmpty()) << results[1];
  }
}

TEST_F(WithdrawalRaces, WhatIsAnsweredMeanwhileIsReadByNobody) {
  for (int round = 0; round < 5; ++round) {
    const v1::Consent consent = Given(Opened(), ToRefer());
    const v1::SupportReferral sent = Sent(consent);
    const auto results = lockstep_.Run({Withdraws(consent), Answers(sent, "acknowledge")});
    ASSERT_OK(results[0]);
    EXPECT_EQ(Unread(sent.name(), receiver_), "NOT_FOUND") << results[1];
    EXPECT_THAT(Received(receiver_), IsEmpty()) << results[1];
  }
}

TEST_F(WithdrawalRaces, ALinkThatIsNotedMeanwhileIsRevokedOrWasNeverNoted) {
  for (int round = 0; round < 5; ++round) {
    v1::Consent wanted = NewConsent(v1::CONSENT_PURPOSE_LINK_PROSECUTION);
    wanted.set_recipient_agency("cr-york");
    const v1::Consent consent = Given(Opened(), wanted);
    v1::RecordConsentLinkRequest note;
    note.set_name(consent.name());
    note.set_etag(consent.etag());
    note.set_link_token("agencies/cr-york/linkTokens/a1");
    const auto results =
        lockstep_.Run({Withdraws(consent), [=, this] { return Call<v1::Consent>(worker_, note).status(); }});
    EXPECT_NE(results[0].ok(), results[1].ok()) << results[0] << results[1];
    v1::Consent read;
    ASSERT_EQ(UnreadConsent(consent.name(), worker_, &read), "");
    if (results[0].ok()) {
      EXPECT_THAT(read.link_tokens(), IsEmpty());
      continue;
    }
    ASSERT_EQ(Withdraw(worker_, &read), "");
    EXPECT_EQ(read.link_revocation(), v1::REVOCATION_PENDING);
  }
}

TEST_F(WithdrawalRaces, TwoWhoWithdrawTheSameConsentEndItOnce) {
  const v1::Consent consent = Given(Opened(), ToRefer());
  const auto results = lockstep_.Run({Withdraws(consent), Withdraws(consent)});
  EXPECT_NE(results[0].ok(), results[1].ok()) << results[0] << results[1];
}

// These tests run on each kind of database.
class WithdrawalsBesideMany : public SupportsFixture, public ::testing::WithParamInterface<std::string> {
 protected:
  WithdrawalsBesideMany()
      : SupportsFixture(GetParam() == "postgres" ? accord::testing::PostgresCluster::Shared().NewDatabase()
                                                 : "") {}
};

INSTANTIATE_TEST_SUITE_P(Databases, WithdrawalsBesideMany, ::testing::Values("sqlite", "postgres"),
                         [](const auto& test) { return test.param; });

TEST_P(WithdrawalsBesideMany, LeaveNothingToReadOfWhatWasSentMeanwhile) {
  const v1::Consent consent = Given(Opened(), ToRefer());
  v1::Consent mine = consent;
  std::vector<std::string> rules(10);
  std::string withdrawn = "never asked";
  std::vector<std::thread> people;
  for (std::size_t i = 0; i < rules.size(); ++i) {
    if (i == rules.size() / 2) people.emplace_back([&] { withdrawn = Withdraw(colleague_, &mine); });
    people.emplace_back([&, i] { rules[i] = Send(consent); });
  }
  for (std::thread& person : people) person.join();
  EXPECT_EQ(withdrawn, "");
  EXPECT_THAT(rules, Each(AnyOf("", "CONSENT_NOT_LIVE")));
  EXPECT_THAT(Received(receiver_), IsEmpty());
  EXPECT_EQ(Send(consent), "CONSENT_NOT_LIVE");
}

}  // namespace
}  // namespace accord::supports
