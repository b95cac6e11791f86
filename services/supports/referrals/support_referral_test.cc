// These tests show that another agency gets what the survivor agreed to, for as long as he or she agrees.
#include <map>
#include <set>

#include "services/supports/testing/fixture.h"

namespace accord::supports {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::SizeIs;

class SupportReferrals : public SupportsFixture {
 protected:
  std::string TakeBack(const Caller& caller, v1::SupportReferral* referral) {
    v1::WithdrawSupportReferralRequest request;
    request.set_reason("the survivor has found help");
    return Move(caller, referral, request);
  }
};

TEST_F(SupportReferrals, HandOverWhatTheConsentNamesAndNothingElse) {
  const v1::SupportCase item = Opened();
  const v1::Consent consent = Given(item, ToRefer());
  const v1::SupportReferral sent = Sent(consent);
  EXPECT_EQ(sent.support_case(), item.name());
  v1::SupportReferral read;
  ASSERT_EQ(Unread(sent.name(), receiver_, &read), "");
  EXPECT_EQ(read.handed().needs(), "NEEDS-WORDS");
  EXPECT_EQ(read.handed().safe_contact().reach(), "416 555 0100");
  const std::string seen = read.SerializeAsString();
  for (const std::string& kept : {std::string("SUBJECT-WORDS-1"), std::string("LANGUAGE-WORDS"),
                                  std::string("SAFETY-WORDS"), item.name(), consent.name()}) {
    EXPECT_THAT(seen, Not(HasSubstr(kept))) << kept;
  }
  EXPECT_EQ(read.handed().age_band(), v1::AGE_BAND_UNSPECIFIED);
}

TEST_F(SupportReferrals, AreReadByTheCasesWorkersAndTheReceiverAlone) {
  const v1::SupportReferral sent = Sent(Given(Opened(), ToRefer()));
  EXPECT_EQ(Unread(sent.name(), worker_), "");
  EXPECT_THAT(Received(receiver_), SizeIs(1));
  for (const Caller& other : {colleague_, manager_, stranger_}) {
    EXPECT_EQ(Unread(sent.name(), other), "NOT_FOUND") << other.actor;
    EXPECT_THAT(Received(other), IsEmpty()) << other.actor;
  }
}

TEST_F(SupportReferrals, EndForTheReceiverWhenTheSurvivorWithdrawsTheConsent) {
  const v1::SupportCase item = Opened();
  v1::Consent consent = Given(item, ToRefer());
  v1::SupportReferral fresh = Sent(consent), done = Sent(consent);
  const v1::SupportReferral other = Sent(Given(item, ToRefer()));
  for (const char* event : {"acknowledge", "accept", "complete"}) {
    ASSERT_EQ(Answer(receiver_, &done, event), "") << event;
  }
  ASSERT_THAT(Received(receiver_), SizeIs(3));
  ASSERT_EQ(Withdraw(colleague_, &consent), "");
  for (v1::SupportReferral each : {fresh, done}) {
    EXPECT_EQ(Unread(each.name(), receiver_), "NOT_FOUND");
    EXPECT_EQ(Answer(receiver_, &each, "acknowledge"), "NOT_FOUND");
  }
  const auto left = Received(receiver_);
  ASSERT_THAT(left, SizeIs(1));
  EXPECT_EQ(left[0].name(), other.name());
  // Lawful acts of the past are not changed.
  ASSERT_EQ(Unread(done.name(), worker_, &done), "");
  EXPECT_EQ(done.state(), v1::SUPPORT_REFERRAL_STATE_COMPLETED);
  EXPECT_TRUE(done.consent_withdrawn());
  ASSERT_EQ(Unread(fresh.name(), worker_, &fresh), "");
  EXPECT_EQ(fresh.state(), v1::SUPPORT_REFERRAL_STATE_WITHDRAWN);
}

TEST_F(SupportReferrals, EndForTheReceiverOnTheDayAfterTheConsentAlthoughNothingSweeps) {
  v1::SupportReferral sent = Sent(Given(Opened(), ToRefer("vs-durham", "2026-12-24")));
  On("2026-12-24");
  EXPECT_THAT(Received(receiver_), SizeIs(1));
  ASSERT_EQ(Unread(sent.name(), receiver_), "");
  On("2026-12-25");
  EXPECT_THAT(Received(receiver_), IsEmpty());
  EXPECT_EQ(Unread(sent.name(), receiver_), "NOT_FOUND");
  EXPECT_EQ(Answer(receiver_, &sent, "acknowledge"), "NOT_FOUND");
}

TEST_F(SupportReferrals, APageAfterAWithdrawalHoldsNothingOfIt) {
  const v1::SupportCase item = Opened();
  v1::Consent consent = Given(item, ToRefer());
  Sent(consent);
  Sent(consent);
  v1::ListSupportReferralsRequest request;
  request.set_page_size(1);
  const auto page = Must(Call<v1::ListSupportReferralsResponse>(receiver_, request));
  ASSERT_NE(page.next_page_token(), "");
  ASSERT_EQ(Withdraw(worker_, &consent), "");
  request.set_page_token(page.next_page_token());
  const auto next = Must(Call<v1::ListSupportReferralsResponse>(receiver_, request));
  EXPECT_THAT(next.support_referrals(), IsEmpty());
}

TEST_F(SupportReferrals, ARepeatedAnswerTellsNothingAfterAWithdrawal) {
  v1::Consent consent = Given(Opened(), ToRefer());
  const v1::SupportReferral sent = Sent(consent);
  v1::AdvanceSupportReferralRequest request;
  request.set_name(sent.name());
  request.set_etag(sent.etag());
  request.set_event("acknowledge");
  request.set_request_id("answer-once");
  ASSERT_OK(Call<v1::SupportReferral>(receiver_, request));
  ASSERT_EQ(Withdraw(worker_, &consent), "");
  EXPECT_THAT(Call<v1::SupportReferral>(receiver_, request), RefusedBy(rules::kNotFound));
}

TEST_F(SupportReferrals, AreAnsweredInOrderAndDeclinedWithAReason) {
  v1::SupportReferral sent = Sent(Given(Opened(), ToRefer()));
  EXPECT_EQ(sent.acknowledge_by(), "2026-11-25");
  EXPECT_EQ(Answer(receiver_, &sent, "accept"), "STATE_NOT_PERMITTED");
  EXPECT_EQ(Answer(receiver_, &sent, "withdraw"), "STATE_NOT_PERMITTED");
  EXPECT_EQ(Answer(worker_, &sent, "acknowledge"), "NOT_THE_RECEIVER");
  ASSERT_EQ(Answer(receiver_, &sent, "acknowledge"), "");
  EXPECT_EQ(Answer(receiver_, &sent, "decline"), "FIELD_INVALID");
  ASSERT_EQ(Answer(receiver_, &sent, "decline", "no place before spring"), "");
  v1::SupportReferral read;
  ASSERT_EQ(Unread(sent.name(), worker_, &read), "");
  EXPECT_EQ(read.reason(), "no place before spring");
}

TEST_F(SupportReferrals, ToARemedyEndInWhatBecameOfItWithoutAnAmount) {
  using Outcome = v1::SupportReferralOutcome;
  const std::map<v1::ReferralKind, std::set<Outcome>> fit = {
      {v1::REFERRAL_KIND_LEGAL_HELP, {v1::SUPPORT_REFERRAL_OUTCOME_REPRESENTED}},
      {v1::REFERRAL_KIND_CIVIL_REMEDY,
       {v1::SUPPORT_REFERRAL_OUTCOME_CLAIM_BEGUN, v1::SUPPORT_REFERRAL_OUTCOME_CLAIM_ENDED}},
      {v1::REFERRAL_KIND_RESTITUTION,
       {v1::SUPPORT_REFERRAL_OUTCOME_RESTITUTION_ORDERED,
        v1::SUPPORT_REFERRAL_OUTCOME_RESTITUTION_NOT_ORDERED}}};
  const v1::Consent consent = Given(Opened(), ToRefer());
  for (const auto& [kind, outcomes] : fit) {
    for (int each = 0; each <= v1::SUPPORT_REFERRAL_OUTCOME_NOT_PURSUED; ++each) {
      const auto outcome = static_cast<Outcome>(each);
      v1::SupportReferral referral;
      ASSERT_EQ(Send(consent, &referral, kind), "");
      ASSERT_EQ(Answer(receiver_, &referral, "acknowledge"), "");
      ASSERT_EQ(Answer(receiver_, &referral, "accept"), "");
      v1::AdvanceSupportReferralRequest complete;
      complete.set_event("complete");
      complete.set_outcome(outcome);
      const bool fits = outcomes.contains(outcome) || outcome == v1::SUPPORT_REFERRAL_OUTCOME_HELPED ||
                        outcome == v1::SUPPORT_REFERRAL_OUTCOME_NOT_PURSUED;
      EXPECT_EQ(Move(receiver_, &referral, complete), fits ? "" : "FIELD_INVALID") << kind << " " << each;
      if (!fits) continue;
      v1::SupportReferral read;
      ASSERT_EQ(Unread(referral.name(), worker_, &read), "");
      EXPECT_EQ(read.outcome(), outcome);
    }
  }
}

TEST_F(SupportReferrals, SayWhatBecameOfThemWhenTheyEndAndNotBefore) {
  v1::SupportReferral sent = Sent(Given(Opened(), ToRefer()));
  v1::AdvanceSupportReferralRequest acknowledge;
  acknowledge.set_event("acknowledge");
  acknowledge.set_outcome(v1::SUPPORT_REFERRAL_OUTCOME_HELPED);
  EXPECT_EQ(Move(receiver_, &sent, acknowledge), "FIELD_INVALID");
}

TEST_F(SupportReferrals, AreTakenBackByTheCasesWorkersAlone) {
  v1::SupportReferral sent = Sent(Given(Opened(), ToRefer()));
  EXPECT_EQ(TakeBack(receiver_, &sent), "NOT_THE_CASE_TEAM");
  EXPECT_EQ(TakeBack(colleague_, &sent), "NOT_FOUND");
  ASSERT_EQ(TakeBack(worker_, &sent), "");
  EXPECT_EQ(Unread(sent.name(), receiver_), "NOT_FOUND");
  EXPECT_THAT(Received(receiver_), IsEmpty());
}

TEST_F(SupportReferrals, RestOnAConsentToAReferralOfAnOpenCase) {
  const v1::SupportCase item = Opened();
  EXPECT_EQ(Send(ConsentsOf(item).at(0)), "CONSENT_NOT_LIVE") << "it is a consent to services";
  v1::SendSupportReferralRequest request;
  request.set_consent(Given(item, ToRefer()).name());
  request.set_kind(v1::REFERRAL_KIND_SERVICE);
  EXPECT_EQ(Rule(Call<v1::SupportReferral>(colleague_, request)), "NOT_THE_CASE_TEAM");
  EXPECT_EQ(Rule(Call<v1::SupportReferral>(stranger_, request)), "NOT_FOUND");
}

// The founding document is of 2017-02-23, when both bills were before the legislature.
TEST_F(SupportReferrals, ToACivilClaimAndToLegalHelpBeginWithTheLawAndTheProgram) {
  const auto opened_then = [&](const std::string& day, v1::ReferralKind kind) {
    On(day);
    v1::CreateSupportCaseRequest request = NewCase();
    request.mutable_services_consent()->set_expires_on("2018-12-31");
    const auto item = Must(Call<v1::SupportCase>(worker_, request));
    return Send(Given(item, ToRefer("vs-durham", "2018-12-31")), nullptr, kind);
  };
  EXPECT_EQ(opened_then("2017-02-23", v1::REFERRAL_KIND_RESTITUTION), "");
  EXPECT_EQ(opened_then("2017-02-23", v1::REFERRAL_KIND_CIVIL_REMEDY), "NOT_IN_FORCE");
  EXPECT_EQ(opened_then("2017-05-29", v1::REFERRAL_KIND_CIVIL_REMEDY), "NOT_IN_FORCE");
  EXPECT_EQ(opened_then("2017-05-30", v1::REFERRAL_KIND_CIVIL_REMEDY), "");
  EXPECT_EQ(opened_then("2018-04-30", v1::REFERRAL_KIND_LEGAL_HELP), "NOT_IN_FORCE");
  EXPECT_EQ(opened_then("2018-05-01", v1::REFERRAL_KIND_LEGAL_HELP), "");
}

}  // namespace
}  // namespace accord::supports
