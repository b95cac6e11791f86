#include "services/training/observations/observation_relay.h"

#include <map>

#include "common/access/names.h"
#include "common/storage/records/schedule.h"
#include "services/training/observations/observation_service.h"
#include "services/training/record_names.h"
#include "services/training/testing/fixture.h"

namespace accord::training {
namespace {

class Relay : public TrainingFixture {
 protected:
  Relay() {
    const storage::Write write{"min-mol", "registrar", "request", in_process_.clock().Now()};
    v1::IndicatorList list;
    list.set_name("agencies/min-mol/indicatorLists/farm");
    list.set_version("3");
    EXPECT_OK(in_process_.database().Transact([&](storage::Transaction& tx) {
      storage::Resources lists("indicator_list", &in_process_.page_tokens());
      return lists.Insert(tx, &list, write, {"min-mol", "", {"*"}, {}});
    }));
  }

  std::string Observe(const std::string& id) {
    v1::Observation observation;
    observation.set_name("agencies/min-mol/observations/" + id);
    observation.set_indicator_list("agencies/min-mol/indicatorLists/farm");
    observation.set_to_agency("ps-york");
    observation.set_state(v1::OBSERVATION_STATE_QUEUED);
    const absl::Time now = in_process_.clock().Now();
    EXPECT_OK(in_process_.database().Transact([&](storage::Transaction& tx) -> absl::Status {
      ACCORD_RETURN_IF_ERROR(observations_.Insert(tx, &observation, {"min-mol", "inspector", "r", now},
                                                  ObservationPlacement(observation)));
      return storage::Schedule(tx, kObservationKind, observation.name(), now);
    }));
    return observation.name();
  }
  v1::ObservationState StateOf(const std::string& name) {
    v1::Observation observation;
    EXPECT_OK(in_process_.database().Read(
        [&](storage::Transaction& tx) { return observations_.GetAny(tx, name, &observation); }));
    return observation.state();
  }
  void Pass() { EXPECT_OK(relay_.Pass()); }
  void After(absl::Duration time) { in_process_.clock().Set(in_process_.clock().Now() + time); }

  // This plays the receiver, which stores each referral once, however often it is sent.
  InspectorReferralClient::Result Create(const protocols::v1::CreateInspectorReferralRequest& request) {
    ++sent_;
    if (request.request_id().starts_with("bad")) return absl::UnavailableError("away");
    if (request.request_id().starts_with("none") && !found_) return NotFound();
    if (request.request_id().starts_with("unknown") && !found_) {
      return Refuse(rules::kAgencyUnknown, "Names no agency of the register.");
    }
    protocols::v1::InspectorReferral& referral = kept_[request.request_id()];
    referral.set_name("agencies/sv-relay/inspectorReferrals/" + request.request_id());
    return referral;
  }
  InspectorReferralClient::Result Get(const protocols::v1::GetInspectorReferralRequest& request) {
    ++asked_;
    const auto found = kept_.find(IdOf(request.name()));
    return found == kept_.end() ? InspectorReferralClient::Result(NotFound()) : found->second;
  }

  storage::Resources observations_{"observation", &in_process_.page_tokens()};
  std::map<std::string, protocols::v1::InspectorReferral> kept_;
  int sent_ = 0, asked_ = 0;
  bool found_ = false;
  ObservationRelay relay_{
      &in_process_.database(), &in_process_.page_tokens(), &in_process_.clock(),
      InspectorReferralClient{"sv-relay", [this](const auto& request) { return Create(request); },
                              [this](const auto& request) { return Get(request); }}};
};

TEST_F(Relay, OneThatCannotBeSentHoldsUpNoOther) {
  const std::string bad = Observe("bad"), good = Observe("good");
  Pass();
  EXPECT_EQ(StateOf(bad), v1::OBSERVATION_STATE_QUEUED);
  EXPECT_EQ(StateOf(good), v1::OBSERVATION_STATE_REFERRED);
  Pass();
  EXPECT_EQ(sent_, 2) << "not again at once";
  After(absl::Minutes(1));
  Pass();
  EXPECT_EQ(sent_, 3);
}

TEST_F(Relay, WhatAnOlderCopyOfTheReceiverForgotIsSentAgain) {
  const std::string name = Observe("one");
  Pass();
  kept_.clear();
  After(absl::Minutes(1));
  Pass();
  EXPECT_EQ(StateOf(name), v1::OBSERVATION_STATE_REFERRED);
  EXPECT_EQ(kept_.size(), 1u);
  kept_.begin()->second.mutable_acknowledged_at()->set_seconds(1);
  After(absl::Minutes(1));
  Pass();
  EXPECT_EQ(StateOf(name), v1::OBSERVATION_STATE_ACKNOWLEDGED);
}

TEST_F(Relay, WhatIsLongForgottenIsSentAgainAndNeverRefused) {
  const std::string name = Observe("one");
  Pass();
  kept_.clear();
  After(absl::Hours(24 * 100));
  Pass();
  EXPECT_EQ(StateOf(name), v1::OBSERVATION_STATE_REFERRED);
  EXPECT_EQ(kept_.size(), 1u);
}

TEST_F(Relay, WhatTheDeskDoesNotFindYetIsSentAgain) {
  const std::string name = Observe("none-yet");
  Pass();
  EXPECT_EQ(StateOf(name), v1::OBSERVATION_STATE_QUEUED);
  found_ = true;
  After(absl::Minutes(1));
  Pass();
  EXPECT_EQ(StateOf(name), v1::OBSERVATION_STATE_REFERRED);
}

TEST_F(Relay, WhatARestoredRegisterDoesNotKnowYetIsSentAgainAndNeverRefused) {
  const std::string name = Observe("unknown-yet");
  for (int minute = 0; minute < 24 * 60; ++minute) {
    Pass();
    After(absl::Minutes(1));
  }
  EXPECT_EQ(StateOf(name), v1::OBSERVATION_STATE_QUEUED);
  EXPECT_LT(sent_, 100) << "more and more seldom";
  found_ = true;
  After(absl::Hours(1));
  Pass();
  EXPECT_EQ(StateOf(name), v1::OBSERVATION_STATE_REFERRED);
}

TEST_F(Relay, AsksMoreAndMoreSeldom) {
  Observe("one");
  for (int second = 0; second < 3600; ++second) {
    Pass();
    After(absl::Seconds(1));
  }
  EXPECT_LT(asked_, 80) << "an hour's questions";
  EXPECT_GT(asked_, 20);
}

TEST_F(Relay, OneReplicaSendsAtATime) {
  Observe("one");
  ObservationRelay other(&in_process_.database(), &in_process_.page_tokens(), &in_process_.clock(),
                         InspectorReferralClient{"sv-relay", [](const auto&) { return NotFound(); },
                                                 [](const auto&) { return NotFound(); }});
  Pass();
  EXPECT_EQ(*other.Pass(), 0);
}

}  // namespace
}  // namespace accord::training
