// These tests take a claim from the worker who makes it to the person who decides, by dated rules and
// by consent.
#include "absl/strings/str_cat.h"
#include "common/access/names.h"
#include "services/supports/testing/benefit_fixture.h"

namespace accord::supports {
namespace {

using ::testing::IsEmpty;
using ::testing::SizeIs;

class BenefitClaims : public BenefitFixture {
 protected:
  v1::BenefitClaim Tattoo2017() { return NewClaim(v1::BENEFIT_CODE_TATTOO_REMOVAL, 50000, "2017-03-01"); }
  v1::BenefitClaim Documents(int64_t cents = 20000) {
    return NewClaim(v1::BENEFIT_CODE_DOCUMENT_REPLACEMENT, cents);
  }
  // This makes a claim of a benefit without a fund line, for an event on this day.
  v1::BenefitClaim Safety(const std::string& event_on) {
    return NewClaim(v1::BENEFIT_CODE_SAFETY, 20000, event_on);
  }
  // This gives the concerns of a claim, each followed by a space.
  static std::string Concerns(const v1::BenefitClaim& claim) {
    std::string all;
    for (const int each : claim.concerns()) {
      absl::StrAppend(&all, ShortName(v1::ClaimConcern_descriptor(), each), " ");
    }
    return all;
  }
  std::string Complete(v1::BenefitClaim* claim, const v1::CompleteBenefitClaimRequest& request) {
    return Move(worker_, claim, request);
  }
};

TEST_F(BenefitClaims, AreMadeByConsentToOneProgramForAnOpenCase) {
  const v1::SupportCase item = Reported();
  v1::Consent none = ToClaim();
  none.clear_recipient_agency();
  EXPECT_EQ(Give(item, none), "CONSENT_RECIPIENT");
  v1::Consent own = ToClaim();
  own.set_recipient_agency("vs-york");
  EXPECT_EQ(Give(item, own), "CONSENT_RECIPIENT");
  v1::Consent hands = ToClaim();
  hands.add_data(v1::CONSENTED_DATA_NEEDS);
  EXPECT_EQ(Give(item, hands), "CONSENT_RECIPIENT");
  EXPECT_EQ(Claim(ConsentsOf(item).at(0), Documents()), "CONSENT_NOT_LIVE") << "it is a consent to services";

  const v1::Consent consent = Given(item, ToClaim());
  v1::RequestBenefitClaimRequest request;
  request.set_consent(consent.name());
  *request.mutable_benefit_claim() = Documents();
  EXPECT_EQ(Rule(Call<v1::BenefitClaim>(colleague_, request)), "NOT_THE_CASE_TEAM");
  EXPECT_EQ(Rule(Call<v1::BenefitClaim>(stranger_, request)), "NOT_FOUND");
  const v1::BenefitClaim claim = Claimed(consent, Documents());
  EXPECT_EQ(claim.support_case(), item.name());
  EXPECT_EQ(claim.asked_agency(), "vs-ovs");
  EXPECT_EQ(claim.benefit_version(), "vqrp-plus-2019");
  EXPECT_EQ(Concerns(claim), "");

  v1::AdvanceSupportCaseRequest close;
  close.set_event("close");
  close.set_outcome("over");
  v1::SupportCase closed = item;
  ASSERT_EQ(Move(worker_, &closed, close), "");
  EXPECT_EQ(Claim(consent, Documents()), "STATE_NOT_PERMITTED");
}

TEST_F(BenefitClaims, ThatCannotBeAreRefusedAndNothingIsStored) {
  const v1::Consent consent = Given(Reported(), ToClaim());
  const auto with = [&](auto change) {
    v1::BenefitClaim claim = Documents();
    change(&claim);
    return Claim(consent, claim);
  };
  EXPECT_EQ(with([](auto* claim) { claim->set_amount_requested_cents(0); }), "FIELD_INVALID");
  EXPECT_EQ(with([](auto* claim) { claim->set_amount_requested_cents(-1); }), "AMOUNT_INVALID");
  EXPECT_EQ(with([](auto* claim) { claim->set_amount_requested_cents(1000000000001); }), "AMOUNT_INVALID");
  EXPECT_EQ(with([](auto* claim) { claim->set_amount_requested_cents(30001); }), "LIMIT_EXCEEDED");
  EXPECT_EQ(with([](auto* claim) { claim->set_event_on("2026-11-25"); }), "EVENT_IN_FUTURE");
  EXPECT_EQ(with([](auto* claim) { claim->set_event_until("2026-11-25"); }), "EVENT_IN_FUTURE");
  EXPECT_EQ(with([](auto* claim) { claim->set_event_until("2026-11-19"); }), "DATES_OUT_OF_ORDER");
  EXPECT_EQ(with([](auto* claim) { claim->set_event_on("2017-02-22"); }), "NOT_IN_FORCE");
  EXPECT_EQ(with([](auto* claim) { claim->mutable_payee()->clear_provider(); }), "PAYEE_NOT_PERMITTED");
  EXPECT_EQ(with([](auto* claim) {
              claim->mutable_payee()->set_kind(v1::PAYEE_KIND_VICTIM);
              claim->mutable_payee()->clear_provider();
              claim->mutable_payee()->set_delivery(v1::PAYEE_DELIVERY_BY_WORKER);
            }),
            "PAYEE_NOT_PERMITTED");
  EXPECT_EQ(with([](auto* claim) {
              claim->set_benefit(v1::BENEFIT_CODE_TRAUMA_INFORMED_RECOVERY);
              claim->set_facility("agencies/vs-ovs/facilities/nobody-knows-it");
            }),
            "FACILITY_NOT_APPROVED");
  EXPECT_THAT(ClaimsFor(manager_), IsEmpty());
}

// E18 requires that the day of the event decides which version of a rule applies.
TEST_F(BenefitClaims, GoByTheVersionOfTheDayOfTheEvent) {
  const v1::Consent consent = Given(Reported(), ToClaim());
  const auto documents = [&](const std::string& day, int64_t cents, v1::BenefitClaim* kept) {
    return Claim(consent, NewClaim(v1::BENEFIT_CODE_DOCUMENT_REPLACEMENT, cents, day), kept);
  };
  v1::BenefitClaim claim;
  EXPECT_EQ(documents("2019-11-02", 30001, &claim), "LIMIT_EXCEEDED");
  ASSERT_EQ(documents("2019-11-02", 30000, &claim), "");
  EXPECT_EQ(claim.benefit_version(), "vqrp-plus-2019");
  ASSERT_EQ(documents("2017-03-15", 30001, &claim), "") << "no limit is known of that day";
  EXPECT_EQ(claim.benefit_version(), "vqrp-2017");
  // If the event lasted some days, the last day decides, in the survivor's favour.
  v1::BenefitClaim over = NewClaim(v1::BENEFIT_CODE_DOCUMENT_REPLACEMENT, 100, "2017-01-01");
  over.set_event_until("2017-03-01");
  ASSERT_EQ(Claim(consent, over, &claim), "");
  EXPECT_EQ(claim.benefit_version(), "vqrp-2017");
}

TEST_F(BenefitClaims, AfterTheirWindowGoToAPersonAndAreNeverRefusedByThemselves) {
  v1::BenefitClaim in_time = Claimed(Safety("2026-10-10"));
  EXPECT_EQ(Concerns(in_time), "") << "the forty-fifth day is in";
  v1::BenefitClaim claim = Claimed(Safety("2026-10-09"));
  EXPECT_EQ(Concerns(claim), "window_missed ");
  EXPECT_EQ(Decide(manager_, &claim, "find_eligible", "she was not safe before"), "WINDOW_MISSED");
  ASSERT_EQ(Decide(manager_, &claim, "return", "say why it comes now"), "");
  v1::CompleteBenefitClaimRequest complete;
  complete.set_extension_reason("LATE-WORDS");
  ASSERT_EQ(Complete(&claim, complete), "");
  EXPECT_EQ(Decide(manager_, &claim, "find_eligible"), "FIELD_INVALID") << "a person says why";
  ASSERT_EQ(Decide(manager_, &claim, "find_eligible", "she was not safe before"), "");
  EXPECT_EQ(claim.state(), v1::BENEFIT_CLAIM_STATE_ELIGIBLE);
  // A claim for an event that may have happened until a later day is judged by that day.
  v1::BenefitClaim range = Safety("2026-06-01");
  range.set_event_until("2026-10-10");
  EXPECT_EQ(Concerns(Claimed(range)), "");
}

TEST_F(BenefitClaims, OfASurvivorWhoIsChargedAreDecidedByAPersonWithAReason) {
  for (const auto charged : {v1::CHARGED_IN_RELATION_YES, v1::CHARGED_IN_RELATION_UNKNOWN,
                             v1::CHARGED_IN_RELATION_DECLINED, v1::CHARGED_IN_RELATION_UNSPECIFIED}) {
    v1::BenefitClaim draft = Documents();
    draft.set_charged(charged);
    v1::BenefitClaim claim = Claimed(draft);
    EXPECT_EQ(Concerns(claim), "charged ");
    EXPECT_EQ(Decide(manager_, &claim, "find_eligible"), "FIELD_INVALID");
    ASSERT_EQ(Decide(manager_, &claim, "find_eligible", "there are concerns for her safety"), "");
    EXPECT_EQ(claim.decisions(0).reason(), "there are concerns for her safety");
  }
}

TEST_F(BenefitClaims, NeedTheSurvivorsWordThatNothingElsePays) {
  v1::BenefitClaim draft = Documents();
  draft.set_residual_need_declared(false);
  v1::BenefitClaim claim = Claimed(draft);
  EXPECT_EQ(Decide(program_, &claim, "find_eligible"), "NEED_NOT_DECLARED");
  ASSERT_EQ(Decide(program_, &claim, "find_ineligible", "there is insurance", v1::BENEFIT_REASON_NOT_COVERED,
                   "the insurer"),
            "");
  // A review requires everything that a claim has to show.
  v1::ReviewBenefitClaimRequest review;
  review.set_reason("it is not insured");
  EXPECT_EQ(Move(reviewer_, &claim, review), "NEED_NOT_DECLARED");
}

TEST_F(BenefitClaims, ThatAreRefusedSayWhyAndWhereElseToTurnAndAnotherPersonReviewsThem) {
  v1::BenefitClaim claim = Claimed(Documents());
  EXPECT_EQ(Decide(program_, &claim, "find_ineligible"), "FIELD_INVALID");
  EXPECT_EQ(Decide(program_, &claim, "find_ineligible", "another program pays"), "FIELD_INVALID");
  EXPECT_EQ(
      Decide(program_, &claim, "find_ineligible", "another program pays", v1::BENEFIT_REASON_NOT_COVERED),
      "FIELD_INVALID");
  ASSERT_EQ(Decide(program_, &claim, "find_ineligible", "another program pays",
                   v1::BENEFIT_REASON_NOT_COVERED, "the other program"),
            "");
  EXPECT_EQ(claim.decisions(0).next_route(), "the other program");
  v1::ReviewBenefitClaimRequest review;
  review.set_reason("the other program has ended");
  EXPECT_EQ(Move(program_, &claim, review), "REVIEWED_BY_DECIDER");
  ASSERT_EQ(Move(reviewer_, &claim, review), "");
  EXPECT_EQ(claim.state(), v1::BENEFIT_CLAIM_STATE_ELIGIBLE);
  ASSERT_EQ(Decide(manager_, &claim, "decline", "nothing is left", v1::BENEFIT_REASON_FUNDS_EXHAUSTED), "");
  EXPECT_EQ(claim.state(), v1::BENEFIT_CLAIM_STATE_DECLINED);
}

// T12 requires that a limit is a cap and never an amount.
TEST_F(BenefitClaims, AreApprovedForWhatIsAskedAtTheMostAndOfACaseWithinTheLimit) {
  Line(1000000);
  const v1::Consent consent = Given(Reported(), ToClaim());
  v1::BenefitClaim claim = Eligible(consent, Documents(20000));
  EXPECT_EQ(Approve(manager_, &claim, 20001), "AMOUNT_INVALID");
  EXPECT_EQ(Approve(manager_, &claim, -5), "AMOUNT_INVALID");
  EXPECT_EQ(Approve(manager_, &claim, 20000, "an order"), "FIELD_INVALID")
      << "a known limit has no authority above";
  ASSERT_EQ(Approve(manager_, &claim, 20000), "");
  EXPECT_EQ(claim.amount_approved_cents(), 20000);
  v1::BenefitClaim more = Documents(10001);
  more.mutable_payee()->set_provider("another office");
  v1::BenefitClaim second = Eligible(consent, more);
  EXPECT_EQ(Approve(manager_, &second, 10001), "LIMIT_EXCEEDED");
  EXPECT_EQ(Approve(manager_, &second, 10000), "");
  // Another survivor has a limit of his or her own.
  v1::BenefitClaim other = Eligible(Documents(30000));
  EXPECT_EQ(Approve(manager_, &other, 30000), "");
}

// T31 lets another worker of the case continue the claim.
TEST_F(BenefitClaims, SkipNoStepWhereTheirCaseGoesToAnotherWorker) {
  Line(100000);
  v1::SupportCase item = Reported();
  v1::BenefitClaim claim = Claimed(Given(item, ToClaim()), Documents());
  v1::AssignSupportCaseWorkerRequest assign;
  assign.set_worker(colleague_.actor);
  ASSERT_EQ(Move(manager_, &item, assign), "");
  v1::RemoveSupportCaseWorkerRequest remove;
  remove.set_worker(worker_.actor);
  ASSERT_EQ(Move(manager_, &item, remove), "");
  ASSERT_EQ(UnreadClaim(claim.name(), colleague_, &claim), "");
  EXPECT_EQ(claim.state(), v1::BENEFIT_CLAIM_STATE_REQUESTED);
  v1::DeliverBenefitClaimRequest deliver;
  deliver.set_amount_cents(20000);
  deliver.set_invoice_ref("invoice 1");
  EXPECT_EQ(Move(colleague_, &claim, deliver), "STATE_NOT_PERMITTED");
  EXPECT_EQ(Approve(manager_, &claim, 20000), "STATE_NOT_PERMITTED") << "nobody has found it eligible";
  ASSERT_EQ(Decide(manager_, &claim, "find_eligible"), "");
  // The person who requested the claim decides nothing about it, whether or not he or she still works in
  // the case.
  Caller promoted = worker_;
  promoted.roles = {annotations::v1::ROLE_VS_MANAGER};
  EXPECT_EQ(Approve(promoted, &claim, 20000), "THREE_PEOPLE");
  EXPECT_EQ(Approve(manager_, &claim, 20000), "");
}

// For T13, the person who decides is told of a claim for the same case, benefit, event and payee. A repeated
// request makes one claim only.
TEST_F(BenefitClaims, ThatLookLikeTheSameTwiceAreToldAndARepeatedRequestIsOne) {
  const v1::Consent consent = Given(Reported(), ToClaim());
  v1::RequestBenefitClaimRequest request;
  request.set_consent(consent.name());
  *request.mutable_benefit_claim() = Documents();
  request.set_request_id("claim-once");
  const auto first = Must(Call<v1::BenefitClaim>(worker_, request));
  EXPECT_EQ(Must(Call<v1::BenefitClaim>(worker_, request)).name(), first.name());
  EXPECT_THAT(ClaimsFor(manager_), SizeIs(1));
  v1::BenefitClaim again = Documents(100);
  for (const char* written : {"  Provider-words ", "PROVIDER WORDS", "Providerwords"}) {
    again.mutable_payee()->set_provider(written);
    EXPECT_EQ(Concerns(Claimed(consent, again)), "possible_duplicate ") << written;
  }
  again.set_event_on("2026-11-19");
  EXPECT_EQ(Concerns(Claimed(consent, again)), "");
}

// For T13, a new version of the rule began on 2019-10-01. Claims that may be for one event are reported,
// whichever version applies.
TEST_F(BenefitClaims, ThatMayBeForOneEventAreToldAlthoughAnotherVersionOfTheRuleApplies) {
  const v1::Consent consent = Given(Reported(), ToClaim());
  const auto concerns = [&](const std::string& first, const std::string& last, const std::string& version) {
    v1::BenefitClaim claim = NewClaim(v1::BENEFIT_CODE_DOCUMENT_REPLACEMENT, 20000, first);
    claim.set_event_until(last);
    const v1::BenefitClaim kept = Claimed(consent, claim);
    EXPECT_EQ(kept.benefit_version(), version) << first << " " << last;
    return Concerns(kept);
  };
  EXPECT_EQ(concerns("2019-09-29", "", "vqrp-2017"), "");
  EXPECT_EQ(concerns("2019-09-30", "", "vqrp-2017"), "") << "the day before is another event";
  EXPECT_EQ(concerns("2019-09-30", "2019-10-02", "vqrp-plus-2019"), "possible_duplicate ");
  EXPECT_EQ(concerns("2019-10-01", "", "vqrp-plus-2019"), "possible_duplicate ") << "it is within those days";
  EXPECT_EQ(concerns("2019-10-03", "", "vqrp-plus-2019"), "") << "it is after those days";
  EXPECT_EQ(concerns("2019-09-01", "2019-09-28", "vqrp-2017"), "") << "it is before all of them";
}

TEST_F(BenefitClaims, OfTheVersionBeforeAreKnownByTheLastDayOfTheirEvent) {
  const v1::Consent consent = Given(Reported(), ToClaim());
  Claimed(consent, Documents());
  // The older version does not write the first day.
  ASSERT_THAT(in_process_.database().Transact([](storage::Transaction& tx) {
    return tx.Exec("update sought_claim set event_first = ''").status();
  }),
              IsOk());
  v1::BenefitClaim again = Documents();
  again.set_event_on("2026-11-21");
  EXPECT_EQ(Concerns(Claimed(consent, again)), "");
  again.set_event_on("2026-11-20");
  EXPECT_EQ(Concerns(Claimed(consent, again)), "possible_duplicate ");
}

// For E17, no limit of 2017 is known.
TEST_F(BenefitClaims, WithoutAKnownLimitAreApprovedByAnAuthorityThatTheProgramNames) {
  v1::BenefitClaim claim = Eligible(Tattoo2017());
  EXPECT_EQ(Approve(manager_, &claim, 50000), "LIMIT_UNKNOWN");
  EXPECT_EQ(Approve(manager_, &claim, 50000, "a letter"), "LIMIT_UNKNOWN") << "the program names it";
  EXPECT_EQ(Approve(program_, &claim, 50000), "LIMIT_UNKNOWN");
  EXPECT_EQ(Approve(program_, &claim, 50000, "a letter"), "ENVELOPE_EXCEEDED") << "there is no money yet";
  Line(50000);
  ASSERT_EQ(Approve(program_, &claim, 50000, "a letter"), "");
  EXPECT_EQ(claim.authority_ref(), "a letter");
  EXPECT_EQ(claim.decide_by(), "") << "no time to decide is known of 2017";
}

TEST_F(BenefitClaims, OfASurvivorWhoIsPaidSayHowAndNeverWhere) {
  v1::BenefitClaim draft = NewClaim(v1::BENEFIT_CODE_SERIOUS_INJURY, 100000);
  const v1::Consent consent = Given(Reported(), ToClaim());
  EXPECT_EQ(Claim(consent, draft), "PAYEE_NOT_PERMITTED") << "the rule pays the survivor";
  draft.mutable_payee()->set_kind(v1::PAYEE_KIND_VICTIM);
  draft.mutable_payee()->clear_provider();
  EXPECT_EQ(Claim(consent, draft), "PAYEE_NOT_PERMITTED") << "how the money is handed over is not said";
  draft.mutable_payee()->set_delivery(v1::PAYEE_DELIVERY_AT_AGENCY);
  v1::BenefitClaim claim = Eligible(consent, draft);
  ASSERT_EQ(Approve(program_, &claim, 100000, "a letter"), "");
  ASSERT_EQ(Deliver(&claim, 100000, "cheque 1"), "");
  const v1::BenefitPayment payment = PaymentOf(claim);
  EXPECT_EQ(payment.payee().delivery(), v1::PAYEE_DELIVERY_AT_AGENCY);
  EXPECT_EQ(payment.payee().provider(), "");
}

// E19 requires that a facility is approved both on the day of the claim and on the day of the decision.
TEST_F(BenefitClaims, ForRecoveryNameAFacilityThatIsApprovedOnThatDay) {
  Line(1000000);
  v1::BenefitClaim draft = NewClaim(v1::BENEFIT_CODE_TRAUMA_INFORMED_RECOVERY, 100000, "2017-03-01");
  const v1::Consent consent = Given(Reported(), ToClaim());
  EXPECT_EQ(Claim(consent, draft), "FACILITY_NOT_APPROVED") << "it names none";
  draft.set_facility(Approved("2017-01-01", "2026-11-23"));
  EXPECT_EQ(Claim(consent, draft), "FACILITY_NOT_APPROVED") << "it was approved until yesterday";
  draft.set_facility(Approved("2026-11-25"));
  EXPECT_EQ(Claim(consent, draft), "FACILITY_NOT_APPROVED") << "it is approved from tomorrow on";
  draft.set_facility(Approved("2026-11-24", "2026-11-24"));
  v1::BenefitClaim claim = Eligible(consent, draft);
  On("2026-11-25");
  EXPECT_EQ(Approve(program_, &claim, 100000, "a letter"), "FACILITY_NOT_APPROVED") << "it is not any more";
  On("2026-11-24");
  EXPECT_EQ(Approve(program_, &claim, 100000, "a letter"), "");
}

TEST_F(BenefitClaims, AreToBeDecidedInTimeWhereATimeIsKnownAndItStandsStillWhileTheyAreIncomplete) {
  v1::BenefitClaim claim = Claimed(Documents());
  EXPECT_EQ(claim.decide_by(), "2026-11-27");
  On("2026-11-25");
  ASSERT_EQ(Decide(manager_, &claim, "return", "which document"), "");
  EXPECT_EQ(claim.decide_by(), "");
  EXPECT_EQ(claim.business_days_left(), 2);
  On("2026-12-01");
  ASSERT_EQ(Complete(&claim, {}), "");
  EXPECT_EQ(claim.decide_by(), "2026-12-03");
  EXPECT_THAT(claim.decisions(), SizeIs(2)) << "both spans are kept";
  On("2026-12-03");
  ASSERT_EQ(UnreadClaim(claim.name(), manager_, &claim), "");
  EXPECT_FALSE(claim.overdue());
  On("2026-12-04");
  ASSERT_EQ(UnreadClaim(claim.name(), manager_, &claim), "");
  EXPECT_TRUE(claim.overdue());
  EXPECT_EQ(Decide(manager_, &claim, "find_eligible"), "") << "it stays open";
}

class BenefitLevels : public BenefitFixture {
 protected:
  BenefitLevels() : BenefitFixture(Rules()) {}
  static v1::RuleSet Rules() {
    auto rules = testing::SourceMessage<v1::RuleSet>("services/supports/data/rules.textproto");
    for (v1::BenefitRule& rule : *rules.mutable_benefits()) {
      if (rule.code() == v1::BENEFIT_CODE_PHONE) rule.set_decision_level(v1::DECISION_LEVEL_AGENCY);
      if (rule.code() == v1::BENEFIT_CODE_DENTAL) rule.set_decision_level(v1::DECISION_LEVEL_PROGRAM);
    }
    return rules;
  }
};

TEST_F(BenefitLevels, DecideWhereARuleGivesTheDecisionToThem) {
  v1::BenefitClaim phone = Claimed(NewClaim(v1::BENEFIT_CODE_PHONE, 100));
  EXPECT_EQ(Decide(program_, &phone, "find_eligible"), "DECISION_LEVEL");
  EXPECT_EQ(Decide(manager_, &phone, "find_eligible"), "");
  v1::BenefitClaim dental = Claimed(NewClaim(v1::BENEFIT_CODE_DENTAL, 100));
  EXPECT_EQ(Decide(manager_, &dental, "find_eligible"), "DECISION_LEVEL");
  EXPECT_EQ(Decide(program_, &dental, "find_eligible"), "");
}

}  // namespace
}  // namespace accord::supports
