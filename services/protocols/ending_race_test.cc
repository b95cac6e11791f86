// In these tests a protocol ends while somebody sends a referral under it, signs an addendum to it, or works
// on what was sent under it. They run on both databases, with people and the calendar at work at once.
#include <atomic>
#include <mutex>
#include <thread>

#include "common/testing/eventually.h"
#include "common/testing/lockstep.h"
#include "common/testing/postgres.h"
#include "services/protocols/agreements/operative_protocol.h"
#include "services/protocols/testing/fixture.h"

namespace accord::protocols {
namespace {

// The successor begins on this day.
constexpr char kDay[] = "2026-12-01";
constexpr int kSenders = 3, kMore = 3;

class EndingRace : public ProtocolsFixture {
 protected:
  explicit EndingRace(const std::string& dsn) : ProtocolsFixture(dsn) {}

  v1::Protocol Sign(const Caller& caller, const v1::Protocol& protocol) {
    const auto signed_now = MoveProtocol<v1::SignProtocolRequest>(caller, protocol);
    EXPECT_OK(signed_now);
    return signed_now.value_or(v1::Protocol());
  }
  v1::Protocol InForceOf(v1::ProtocolKind kind) {
    v1::CreateProtocolRequest draft = Draft();
    draft.mutable_protocol()->set_kind(kind);
    return Sign(chief_, Sign(director_, Offered(draft)));
  }
  // All sign the successor, which is in force from kDay on: the calendar then ends `old`.
  v1::Protocol SuccessorOf(const v1::Protocol& old) {
    v1::ReviewProtocolRequest review;
    review.set_name(old.name());
    review.set_etag(old.etag());
    review.set_kind(v1::REVIEW_KIND_PARTY_REQUEST);
    review.set_reason("time");
    const auto reviewed = Call<v1::Protocol>(chief_, review);
    EXPECT_OK(reviewed);
    v1::CreateProtocolRequest draft = Draft();
    draft.mutable_protocol()->set_kind(old.kind());
    draft.mutable_protocol()->set_supersedes(old.name());
    draft.mutable_protocol()->set_effective_from(kDay);
    return Sign(chief_, Sign(director_, Offered(draft)));
  }
  // The addendum lacks only the chief's signature.
  v1::Protocol AddendumTo(const v1::Protocol& base) {
    v1::CreateProtocolRequest draft = Draft();
    draft.mutable_protocol()->set_kind(v1::PROTOCOL_KIND_HT_ADDENDUM);
    draft.mutable_protocol()->set_parent_protocol(base.name());
    return Sign(director_, Offered(draft));
  }
  void ToTheDay() { in_process_.clock().Set(EndOfDay(*ParseDay(kDay)) - absl::Hours(12)); }
  absl::StatusOr<v1::Referral> Send(const v1::Protocol& protocol) {
    return Call<v1::Referral>(worker_, Letter(protocol));
  }
  template <class Req>
  absl::StatusOr<v1::Referral> Work(const Caller& caller, const v1::Referral& referral, Req request = {}) {
    request.set_name(referral.name());
    request.set_etag(referral.etag());
    if constexpr (requires { request.set_reason(""); }) request.set_reason("reason");
    return Call<v1::Referral>(caller, request);
  }
  bool HasEnded(const v1::Protocol& protocol) { return !Operative(Read(protocol.name(), director_)); }

  // Many people send while the calendar ends the protocol: what they begin to send after the end was told is
  // refused, and what was sent is there.
  void SendersAndTheCalendar() {
    const v1::Protocol old = InForceOf(v1::PROTOCOL_KIND_HT_STANDALONE);
    SuccessorOf(old);
    std::atomic<bool> ended{false}, stop{false};
    std::atomic<int> sent{0}, after{0};
    std::mutex mutex;
    std::vector<v1::Referral> referrals;
    std::vector<std::thread> senders;
    for (int i = 0; i < kSenders; ++i) {
      senders.emplace_back([&] {
        while (!stop) {
          const bool late = ended;
          const auto result = Send(old);
          EXPECT_FALSE(late && result.ok());
          after += late ? 1 : 0;
          if (!result.ok()) {
            // The day came while the call was under way.
            if (RuleOf(result.status()) == "CLOCKS_DIFFER") continue;
            EXPECT_THAT(result, RefusedBy(rules::kProtocolNotInForce)) << result.status();
            continue;
          }
          ++sent;
          std::lock_guard lock(mutex);
          referrals.push_back(*result);
        }
      });
    }
    EXPECT_TRUE(testing::Eventually([&] { return sent >= kMore; }));
    ToTheDay();
    EXPECT_TRUE(testing::Eventually([&] {
      SweepAll();
      return HasEnded(old);
    }));
    ended = true;
    EXPECT_TRUE(testing::Eventually([&] { return after >= kSenders * kMore; }));
    stop = true;
    for (auto& sender : senders) sender.join();
    EXPECT_EQ(Read(old.name(), director_).state(), v1::PROTOCOL_STATE_SUPERSEDED);
    for (const v1::Referral& referral : referrals) {
      const v1::Referral stored = ReadReferral(referral.name(), member_);
      EXPECT_EQ(stored.protocol(), old.name());
      EXPECT_EQ(stored.protocol_version(), old.version());
    }
  }

  // An addendum is signed while its base ends: it is in force with the base, or not at all.
  void AddendumAndTheCalendar() {
    const v1::Protocol base = InForceOf(v1::PROTOCOL_KIND_BASE_CHILD_ABUSE);
    SuccessorOf(base);
    const v1::Protocol addendum = AddendumTo(base);
    ToTheDay();
    std::thread calendar([&] { SweepAll(); });
    const auto result = MoveProtocol<v1::SignProtocolRequest>(chief_, addendum);
    calendar.join();
    ExpectEndedTogether(base, addendum, result.status());
  }
  void ExpectEndedTogether(const v1::Protocol& base, const v1::Protocol& addendum,
                           const absl::Status& signed_now) {
    EXPECT_TRUE(testing::Eventually([&] {
      SweepAll();
      return HasEnded(base);
    }));
    EXPECT_FALSE(Operative(Read(addendum.name(), director_)));
    EXPECT_TRUE(signed_now.ok() || RuleOf(signed_now) == "PARENT_NOT_IN_FORCE") << signed_now;
    EXPECT_THAT(Send(addendum), RefusedBy(rules::kProtocolNotInForce));
  }

  // A referral that was sent before the end stays bound to the protocol, and is worked on.
  void WorkGoesOn() {
    const v1::Protocol old = InForceOf(v1::PROTOCOL_KIND_HT_STANDALONE);
    SuccessorOf(old);
    auto referral = Send(old);
    ASSERT_OK(referral);
    ToTheDay();
    SweepAll();
    ASSERT_TRUE(HasEnded(old));
    *referral = ReadReferral(referral->name(), member_);
    referral = Work<v1::AcknowledgeReferralRequest>(member_, *referral);
    ASSERT_OK(referral);
    v1::ScreenReferralRequest screen;
    screen.set_outcome(v1::REFERRAL_STATE_JOINT);
    referral = Work(police_supervisor_, *referral, screen);
    ASSERT_OK(referral);
    v1::CreateJointInvestigationRequest joint;
    joint.set_parent("agencies/cas-york");
    joint.mutable_joint_investigation()->set_referral(referral->name());
    const auto opened = Call<v1::JointInvestigation>(society_supervisor_, joint);
    EXPECT_OK(opened);
    EXPECT_EQ(referral->protocol(), old.name());
    EXPECT_EQ(referral->protocol_version(), old.version());
    EXPECT_THAT(Send(old), RefusedBy(rules::kProtocolNotInForce));
  }
};

class EndingOnSqlite : public EndingRace {
 protected:
  EndingOnSqlite() : EndingRace("") {}
};
TEST_F(EndingOnSqlite, NoReferralBeginsUnderWhatTheCalendarHasEnded) { SendersAndTheCalendar(); }
TEST_F(EndingOnSqlite, AnAddendumThatIsSignedMeanwhileEndsWithItsBase) { AddendumAndTheCalendar(); }
TEST_F(EndingOnSqlite, WhatWasSentBeforeIsWorkedOn) { WorkGoesOn(); }

class EndingOnPostgres : public EndingRace {
 protected:
  EndingOnPostgres() : EndingRace(testing::PostgresCluster::Shared().NewDatabase()) {}
};
TEST_F(EndingOnPostgres, NoReferralBeginsUnderWhatTheCalendarHasEnded) { SendersAndTheCalendar(); }
TEST_F(EndingOnPostgres, AnAddendumThatIsSignedMeanwhileEndsWithItsBase) { AddendumAndTheCalendar(); }
TEST_F(EndingOnPostgres, WhatWasSentBeforeIsWorkedOn) { WorkGoesOn(); }

// In these tests both sides have read before either writes.
class EndingInLockstep : public EndingRace {
 protected:
  EndingInLockstep() : EndingInLockstep(testing::PostgresCluster::Shared().NewDatabase()) {}
  explicit EndingInLockstep(const std::string& dsn) : EndingRace(dsn), lockstep_(dsn) {}
  absl::Status Sweeps() { return services_.sweeper().Sweep().status(); }

  testing::Lockstep lockstep_;
};

TEST_F(EndingInLockstep, AReferralIsSentBeforeTheEndOrRefused) {
  const v1::Protocol old = InForceOf(v1::PROTOCOL_KIND_HT_STANDALONE);
  SuccessorOf(old);
  ToTheDay();
  const auto results = lockstep_.Run({[&] { return Sweeps(); }, [&] { return Send(old).status(); }});
  EXPECT_TRUE(results[1].ok() || RuleOf(results[1]) == "PROTOCOL_NOT_IN_FORCE") << results[1];
  SweepAll();
  EXPECT_TRUE(HasEnded(old));
  const auto all = Call<v1::ListReferralsResponse>(member_, v1::ListReferralsRequest());
  ASSERT_OK(all);
  EXPECT_EQ(all->referrals_size(), results[1].ok() ? 1 : 0);
  EXPECT_THAT(Send(old), RefusedBy(rules::kProtocolNotInForce));
}

// Neither reads what the other writes, so both would succeed and leave an addendum without its base.
TEST_F(EndingInLockstep, AnAddendumIsInForceWithItsBaseOrNotAtAll) {
  const v1::Protocol base = InForceOf(v1::PROTOCOL_KIND_BASE_CHILD_ABUSE);
  SuccessorOf(base);
  const v1::Protocol addendum = AddendumTo(base);
  ToTheDay();
  const auto results =
      lockstep_.Run({[&] { return Sweeps(); },
                     [&] { return MoveProtocol<v1::SignProtocolRequest>(chief_, addendum).status(); }});
  ExpectEndedTogether(base, addendum, results[1]);
}

TEST_F(EndingInLockstep, WhatIsAcceptedMeanwhileIsAccepted) {
  const v1::Protocol old = InForceOf(v1::PROTOCOL_KIND_HT_STANDALONE);
  SuccessorOf(old);
  const auto sent = Send(old);
  ASSERT_OK(sent);
  v1::Referral referral = *sent;
  // The clocks of the referral have run out by then, which another pass than this one looks at.
  referral = Must(Work<v1::AcknowledgeReferralRequest>(member_, referral));
  ToTheDay();
  v1::ScreenReferralRequest screen;
  screen.set_outcome(v1::REFERRAL_STATE_CONSULT_ONLY);
  const auto results = lockstep_.Run(
      {[&] { return Sweeps(); }, [&] { return Work(police_supervisor_, referral, screen).status(); }});
  SweepAll();
  EXPECT_TRUE(HasEnded(old));
  const v1::Referral after = ReadReferral(referral.name(), member_);
  EXPECT_EQ(after.protocol(), old.name());
  // Otherwise the calendar was first with an escalation, and the supervisor reads the referral again.
  EXPECT_EQ(after.state(),
            results[1].ok() ? v1::REFERRAL_STATE_CONSULT_ONLY : v1::REFERRAL_STATE_ACKNOWLEDGED);
  EXPECT_TRUE(results[1].ok() || RuleOf(results[1]) == "ETAG_MISMATCH") << results[1];
}

}  // namespace
}  // namespace accord::protocols
