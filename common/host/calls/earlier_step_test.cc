#include "common/host/calls/earlier_step.h"

#include <gmock/gmock.h>

#include "accord/protocols/v1/resources.pb.h"
#include "common/base/error.h"

namespace accord::host {
namespace {

using namespace protocols::v1;

class AnEarlierStep : public ::testing::Test {
 protected:
  AnEarlierStep()
      : steps_(ReferralState_descriptor(),
               {{REFERRAL_STATE_SUBMITTED, "acknowledge", REFERRAL_STATE_ACKNOWLEDGED},
                {REFERRAL_STATE_ACKNOWLEDGED, "screen", REFERRAL_STATE_JOINT}}) {
    caller_.agency = "cas-york";
  }

  std::string Refused(const std::string& event, const std::vector<StateVersion>& versions) {
    const absl::Status refused = steps_.Next(versions.front().state, event).status();
    const absl::Status explained = ExplainRefusedStep(refused, steps_, event, caller_, versions);
    EXPECT_EQ(RuleOf(explained), "STATE_NOT_PERMITTED");
    return std::string(explained.message());
  }

  const Lifecycle steps_;
  Caller caller_;
  // It is ten past three at night in Ontario.
  const absl::Time at_ = absl::FromUnixSeconds(1795939800);
  const StateVersion sent_ = {REFERRAL_STATE_SUBMITTED, at_ - absl::Hours(1), "ps-york", "jo"};
  const StateVersion seen_ = {REFERRAL_STATE_ACKNOWLEDGED, at_, "cas-york", "ana"};
};

TEST_F(AnEarlierStep, IsToldWithThePersonToTheOwnAgencyAndWithTheAgencyToOthers) {
  EXPECT_EQ(Refused("acknowledge", {seen_, sent_}),
            "Not possible in the state acknowledged. It was done by ana of your agency on 2026-11-29 at "
            "03:10:00 EST.");
  caller_.agency = "ps-york";
  EXPECT_EQ(Refused("acknowledge", {seen_, sent_}),
            "Not possible in the state acknowledged. It was done by cas-york on 2026-11-29 at 03:10:00 EST.");
}

TEST_F(AnEarlierStep, IsFoundBelowLaterVersions) {
  StateVersion assigned = seen_;
  assigned.at += absl::Hours(1);
  assigned.actor = "bo";
  StateVersion screened = assigned;
  screened.state = REFERRAL_STATE_JOINT;
  EXPECT_THAT(
      Refused("acknowledge", {screened, assigned, seen_, sent_}),
      ::testing::HasSubstr("state joint. It was done by ana of your agency on 2026-11-29 at 03:10:00"));
}

TEST_F(AnEarlierStep, OfAnotherKindIsToldAsWhatLedHere) {
  StateVersion screened = {REFERRAL_STATE_JOINT, at_, "platform", "calendar"};
  EXPECT_EQ(Refused("close", {screened, seen_, sent_}),
            "Not possible in the state joint. The record was brought to this state by the service itself on "
            "2026-11-29 at 03:10:00 EST.");
  EXPECT_EQ(Refused("screen", {sent_}), "Not possible in the state submitted.");
}

TEST_F(AnEarlierStep, IsNotToldInARefusalByAnotherRule) {
  const absl::Status other = Refuse(rules::kNotTheReceiver, "The receiver does so.");
  EXPECT_EQ(ExplainRefusedStep(other, steps_, "acknowledge", caller_, {seen_, sent_}).message(),
            "The receiver does so.");
}

}  // namespace
}  // namespace accord::host
