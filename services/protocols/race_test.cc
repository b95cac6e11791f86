// These tests show what several people do to one record at the same moment, on PostgreSQL: whoever comes
// second is judged by what the first one made of it.
#include "common/testing/lockstep.h"
#include "common/testing/postgres.h"
#include "services/protocols/testing/fixture.h"

namespace accord::protocols {
namespace {

class ProtocolRaces : public ProtocolsFixture {
 protected:
  using Act = std::function<absl::Status()>;

  ProtocolRaces() : ProtocolRaces(testing::PostgresCluster::Shared().NewDatabase()) {}
  explicit ProtocolRaces(const std::string& dsn) : ProtocolsFixture(dsn), lockstep_(dsn) {}

  template <class Req>
  Act Moves(const Caller& caller, const v1::Protocol& protocol) {
    return [=, this] { return MoveProtocol<Req>(caller, protocol).status(); };
  }
  template <class Req>
  Act Does(const Caller& caller, const v1::Referral& referral, Req request = {}) {
    request.set_name(referral.name());
    request.set_etag(referral.etag());
    if constexpr (requires { request.set_reason(""); }) request.set_reason("reason");
    return [=, this] { return Call<v1::Referral>(caller, request).status(); };
  }
  Act Redirects(const Caller& caller, const v1::Referral& referral, const std::string& to) {
    return [=, this] { return Redirect(caller, referral, to).status(); };
  }
  static int Succeeded(const std::vector<absl::Status>& results) {
    int succeeded = 0;
    for (const absl::Status& result : results) {
      succeeded += result.ok();
      EXPECT_TRUE(result.ok() || !RuleOf(result).empty()) << result;
    }
    return succeeded;
  }
  v1::Referral Sent(const v1::Protocol& protocol) {
    return Must(Call<v1::Referral>(worker_, Letter(protocol)));
  }
  v1::Referral Acknowledged(const v1::Protocol& protocol) {
    v1::AcknowledgeReferralRequest request;
    const v1::Referral sent = Sent(protocol);
    request.set_name(sent.name());
    request.set_etag(sent.etag());
    return Must(Call<v1::Referral>(member_, request));
  }
  // Durham's police is a third signatory of this protocol.
  v1::Protocol OfferedToThree() {
    v1::CreateProtocolRequest draft = Draft();
    auto* third = draft.mutable_protocol()->add_parties();
    third->set_agency("ps-durham");
    third->set_capacity(v1::PARTY_CAPACITY_POLICE);
    third->set_part(v1::PARTY_PART_SIGNATORY);
    return Offered(draft);
  }
  v1::UpdateProtocolRequest WithoutDurham(const v1::Protocol& protocol) {
    v1::UpdateProtocolRequest request;
    *request.mutable_protocol() = protocol;
    request.mutable_protocol()->mutable_parties()->RemoveLast();
    request.mutable_update_mask()->add_paths("parties");
    return request;
  }

  testing::Lockstep lockstep_;
  const Caller durham_chief_ = Police(annotations::v1::ROLE_POLICE_CHIEF, "ps-durham");
};

TEST_F(ProtocolRaces, AReferralThatIsTakenBackWhileItIsAcceptedIsOneOfTheTwo) {
  const v1::Protocol protocol = InForce();
  for (int round = 0; round < 5; ++round) {
    const v1::Referral sent = Sent(protocol);
    const auto results = lockstep_.Run({Does<v1::AcknowledgeReferralRequest>(member_, sent),
                                        Does<v1::RevokeReferralRequest>(worker_, sent)});
    EXPECT_EQ(Succeeded(results), 1) << results[0] << results[1];
    const v1::Referral after = ReadReferral(sent.name(), worker_);
    EXPECT_EQ(after.state(), results[0].ok() ? v1::REFERRAL_STATE_ACKNOWLEDGED : v1::REFERRAL_STATE_REVOKED);
    EXPECT_EQ(after.has_acknowledged_at(), results[0].ok());
  }
}

TEST_F(ProtocolRaces, AReferralThatIsSentOnWhileItIsScreenedIsNotBoth) {
  const v1::Protocol protocol = InForce();
  for (int round = 0; round < 5; ++round) {
    const v1::Referral held = Acknowledged(protocol);
    v1::ScreenReferralRequest screen;
    screen.set_outcome(v1::REFERRAL_STATE_JOINT);
    const auto results = lockstep_.Run(
        {Does(police_supervisor_, held, screen), Redirects(police_supervisor_, held, "ps-durham")});
    EXPECT_EQ(Succeeded(results), 1) << results[0] << results[1];
    const v1::Referral after = ReadReferral(held.name(), worker_);
    EXPECT_EQ(after.redirected_to().empty(), results[0].ok());
    EXPECT_EQ(after.state(), results[0].ok() ? v1::REFERRAL_STATE_JOINT : v1::REFERRAL_STATE_REDIRECTED);
  }
}

TEST_F(ProtocolRaces, AReferralIsSentOnOnceToOneAgency) {
  const v1::Protocol protocol = InForce();
  const v1::Referral held = Acknowledged(protocol);
  const auto results = lockstep_.Run(
      {Redirects(police_supervisor_, held, "ps-durham"), Redirects(police_supervisor_, held, "ps-peel")});
  EXPECT_EQ(Succeeded(results), 1) << results[0] << results[1];
  const Caller durham = Police(annotations::v1::ROLE_POLICE_SUPERVISOR, "ps-durham");
  const Caller peel = Police(annotations::v1::ROLE_POLICE_SUPERVISOR, "ps-peel");
  int received = 0;
  for (const Caller& caller : {durham, peel}) {
    received += Must(Call<v1::ListReferralsResponse>(caller, v1::ListReferralsRequest())).referrals_size();
  }
  EXPECT_EQ(received, 1);
}

TEST_F(ProtocolRaces, WhoSignsWhileItIsRemovedHasNotSigned) {
  for (int round = 0; round < 5; ++round) {
    const v1::Protocol offered = OfferedToThree();
    const auto results =
        lockstep_.Run({Moves<v1::SignProtocolRequest>(durham_chief_, offered),
                       [&] { return Call<v1::Protocol>(director_, WithoutDurham(offered)).status(); }});
    EXPECT_EQ(Succeeded(results), 1) << results[0] << results[1];
    const v1::Protocol after = Read(offered.name(), director_);
    EXPECT_EQ(after.parties_size(), results[0].ok() ? 3 : 2);
    for (const auto& party : after.parties()) {
      EXPECT_EQ(!party.signed_digest().empty(), results[0].ok() && party.agency() == "ps-durham");
    }
  }
}

TEST_F(ProtocolRaces, AProtocolThatIsWithdrawnWhileItsLastSignatureComesIsOneOfTheTwo) {
  for (int round = 0; round < 5; ++round) {
    v1::CreateProtocolRequest draft = Draft();
    draft.mutable_protocol()->set_kind(round % 2 == 0 ? v1::PROTOCOL_KIND_HT_STANDALONE
                                                      : v1::PROTOCOL_KIND_BASE_CHILD_ABUSE);
    if (round >= 2) draft.mutable_protocol()->add_territory(round == 2 ? "york-region" : "durham-region");
    v1::Protocol offered = Offered(draft);
    offered = Must(MoveProtocol<v1::SignProtocolRequest>(director_, offered));
    const auto results = lockstep_.Run({Moves<v1::SignProtocolRequest>(chief_, offered),
                                        Moves<v1::WithdrawProtocolRequest>(director_, offered)});
    EXPECT_LE(Succeeded(results), 1) << results[0] << results[1];
    const v1::Protocol after = Read(offered.name(), director_);
    EXPECT_EQ(after.state() == v1::PROTOCOL_STATE_IN_FORCE, results[0].ok());
    EXPECT_EQ(after.state() == v1::PROTOCOL_STATE_WITHDRAWN, results[1].ok());
  }
}

// Two drafts have the same kind, pair and territory, and their last signatures come at once.
TEST_F(ProtocolRaces, OfTwoProtocolsOfOneKindOneComesIntoForce) {
  std::vector<v1::Protocol> ready;
  for (int i = 0; i < 2; ++i) {
    const v1::Protocol offered = Offered(Draft());
    ready.push_back(Must(MoveProtocol<v1::SignProtocolRequest>(director_, offered)));
  }
  const auto results = lockstep_.Run(
      {Moves<v1::SignProtocolRequest>(chief_, ready[0]), Moves<v1::SignProtocolRequest>(chief_, ready[1])});
  EXPECT_EQ(Succeeded(results), 1) << results[0] << results[1];
  int in_force = 0;
  for (const auto& each : ready)
    in_force += Read(each.name(), director_).state() == v1::PROTOCOL_STATE_IN_FORCE;
  EXPECT_EQ(in_force, 1);
}

// Two people must agree: neither's word is lost, and neither's counts twice.
TEST_F(ProtocolRaces, AYouthRecordThatTwoPeopleEndAtOnceTakesTwoPeople) {
  const v1::Protocol protocol = InForce();
  const v1::Referral sent = Sent(protocol);
  v1::RecordReferralYouthRecordRequest ends;
  ends.mutable_record()->set_disposition(v1::YOUTH_DISPOSITION_ACQUITTAL);
  ends.mutable_record()->set_counted_from("2026-09-25");
  const auto same_person =
      lockstep_.Run({Does(society_supervisor_, sent, ends), Does(society_supervisor_, sent, ends)});
  EXPECT_EQ(Succeeded(same_person), 1) << same_person[0] << same_person[1];
  v1::Referral after = ReadReferral(sent.name(), worker_);
  EXPECT_FALSE(after.has_youth_record());
  EXPECT_EQ(after.proposed_youth_records_size(), 1);

  const v1::Referral other = Sent(protocol);
  const auto two =
      lockstep_.Run({Does(society_supervisor_, other, ends), Does(police_supervisor_, other, ends)});
  EXPECT_EQ(Succeeded(two), 1) << two[0] << two[1];
  after = ReadReferral(other.name(), worker_);
  EXPECT_FALSE(after.has_youth_record()) << "one of them was refused, and has not said it";
}

// The person who asks has two sessions open.
TEST_F(ProtocolRaces, NobodyOpensAnEmergencyAlone) {
  const v1::Protocol protocol = InForce();
  const v1::Referral sent = Sent(protocol);
  const Caller durham = Police(annotations::v1::ROLE_POLICE_MEMBER, "ps-durham");
  Caller as_chief = durham;
  as_chief.roles = {annotations::v1::ROLE_POLICE_CHIEF};
  v1::RequestEmergencyAccessRequest ask;
  ask.set_parent("agencies/ps-durham");
  ask.mutable_emergency_access()->set_resource(sent.name());
  ask.mutable_emergency_access()->set_danger(v1::DANGER_IMMINENT_DANGER_TO_LIFE);
  ask.mutable_emergency_access()->set_reason("a life");
  const auto asked = Must(Call<v1::EmergencyAccess>(durham, ask));
  v1::ApproveEmergencyAccessRequest approve;
  approve.set_name(asked.name());
  approve.set_etag(asked.etag());
  const auto approves = [&](const Caller& caller) {
    return [this, caller, approve] { return Call<v1::EmergencyAccess>(caller, approve).status(); };
  };
  const auto results = lockstep_.Run({approves(durham), approves(as_chief)});
  for (const absl::Status& result : results) EXPECT_THAT(result, RefusedBy("TWO_PEOPLE"));
  EXPECT_EQ(UnreadReferral(sent.name(), durham), "NOT_FOUND");
}

}  // namespace
}  // namespace accord::protocols
