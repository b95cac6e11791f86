// These tests show that mistakes in a referral are corrected, undone and reopened, each in sight of the
// other side.
#include "common/testing/walk.h"
#include "services/protocols/lifecycles.h"
#include "services/protocols/testing/fixture.h"

namespace accord::protocols {
namespace {

class ReferralAmendments : public ProtocolsFixture {
 protected:
  template <class Req>
  absl::StatusOr<v1::Referral> Do(const Caller& caller, const v1::Referral& referral, Req request = Req()) {
    request.set_name(referral.name());
    request.set_etag(referral.etag());
    if constexpr (requires { request.set_reason(""); }) request.set_reason("reason");
    return Call<v1::Referral>(caller, request);
  }
  absl::StatusOr<v1::Referral> Correct(const Caller& caller, const v1::Referral& changed,
                                       const std::string& field, const std::string& reason = "misread") {
    v1::CorrectReferralRequest request;
    *request.mutable_referral() = changed;
    request.mutable_update_mask()->add_paths(field);
    request.set_reason(reason);
    return Call<v1::Referral>(caller, request);
  }
  absl::StatusOr<v1::Referral> Screen(const Caller& caller, const v1::Referral& referral,
                                      v1::ReferralState to) {
    v1::ScreenReferralRequest request;
    request.set_outcome(to);
    return Do(caller, referral, request);
  }
  absl::StatusOr<v1::Referral> Undo(const Caller& caller, const v1::Referral& referral) {
    return Do<v1::UndoReferralStepRequest>(caller, referral);
  }
  v1::Referral Sent() { return Must(Call<v1::Referral>(worker_, Letter(protocol_))); }
  // This sends a referral to the society, which screens it so that the society leads.
  v1::Referral Led(v1::AgeBand band) {
    v1::Referral r = Must(Call<v1::Referral>(member_, Report(protocol_, band, "2026-11-20")));
    r = Must(Do<v1::AcknowledgeReferralRequest>(worker_, r));
    return Must(Screen(society_supervisor_, r, v1::REFERRAL_STATE_CAS_LEAD));
  }
  int Told(const v1::Referral& referral, v1::ReferralClock clock, int level) {
    int told = 0;
    const v1::Referral now = ReadReferral(referral.name(), worker_);
    for (const auto& each : now.escalations()) told += each.clock() == clock && each.level() == level;
    return told;
  }
  // This stores a referral as if a police service had sent it to a society and it had come to this state.
  v1::Referral Stored(int state, bool eligible) {
    v1::Referral referral = Report(protocol_, v1::AGE_BAND_16_17, "2017-03-01").referral();
    referral.set_name(absl::StrCat("agencies/ps-york/referrals/stored-", ++stored_));
    referral.set_kind(v1::REFERRAL_KIND_JOINT_INVESTIGATION);
    referral.set_existing_order(eligible);
    referral.set_state(static_cast<v1::ReferralState>(state));
    storage::Placement placement;
    EXPECT_OK(in_process_.database().Read([&](storage::Transaction& tx) -> absl::StatusOr<int> {
      placement = PlacementOf(tx, referral);
      return 0;
    }));
    testing::Store(&in_process_, "referral", &referral, placement);
    return referral;
  }
  absl::StatusOr<v1::Referral> Fire(const Transition& step, const v1::Referral& referral) {
    if (step.event == "acknowledge") return Do<v1::AcknowledgeReferralRequest>(worker_, referral);
    if (step.event == "work") return Do<v1::RecordReferralResponseRequest>(worker_, referral);
    if (step.event == "revoke") return Do<v1::RevokeReferralRequest>(member_, referral);
    if (step.event == "reject") return Do<v1::RejectReferralRequest>(society_supervisor_, referral);
    if (step.event == "reopen") return Do<v1::ReopenReferralRequest>(society_supervisor_, referral);
    if (step.event == "redirect") {
      const auto sent_on = Redirect(society_supervisor_, referral, "cas-durham");
      if (!sent_on.ok()) return sent_on.status();
      return sent_on->referral();
    }
    if (step.event == "correct") {
      v1::Referral changed = referral;
      changed.set_youth_wishes("to go home");
      return Correct(member_, changed, "youth_wishes", "");
    }
    if (step.event == "close") {
      v1::CloseReferralRequest close;
      close.add_supports_offered("a worker");
      if (step.from == v1::REFERRAL_STATE_JOINT || step.from == v1::REFERRAL_STATE_CAS_LEAD ||
          step.from == v1::REFERRAL_STATE_POLICE_LEAD) {
        close.set_investigation_outcome(v1::INVESTIGATION_OUTCOME_SUSPECTED);
      }
      return Do(society_supervisor_, referral, close);
    }
    return Screen(society_supervisor_, referral, static_cast<v1::ReferralState>(step.to));
  }

  const v1::Protocol protocol_ = InForce();
  int stored_ = 0;
};

TEST_F(ReferralAmendments, AWrongUrgencyIsCorrectedForAReasonAndItsClocksRunFromTheSubmission) {
  const v1::Referral sent = Sent();
  v1::Referral changed = sent;
  changed.set_urgency(v1::URGENCY_H48);
  EXPECT_THAT(Correct(worker_, changed, "urgency", ""), RefusedBy(rules::kReasonRequired));
  EXPECT_THAT(Correct(member_, changed, "urgency"), RefusedBy(rules::kNotTheSender));
  in_process_.clock().Advance(absl::Minutes(30));
  const v1::Referral r = Must(Correct(worker_, changed, "urgency"));
  const absl::Time submitted = FromProto(sent.create_time());
  EXPECT_EQ(FromProto(r.acknowledge_due()), submitted + absl::Hours(4));
  EXPECT_EQ(FromProto(r.response_due()), submitted + absl::Hours(48));
  EXPECT_EQ(FromProto(r.completion_due()), FromProto(sent.completion_due()));
  ASSERT_EQ(r.amendments_size(), 1);
  const v1::ReferralAmendment& amendment = r.amendments(0);
  EXPECT_EQ(amendment.kind(), v1::AMENDMENT_KIND_CORRECTION);
  EXPECT_THAT(amendment.fields(), ::testing::ElementsAre("urgency"));
  EXPECT_EQ(amendment.reason(), "misread");
  EXPECT_EQ(amendment.agency(), "cas-york");
  EXPECT_EQ(amendment.actor(), worker_.actor);
  ASSERT_EQ(amendment.clocks_before_size(), 2);
  EXPECT_EQ(amendment.clocks_before(0).clock(), v1::REFERRAL_CLOCK_ACKNOWLEDGE);
  EXPECT_EQ(FromProto(amendment.clocks_before(0).due()), submitted + absl::Hours(2));
  EXPECT_EQ(amendment.clocks_before(1).clock(), v1::REFERRAL_CLOCK_RESPONSE);
  // Both sides read why; the privacy officer reads that it was amended.
  EXPECT_EQ(ReadReferral(r.name(), member_).amendments(0).reason(), "misread");
  const v1::Referral masked = ReadReferral(r.name(), Officer(member_));
  ASSERT_EQ(masked.amendments_size(), 1);
  EXPECT_EQ(masked.amendments(0).reason(), "");
}

TEST_F(ReferralAmendments, AClockThatWasSetAnewIsMissedAnew) {
  const v1::Referral sent = Sent();
  in_process_.clock().Advance(absl::Hours(2) + absl::Minutes(1));
  SweepAll();
  EXPECT_EQ(Told(sent, v1::REFERRAL_CLOCK_ACKNOWLEDGE, 1), 1);
  v1::Referral changed = ReadReferral(sent.name(), worker_);
  changed.set_urgency(v1::URGENCY_H48);
  ASSERT_OK(Correct(worker_, changed, "urgency"));
  SweepAll();
  EXPECT_EQ(Told(sent, v1::REFERRAL_CLOCK_ACKNOWLEDGE, 1), 1) << "the new one has not run out";
  in_process_.clock().Advance(absl::Hours(2));
  SweepAll();
  SweepAll();
  EXPECT_EQ(Told(sent, v1::REFERRAL_CLOCK_ACKNOWLEDGE, 1), 2);
}

TEST_F(ReferralAmendments, TheLawOfTheCorrectedFactsMustAllowWhatWasDone) {
  v1::Referral changed = Led(v1::AGE_BAND_16_17);
  EXPECT_FALSE(changed.reporting_mandatory());
  changed.set_event_date("2017-03-01");
  EXPECT_THAT(Correct(member_, changed, "event_date"), RefusedBy(rules::kScreeningContradicted));
  changed.set_event_date("2027-03-01");
  EXPECT_THAT(Correct(member_, changed, "event_date"), RefusedBy(rules::kEventInFuture));
  changed.set_ground_code("no_such_ground");
  EXPECT_THAT(Correct(member_, changed, "ground_code"), RefusedBy(rules::kGroundNotInForce));
  changed.clear_ground_code();
  EXPECT_THAT(Correct(member_, changed, "ground_code"), RefusedBy(rules::kGroundRequired));
  changed.set_age_band(v1::AGE_BAND_18_PLUS);
  EXPECT_THAT(Correct(member_, changed, "age_band"), RefusedBy(rules::kScreeningContradicted));
  changed.set_age_band(v1::AGE_BAND_12_15);
  const v1::Referral younger = Must(Correct(member_, changed, "age_band"));
  EXPECT_TRUE(younger.reporting_mandatory());
  EXPECT_EQ(younger.state(), v1::REFERRAL_STATE_CAS_LEAD);
  EXPECT_EQ(younger.event_date(), "2026-11-20") << "nothing changes beside what is named";
}

TEST_F(ReferralAmendments, WhatIsDoubtfulInTheLawFollowsTheCorrectedFacts) {
  v1::Referral r = Must(Call<v1::Referral>(member_, Report(protocol_, v1::AGE_BAND_16_17, "2017-06-01")));
  ASSERT_EQ(r.law_notes_size(), 0);
  r.set_existing_order(true);
  r = Must(Correct(member_, r, "existing_order"));
  EXPECT_EQ(r.law_notes_size(), 1);
  r.set_event_date("2018-06-01");
  r = Must(Correct(member_, r, "event_date"));
  EXPECT_EQ(r.law_notes_size(), 0) << "of that day nothing is doubtful";
}

TEST_F(ReferralAmendments, AnAgeThatAMeasureRestsOnStands) {
  v1::Referral r = Led(v1::AGE_BAND_16_17);
  v1::RecordReferralPlaceOfSafetyRequest brought;
  *brought.mutable_brought_at() = ToProto(in_process_.clock().Now());
  r = Must(Do(worker_, r, brought));
  r.set_age_band(v1::AGE_BAND_12_15);
  EXPECT_THAT(Correct(member_, r, "age_band"), RefusedBy(rules::kAgeBand));
}

TEST_F(ReferralAmendments, WhoSendsItOnCorrectsNoFactOfTheFirstSender) {
  v1::Referral onward = Must(Redirect(police_supervisor_, Sent(), "ps-durham")).onward();
  onward.set_urgency(v1::URGENCY_D7);
  for (const char* field : {"age_band", "event_date", "urgency", "ground_code", "existing_order"}) {
    EXPECT_THAT(Correct(member_, onward, field), RefusedBy(rules::kMaskInvalid)) << field;
  }
}

TEST_F(ReferralAmendments, EachStepThatIsDeclaredIsUndoneAndNoOther) {
  int undone = 0, standing = 0;
  for (const Transition& step : ReferralLifecycle().Transitions()) {
    const std::string where = absl::StrCat(step.event, " from ", step.from);
    const bool excluded =
        step.from == v1::REFERRAL_STATE_NOT_ELIGIBLE_CFSA || step.to == v1::REFERRAL_STATE_NOT_ELIGIBLE_CFSA;
    const v1::Referral before = Stored(step.from, !excluded);
    const auto moved = Fire(step, before);
    ASSERT_OK(moved) << where;
    ASSERT_EQ(moved->state(), step.to) << where;
    const auto back = Undo(society_supervisor_, *moved);
    if (!step.undoable) {
      const std::string rule = Rule(back);
      EXPECT_TRUE(rule == "STATE_NOT_PERMITTED" || rule == "STEP_ACTED_ON") << where << ": " << rule;
      EXPECT_EQ(ReadReferral(before.name(), member_).etag(), moved->etag()) << where;
      ++standing;
      continue;
    }
    ASSERT_OK(back) << where;
    EXPECT_EQ(back->state(), step.from) << where;
    EXPECT_FALSE(back->has_screened_at() || back->has_ended_at()) << where;
    EXPECT_EQ(back->outcome_reason() + back->end_reason() + back->screened_by(), "") << where;
    ASSERT_EQ(back->amendments_size(), 1) << where;
    EXPECT_EQ(back->amendments(0).kind(), v1::AMENDMENT_KIND_UNDO) << where;
    EXPECT_EQ(back->amendments(0).state_before(), step.to) << where;
    EXPECT_THAT(Undo(society_supervisor_, *back), RefusedBy(rules::kStateNotPermitted)) << where;
    ++undone;
  }
  EXPECT_EQ(undone, 8);
  EXPECT_GT(standing, 20);
}

TEST_F(ReferralAmendments, AStepThatSomebodyActedOnStandsAndAClockIsNobody) {
  v1::Referral r = Must(Do<v1::AcknowledgeReferralRequest>(member_, Sent()));
  const v1::Referral screened = Must(Screen(police_supervisor_, r, v1::REFERRAL_STATE_CONSULT_ONLY));
  EXPECT_THAT(Undo(member_, screened), RefusedBy(rules::kRoleNotPermitted));
  EXPECT_THAT(Undo(society_supervisor_, screened), RefusedBy(rules::kNotTheReceiver));
  const Caller stranger = Police(annotations::v1::ROLE_POLICE_SUPERVISOR, "ps-durham");
  EXPECT_THAT(Undo(stranger, screened), RefusedBy(rules::kNotFound));
  v1::FlagReferralRequest flag;
  flag.mutable_flag()->set_text("Call the school");
  const v1::Referral flagged = Must(Do(worker_, screened, flag));
  EXPECT_THAT(Undo(police_supervisor_, flagged), RefusedBy(rules::kStepActedOn));
  r = Must(Do<v1::AcknowledgeReferralRequest>(member_, Sent()));
  r = Must(Screen(police_supervisor_, r, v1::REFERRAL_STATE_CONSULT_ONLY));
  in_process_.clock().Advance(absl::Hours(24 * 8));
  SweepAll();
  r = ReadReferral(r.name(), police_supervisor_);
  const int alarms = r.escalations_size();
  EXPECT_GT(alarms, 0);
  r = Must(Undo(police_supervisor_, r));
  EXPECT_EQ(r.state(), v1::REFERRAL_STATE_ACKNOWLEDGED);
  EXPECT_EQ(r.escalations_size(), alarms) << "what was told was told";
}

TEST_F(ReferralAmendments, AClosedOneIsOpenedAgainAndDecidedAnew) {
  v1::Referral r = Must(Do<v1::AcknowledgeReferralRequest>(member_, Sent()));
  r = Must(Screen(police_supervisor_, r, v1::REFERRAL_STATE_NO_FURTHER_ACTION));
  EXPECT_THAT(Do<v1::ReopenReferralRequest>(police_supervisor_, r), RefusedBy(rules::kStateNotPermitted));
  r = Must(Do<v1::CloseReferralRequest>(police_supervisor_, r));
  const absl::Time due = FromProto(r.completion_due());
  in_process_.clock().Advance(absl::Hours(24 * 100));
  EXPECT_THAT(Do<v1::ReopenReferralRequest>(society_supervisor_, r), RefusedBy(rules::kNotTheReceiver));
  r = Must(Do<v1::ReopenReferralRequest>(police_supervisor_, r));
  EXPECT_EQ(r.state(), v1::REFERRAL_STATE_ACKNOWLEDGED);
  EXPECT_FALSE(r.has_ended_at());
  EXPECT_EQ(FromProto(r.completion_due()), in_process_.clock().Now() + absl::Hours(24 * 45));
  ASSERT_EQ(r.amendments_size(), 1);
  EXPECT_EQ(r.amendments(0).kind(), v1::AMENDMENT_KIND_REOPENING);
  ASSERT_EQ(r.amendments(0).clocks_before_size(), 2);
  EXPECT_EQ(r.amendments(0).clocks_before(0).clock(), v1::REFERRAL_CLOCK_RESPONSE);
  EXPECT_EQ(FromProto(r.amendments(0).clocks_before(1).due()), due);
  // A corrected urgency leaves the time that began with the reopening.
  r.set_urgency(v1::URGENCY_H48);
  const v1::Referral corrected = Must(Correct(worker_, r, "urgency"));
  EXPECT_EQ(FromProto(corrected.completion_due()), FromProto(r.completion_due()));
  EXPECT_OK(Screen(police_supervisor_, corrected, v1::REFERRAL_STATE_POLICE_LEAD));
}

TEST_F(ReferralAmendments, NobodyIsAlarmedOfTheTimeForWhichOneWasClosed) {
  v1::Referral r = Must(Do<v1::AcknowledgeReferralRequest>(member_, Sent()));
  r = Must(Screen(police_supervisor_, r, v1::REFERRAL_STATE_NO_FURTHER_ACTION));
  r = Must(Do<v1::CloseReferralRequest>(police_supervisor_, r));
  in_process_.clock().Advance(absl::Hours(24 * 100));
  r = Must(Do<v1::ReopenReferralRequest>(police_supervisor_, r));
  EXPECT_EQ(FromProto(r.response_due()), in_process_.clock().Now() + absl::Hours(12));
  SweepAll();
  EXPECT_EQ(ReadReferral(r.name(), worker_).escalations_size(), 0);
  in_process_.clock().Advance(absl::Hours(25));
  SweepAll();
  EXPECT_EQ(Told(r, v1::REFERRAL_CLOCK_RESPONSE, 1), 1);
  EXPECT_EQ(Told(r, v1::REFERRAL_CLOCK_RESPONSE, 2), 1) << "twice the time since the opening";
  EXPECT_EQ(Told(r, v1::REFERRAL_CLOCK_RESPONSE, 3), 0);
}

TEST_F(ReferralAmendments, OneThatWasInvestigatedJointlyIsOpenedAgainAndClosedInAnotherWay) {
  v1::Referral r = Stored(v1::REFERRAL_STATE_CLOSED, true);
  r.set_joint_investigation("agencies/cas-york/jointInvestigations/concluded");
  r.set_outcome(v1::INVESTIGATION_OUTCOME_SUSPECTED);
  storage::Resources referrals("referral", &in_process_.page_tokens());
  EXPECT_OK(in_process_.database().Transact([&](storage::Transaction& tx) {
    const std::string etag = r.etag();
    return referrals.Update(tx, &r, etag, {"cas-york", "test", RequestId(), in_process_.clock().Now()},
                            PlacementOf(tx, r));
  }));
  r = Must(Do<v1::ReopenReferralRequest>(society_supervisor_, r));
  EXPECT_EQ(r.outcome(), v1::INVESTIGATION_OUTCOME_UNSPECIFIED);
  EXPECT_FALSE(r.joint_investigation().empty()) << "what ends with the referral still does";
  r = Must(Screen(society_supervisor_, r, v1::REFERRAL_STATE_NO_FURTHER_ACTION));
  EXPECT_EQ(Must(Do<v1::CloseReferralRequest>(society_supervisor_, r)).state(), v1::REFERRAL_STATE_CLOSED);
}

TEST_F(ReferralAmendments, OneThatIsSentOnBeginsWithoutWhatWasMendedBefore) {
  v1::Referral r = Stored(v1::REFERRAL_STATE_CLOSED, true);
  r = Must(Do<v1::ReopenReferralRequest>(society_supervisor_, r));
  ASSERT_EQ(r.amendments_size(), 1);
  const auto sent_on = Redirect(society_supervisor_, r, "cas-durham");
  ASSERT_OK(sent_on);
  EXPECT_EQ(sent_on->referral().amendments_size(), 1);
  EXPECT_EQ(sent_on->onward().amendments_size(), 0) << "which are of another history";
  EXPECT_EQ(sent_on->onward().joint_investigation(), "");
}

TEST_F(ReferralAmendments, ACorrectionThatChangesNothingIsNone) {
  v1::Referral r = Sent();
  EXPECT_THAT(Correct(worker_, r, "urgency"), RefusedBy(rules::kFieldInvalid));
  EXPECT_THAT(Correct(worker_, r, "reporter_belief", ""), RefusedBy(rules::kFieldInvalid));
  EXPECT_EQ(ReadReferral(r.name(), worker_).etag(), r.etag()) << "nothing came of it";
  // The amendment tells of what changes and of nothing beside that.
  r.set_urgency(v1::URGENCY_H48);
  v1::CorrectReferralRequest both;
  *both.mutable_referral() = r;
  both.mutable_update_mask()->add_paths("urgency");
  both.mutable_update_mask()->add_paths("age_band");
  both.set_reason("misread");
  r = Must(Call<v1::Referral>(worker_, both));
  ASSERT_EQ(r.amendments_size(), 1);
  EXPECT_THAT(r.amendments(0).fields(), ::testing::ElementsAre("urgency"));
  // The calendar's write is no act either, after which the receiver could take nothing back.
  r = Must(Do<v1::AcknowledgeReferralRequest>(member_, r));
  r = Must(Screen(police_supervisor_, r, v1::REFERRAL_STATE_CONSULT_ONLY));
  EXPECT_THAT(Correct(worker_, r, "urgency"), RefusedBy(rules::kFieldInvalid));
  EXPECT_OK(Undo(police_supervisor_, r));
}

TEST_F(ReferralAmendments, EachSideMendsAReferralOnlySoOftenAndTakesNothingFromTheOther) {
  v1::Referral r = Must(Do<v1::AcknowledgeReferralRequest>(member_, Sent()));
  for (int i = 0; i < 50; ++i) {
    r.set_youth_wishes(absl::StrCat("wish ", i));
    r = Must(Correct(worker_, r, "youth_wishes"));
  }
  r.set_youth_wishes("one more");
  EXPECT_THAT(Correct(worker_, r, "youth_wishes"), RefusedBy(rules::kRecordFull));
  r = ReadReferral(r.name(), worker_);
  for (int i = 0; i < 49; ++i) {
    r = Must(Screen(police_supervisor_, r, v1::REFERRAL_STATE_CONSULT_ONLY));
    r = Must(Undo(police_supervisor_, r));
  }
  r = Must(Screen(police_supervisor_, r, v1::REFERRAL_STATE_NO_FURTHER_ACTION));
  r = Must(Do<v1::CloseReferralRequest>(police_supervisor_, r));
  r = Must(Do<v1::ReopenReferralRequest>(police_supervisor_, r));
  EXPECT_EQ(r.amendments_size(), 100);
  r = Must(Screen(police_supervisor_, r, v1::REFERRAL_STATE_CONSULT_ONLY));
  EXPECT_THAT(Undo(police_supervisor_, r), RefusedBy(rules::kRecordFull));
}

}  // namespace
}  // namespace accord::protocols
