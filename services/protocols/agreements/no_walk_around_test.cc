// Rules of the field that somebody with a certificate and a role could once walk around: protocols.
#include <thread>

#include "common/testing/postgres.h"
#include "services/protocols/testing/fixture.h"

namespace accord::protocols {
namespace {

class NoWalkAround : public ProtocolsFixture {
 protected:
  using ProtocolsFixture::ProtocolsFixture;

  static void Add(v1::CreateProtocolRequest* draft, const std::string& agency, v1::PartyCapacity capacity,
                  v1::PartyPart part) {
    auto* party = draft->mutable_protocol()->add_parties();
    party->set_agency(agency);
    party->set_capacity(capacity);
    party->set_part(part);
  }
  // York's, with an observer and with one that was consulted.
  v1::CreateProtocolRequest Watched() {
    v1::CreateProtocolRequest draft = Draft();
    Add(&draft, "ps-durham", v1::PARTY_CAPACITY_POLICE, v1::PARTY_PART_OBSERVER);
    Add(&draft, "cas-durham", v1::PARTY_CAPACITY_CAS, v1::PARTY_PART_CONSULTED);
    return draft;
  }
  v1::CreateProtocolRequest DraftOf(v1::ProtocolKind kind) {
    v1::CreateProtocolRequest draft = Draft();
    draft.mutable_protocol()->set_kind(kind);
    return draft;
  }
  absl::StatusOr<v1::Protocol> Sign(const Caller& caller, const v1::Protocol& protocol) {
    return MoveProtocol<v1::SignProtocolRequest>(caller, protocol);
  }
  v1::Protocol Signed(const v1::CreateProtocolRequest& draft) {
    return Must(Sign(chief_, Must(Sign(director_, Offered(draft)))));
  }
  template <class Req>
  std::string Refusal(const Caller& caller, const v1::Protocol& p) {
    return testing::RuleOrError(MoveProtocol<Req>(caller, p).status());
  }
  absl::StatusOr<v1::Protocol> Review(const Caller& caller, const v1::Protocol& protocol) {
    v1::ReviewProtocolRequest request;
    request.set_name(protocol.name());
    request.set_etag(protocol.etag());
    request.set_kind(v1::REVIEW_KIND_PARTY_REQUEST);
    request.set_reason("time");
    return Call<v1::Protocol>(caller, request);
  }
  absl::StatusOr<v1::Protocol> Notice(const Caller& caller, const std::string& name, const std::string& day,
                                      const std::string& reason = "we part") {
    v1::TerminateProtocolRequest request;
    request.set_name(name);
    request.set_etag(Read(name, caller).etag());
    request.set_reason(reason);
    request.set_terminates_on(day);
    return Call<v1::Protocol>(caller, request);
  }
  const Caller observer_ = Police(annotations::v1::ROLE_POLICE_CHIEF, "ps-durham");
  const Caller consulted_ = Society(annotations::v1::ROLE_CAS_DIRECTOR, "cas-durham");
};

TEST_F(NoWalkAround, NeitherAnObserverNorTheConsultedMoveAProtocolInForce) {
  const v1::Protocol p = Signed(Watched());
  const v1::Protocol before = Read(p.name(), director_);
  for (const Caller& caller : {observer_, consulted_}) {
    EXPECT_THAT(Review(caller, p), RefusedBy(rules::kNotASignatory));
    EXPECT_EQ(Refusal<v1::TerminateProtocolRequest>(caller, p), "NOT_A_SIGNATORY");
    EXPECT_EQ(Refusal<v1::RenewProtocolRequest>(caller, p), "NOT_A_SIGNATORY");
    EXPECT_EQ(Refusal<v1::ActivateProtocolRequest>(caller, p), "NOT_A_SIGNATORY");
    EXPECT_EQ(Refusal<v1::SignProtocolRequest>(caller, p), "NOT_A_SIGNATORY");
  }
  EXPECT_EQ(Read(p.name(), director_).SerializeAsString(), before.SerializeAsString());
}

TEST_F(NoWalkAround, AnObserverEndsNobodysProtocolByASuccessor) {
  const v1::Protocol york = Signed(Watched());
  ASSERT_OK(Review(chief_, york));
  v1::CreateProtocolRequest draft = Draft();
  draft.set_parent("agencies/ps-durham");
  draft.mutable_protocol()->mutable_parties(0)->set_agency("cas-durham");
  draft.mutable_protocol()->mutable_parties(1)->set_agency("ps-durham");
  draft.mutable_protocol()->set_supersedes(york.name());
  EXPECT_THAT(Call<v1::Protocol>(observer_, draft), RefusedBy(rules::kNotASignatory));
  EXPECT_EQ(Read(york.name(), director_).state(), v1::PROTOCOL_STATE_UNDER_REVIEW);
}

TEST_F(NoWalkAround, ASuccessorIsSignedByEverySignatoryOfTheOldOne) {
  const v1::Protocol york = Signed(Draft());
  // The draft names only one of the signatories, with another police service.
  v1::CreateProtocolRequest draft = Draft();
  draft.mutable_protocol()->set_supersedes(york.name());
  draft.mutable_protocol()->mutable_parties(1)->set_agency("ps-durham");
  EXPECT_THAT(Call<v1::Protocol>(director_, draft), RefusedBy(rules::kSuccessorSignatories));
  // An observer does not sign, so naming the signatory as one does not help.
  Add(&draft, "ps-york", v1::PARTY_CAPACITY_POLICE, v1::PARTY_PART_OBSERVER);
  EXPECT_THAT(Call<v1::Protocol>(director_, draft), RefusedBy(rules::kSuccessorSignatories));
  // It cannot be left out afterwards either.
  draft.mutable_protocol()->mutable_parties(2)->set_part(v1::PARTY_PART_SIGNATORY);
  v1::Protocol successor = Must(Call<v1::Protocol>(director_, draft));
  v1::UpdateProtocolRequest update;
  *update.mutable_protocol() = successor;
  update.mutable_protocol()->mutable_parties()->RemoveLast();
  update.mutable_update_mask()->add_paths("parties");
  EXPECT_THAT(Call<v1::Protocol>(director_, update), RefusedBy(rules::kSuccessorSignatories));
}

TEST_F(NoWalkAround, WhatIsReplacedAndWhatIsAddedToIsPartOfWhatIsSigned) {
  const v1::Protocol york = Signed(Draft());
  v1::CreateProtocolRequest draft = Draft();
  const std::string plain = Must(Call<v1::Protocol>(director_, draft)).text_digest();
  draft.mutable_protocol()->set_supersedes(york.name());
  EXPECT_NE(Must(Call<v1::Protocol>(director_, draft)).text_digest(), plain);
}

TEST_F(NoWalkAround, WhoLeadsSigns) {
  v1::CreateProtocolRequest draft = Watched();
  draft.set_parent("agencies/ps-durham");
  EXPECT_THAT(Call<v1::Protocol>(observer_, draft), RefusedBy(rules::kLeadNotSignatory));
}

TEST_F(NoWalkAround, WhoeverSignsAnAddendumSignedWhatItAddsTo) {
  const v1::Protocol york = Signed(Watched());
  v1::CreateProtocolRequest draft = DraftOf(v1::PROTOCOL_KIND_HT_ADDENDUM);
  draft.mutable_protocol()->set_parent_protocol(york.name());
  draft.mutable_protocol()->mutable_parties(1)->set_agency("ps-durham");
  EXPECT_THAT(Call<v1::Protocol>(director_, draft), RefusedBy(rules::kAddendumSignatories));
  draft.set_parent("agencies/ps-durham");
  EXPECT_THAT(Call<v1::Protocol>(observer_, draft), RefusedBy(rules::kNotASignatory));
}

TEST_F(NoWalkAround, AnAddendumTakesNoReferralOnceItsBaseEndedAndEndsWithIt) {
  v1::CreateProtocolRequest base_draft = DraftOf(v1::PROTOCOL_KIND_BASE_CHILD_ABUSE);
  const v1::Protocol base = Signed(base_draft);
  v1::CreateProtocolRequest draft = DraftOf(v1::PROTOCOL_KIND_HT_ADDENDUM);
  draft.mutable_protocol()->set_parent_protocol(base.name());
  const v1::Protocol addendum = Signed(draft);
  ASSERT_OK(Call<v1::Referral>(worker_, Letter(addendum)));
  ASSERT_OK(Notice(chief_, base.name(), "2027-01-31"));
  // On the first day after, whether or not the calendar has passed.
  in_process_.clock().Set(EndOfDay(*ParseDay("2027-02-01")) - absl::Hours(12));
  EXPECT_THAT(Call<v1::Referral>(worker_, Letter(addendum)), RefusedBy(rules::kProtocolNotInForce));
  EXPECT_THAT(Call<v1::Referral>(worker_, Letter(base)), RefusedBy(rules::kProtocolNotInForce));
  SweepAll();
  EXPECT_EQ(Read(base.name(), director_).state(), v1::PROTOCOL_STATE_TERMINATED);
  EXPECT_EQ(Read(addendum.name(), director_).state(), v1::PROTOCOL_STATE_TERMINATED);
}

TEST_F(NoWalkAround, AnAddendumEndsAlsoWhenItsBaseIsReplacedOrExpires) {
  v1::CreateProtocolRequest base_draft = DraftOf(v1::PROTOCOL_KIND_BASE_CHILD_ABUSE);
  v1::CreateProtocolRequest draft = DraftOf(v1::PROTOCOL_KIND_HT_ADDENDUM);
  v1::Protocol base = Signed(base_draft);
  draft.mutable_protocol()->set_parent_protocol(base.name());
  const v1::Protocol first = Signed(draft);
  base = Must(Review(chief_, base));
  base_draft.mutable_protocol()->set_supersedes(base.name());
  base_draft.mutable_protocol()->set_effective_to("2027-06-30");
  base = Signed(base_draft);
  EXPECT_EQ(Read(first.name(), director_).state(), v1::PROTOCOL_STATE_TERMINATED);
  draft.mutable_protocol()->set_parent_protocol(base.name());
  const v1::Protocol second = Signed(draft);
  EXPECT_EQ(second.state(), v1::PROTOCOL_STATE_IN_FORCE);
  SweepOn("2027-07-01");
  EXPECT_EQ(Read(second.name(), director_).state(), v1::PROTOCOL_STATE_TERMINATED);
}

TEST_F(NoWalkAround, ANoticeStandsWhateverTheOtherSideSays) {
  const v1::Protocol p = InForce();
  ASSERT_OK(Notice(director_, p.name(), "2027-02-28", "the society parts"));
  EXPECT_THAT(Notice(chief_, p.name(), "2999-12-31"), RefusedBy(rules::kNoticeTooLong));
  EXPECT_THAT(Notice(chief_, p.name(), "2027-03-01"), RefusedBy(rules::kNoticeStands));
  EXPECT_THAT(Notice(director_, p.name(), "2027-03-01"), RefusedBy(rules::kNoticeStands));
  // The same day, in its own words: the first words stay.
  v1::Protocol now = Must(Notice(chief_, p.name(), "2027-02-28", "so be it"));
  EXPECT_EQ(now.ended_by(), "cas-york");
  EXPECT_EQ(now.end_reason(), "the society parts");
  ASSERT_EQ(now.notices_size(), 2);
  EXPECT_EQ(now.notices(1).reason(), "so be it");
  // An earlier day counts, and what was said before stays.
  now = Must(Notice(chief_, p.name(), "2027-01-31", "sooner"));
  EXPECT_EQ(now.terminates_on(), "2027-01-31");
  EXPECT_EQ(now.notices(0).reason(), "the society parts");
  SweepOn("2027-02-01");
  EXPECT_EQ(Read(p.name(), director_).state(), v1::PROTOCOL_STATE_TERMINATED);
}

TEST_F(NoWalkAround, TheCalendarCommitsNothingOfWhatItMayNotDo) {
  v1::CreateProtocolRequest draft = Draft();
  draft.mutable_protocol()->set_effective_from("2027-01-01");
  const v1::Protocol one = Signed(draft);
  const v1::Protocol other = Signed(draft);
  SweepOn("2027-01-01");
  const auto in_force = [&] {
    return int{Read(one.name(), director_).state() == v1::PROTOCOL_STATE_IN_FORCE} +
           int{Read(other.name(), director_).state() == v1::PROTOCOL_STATE_IN_FORCE};
  };
  EXPECT_EQ(in_force(), 1);
  const std::string waits =
      Read(one.name(), director_).state() == v1::PROTOCOL_STATE_IN_FORCE ? other.name() : one.name();
  const v1::Protocol before = Read(waits, director_);
  SweepOn("2027-01-02");
  EXPECT_EQ(in_force(), 1);
  EXPECT_EQ(Read(waits, director_).SerializeAsString(), before.SerializeAsString()) << "nothing was written";
}

TEST_F(NoWalkAround, AnAddendumThatCannotEnterEndsNothing) {
  v1::CreateProtocolRequest base_draft = DraftOf(v1::PROTOCOL_KIND_BASE_CHILD_ABUSE);
  const v1::Protocol base = Signed(base_draft);
  v1::CreateProtocolRequest draft = DraftOf(v1::PROTOCOL_KIND_HT_ADDENDUM);
  draft.mutable_protocol()->set_parent_protocol(base.name());
  const v1::Protocol old = Signed(draft);
  // Its successor adds to another base, which is not in force on the day.
  base_draft.mutable_protocol()->add_territory("york-region");
  const v1::Protocol never = Offered(base_draft);
  draft.mutable_protocol()->set_parent_protocol(never.name());
  draft.mutable_protocol()->set_supersedes(old.name());
  draft.mutable_protocol()->set_effective_from("2027-01-01");
  const v1::Protocol successor = Signed(draft);
  ASSERT_OK(Review(chief_, Read(old.name(), chief_)));
  SweepOn("2027-01-01");
  EXPECT_EQ(Read(old.name(), director_).state(), v1::PROTOCOL_STATE_UNDER_REVIEW);
  EXPECT_EQ(Read(successor.name(), director_).state(), v1::PROTOCOL_STATE_PARTIALLY_SIGNED);
}

TEST_F(NoWalkAround, ADeclineIsInWritingAndNotOfTheFuture) {
  v1::CreateProtocolRequest draft = Watched();
  draft.mutable_protocol()->mutable_parties(2)->set_declined_on("2026-12-01");
  EXPECT_THAT(Call<v1::Protocol>(director_, draft), RefusedBy(rules::kDeclineInFuture));
  draft.mutable_protocol()->mutable_parties(2)->set_declined_on("2026-10-01");
  EXPECT_THAT(Call<v1::Protocol>(director_, draft), RefusedBy(rules::kDeclineNotWritten));
}

TEST_F(NoWalkAround, NobodyIsDraftedAsASignatoryWhoCanNeverSign) {
  // All would have signed but one who cannot, and the protocol would never be in force.
  for (const auto capacity : {v1::PARTY_CAPACITY_CROWN, v1::PARTY_CAPACITY_FIRST_NATION,
                              v1::PARTY_CAPACITY_VICTIM_SERVICES, v1::PARTY_CAPACITY_HEALTH}) {
    v1::CreateProtocolRequest draft = Draft();
    Add(&draft, "another", capacity, v1::PARTY_PART_SIGNATORY);
    EXPECT_THAT(Call<v1::Protocol>(director_, draft), RefusedBy(rules::kSignatoryCannotSign));
    draft.mutable_protocol()->mutable_parties(2)->set_part(v1::PARTY_PART_CONSULTED);
    EXPECT_OK(Call<v1::Protocol>(director_, draft));
  }
}

TEST_F(NoWalkAround, ATextWhoseLastDayHasPassedEndsNothingByComingIntoForce) {
  const v1::Protocol old = *Review(chief_, Signed(Draft()));
  v1::CreateProtocolRequest draft = Draft();
  draft.mutable_protocol()->set_supersedes(old.name());
  draft.mutable_protocol()->set_effective_to("2026-12-31");
  const v1::Protocol late = *Sign(director_, Offered(draft));
  draft.mutable_protocol()->set_effective_from("2026-12-30");
  const v1::Protocol waits = *Sign(chief_, *Sign(director_, Offered(draft)));
  EXPECT_EQ(waits.state(), v1::PROTOCOL_STATE_PARTIALLY_SIGNED);
  in_process_.clock().Set(EndOfDay(*ParseDay("2027-01-01")) - absl::Hours(12));
  // Neither by the last signature, nor by a signatory's word, nor by the calendar that comes too late.
  EXPECT_THAT(Sign(chief_, late), RefusedBy(rules::kOverBeforeForce));
  EXPECT_EQ(Refusal<v1::ActivateProtocolRequest>(chief_, waits), "OVER_BEFORE_FORCE");
  SweepAll();
  EXPECT_EQ(Read(waits.name(), director_).state(), v1::PROTOCOL_STATE_PARTIALLY_SIGNED);
  EXPECT_EQ(Read(old.name(), director_).state(), v1::PROTOCOL_STATE_UNDER_REVIEW);
}

TEST_F(NoWalkAround, AnAddendumReplacesNothingThatItStandsOn) {
  v1::CreateProtocolRequest base_draft = DraftOf(v1::PROTOCOL_KIND_BASE_CHILD_ABUSE);
  const v1::Protocol base = Signed(base_draft);
  v1::CreateProtocolRequest draft = DraftOf(v1::PROTOCOL_KIND_HT_ADDENDUM);
  draft.mutable_protocol()->set_parent_protocol(base.name());
  const v1::Protocol first = Signed(draft);
  ASSERT_EQ(first.state(), v1::PROTOCOL_STATE_IN_FORCE);
  // On the first one it stands, and by that on the base: it would end both in the moment in which it enters.
  draft.mutable_protocol()->set_parent_protocol(first.name());
  for (const std::string& below : {first.name(), base.name()}) {
    draft.mutable_protocol()->set_supersedes(below);
    EXPECT_THAT(Call<v1::Protocol>(director_, draft), RefusedBy(rules::kParentSuperseded));
  }
}

TEST_F(NoWalkAround, AReviewEndsWithTheProtocolThatExpires) {
  v1::CreateProtocolRequest draft = Draft();
  draft.mutable_protocol()->set_effective_to("2026-12-31");
  const v1::Protocol p = *Review(chief_, Signed(draft));
  EXPECT_FALSE(p.reviews(0).has_end_time());
  SweepOn("2027-01-01");
  const v1::Protocol expired = Read(p.name(), director_);
  EXPECT_EQ(expired.state(), v1::PROTOCOL_STATE_EXPIRED);
  EXPECT_TRUE(expired.reviews(0).has_end_time());
  EXPECT_EQ(expired.reviews(0).outcome(), v1::REVIEW_OUTCOME_UNSPECIFIED);
}

TEST_F(NoWalkAround, NoCommentThatTheLeadCannotReadHoldsTheTextUp) {
  v1::Protocol p = *Call<v1::Protocol>(director_, Watched());
  p = *MoveProtocol<v1::OpenProtocolConsultationRequest>(director_, p);
  v1::CommentOnProtocolRequest say;
  say.set_name(p.name());
  say.set_etag(p.etag());
  // For police alone, and the lead is a society.
  say.mutable_comment()->set_section(v1::SECTION_CODE_INTERVIEWS);
  say.mutable_comment()->set_comment("Never.");
  for (const Caller& police : {observer_, chief_}) {
    EXPECT_THAT(Call<v1::Protocol>(police, say), RefusedBy(rules::kLeadCannotAnswer));
  }
  // To a society there is no such section.
  EXPECT_THAT(Call<v1::Protocol>(consulted_, say), RefusedBy(rules::kSectionAbsent));
  EXPECT_EQ(Refusal<v1::OfferProtocolForSignatureRequest>(director_, p), "");
}

TEST_F(NoWalkAround, ATerritoryThatIsEmptyOrElsewhereLeavesNobodyUnheard) {
  const Caller director = Society(annotations::v1::ROLE_CAS_DIRECTOR, "cas-thunder-bay");
  v1::CreateProtocolRequest draft = Draft();
  draft.set_parent("agencies/cas-thunder-bay");
  draft.mutable_protocol()->mutable_parties(0)->set_agency("cas-thunder-bay");
  draft.mutable_protocol()->mutable_parties(1)->set_agency("ps-thunderbay");
  const auto offered = [&] {
    v1::Protocol p = *Call<v1::Protocol>(director, draft);
    p = *MoveProtocol<v1::OpenProtocolConsultationRequest>(director, p);
    return Refusal<v1::OfferProtocolForSignatureRequest>(director, p);
  };
  EXPECT_EQ(offered(), "INDIGENOUS_PARTY_MISSING");
  draft.mutable_protocol()->add_territory("york-region");
  EXPECT_EQ(offered(), "INDIGENOUS_PARTY_MISSING");
  Add(&draft, "cas-i-dilico", v1::PARTY_CAPACITY_INDIGENOUS_SOCIETY, v1::PARTY_PART_CONSULTED);
  Add(&draft, "ps-fn-anishinabek", v1::PARTY_CAPACITY_FN_POLICE, v1::PARTY_PART_CONSULTED);
  EXPECT_EQ(offered(), "");
}

class OneInForce : public NoWalkAround, public ::testing::WithParamInterface<bool> {
 protected:
  OneInForce() : NoWalkAround(GetParam() ? testing::PostgresCluster::Shared().NewDatabase() : "") {}
};

TEST_P(OneInForce, OfOneForEverywhereAndOneForAGroundAtOnceOneAloneEnters) {
  for (int round = 0; round < 3; ++round) {
    v1::CreateProtocolRequest everywhere = Draft(), ground = Draft();
    const std::string police = absl::StrCat("ps-", round);
    const Caller chief = Police(annotations::v1::ROLE_POLICE_CHIEF, police);
    for (auto* draft : {&everywhere, &ground}) {
      draft->mutable_protocol()->mutable_parties(1)->set_agency(police);
    }
    ground.mutable_protocol()->add_territory("york-region");
    const v1::Protocol one = Must(Sign(director_, Offered(everywhere)));
    const v1::Protocol other = Must(Sign(director_, Offered(ground)));
    std::string rules[2];
    std::thread first([&] { rules[0] = RuleOf(Sign(chief, one).status()); });
    std::thread second([&] { rules[1] = RuleOf(Sign(chief, other).status()); });
    first.join();
    second.join();
    EXPECT_THAT(rules, ::testing::UnorderedElementsAre("", "ALREADY_IN_FORCE"));
  }
}

INSTANTIATE_TEST_SUITE_P(OnEveryDatabase, OneInForce, ::testing::Bool(),
                         [](const auto& each) { return each.param ? "PostgreSQL" : "SQLite"; });

}  // namespace
}  // namespace accord::protocols
