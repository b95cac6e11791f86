// These tests show what a consent to a link with a prosecution must be, and what depends on it.
#include "common/storage/records/schedule.h"
#include "services/supports/testing/fixture.h"

namespace accord::supports {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

class LinkConsents : public SupportsFixture {
 protected:
  static v1::Consent ToLink(const std::string& office = "cr-york") {
    v1::Consent consent = NewConsent(v1::CONSENT_PURPOSE_LINK_PROSECUTION);
    consent.set_recipient_agency(office);
    return consent;
  }
  std::string Note(const Caller& caller, v1::Consent* consent, const std::string& link) {
    v1::RecordConsentLinkRequest request;
    request.set_link_token(link);
    return Move(caller, consent, request);
  }
  // This gives the consents whose links have to be revoked by now.
  std::vector<std::string> Due() {
    const auto due = Must(in_process_.database().Read([&](storage::Transaction& tx) {
      return storage::DueAt(tx, kLinkRevocation, in_process_.clock().Now(), 10);
    }));
    std::vector<std::string> names;
    for (const storage::Due& each : due) names.push_back(each.name);
    return names;
  }
};

TEST_F(LinkConsents, NameTheCrownOfficeAndHandNothingOver) {
  const v1::SupportCase item = Opened();
  EXPECT_EQ(Give(item, ToLink("")), "CONSENT_RECIPIENT");
  EXPECT_EQ(Give(item, ToLink("vs-york")), "CONSENT_RECIPIENT");
  v1::Consent hands = ToLink();
  hands.add_data(v1::CONSENTED_DATA_NEEDS);
  EXPECT_EQ(Give(item, hands), "CONSENT_RECIPIENT");
  EXPECT_EQ(Give(item, ToLink()), "");
}

TEST_F(LinkConsents, NoteLinksOfThatOfficeOnceAndByTheirNameAlone) {
  const v1::SupportCase item = Opened();
  v1::Consent consent = Given(item, ToLink());
  for (const char* wrong : {"agencies/cr-ottawa/linkTokens/a1", "agencies/cr-york/cases/a1",
                            "agencies/cr-york/linkTokens/a1/accused/a2", "agencies/cr-york"}) {
    EXPECT_EQ(Note(worker_, &consent, wrong), "FIELD_INVALID") << wrong;
  }
  ASSERT_EQ(Note(worker_, &consent, "agencies/cr-york/linkTokens/a1"), "");
  EXPECT_EQ(Note(worker_, &consent, "agencies/cr-york/linkTokens/a1"), "ALREADY_RECORDED");
  ASSERT_EQ(Note(worker_, &consent, "agencies/cr-york/linkTokens/a2"), "");
  EXPECT_THAT(consent.link_tokens(),
              ElementsAre("agencies/cr-york/linkTokens/a1", "agencies/cr-york/linkTokens/a2"));
  v1::Consent counting = Given(item, NewConsent(v1::CONSENT_PURPOSE_COUNTING));
  EXPECT_EQ(Note(worker_, &counting, "agencies/cr-york/linkTokens/a3"), "FIELD_INVALID");
}

TEST_F(LinkConsents, HoldNoMoreLinksThanASurvivorHasCases) {
  v1::Consent consent = Given(Opened(), ToLink());
  for (int i = 0; i < 16; ++i) {
    ASSERT_EQ(Note(worker_, &consent, absl::StrCat("agencies/cr-york/linkTokens/a", i)), "");
  }
  EXPECT_EQ(Note(worker_, &consent, "agencies/cr-york/linkTokens/b"), "FIELD_INVALID");
}

TEST_F(LinkConsents, AreReadWithTheirLinksByTheWorkersOfTheCaseAlone) {
  v1::Consent consent = Given(Opened(), ToLink());
  EXPECT_EQ(Note(colleague_, &consent, "agencies/cr-york/linkTokens/a1"), "NOT_THE_CASE_TEAM");
  ASSERT_EQ(Note(worker_, &consent, "agencies/cr-york/linkTokens/a1"), "");
  v1::Consent read;
  ASSERT_EQ(UnreadConsent(consent.name(), colleague_, &read), "");
  EXPECT_THAT(read.link_tokens(), IsEmpty());
  ASSERT_EQ(UnreadConsent(consent.name(), worker_, &read), "");
  EXPECT_EQ(read.link_tokens_size(), 1);
}

TEST_F(LinkConsents, AreDueToBeRevokedByTheSameCallThatWithdrawsThem) {
  v1::Consent consent = Given(Opened(), ToLink());
  ASSERT_EQ(Note(worker_, &consent, "agencies/cr-york/linkTokens/a1"), "");
  EXPECT_THAT(Due(), IsEmpty());
  v1::Consent stale = consent;
  stale.set_etag("0");
  EXPECT_EQ(Withdraw(colleague_, &stale), "ETAG_MISMATCH");
  EXPECT_THAT(Due(), IsEmpty()) << "a call that is refused ends nothing";
  ASSERT_EQ(Withdraw(colleague_, &consent), "");
  EXPECT_EQ(consent.link_revocation(), v1::REVOCATION_PENDING) << "also to who reads its structure alone";
  EXPECT_THAT(Due(), ElementsAre(consent.name()));
  EXPECT_EQ(Note(worker_, &consent, "agencies/cr-york/linkTokens/a2"), "CONSENT_NOT_LIVE");
}

TEST_F(LinkConsents, WithoutALinkLeaveNothingToRevoke) {
  v1::Consent consent = Given(Opened(), ToLink());
  ASSERT_EQ(Withdraw(worker_, &consent), "");
  EXPECT_EQ(consent.link_revocation(), v1::REVOCATION_UNSPECIFIED);
  EXPECT_THAT(Due(), IsEmpty());
}

TEST_F(LinkConsents, AreShownAsPendingFromTheDayAfterTheirLastAlthoughNobodyWithdrewThem) {
  v1::Consent consent = Given(Opened(), ToLink());
  ASSERT_EQ(Note(worker_, &consent, "agencies/cr-york/linkTokens/a1"), "");
  On(consent.expires_on());
  ASSERT_EQ(UnreadConsent(consent.name(), worker_, &consent), "");
  EXPECT_EQ(consent.link_revocation(), v1::REVOCATION_UNSPECIFIED);
  EXPECT_THAT(Due(), IsEmpty());
  On("2027-11-25");
  ASSERT_EQ(UnreadConsent(consent.name(), worker_, &consent), "");
  EXPECT_EQ(consent.state(), v1::CONSENT_STATE_EXPIRED);
  EXPECT_EQ(consent.link_revocation(), v1::REVOCATION_PENDING);
  EXPECT_THAT(Due(), ElementsAre(consent.name()));
}

TEST_F(LinkConsents, CostNoServiceWhereTheyAreRefusedOrWithdrawn) {
  const v1::SupportCase item = Opened();
  v1::Consent consent = Given(item, ToLink());
  ASSERT_EQ(Withdraw(worker_, &consent), "");
  v1::SupportCase read;
  ASSERT_EQ(UnreadCase(item.name(), worker_, &read), "");
  EXPECT_EQ(read.state(), v1::SUPPORT_CASE_STATE_OPEN);
  EXPECT_EQ(Send(Given(item, ToRefer())), "");
}

}  // namespace
}  // namespace accord::supports
