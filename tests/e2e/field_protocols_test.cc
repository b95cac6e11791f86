// These tests try through the gateway to end or change a protocol of other agencies, and to work under one
// that has ended.
#include "tests/e2e/field.h"

namespace accord::e2e {
namespace {

class FieldProtocols : public Field {
 protected:
  std::string Draw(const Person& lead, const CreateProtocolRequest& draft) {
    return Refusal<Protocol>(lead, "protocols.v1.ProtocolService/CreateProtocol", draft);
  }
  std::string Notice(const Person& who, const std::string& name, const std::string& day,
                     const std::string& reason) {
    Protocol protocol = SeenProtocol(who, name);
    TerminateProtocolRequest request;
    request.set_terminates_on(day);
    request.set_reason(reason);
    return MoveProtocol(who, "TerminateProtocol", &protocol, request);
  }
  // This gives what both signatories read of a protocol.
  std::string Both(const Protocol& protocol) {
    return absl::StrCat(SeenProtocol(kDirector, protocol.name()).ShortDebugString(), "\n",
                        SeenProtocol(kChief, protocol.name()).ShortDebugString());
  }
};

TEST_F(FieldProtocols, AnObserverNeitherReviewsNorReplacesNorEndsOthersProtocol) {
  const Protocol york = York();
  const std::string before = Both(york);
  for (const Person& outsider : {kOtherChief, kOtherDirector}) {
    Protocol theirs = SeenProtocol(outsider, york.name());
    ASSERT_EQ(theirs.name(), york.name());
    EXPECT_EQ(Review(outsider, &theirs), "NOT_A_SIGNATORY") << outsider.agency;
    EXPECT_EQ(MoveProtocol<TerminateProtocolRequest>(outsider, "TerminateProtocol", &theirs),
              "NOT_A_SIGNATORY");
    EXPECT_EQ(MoveProtocol<RenewProtocolRequest>(outsider, "RenewProtocol", &theirs), "NOT_A_SIGNATORY");
    EXPECT_EQ(MoveProtocol<ActivateProtocolRequest>(outsider, "ActivateProtocol", &theirs),
              "NOT_A_SIGNATORY");
    EXPECT_EQ(MoveProtocol<WithdrawProtocolRequest>(outsider, "WithdrawProtocol", &theirs), "NOT_THE_LEAD");
  }
  // A successor with a third agency names the protocol that it replaces. At first the signatories are missing
  // from it, and then both are in it in other parts.
  CreateProtocolRequest successor = Draft("cas-durham", "ps-durham");
  successor.set_parent("agencies/ps-durham");
  successor.mutable_protocol()->set_supersedes(york.name());
  EXPECT_EQ(Draw(kOtherChief, successor), "NOT_A_SIGNATORY");
  AddParty(&successor, "cas-york", PARTY_CAPACITY_CAS, PARTY_PART_CONSULTED);
  AddParty(&successor, "ps-york", PARTY_CAPACITY_POLICE, PARTY_PART_OBSERVER);
  EXPECT_EQ(Draw(kOtherChief, successor), "NOT_A_SIGNATORY");
  // Then an addendum tries the same.
  CreateProtocolRequest addendum = Draft("cas-durham", "ps-durham");
  addendum.set_parent("agencies/ps-durham");
  addendum.mutable_protocol()->set_kind(PROTOCOL_KIND_HT_ADDENDUM);
  addendum.mutable_protocol()->set_parent_protocol(york.name());
  EXPECT_EQ(Draw(kOtherChief, addendum), "NOT_A_SIGNATORY");
  // Then one signatory tries it without the other.
  CreateProtocolRequest alone = Draft("cas-york", "ps-durham");
  alone.mutable_protocol()->set_supersedes(york.name());
  EXPECT_EQ(Draw(kDirector, alone), "SUCCESSOR_SIGNATORIES");
  AddParty(&alone, "ps-york", PARTY_CAPACITY_POLICE, PARTY_PART_OBSERVER);
  EXPECT_EQ(Draw(kDirector, alone), "SUCCESSOR_SIGNATORIES");
  // A draft that named all signatories cannot lose one either.
  alone.mutable_protocol()->mutable_parties(2)->set_part(PARTY_PART_SIGNATORY);
  Protocol draft = Must<Protocol>(kDirector, "protocols.v1.ProtocolService/CreateProtocol", alone);
  UpdateProtocolRequest update;
  *update.mutable_protocol() = draft;
  update.mutable_protocol()->mutable_parties()->RemoveLast();
  update.mutable_update_mask()->add_paths("parties");
  EXPECT_EQ(Refusal<Protocol>(kDirector, "protocols.v1.ProtocolService/UpdateProtocol", update),
            "SUCCESSOR_SIGNATORIES");

  EXPECT_EQ(Both(york), before);
  const auto sent = Send(kWorker, Letter(york));
  EXPECT_OK(sent);
}

TEST_F(FieldProtocols, ANoticeOfTerminationIsNotOverwrittenByTheOtherSide) {
  const Protocol durham = Signed(kOtherDirector, kOtherChief, Draft("cas-durham", "ps-durham"));
  ASSERT_EQ(durham.state(), PROTOCOL_STATE_IN_FORCE);
  ASSERT_EQ(Notice(kOtherDirector, durham.name(), Days(100), "the society parts"), "");
  const std::string before = SeenProtocol(kOtherDirector, durham.name()).ShortDebugString();
  EXPECT_EQ(Notice(kOtherChief, durham.name(), "2999-12-31", "never"), "NOTICE_TOO_LONG");
  EXPECT_EQ(Notice(kOtherChief, durham.name(), Days(101), "later"), "NOTICE_STANDS");
  EXPECT_EQ(Notice(kOtherDirector, durham.name(), Days(120), "we think again"), "NOTICE_STANDS");
  // An agency that did not sign the protocol tries it.
  EXPECT_EQ(Notice(kChief, durham.name(), Days(100), "ours"), "NOT_A_SIGNATORY");
  EXPECT_EQ(SeenProtocol(kOtherDirector, durham.name()).ShortDebugString(), before);
  // A second notice of the same day does not count as the other's word, and one of an earlier day is a notice
  // of its own.
  ASSERT_EQ(Notice(kOtherChief, durham.name(), Days(100), "so be it"), "");
  ASSERT_EQ(Notice(kOtherChief, durham.name(), Days(90), "sooner"), "");
  const Protocol after = SeenProtocol(kOtherDirector, durham.name());
  EXPECT_EQ(after.terminates_on(), Days(90));
  ASSERT_EQ(after.notices_size(), 3);
  EXPECT_EQ(after.notices(0).agency(), "cas-durham");
  EXPECT_EQ(after.notices(0).reason(), "the society parts");
  EXPECT_EQ(after.notices(0).terminates_on(), Days(100));
}

TEST_F(FieldProtocols, AnAddendumTakesNothingOnceItsBaseHasEnded) {
  CreateProtocolRequest base_draft = Draft();
  base_draft.mutable_protocol()->set_kind(PROTOCOL_KIND_BASE_CHILD_ABUSE);
  Protocol base = Signed(kDirector, kChief, base_draft);
  CreateProtocolRequest draft = Draft();
  draft.mutable_protocol()->set_kind(PROTOCOL_KIND_HT_ADDENDUM);
  draft.mutable_protocol()->set_parent_protocol(base.name());
  const Protocol addendum = Signed(kDirector, kChief, draft);
  ASSERT_EQ(addendum.state(), PROTOCOL_STATE_IN_FORCE);
  ASSERT_OK(Send(kWorker, Letter(addendum)));
  // Another addendum still lacks a signature when the base ends.
  draft.mutable_protocol()->add_territory("york-region");
  Protocol late = Offered(kDirector, draft);
  ASSERT_EQ(MoveProtocol<SignProtocolRequest>(kDirector, "SignProtocol", &late), "");
  // All who signed the base replace it.
  ASSERT_EQ(Review(kChief, &base), "");
  base_draft.mutable_protocol()->set_supersedes(base.name());
  ASSERT_EQ(Signed(kDirector, kChief, base_draft).state(), PROTOCOL_STATE_IN_FORCE);
  EXPECT_EQ(SeenProtocol(kDirector, base.name()).state(), PROTOCOL_STATE_SUPERSEDED);
  EXPECT_EQ(SeenProtocol(kChief, addendum.name()).state(), PROTOCOL_STATE_TERMINATED);

  EXPECT_EQ(RuleOf(Send(kWorker, Letter(addendum)).status()), "PROTOCOL_NOT_IN_FORCE");
  EXPECT_EQ(RuleOf(Send(kMember, Report(addendum)).status()), "PROTOCOL_NOT_IN_FORCE");
  EXPECT_EQ(RuleOf(Send(kWorker, Letter(base)).status()), "PROTOCOL_NOT_IN_FORCE");
  EXPECT_EQ(MoveProtocol<SignProtocolRequest>(kChief, "SignProtocol", &late), "PARENT_NOT_IN_FORCE");
  Protocol again = Offered(kDirector, draft);
  EXPECT_EQ(Sign(kDirector, kChief, &again), "PARENT_NOT_IN_FORCE");
  for (const Protocol& each : {late, again}) {
    EXPECT_EQ(SeenProtocol(kDirector, each.name()).state(), PROTOCOL_STATE_PARTIALLY_SIGNED);
    EXPECT_EQ(RuleOf(Send(kWorker, Letter(each)).status()), "PROTOCOL_NOT_IN_FORCE");
  }
}

}  // namespace
}  // namespace accord::e2e
