// These tests call through the gateway with a calendar that runs fast. Whatever time does on its own is also
// permitted to people, and is done whole or not at all; and counts are taken at the end of a period.
#include "accord/audit/v1/audit_service.pb.h"
#include "tests/e2e/field.h"

namespace accord::e2e {
namespace {

const Person kStaff{"co-pahtco", "staff", "protocol_governance"};

class FieldCalendar : public Field {
 protected:
  FieldCalendar() : Field(*fast) {}
  static void SetUpTestSuite() {
    auto people = FieldWorld::SocietiesAndPolice();
    people.push_back({"co-pahtco", "staff", {ROLE_OFFICE_STAFF}});
    fast = new FieldWorld(people);
    fast->Hasten("protocols");
  }
  static void TearDownTestSuite() { delete std::exchange(fast, nullptr); }

  // The protocol takes effect on a day that the fast calendar reaches within seconds.
  CreateProtocolRequest From(int days, CreateProtocolRequest draft) {
    draft.mutable_protocol()->set_effective_from(Days(days));
    return draft;
  }
  // A party reads it, because nobody else reads what has ended.
  ProtocolState StateOf(const Protocol& protocol) { return SeenProtocol(kChief, protocol.name()).state(); }
  bool Becomes(const Protocol& protocol, ProtocolState state) {
    return Eventually([&] { return StateOf(protocol) == state; }, absl::Minutes(1));
  }
  // This gives a protocol of York's society with Durham's police, which is in force. It is made once.
  const Protocol& WithDurham() {
    if (!with_durham) with_durham = Signed(kDirector, kOtherChief, Draft("cas-york", "ps-durham"));
    return *with_durham;
  }
  CreateReferralRequest ToDurham() {
    CreateReferralRequest letter = Letter(WithDurham());
    letter.mutable_referral()->set_to_agency("ps-durham");
    return letter;
  }
  CountReferralsResponse Counted() {
    return Must<CountReferralsResponse>(kStaff, "protocols.v1.ReferralService/CountReferrals",
                                        CountReferralsRequest());
  }
  static std::map<std::string, std::string> Cells(const CountReferralsResponse& counts,
                                                  const std::string& dimension) {
    std::map<std::string, std::string> cells;
    for (const auto& cell : counts.counts()) {
      if (cell.label().starts_with(dimension))
        cells[cell.label()] = cell.suppressed() ? "-" : absl::StrCat(cell.count());
    }
    return cells;
  }

  static FieldWorld* fast;
  static std::optional<Protocol> with_durham;
};
FieldWorld* FieldCalendar::fast = nullptr;
std::optional<Protocol> FieldCalendar::with_durham;

TEST_F(FieldCalendar, OfTwoOfAPairOneEntersAndNothingIsDoneByHalves) {
  const Protocol one = Signed(kDirector, kChief, From(20, Draft()));
  const Protocol other = Signed(kDirector, kChief, From(20, Draft()));
  // This is an addendum whose successor adds to a base that never comes into force.
  CreateProtocolRequest base_draft = Draft();
  base_draft.mutable_protocol()->set_kind(PROTOCOL_KIND_BASE_CHILD_ABUSE);
  const Protocol base = Signed(kDirector, kChief, base_draft);
  CreateProtocolRequest draft = Draft();
  draft.mutable_protocol()->set_kind(PROTOCOL_KIND_HT_ADDENDUM);
  draft.mutable_protocol()->set_parent_protocol(base.name());
  Protocol old = Signed(kDirector, kChief, draft);
  ASSERT_EQ(old.state(), PROTOCOL_STATE_IN_FORCE);
  ASSERT_EQ(Review(kChief, &old), "");
  base_draft.mutable_protocol()->add_territory("york-region");
  const Protocol never = Offered(kDirector, base_draft);
  draft.mutable_protocol()->set_parent_protocol(never.name());
  draft.mutable_protocol()->set_supersedes(old.name());
  const Protocol successor = Signed(kDirector, kChief, From(20, draft));
  // This protocol is of another pair and of a later day. Once it is in force, the service has looked at all
  // of these.
  const Protocol witness = Signed(kOtherDirector, kOtherChief, From(30, Draft("cas-durham", "ps-durham")));
  ASSERT_TRUE(Becomes(witness, PROTOCOL_STATE_IN_FORCE));

  const int entered =
      (StateOf(one) == PROTOCOL_STATE_IN_FORCE ? 1 : 0) + (StateOf(other) == PROTOCOL_STATE_IN_FORCE ? 1 : 0);
  ASSERT_EQ(entered, 1);
  const bool first = StateOf(one) == PROTOCOL_STATE_IN_FORCE;
  const Protocol& in_force = first ? one : other;
  const Protocol& waits = first ? other : one;
  EXPECT_EQ(SeenProtocol(kChief, waits.name()).ShortDebugString(), waits.ShortDebugString())
      << "nothing was written";
  EXPECT_EQ(RuleOf(Send(kWorker, Letter(waits)).status()), "PROTOCOL_NOT_IN_FORCE");
  EXPECT_OK(Send(kWorker, Letter(in_force)));
  // A person cannot bring it into force either.
  Protocol pushed = waits;
  EXPECT_EQ(MoveProtocol<ActivateProtocolRequest>(kDirector, "ActivateProtocol", &pushed),
            "NOT_YET_EFFECTIVE");
  EXPECT_EQ(StateOf(waits), PROTOCOL_STATE_PARTIALLY_SIGNED);

  EXPECT_EQ(StateOf(old), PROTOCOL_STATE_UNDER_REVIEW);
  EXPECT_EQ(StateOf(successor), PROTOCOL_STATE_PARTIALLY_SIGNED);
  EXPECT_OK(Send(kWorker, Letter(old))) << "what was not replaced goes on";
}

TEST_F(FieldCalendar, AnAddendumEndsOnTheDayOnWhichItsBaseExpires) {
  CreateProtocolRequest base_draft = Draft("cas-durham", "ps-york"), draft = base_draft;
  base_draft.mutable_protocol()->set_kind(PROTOCOL_KIND_BASE_CHILD_ABUSE);
  draft.mutable_protocol()->set_kind(PROTOCOL_KIND_HT_ADDENDUM);
  Protocol base, addendum;
  // It is unknown how far the calendar has come by now, so the test tries until the day is one that is still
  // to come.
  std::string refused = "PARENT_NOT_IN_FORCE";
  for (int days = 60; refused == "PARENT_NOT_IN_FORCE" && days < 2000; days *= 2) {
    base_draft.mutable_protocol()->set_effective_to(Days(days));
    base = Signed(kOtherDirector, kChief, base_draft);
    draft.mutable_protocol()->set_parent_protocol(base.name());
    addendum = Offered(kOtherDirector, draft);
    refused = Sign(kOtherDirector, kChief, &addendum);
  }
  ASSERT_EQ(refused, "");
  ASSERT_TRUE(Becomes(base, PROTOCOL_STATE_EXPIRED));
  EXPECT_EQ(StateOf(addendum), PROTOCOL_STATE_TERMINATED);
  CreateReferralRequest report = Report(addendum);
  report.mutable_referral()->set_to_agency("cas-durham");
  EXPECT_EQ(RuleOf(Send(kMember, report).status()), "PROTOCOL_NOT_IN_FORCE");
}

TEST_F(FieldCalendar, WhatTimeDoesToAReferralIsToldToItsOwnerByTheLog) {
  const auto referral = Send(kWorker, ToDurham());
  ASSERT_OK(referral);
  audit::v1::ListEntriesRequest list;
  list.set_resource(referral->name());
  list.set_page_size(100);
  std::vector<audit::v1::AuditRecord> told;
  // Nobody acknowledges the referral, so it is escalated.
  ASSERT_TRUE(Eventually(
      [&] {
        const auto page =
            Call<audit::v1::ListEntriesResponse>(kSocietyOfficer, "audit.v1.AuditService/ListEntries", list);
        if (!page.ok()) return false;
        told.clear();
        for (const auto& entry : page->entries()) {
          if (entry.record().phase() == audit::v1::PHASE_PLATFORM) told.push_back(entry.record());
        }
        return !told.empty();
      },
      absl::Minutes(1)));
  EXPECT_EQ(told[0].service(), "protocols");
  EXPECT_EQ(told[0].agency() + told[0].actor(), "");
  EXPECT_FALSE(told[0].unproven());
}

TEST_F(FieldCalendar, TheOfficeCountsAtTheEndOfAPeriodAndASmallCellFollowsFromNoTotal) {
  CreateReferralRequest letter = ToDurham(), report = Report(WithDurham());
  report.set_parent("agencies/ps-durham");
  ASSERT_OK(Send(kOtherMember, report));
  for (const auto& [kind, count] : {std::pair{REFERRAL_KIND_CONSULTATION, 1},
                                    {REFERRAL_KIND_MISSING_YOUTH, 1},
                                    {REFERRAL_KIND_JOINT_INVESTIGATION, 20}}) {
    letter.mutable_referral()->set_kind(kind);
    for (int i = 0; i < count; ++i) ASSERT_OK(Send(kWorker, letter));
  }
  // Three referrals of one kind would follow from the total, which the states give. So no kind is shown.
  const CountReferralsResponse period = Counted();
  CountReferralsResponse counts;
  ASSERT_TRUE(Eventually(
      [&] {
        counts = Counted();
        return counts.as_of().seconds() != period.as_of().seconds();
      },
      absl::Minutes(1)));
  auto kinds = Cells(counts, "kind/");
  for (const char* kind : {"duty_to_report", "consultation", "missing_youth", "joint_investigation"}) {
    EXPECT_EQ(kinds[absl::StrCat("kind/", kind)], "-") << kind;
  }
  EXPECT_NE(Cells(counts, "state/")["state/submitted"], "-");
  // Before and after one step of one person two answers are the same, unless a period ended meanwhile.
  CountReferralsResponse before, after;
  for (int attempt = 0; attempt < 10; ++attempt) {
    before = Counted();
    ASSERT_OK(Send(kWorker, letter));
    after = Counted();
    if (before.as_of().seconds() == after.as_of().seconds()) break;
  }
  EXPECT_EQ(before.ShortDebugString(), after.ShortDebugString());
}

}  // namespace
}  // namespace accord::e2e
