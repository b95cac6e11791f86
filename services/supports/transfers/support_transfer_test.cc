// These tests show that a survivor who agrees is handed over: the other agency opens a case of its own with
// what he or she lets it know, and gets nothing else.
#include <algorithm>
#include <functional>

#include "common/access/names.h"
#include "common/testing/lockstep.h"
#include "common/testing/postgres.h"
#include "services/supports/testing/transfers_fixture.h"

namespace accord::supports {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::SizeIs;

class SupportTransfers : public TransfersFixture {
 protected:
  std::string TakeBack(v1::SupportReferral* offered) {
    v1::WithdrawSupportReferralRequest request;
    request.set_reason("the survivor stays");
    return Move(worker_, offered, request);
  }
  v1::SupportCase ReadCaseOf(const v1::SupportCase& item) {
    v1::SupportCase read;
    EXPECT_EQ(UnreadCase(item.name(), worker_, &read), "");
    return read;
  }
};

TEST_F(SupportTransfers, OpenACaseWithWhatTheConsentNamesAndCloseTheOldOne) {
  const v1::SupportCase item = Shared();
  const v1::Consent consent = Given(item, ToRefer());
  const v1::SupportReferral offered = Offered(consent);
  EXPECT_EQ(offered.kind(), v1::REFERRAL_KIND_TRANSFER);
  EXPECT_EQ(ReadCaseOf(item).state(), v1::SUPPORT_CASE_STATE_OPEN) << "nobody is without support meanwhile";

  v1::SupportCase taken;
  ASSERT_EQ(Accept(taker_, offered, &taken), "");
  EXPECT_EQ(OwnerOf(taken.name()), "vs-durham");
  EXPECT_EQ(taken.state(), v1::SUPPORT_CASE_STATE_OPEN);
  EXPECT_EQ(taken.subject_ref(), "OTHER-WORDS-1");
  EXPECT_EQ(taken.needs(), "NEEDS-WORDS");
  EXPECT_EQ(taken.safe_contact().reach(), "416 555 0100");
  EXPECT_EQ(taken.age_band(), v1::AGE_BAND_UNSPECIFIED) << "the consent does not name it";
  const std::string seen = taken.SerializeAsString();
  for (const std::string& kept : {std::string("SUBJECT-WORDS-1"), std::string("LANGUAGE-WORDS"),
                                  std::string("SAFETY-WORDS"), item.name(), consent.name()}) {
    EXPECT_THAT(seen, Not(HasSubstr(kept))) << kept;
  }
  const v1::SupportCase left = ReadCaseOf(item);
  EXPECT_EQ(left.state(), v1::SUPPORT_CASE_STATE_CLOSED);
  EXPECT_TRUE(left.transferred());
  v1::SupportReferral done;
  ASSERT_EQ(Unread(offered.name(), worker_, &done), "");
  EXPECT_EQ(done.state(), v1::SUPPORT_REFERRAL_STATE_COMPLETED);
  EXPECT_EQ(done.outcome(), v1::SUPPORT_REFERRAL_OUTCOME_TRANSFERRED);
}

TEST_F(SupportTransfers, AreTakenBackWhereTheCaseIsClosed) {
  v1::SupportCase item = Shared();
  v1::SupportReferral offered = Offered(Given(item, ToRefer()));
  EXPECT_EQ(Unread(offered.name(), taker_), "");
  item = ReadCaseOf(item);
  v1::AdvanceSupportCaseRequest close;
  close.set_event("close");
  close.set_outcome("the survivor moved on");
  ASSERT_EQ(Move(worker_, &item, close), "");
  EXPECT_EQ(Unread(offered.name(), taker_), "NOT_FOUND");
  EXPECT_EQ(Accept(taker_, offered), "NOT_FOUND");
  ASSERT_EQ(Unread(offered.name(), worker_, &offered), "");
  EXPECT_EQ(offered.state(), v1::SUPPORT_REFERRAL_STATE_WITHDRAWN);
}

TEST_F(SupportTransfers, AreTakenBackWhereTheConsentToServicesIsWithdrawn) {
  const v1::SupportCase item = Shared();
  const v1::SupportReferral offered = Offered(Given(item, ToRefer()));
  auto consents = ConsentsOf(item);
  const auto services = std::find_if(consents.begin(), consents.end(), [](const v1::Consent& each) {
    return each.purpose() == v1::CONSENT_PURPOSE_SERVICES;
  });
  ASSERT_NE(services, consents.end());
  ASSERT_EQ(Withdraw(worker_, &*services), "");
  EXPECT_EQ(ReadCaseOf(item).state(), v1::SUPPORT_CASE_STATE_CLOSED);
  EXPECT_EQ(Unread(offered.name(), taker_), "NOT_FOUND");
}

TEST_F(SupportTransfers, LeaveEachAgencyWithItsOwnCaseAlone) {
  const v1::SupportCase item = Shared();
  v1::SupportCase taken;
  ASSERT_EQ(Accept(taker_, Offered(Given(item, ToRefer())), &taken), "");
  for (const Caller& other : {worker_, manager_, receiver_, chief_}) {
    EXPECT_EQ(UnreadCase(taken.name(), other), "NOT_FOUND") << other.actor;
  }
  for (const Caller& other : {taker_, receiver_, chief_}) {
    EXPECT_EQ(UnreadCase(item.name(), other), "NOT_FOUND") << other.actor;
  }
  // Consents that the survivor gave to one agency do not move to another one.
  v1::ListConsentsRequest consents;
  consents.set_support_case(taken.name());
  const auto page = Must(Call<v1::ListConsentsResponse>(taker_, consents));
  ASSERT_THAT(page.consents(), SizeIs(1));
  EXPECT_EQ(page.consents(0).purpose(), v1::CONSENT_PURPOSE_SERVICES);
}

TEST_F(SupportTransfers, AreOfferedByAManagerWhoWorksInTheCaseByALiveConsent) {
  const v1::SupportCase item = Shared();
  const v1::Consent consent = Given(item, ToRefer());
  EXPECT_EQ(Offer(worker_, consent), "ROLE_NOT_PERMITTED");
  EXPECT_EQ(Offer(manager_, Given(Opened(), ToRefer())), "NOT_THE_CASE_TEAM");
  EXPECT_EQ(Offer(chief_, consent), "NOT_FOUND");
  const auto consents = ConsentsOf(item);
  const auto services = std::find_if(consents.begin(), consents.end(), [](const v1::Consent& each) {
    return each.purpose() == v1::CONSENT_PURPOSE_SERVICES;
  });
  ASSERT_NE(services, consents.end());
  EXPECT_EQ(Offer(manager_, *services), "CONSENT_NOT_LIVE") << "it is a consent to services";
  EXPECT_EQ(Send(consent, nullptr, v1::REFERRAL_KIND_TRANSFER), "FIELD_INVALID");
  v1::Consent withdrawn = Given(item, ToRefer());
  ASSERT_EQ(Withdraw(colleague_, &withdrawn), "");
  EXPECT_EQ(Offer(manager_, withdrawn), "CONSENT_NOT_LIVE");
  On("2027-11-25");
  EXPECT_EQ(Offer(manager_, consent), "CONSENT_NOT_LIVE") << "its last day has passed";
}

TEST_F(SupportTransfers, AreOfferedToOneAgencyAtATimeAndLeaveTheCaseOpenWhereTheyEnd) {
  const v1::SupportCase item = Shared();
  const v1::Consent durham = Given(item, ToRefer()), peel = Given(item, ToRefer("vs-peel"));
  v1::SupportReferral offered = Offered(durham);
  EXPECT_EQ(Offer(manager_, peel), "ALREADY_RECORDED");
  ASSERT_EQ(Answer(receiver_, &offered, "acknowledge"), "");
  ASSERT_EQ(Answer(receiver_, &offered, "decline", "no room before spring"), "");
  EXPECT_EQ(ReadCaseOf(item).state(), v1::SUPPORT_CASE_STATE_OPEN);
  EXPECT_EQ(Accept(taker_, offered), "STATE_NOT_PERMITTED");
  v1::SupportReferral other;
  ASSERT_EQ(Offer(manager_, peel, &other), "");
  ASSERT_EQ(TakeBack(&other), "");
  EXPECT_EQ(Accept(chief_, other), "NOT_FOUND");
  EXPECT_EQ(Offer(manager_, durham), "");
  EXPECT_FALSE(ReadCaseOf(item).transferred());
}

TEST_F(SupportTransfers, AreAcceptedByAManagerOfTheReceiverAndByNoEventOfAReferral) {
  const v1::SupportCase item = Shared();
  v1::SupportReferral offered = Offered(Given(item, ToRefer()));
  EXPECT_EQ(Accept(receiver_, offered), "ROLE_NOT_PERMITTED");
  EXPECT_EQ(Accept(chief_, offered), "NOT_FOUND");
  EXPECT_EQ(Accept(manager_, offered), "NOT_THE_RECEIVER");
  ASSERT_EQ(Answer(receiver_, &offered, "acknowledge"), "");
  EXPECT_EQ(Answer(receiver_, &offered, "accept"), "STATE_NOT_PERMITTED");
  const v1::SupportReferral service = Sent(Given(item, ToRefer()));
  EXPECT_EQ(Accept(taker_, service), "FIELD_INVALID") << "it offers no transfer";
  EXPECT_EQ(Accept(taker_, offered), "");
  EXPECT_EQ(Accept(taker_, offered), "STATE_NOT_PERMITTED") << "a survivor is taken over once";
}

// The consent is checked again at the moment of acceptance.
TEST_F(SupportTransfers, AreNotAcceptedWithoutAConsentThatStands) {
  const v1::SupportCase item = Shared();
  v1::Consent consent = Given(item, ToRefer());
  const v1::SupportReferral offered = Offered(consent);
  ASSERT_EQ(Withdraw(colleague_, &consent), "");
  EXPECT_EQ(Accept(taker_, offered), "NOT_FOUND");
  const v1::SupportReferral late = Offered(Given(item, ToRefer("vs-durham", "2026-12-24")));
  On("2026-12-25");
  EXPECT_EQ(Accept(taker_, late), "NOT_FOUND") << "nothing had to sweep for that";
  EXPECT_EQ(ReadCaseOf(item).state(), v1::SUPPORT_CASE_STATE_OPEN);
  EXPECT_EQ(Offer(manager_, Given(item, ToRefer("vs-peel", "2027-11-24"))), "")
      << "an offer that has run out stands in nobody's way";
}

TEST_F(SupportTransfers, OfACaseThatHasClosedAreNotAccepted) {
  const v1::SupportCase item = Shared();
  const auto given = ConsentsOf(item);
  ASSERT_EQ(given.size(), 1u);
  v1::Consent services = given[0];
  ASSERT_EQ(services.purpose(), v1::CONSENT_PURPOSE_SERVICES);
  const v1::SupportReferral offered = Offered(Given(item, ToRefer()));
  ASSERT_EQ(Withdraw(colleague_, &services), "");
  EXPECT_EQ(Accept(taker_, offered), "NOT_FOUND") << "the offer was taken back with the services";
}

TEST_F(SupportTransfers, AskOfTheNewCaseWhatIsAskedOfAnyOther) {
  const v1::SupportReferral offered = Offered(Given(Shared(), ToRefer()));
  v1::AcceptSupportTransferRequest request = Taking(offered);
  request.mutable_services_consent()->set_purpose(v1::CONSENT_PURPOSE_COUNTING);
  EXPECT_EQ(RuleOfRequest(taker_, request), "FIELD_INVALID");
  request = Taking(offered);
  request.clear_services_consent();
  EXPECT_EQ(RuleOfRequest(taker_, request), "CONSENT_NOT_LIVE");
  request = Taking(offered);
  request.mutable_support_case()->set_program(v1::SUPPORT_PROGRAM_VWAP);
  EXPECT_EQ(RuleOfRequest(taker_, request), "CHARGE_NOT_LAID");
  request = Taking(offered);
  request.mutable_support_case()->set_safety("she is at 12 Canary Street");
  EXPECT_EQ(RuleOfRequest(taker_, request), "ADDRESS_IN_TEXT");
  request = Taking(offered);
  request.set_etag("another");
  EXPECT_EQ(RuleOfRequest(taker_, request), "ETAG_MISMATCH");
  // In a crisis the survivor cannot be asked, and the day of the crisis says so.
  request = Taking(offered);
  request.clear_services_consent();
  request.mutable_support_case()->set_crisis_contact_on("2026-11-24");
  EXPECT_EQ(RuleOfRequest(taker_, request), "");
}

// Invariant 3 requires that a limit applies to the survivor, whichever of the two agencies has claimed.
TEST_F(SupportTransfers, CarryAlongWhatWasApprovedOfABenefit) {
  Line(1000000);
  const v1::SupportCase item = Shared();
  v1::BenefitClaim first;
  ASSERT_EQ(Documents(worker_, manager_, item.name(), 20000, &first), "");
  v1::SupportCase taken;
  ASSERT_EQ(Accept(taker_, Offered(Given(item, ToRefer())), &taken), "");
  ASSERT_EQ(Assign(taker_, &taken, receiver_.actor), "");
  EXPECT_EQ(Documents(receiver_, taker_, taken.name(), 10001), "LIMIT_EXCEEDED");
  EXPECT_EQ(Documents(receiver_, taker_, taken.name(), 10000), "");
  // An amount that the first agency gives back is free for the second one.
  ASSERT_EQ(Cancel(worker_, &first), "");
  EXPECT_EQ(Documents(receiver_, taker_, taken.name(), 20001), "LIMIT_EXCEEDED");
  EXPECT_EQ(Documents(receiver_, taker_, taken.name(), 20000), "");
}

// For T13, the person who decides is told if both agencies claim for the same event, whichever claimed first.
TEST_F(SupportTransfers, CarryAlongWhatWasClaimedForTheSame) {
  const v1::SupportCase item = Shared();
  const v1::BenefitClaim draft = NewClaim(v1::BENEFIT_CODE_DOCUMENT_REPLACEMENT, 10000);
  const v1::BenefitClaim first = Claimed(Given(item, ToClaim()), draft);
  EXPECT_EQ(first.concerns_size(), 0);
  v1::SupportCase taken;
  ASSERT_EQ(Accept(taker_, Offered(Given(item, ToRefer())), &taken), "");
  ASSERT_EQ(Assign(taker_, &taken, receiver_.actor), "");
  v1::CreateConsentRequest agree;
  agree.set_parent(taken.name());
  *agree.mutable_consent() = Today(ToClaim());
  v1::RequestBenefitClaimRequest request;
  request.set_consent(Must(Call<v1::Consent>(receiver_, agree)).name());
  *request.mutable_benefit_claim() = draft;
  const auto second = Must(Call<v1::BenefitClaim>(receiver_, request));
  ASSERT_EQ(second.concerns_size(), 1);
  EXPECT_EQ(second.concerns(0), v1::CLAIM_CONCERN_POSSIBLE_DUPLICATE);
}

TEST_F(SupportTransfers, LeaveTheFirstAgencyACaseThatCanBeReopened) {
  v1::SupportCase item = Shared();
  ASSERT_EQ(Accept(taker_, Offered(Given(item, ToRefer()))), "");
  item = ReadCaseOf(item);
  v1::AdvanceSupportCaseRequest reopen;
  reopen.set_event("reopen");
  ASSERT_EQ(Move(worker_, &item, reopen), "");
  EXPECT_EQ(item.state(), v1::SUPPORT_CASE_STATE_OPEN);
  EXPECT_FALSE(item.transferred());
}

TEST_F(SupportTransfers, OpenNoSecondCaseForARepeatedRequest) {
  v1::AcceptSupportTransferRequest request = Taking(Offered(Given(Shared(), ToRefer())));
  request.set_request_id("take-once-0001");
  const auto once = Must(Call<v1::SupportCase>(taker_, request));
  const auto again = Must(Call<v1::SupportCase>(taker_, request));
  EXPECT_EQ(again.name(), once.name());
  const auto page = Must(Call<v1::ListSupportCasesResponse>(taker_, v1::ListSupportCasesRequest()));
  EXPECT_THAT(page.support_cases(), SizeIs(1));
}

// These tests run on PostgreSQL, where both agencies act at once.
class TransferRaces : public TransfersFixture {
 protected:
  TransferRaces() : TransferRaces(testing::PostgresCluster::Shared().NewDatabase()) {}
  explicit TransferRaces(const std::string& dsn) : TransfersFixture(dsn), lockstep_(dsn) {}

  std::function<absl::Status()> Accepts(const v1::SupportReferral& offered) {
    return [request = Taking(offered), this] { return Call<v1::SupportCase>(taker_, request).status(); };
  }

  testing::Lockstep lockstep_;
};

TEST_F(TransferRaces, AWithdrawalMeanwhileEndsTheReadingWhetherOrNotTheSurvivorWasTakenOver) {
  for (int round = 0; round < 5; ++round) {
    const v1::SupportCase item = Shared();
    const v1::Consent consent = Given(item, ToRefer());
    const v1::SupportReferral offered = Offered(consent);
    v1::WithdrawConsentRequest withdraw;
    withdraw.set_name(consent.name());
    withdraw.set_etag(consent.etag());
    withdraw.set_withdrawal_channel(v1::WITHDRAWAL_CHANNEL_ORAL);
    const auto results = lockstep_.Run(
        {[=, this] { return Call<v1::Consent>(colleague_, withdraw).status(); }, Accepts(offered)});
    ASSERT_OK(results[0]);
    EXPECT_EQ(Unread(offered.name(), taker_), "NOT_FOUND") << results[1];
    v1::SupportCase read;
    ASSERT_EQ(UnreadCase(item.name(), worker_, &read), "");
    EXPECT_EQ(read.transferred(), results[1].ok()) << results[1];
  }
}

TEST_F(TransferRaces, TwoWhoAcceptAtOnceOpenOneCase) {
  const v1::SupportReferral offered = Offered(Given(Shared(), ToRefer()));
  const auto results = lockstep_.Run({Accepts(offered), Accepts(offered)});
  EXPECT_NE(results[0].ok(), results[1].ok()) << results[0] << results[1];
}

}  // namespace
}  // namespace accord::supports
