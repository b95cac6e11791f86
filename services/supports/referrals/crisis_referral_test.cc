// These tests show that police who have met a survivor refer him or her to the crisis partner of the place,
// with the data that the survivor lets them hand over, and learn nothing of what follows.
#include "common/access/names.h"
#include "common/testing/walk.h"
#include "services/supports/testing/orders_fixture.h"

namespace accord::supports {
namespace {

using testing::ChangesBut;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::SizeIs;
using testing::Walk;

class CrisisReferrals : public OrdersFixture {
 protected:
  CrisisReferrals() {
    v1::CreateCrisisPartnerRequest partner;
    partner.set_parent("agencies/vs-ovs");
    partner.mutable_crisis_partner()->set_partner_agency("vs-durham");
    partner.mutable_crisis_partner()->add_catchment("oshawa");
    partner.mutable_crisis_partner()->set_hours_24_7(true);
    partner.mutable_crisis_partner()->set_funded_from("2017-02-23");
    partner.mutable_crisis_partner()->set_source("a list for the test");
    Must(Call<v1::CrisisPartner>(program_, partner));
  }

  v1::SendCrisisReferralRequest Sending(v1::AgeBand age = v1::AGE_BAND_ADULT) {
    v1::SendCrisisReferralRequest request;
    request.set_parent("agencies/ps-york");
    request.set_catchment("oshawa");
    *request.mutable_consent() = Today(ToRefer("vs-durham", "2026-12-24"));
    request.mutable_handed()->set_age_band(age);
    request.mutable_handed()->set_needs("NEEDS-WORDS");
    request.mutable_handed()->set_safety("SAFETY-WORDS");
    request.mutable_handed()->mutable_safe_contact()->set_channel(v1::CONTACT_CHANNEL_PHONE);
    request.mutable_handed()->mutable_safe_contact()->set_reach("416 555 0100");
    return request;
  }
  // This makes a referral of a child of whom no guardian may hear.
  v1::SendCrisisReferralRequest OfAChild() {
    v1::SendCrisisReferralRequest request = Sending(v1::AGE_BAND_UNDER_16);
    request.set_guardian_involved(v1::GUARDIAN_INVOLVED_UNSAFE);
    return request;
  }
  v1::SupportReferral SentBy(const v1::SendCrisisReferralRequest& request) {
    return Must(Call<v1::SupportReferral>(police_, request));
  }
  std::string TakeBack(const Caller& caller, v1::SupportReferral* referral) {
    return Move(caller, referral, v1::WithdrawCrisisReferralRequest());
  }

  const Caller program_ = Support("vs-ovs", "program", annotations::v1::ROLE_OVS_PROGRAM);
  const Caller head_ = Support("vs-durham", "head", annotations::v1::ROLE_VS_MANAGER);
};

TEST_F(CrisisReferrals, AreSentToThePartnerOfThePlaceAtAnyHourWithWhatTheConsentNames) {
  // The time is three o'clock in the morning in Ontario.
  in_process_.clock().Set(EndOfDay(*ParseDay("2026-11-24")) + absl::Hours(3));
  v1::ListCrisisPartnersRequest serving;
  serving.set_catchment("oshawa");
  const auto page = Must(Call<v1::ListCrisisPartnersResponse>(police_, serving));
  ASSERT_THAT(page.crisis_partners(), SizeIs(1));
  EXPECT_TRUE(page.crisis_partners(0).hours_24_7());
  v1::SupportReferral sent = SentBy(Sending());
  v1::SupportReferral read;
  ASSERT_EQ(Unread(sent.name(), receiver_, &read), "");
  EXPECT_EQ(read.handed().needs(), "NEEDS-WORDS");
  EXPECT_EQ(read.handed().safe_contact().reach(), "416 555 0100");
  EXPECT_EQ(read.handed().safety(), "") << "the consent does not name it";
  EXPECT_EQ(read.handed().age_band(), v1::AGE_BAND_UNSPECIFIED);
  EXPECT_EQ(read.given_by(), v1::CONSENT_GIVEN_BY_SELF);
  EXPECT_FALSE(read.for_manager());
  EXPECT_THAT(Received(receiver_), SizeIs(1));
  ASSERT_EQ(Answer(receiver_, &read, "acknowledge"), "");
}

TEST_F(CrisisReferrals, AreToldToPoliceAsSeenAndAsNothingElse) {
  v1::SupportReferral sent = SentBy(Sending());
  v1::SupportReferral read;
  ASSERT_EQ(Unread(sent.name(), receiver_, &read), "");
  for (const char* event : {"acknowledge", "accept", "complete"}) {
    ASSERT_EQ(Answer(receiver_, &read, event), "") << event;
    ASSERT_EQ(Unread(sent.name(), police_, &sent), "");
    EXPECT_EQ(sent.state(), v1::SUPPORT_REFERRAL_STATE_ACKNOWLEDGED) << event;
    const std::string told = sent.SerializeAsString();
    for (const char* words : {"NEEDS-WORDS", "SAFETY-WORDS", "416 555 0100", "vs-durham"}) {
      EXPECT_THAT(told, Not(HasSubstr(words))) << event;
    }
    EXPECT_EQ(sent.outcome(), v1::SUPPORT_REFERRAL_OUTCOME_UNSPECIFIED);
  }
  // Other police, and other agencies, are told nothing at all.
  for (const Caller& other : {other_police_, worker_, stranger_}) {
    EXPECT_EQ(Unread(sent.name(), other), "NOT_FOUND") << other.agency;
  }
}

TEST_F(CrisisReferrals, ThatAreDeclinedSaySoToPoliceWithoutTheReason) {
  v1::SupportReferral sent = SentBy(Sending());
  v1::SupportReferral read;
  ASSERT_EQ(Unread(sent.name(), receiver_, &read), "");
  ASSERT_EQ(Answer(receiver_, &read, "acknowledge"), "");
  ASSERT_EQ(Answer(receiver_, &read, "decline", "she went back to him"), "");
  ASSERT_EQ(Unread(sent.name(), police_, &sent), "");
  EXPECT_EQ(sent.state(), v1::SUPPORT_REFERRAL_STATE_DECLINED);
  EXPECT_EQ(sent.reason(), "");
}

// In scenario E15 the referral is not refused, and no guardian is asked or told.
TEST_F(CrisisReferrals, OfAChildWhoseGuardianIsNotSafeGoToTheManagersAlone) {
  v1::SendCrisisReferralRequest request = OfAChild();
  request.mutable_consent()->set_given_by(v1::CONSENT_GIVEN_BY_GUARDIAN);
  EXPECT_EQ(RuleOfRequest(police_, request), "GUARDIAN_UNSAFE");
  const v1::SupportReferral sent = SentBy(OfAChild());
  const v1::SupportReferral other = SentBy(Sending());
  EXPECT_EQ(Unread(sent.name(), receiver_), "NOT_FOUND");
  ASSERT_THAT(Received(receiver_), SizeIs(1));
  EXPECT_EQ(Received(receiver_)[0].name(), other.name());
  EXPECT_THAT(Received(head_), SizeIs(2));
  v1::SupportReferral read;
  ASSERT_EQ(Unread(sent.name(), head_, &read), "");
  EXPECT_TRUE(read.for_manager());
  v1::SupportReferral known = read;
  EXPECT_EQ(Answer(receiver_, &known, "acknowledge"), "NOT_FOUND");
  EXPECT_EQ(Answer(head_, &read, "acknowledge"), "");
  // A referral of a child whose guardian is safe, or of an adult whose parents are not, is open to
  // every worker.
  request = OfAChild();
  request.set_guardian_involved(v1::GUARDIAN_INVOLVED_YES);
  EXPECT_FALSE(SentBy(request).for_manager());
  request = Sending(v1::AGE_BAND_ADULT);
  request.set_guardian_involved(v1::GUARDIAN_INVOLVED_UNSAFE);
  EXPECT_FALSE(SentBy(request).for_manager());
}

TEST_F(CrisisReferrals, NameAPartnerOfThePlaceAndASoundConsent) {
  const auto with = [&](auto change) {
    v1::SendCrisisReferralRequest request = Sending();
    change(&request);
    return RuleOfRequest(police_, request);
  };
  EXPECT_EQ(with([](auto* r) { r->set_catchment("kenora"); }), "FIELD_INVALID");
  EXPECT_EQ(with([](auto* r) { r->mutable_consent()->set_recipient_agency("vs-peel"); }), "FIELD_INVALID");
  EXPECT_EQ(with([](auto* r) { r->mutable_consent()->clear_recipient_agency(); }), "CONSENT_RECIPIENT");
  EXPECT_EQ(with([](auto* r) { r->mutable_consent()->clear_data(); }), "CONSENT_RECIPIENT");
  EXPECT_EQ(with([](auto* r) { r->mutable_consent()->set_expires_on("2026-11-23"); }), "DATES_OUT_OF_ORDER");
  EXPECT_EQ(with([](auto* r) { r->mutable_consent()->set_expires_on("2028-11-25"); }), "CONSENT_TOO_LONG");
  EXPECT_EQ(with([](auto* r) { r->mutable_consent()->clear_expires_on(); }), "FIELD_INVALID");
  EXPECT_EQ(with([](auto* r) { r->mutable_handed()->set_needs("at 12 Canary Street"); }), "ADDRESS_IN_TEXT");
  EXPECT_EQ(with([](auto* r) { r->set_parent("agencies/ps-peel"); }), "NOT_FOUND");
  EXPECT_EQ(with([](auto* r) { r->mutable_consent()->set_purpose(v1::CONSENT_PURPOSE_COUNTING); }),
            "FIELD_INVALID");
  EXPECT_THAT(Received(receiver_), IsEmpty()) << "nothing was stored";
  EXPECT_EQ(RuleOfRequest(worker_, Sending()), "AGENCY_KIND_NOT_PERMITTED");
}

TEST_F(CrisisReferrals, EndByTheirDayAndByTheSurvivorsWord) {
  const v1::SupportReferral late = SentBy(Sending());
  v1::SupportReferral back = SentBy(Sending());
  EXPECT_EQ(TakeBack(other_police_, &back), "NOT_FOUND");
  ASSERT_EQ(TakeBack(police_, &back), "");
  EXPECT_EQ(Unread(back.name(), receiver_), "NOT_FOUND");
  EXPECT_THAT(Received(receiver_), SizeIs(1));
  EXPECT_EQ(TakeBack(police_, &back), "STATE_NOT_PERMITTED");
  On("2026-12-25");
  EXPECT_EQ(Unread(late.name(), receiver_), "NOT_FOUND");
  EXPECT_THAT(Received(receiver_), IsEmpty());
}

// A survivor whom police refer has no consent to be counted until the partner has asked for it.
TEST_F(CrisisReferrals, AreNotCounted) {
  for (int i = 0; i < 6; ++i) SentBy(Sending());
  On("2026-12-01");
  Sweep();
  const auto counts = Must(Call<v1::CountSupportsResponse>(office_, v1::CountSupportsRequest()));
  EXPECT_THAT(counts.counts(), IsEmpty());
}

TEST_F(CrisisReferrals, OfASurvivorAreSealedWhereTheyAreStored) {
  SentBy(Sending());
  const std::string stored = StoredWithoutKey();
  ASSERT_NE(stored, "");
  for (const char* words : {"NEEDS-WORDS", "416 555 0100"}) EXPECT_THAT(stored, Not(HasSubstr(words)));
}

using CrisisReferralWalk = CrisisReferrals;

TEST_F(CrisisReferralWalk, OfAReferralByPolice) {
  using namespace annotations::v1;
  Walk walk;
  walk.service = "accord.supports.v1.CrisisReferralService";
  walk.agencies = {
      {"police", {"ps-york", AGENCY_KIND_POLICE_SERVICE, "constable", ROLE_POLICE_MEMBER}},
      {"supervisor", {"ps-york", AGENCY_KIND_POLICE_SERVICE, "sergeant", ROLE_POLICE_SUPERVISOR}},
      {"police elsewhere", {"ps-peel", AGENCY_KIND_POLICE_SERVICE, "constable", ROLE_POLICE_MEMBER}},
      {"partner", {"vs-durham", AGENCY_KIND_VICTIM_SERVICES, "receiver", ROLE_VS_WORKER}}};
  walk.states = {"none"};
  walk.make = [](const std::string&) { return "agencies/ps-york"; };
  walk.table = {{"SendCrisisReferral", {"police", "supervisor"}, {}}};
  int calls = testing::WalkChanges(&in_process_, walk, ChangesBut(walk.service, {"SendCrisisReferral"}));
  walk.states = testing::ShortNamesOf(v1::SupportReferralState_descriptor());
  int stored = 0;
  walk.make = [&](const std::string& state) {
    v1::SupportReferral referral;
    referral.set_name(absl::StrCat("agencies/ps-york/supportReferrals/p", ++stored));
    referral.set_to_agency("vs-durham");
    referral.set_expires_on("2026-12-31");
    referral.set_state(
        static_cast<v1::SupportReferralState>(*FromShortName(v1::SupportReferralState_descriptor(), state)));
    return testing::Store(&in_process_, "support_referral", &referral, {"ps-york", state, {"ps-york"}, {}});
  };
  walk.table = {
      {"WithdrawCrisisReferral", {"police", "supervisor"}, {"sent", "acknowledged", "accepted", "declined"}}};
  calls += testing::WalkChanges(&in_process_, walk, ChangesBut(walk.service, {"WithdrawCrisisReferral"}));
  EXPECT_EQ(calls, 3 + 3 * 6);
}

}  // namespace
}  // namespace accord::supports
