#include "common/base/text_proto.h"
#include "services/protocols/testing/oversight_fixture.h"

namespace accord::protocols {
namespace {

// These tests use a rule that the real data lacks, because none is known.
class Retention : public Oversight {
 protected:
  static ReferenceData WithRule() {
    const std::string data = std::string(std::getenv("ACCORD_SOURCE_DIR")) + "/services/protocols/data/";
    v1::RuleSet set;
    EXPECT_OK(ReadTextProto(data + "rules.textproto", &set));
    auto* rule = set.add_retention();
    rule->set_kind("referral");
    rule->set_months(12);
    rule->set_source("a test");
    ReferenceData reference_data = RealReferenceData();
    reference_data.rules = *Rules::From(std::move(set));
    return reference_data;
  }
  void Sweep(const std::string& day) {
    in_process_.clock().Set(EndOfDay(*ParseDay(day)) - absl::Hours(12));
    ProtocolsServices ruled(&in_process_.database(), &in_process_.page_tokens(), &in_process_.clock(),
                            WithRule());
    absl::StatusOr<int> swept = 1;
    for (int i = 0; i < 10 && swept.ok() && *swept > 0; ++i) swept = ruled.sweeper().Sweep();
    EXPECT_OK(swept.status());
  }
  // The referral is rejected under the rule, so that its end is planned.
  v1::Referral Over() {
    const v1::Referral sent = Sent();
    v1::RejectReferralRequest request;
    request.set_reason("another agency's");
    const v1::Referral over = Must(Do(police_supervisor_, sent, request));
    Plan(over.name());
    return over;
  }
  void Plan(const std::string& name) {
    const absl::Status planned = in_process_.database().Transact([&](storage::Transaction& tx) {
      return tx
          .Exec(
              "insert into due (kind, name, at_us) values ('referral', :p1, 0) on conflict (kind, name) do "
              "nothing",
              name)
          .status();
    });
    EXPECT_OK(planned);
  }
};

TEST_F(Retention, APurgedRecordLeavesATombstoneAndNoContent) {
  const v1::Referral referral = Over();
  Sweep("2026-11-24");
  EXPECT_OK(Get(referral.name(), worker_));
  Sweep("2027-11-24");
  EXPECT_TRUE(absl::IsNotFound(Get(referral.name(), worker_).status()));
  EXPECT_EQ(Tombstones(), 1);
  const auto left = in_process_.database().Read([&](storage::Transaction& tx) {
    return tx.Query<std::string>(
        "select body from revision where name = :p1 union all select body from resource "
        "where name = :p2 union all select response from idempotency i where exists "
        "(select 1 from revision r where r.name = :p3 and r.request_id = i.request_id)",
        referral.name(), referral.name(), referral.name());
  });
  ASSERT_OK(left.status());
  ASSERT_FALSE(left->empty());
  for (const auto& [body] : *left) EXPECT_TRUE(body == "{}" || body.empty()) << body;
}

TEST_F(Retention, AReminderOnWhatIsOverDoesNotPutOffItsEnd) {
  const v1::Referral referral = Over();
  Sweep("2027-06-01");
  v1::FlagReferralRequest flag;
  flag.mutable_flag()->set_text("not yet");
  const auto flagged = Do(worker_, referral, flag);
  ASSERT_OK(flagged);
  EXPECT_EQ(OntarioDay(FromProto(flagged->ended_at())), absl::CivilDay(2026, 11, 23));
  Plan(referral.name());
  Sweep("2027-11-24");
  EXPECT_TRUE(absl::IsNotFound(Get(referral.name(), worker_).status()));
}

TEST_F(Retention, ALegalHoldKeepsARecordUntilItIsLifted) {
  const v1::Referral referral = Over();
  v1::PlaceLegalHoldRequest place;
  place.set_resource(referral.name());
  place.set_reason("a court order");
  EXPECT_TRUE(absl::IsNotFound(Call<v1::LegalHold>(Officer(durham_member_), place).status()))
      << "of others' record";
  ASSERT_OK(Call<v1::LegalHold>(Officer(worker_), place));
  EXPECT_THAT(Call<v1::LegalHold>(Officer(worker_), place), RefusedBy(rules::kAlreadyHeld));
  Sweep("2027-11-24");
  EXPECT_OK(Get(referral.name(), worker_));
  v1::LiftLegalHoldRequest lift;
  lift.set_resource(referral.name());
  ASSERT_OK(Call<v1::LegalHold>(Officer(worker_), lift));
  Sweep("2027-11-26");
  EXPECT_TRUE(absl::IsNotFound(Get(referral.name(), worker_).status()));
}

TEST_F(Retention, WhoPlacedAHoldFindsItUntilItIsLifted) {
  // The referrals are a minute apart, so that their names are in this order.
  const v1::Referral first = Sent();
  in_process_.clock().Advance(absl::Minutes(1));
  const v1::Referral second = Sent();
  const auto hold = [&](const Caller& caller, const v1::Referral& referral, const std::string& reason) {
    v1::PlaceLegalHoldRequest place;
    place.set_resource(referral.name());
    place.set_reason(reason);
    return Must(Call<v1::LegalHold>(Officer(caller), place));
  };
  // This gives the holds of all pages, one hold a page.
  const auto listed = [&](const Caller& caller) {
    std::vector<v1::LegalHold> holds;
    v1::ListLegalHoldsRequest request;
    request.set_page_size(1);
    do {
      const auto page = Must(Call<v1::ListLegalHoldsResponse>(Officer(caller), request));
      EXPECT_LE(page.legal_holds_size(), 1);
      holds.insert(holds.end(), page.legal_holds().begin(), page.legal_holds().end());
      request.set_page_token(page.next_page_token());
    } while (!request.page_token().empty());
    return holds;
  };
  EXPECT_THAT(listed(worker_), ::testing::IsEmpty());
  const v1::LegalHold of_second = hold(worker_, second, "a breach");
  EXPECT_EQ(FromProto(of_second.place_time()), in_process_.clock().Now());
  in_process_.clock().Advance(absl::Minutes(1));
  const v1::LegalHold of_first = hold(worker_, first, "a court order");
  hold(member_, first, "litigation");
  const auto held = listed(worker_);
  ASSERT_THAT(held, ::testing::SizeIs(2));
  // The list shows each hold as it was answered when it was placed, and in the order of names.
  EXPECT_EQ(held[0].SerializeAsString(), of_first.SerializeAsString());
  EXPECT_EQ(held[1].SerializeAsString(), of_second.SerializeAsString());
  const auto of_police = listed(member_);
  ASSERT_THAT(of_police, ::testing::SizeIs(1));
  EXPECT_EQ(of_police[0].reason(), "litigation");
  EXPECT_THAT(listed(durham_member_), ::testing::IsEmpty()) << "of others' records";
  v1::LiftLegalHoldRequest lift;
  lift.set_resource(first.name());
  ASSERT_OK(Call<v1::LegalHold>(Officer(worker_), lift));
  const auto left = listed(worker_);
  ASSERT_THAT(left, ::testing::SizeIs(1));
  EXPECT_EQ(left[0].resource(), second.name());
  EXPECT_THAT(listed(member_), ::testing::SizeIs(1)) << "each agency lifts its own";
}

TEST_F(Retention, AHoldFromBeforeEachAgencyHadItsOwnIsListedToo) {
  const v1::Referral referral = Sent();
  const absl::Status older = in_process_.database().Transact([&](storage::Transaction& tx) {
    return tx
        .Exec(
            "insert into legal_hold (name, reason, agency, actor, at_us) values (:p1, 'an inquest', :p2, "
            "'before', 1)",
            referral.name(), worker_.agency)
        .status();
  });
  ASSERT_OK(older);
  const auto page = Must(Call<v1::ListLegalHoldsResponse>(Officer(worker_), v1::ListLegalHoldsRequest()));
  ASSERT_EQ(page.legal_holds_size(), 1);
  EXPECT_EQ(page.legal_holds(0).reason(), "an inquest");
  EXPECT_EQ(page.legal_holds(0).placed_by(), "before");
}

TEST_F(Retention, AHoldIsAChangeThatTheLogComparesAndDoesNotTellOfWhat) {
  const v1::Referral referral = Over();
  v1::PlaceLegalHoldRequest place;
  place.set_resource(referral.name());
  place.set_reason("a court order");
  place.set_request_id(RequestId());
  const auto placed = in_process_.ReplyTo(Officer(worker_), place);
  ASSERT_OK(placed);
  v1::LiftLegalHoldRequest lift;
  lift.set_resource(referral.name());
  lift.set_request_id(RequestId());
  const auto lifted = in_process_.ReplyTo(Officer(worker_), lift);
  ASSERT_OK(lifted);
  ASSERT_EQ(placed->touched.changed_size(), 1);
  ASSERT_EQ(lifted->touched.changed_size(), 1);
  const auto& first = placed->touched.changed(0);
  const auto& second = lifted->touched.changed(0);
  EXPECT_EQ(first.resource().owner(), worker_.agency);
  EXPECT_THAT(first.resource().name(), ::testing::StartsWith("agencies/cas-york/legalHolds/"));
  EXPECT_EQ(second.resource().name(), first.resource().name());
  EXPECT_NE(second.revision(), first.revision());
}

}  // namespace
}  // namespace accord::protocols
