// These tests show how protocols end and come into force, where somebody could once walk around the rules of
// the field.
#include <thread>

#include "common/testing/postgres.h"
#include "services/protocols/testing/no_walk_around.h"

namespace accord::protocols {
namespace {

TEST_F(NoWalkAround, AnAddendumTakesNoReferralOnceItsBaseEndedAndEndsWithIt) {
  v1::CreateProtocolRequest base_draft = DraftOf(v1::PROTOCOL_KIND_BASE_CHILD_ABUSE);
  const v1::Protocol base = Signed(base_draft);
  v1::CreateProtocolRequest draft = DraftOf(v1::PROTOCOL_KIND_HT_ADDENDUM);
  draft.mutable_protocol()->set_parent_protocol(base.name());
  const v1::Protocol addendum = Signed(draft);
  ASSERT_OK(Call<v1::Referral>(worker_, Letter(addendum)));
  ASSERT_OK(Notice(chief_, base.name(), "2027-01-31"));
  // It is the first day after the end, whether or not the calendar has passed.
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
  // The chief names the same day in other words, and the first words stay.
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
  // It enters neither by the last signature, nor by a signatory's word, nor by the calendar that comes
  // too late.
  EXPECT_THAT(Sign(chief_, late), RefusedBy(rules::kOverBeforeForce));
  EXPECT_EQ(Refusal<v1::ActivateProtocolRequest>(chief_, waits), "OVER_BEFORE_FORCE");
  SweepAll();
  EXPECT_EQ(Read(waits.name(), director_).state(), v1::PROTOCOL_STATE_PARTIALLY_SIGNED);
  EXPECT_EQ(Read(old.name(), director_).state(), v1::PROTOCOL_STATE_UNDER_REVIEW);
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
