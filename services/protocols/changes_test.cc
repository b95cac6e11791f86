// These tests show who is told what by the one feed of this service, and what nobody is told.
#include "common/host/watching/feed.h"
#include "common/host/watching/feed_positions.h"
#include "common/storage/retention/retention.h"
#include "common/testing/callers.h"
#include "common/testing/change_watch.h"
#include "common/testing/resource_verbs.h"
#include "services/protocols/testing/fixture.h"

namespace accord::protocols {
namespace {

using host::v1::Change;
using host::v1::WatchChangesRequest;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::UnorderedElementsAre;

class Changes : public ProtocolsFixture {
 protected:
  using Told = testing::ToldChanges;
  std::string Now(const Caller& who) { return testing::PositionNow(&in_process_, who); }
  Told Watch(const Caller& who, const std::string& from, const WatchChangesRequest& request = {}) {
    return testing::WatchChanges(&in_process_, who, from, request);
  }
  v1::Referral Send() { return Must(Call<v1::Referral>(worker_, Letter(protocol_))); }
  template <class Req>
  v1::Referral Do(const Caller& caller, const v1::Referral& referral, Req request = Req()) {
    request.set_name(referral.name());
    request.set_etag(referral.etag());
    return Must(Call<v1::Referral>(caller, request));
  }
  void End(const std::string& referral, storage::End end) {
    const storage::Write write{"cas-york", worker_.actor, "ends", in_process_.clock().Now()};
    ASSERT_OK(in_process_.database().Transact([&](storage::Transaction& tx) {
      return storage::EndRecord(tx, "referral", referral, "a test", end, write, {"cas-york", "ps-york"});
    }));
  }
  // This is the director, who calls for a purpose for which referrals are read.
  Caller Protecting() const {
    Caller director = director_;
    director.purpose = annotations::v1::PURPOSE_CHILD_PROTECTION;
    return director;
  }

  const v1::Protocol protocol_ = InForce();
  const Caller durham_ = Police(annotations::v1::ROLE_POLICE_MEMBER, "ps-durham");
  const Caller durham_supervisor_ = Police(annotations::v1::ROLE_POLICE_SUPERVISOR, "ps-durham");
};

TEST_F(Changes, AreToldWithVerbAgencyStateDueTimeAndAssignee) {
  const std::string from = Now(member_);
  v1::Referral referral = Send();
  const Told sent = Watch(member_, from);
  ASSERT_OK(sent.status);
  ASSERT_THAT(sent.names(), ElementsAre(referral.name()));
  const Change& first = sent.changes.front();
  EXPECT_EQ(first.kind(), "referral");
  EXPECT_EQ(first.verb(), "CreateReferral");
  EXPECT_EQ(first.agency(), "cas-york");
  EXPECT_EQ(first.state(), "submitted");
  EXPECT_TRUE(first.has_time());
  const v1::Referral read = ReadReferral(referral.name(), member_);
  EXPECT_TRUE(first.has_next_due());
  EXPECT_EQ(FromProto(first.next_due()), FromProto(read.next_due()));
  EXPECT_EQ(first.gone(), host::v1::GONE_UNSPECIFIED);

  referral = Do<v1::AcknowledgeReferralRequest>(member_, read);
  v1::AssignReferralRequest assign;
  assign.set_assignee(member_.actor);
  Do(member_, referral, assign);
  const Told worked = Watch(worker_, Now(worker_));
  EXPECT_THAT(worked.names(), IsEmpty()) << "what was before the position";
  const Told later = Watch(member_, first.watch_token());
  ASSERT_EQ(later.changes.size(), 2u);
  EXPECT_EQ(later.changes[0].verb(), "AcknowledgeReferral");
  EXPECT_EQ(later.changes[1].verb(), "AssignReferral");
  for (const Change& change : later.changes) {
    EXPECT_EQ(change.agency(), "ps-york");
    EXPECT_EQ(change.state(), "acknowledged");
    EXPECT_EQ(change.assignee(), member_.actor) << "each is told as it is now";
  }
}

TEST_F(Changes, OfWhatSomebodyMayNotGetAreNotTold) {
  const std::string society = Now(worker_), durham = Now(durham_);
  const v1::Referral referral = Send();
  EXPECT_THAT(Watch(durham_, durham).names(), IsEmpty());
  EXPECT_THAT(Watch(worker_, society).names(), ElementsAre(referral.name()));
  EXPECT_THAT(Watch(director_, society).names(), IsEmpty()) << "not for the purpose of governing protocols";
  EXPECT_THAT(Watch(Protecting(), society).names(), ElementsAre(referral.name()));

  v1::CreateReferralRequest suspecting = Letter(protocol_);
  suspecting.mutable_referral()->set_staff_suspect(true);
  suspecting.mutable_referral()->set_implicated_agency("cas-york");
  suspecting.mutable_referral()->set_to_agency("ps-durham");
  const std::string from = Now(worker_);
  const std::string suspected = Must(Call<v1::Referral>(worker_, suspecting)).name();
  EXPECT_THAT(Watch(worker_, from).names(), IsEmpty()) << "its own staff is suspected";
  EXPECT_THAT(Watch(Protecting(), from).names(), ElementsAre(suspected));
  EXPECT_THAT(Watch(durham_, durham).names(), ElementsAre(suspected));
}

TEST_F(Changes, AreForThoseWhoWorkHere) {
  const auto refused = [&](const Caller& who) { return RuleOf(Watch(who, "").status); };
  EXPECT_EQ(refused(testing::Trainer()), "ROLE_NOT_PERMITTED");
  Caller curious = worker_;
  curious.purpose = annotations::v1::PURPOSE_TRAINING;
  EXPECT_EQ(refused(curious), "PURPOSE_NOT_PERMITTED");
}

TEST_F(Changes, TellNoVerbThatWouldTellWhatIsMasked) {
  const Caller officer = Officer(member_);
  const std::string from = Now(member_);
  const v1::Referral duty =
      Must(Call<v1::Referral>(member_, Report(protocol_, v1::AGE_BAND_12_15, "2026-11-20")));
  v1::RecordReferralYouthRecordRequest record;
  record.mutable_record()->set_disposition(v1::YOUTH_DISPOSITION_STAY);
  record.mutable_record()->set_counted_from("2026-11-20");
  Do(police_supervisor_, ReadReferral(duty.name(), member_), record);
  const Told masked = Watch(officer, from), open = Watch(member_, from);
  ASSERT_EQ(masked.changes.size(), 2u);
  ASSERT_EQ(open.changes.size(), 2u);
  EXPECT_EQ(masked.changes[0].verb(), "CreateReferral");
  EXPECT_EQ(masked.changes[1].verb(), "");
  EXPECT_EQ(open.changes[1].verb(), "RecordReferralYouthRecord");
  EXPECT_FALSE(masked.changes[1].has_next_due());
}

TEST_F(Changes, OfWhatWasSealedAreWithdrawn) {
  const std::string society = Now(worker_), police = Now(member_);
  const v1::Referral referral = Send();
  ASSERT_THAT(Watch(worker_, society).names(), ElementsAre(referral.name()));
  End(referral.name(), storage::End::kSealed);
  EXPECT_THAT(Watch(worker_, society).names(), IsEmpty());
  EXPECT_THAT(Watch(member_, police).names(), IsEmpty());
  EXPECT_THAT(Watch(Officer(worker_), society).names(), IsEmpty());
}

TEST_F(Changes, OfWhatWasPurgedSayItsNameToThoseWhoReadWhatIsLeft) {
  const std::string society = Now(worker_), durham = Now(durham_);
  const v1::Referral referral = Send();
  End(referral.name(), storage::End::kPurged);
  EXPECT_THAT(Watch(worker_, society).names(), IsEmpty());
  EXPECT_THAT(Watch(Officer(durham_), durham).names(), IsEmpty()) << "it never saw it";
  const Told told = Watch(Officer(worker_), society);
  ASSERT_THAT(told.names(), ElementsAre(referral.name())) << "once, and nothing of what it was";
  Change bare;
  bare.set_kind("referral");
  bare.set_name(referral.name());
  bare.set_gone(host::v1::GONE_PURGED);
  *bare.mutable_time() = told.changes[0].time();
  bare.set_watch_token(told.changes[0].watch_token());
  EXPECT_EQ(told.changes[0].SerializeAsString(), bare.SerializeAsString());
  WatchChangesRequest mine;
  mine.set_assignee(worker_.actor);
  EXPECT_THAT(Watch(Officer(worker_), society, mine).names(), IsEmpty()) << "nobody works on it";
}

TEST_F(Changes, GoOnAfterEachOfThemWithoutAHole) {
  const std::string from = Now(worker_);
  for (int i = 0; i < 4; ++i) Send();
  const Told all = Watch(worker_, from);
  ASSERT_EQ(all.changes.size(), 4u);
  for (std::size_t i = 0; i < all.changes.size(); ++i) {
    const auto names = all.names();
    const std::vector<std::string> rest(names.begin() + static_cast<std::ptrdiff_t>(i) + 1, names.end());
    EXPECT_EQ(Watch(worker_, all.changes[i].watch_token()).names(), rest);
  }
}

TEST_F(Changes, GoOnFromTheAnswerOfAList) {
  const auto list = Must(Call<v1::ListReferralsResponse>(worker_, v1::ListReferralsRequest()));
  const v1::Referral referral = Send();
  EXPECT_THAT(Watch(worker_, list.watch_token()).names(), ElementsAre(referral.name()));
  // The tokens of other lists are of the same feed.
  const auto protocols = Must(Call<v1::ListProtocolsResponse>(worker_, v1::ListProtocolsRequest()));
  const v1::Referral next = Send();
  EXPECT_THAT(Watch(worker_, protocols.watch_token()).names(), ElementsAre(next.name()));
}

TEST_F(Changes, OfAnotherAgencysPositionOrAnotherTimesAreRefused) {
  EXPECT_EQ(RuleOf(Watch(worker_, Now(member_)).status), "PAGE_TOKEN_INVALID");
  const host::FeedPositions positions("changes", &in_process_.page_tokens());
  EXPECT_EQ(RuleOf(Watch(worker_, positions.Seal("cas-york", {1, "1.1"})).status),
            "POSITION_FROM_ANOTHER_TIME");
}

TEST_F(Changes, AreThoseOfTheKindsAndThePersonThatAreAskedFor) {
  const std::string from = Now(member_);
  v1::Referral referral = Send();
  referral = Do<v1::AcknowledgeReferralRequest>(member_, ReadReferral(referral.name(), member_));
  for (const std::string& assignee : {member_.actor, std::string("the-night-shift")}) {
    v1::AssignReferralRequest assign;
    assign.set_assignee(assignee);
    referral = Do(member_, referral, assign);
  }
  const auto told = [&](const WatchChangesRequest& request) { return Watch(member_, from, request).names(); };
  WatchChangesRequest other_kinds;
  for (const char* kind : {"protocol", "joint_investigation", "dispute", "inspector_referral",
                           "emergency_access", "privacy_alert"}) {
    other_kinds.add_kinds(kind);
  }
  EXPECT_THAT(told(other_kinds), IsEmpty());
  WatchChangesRequest referrals;
  referrals.add_kinds("referral");
  EXPECT_EQ(told(referrals).size(), 4u);
  referrals.set_assignee(worker_.actor);
  EXPECT_THAT(told(referrals), IsEmpty());
  referrals.set_assignee("the-night-shift");
  EXPECT_EQ(told(referrals).size(), 4u);
  WatchChangesRequest unknown;
  unknown.add_kinds("referral_filter");
  EXPECT_EQ(RuleOf(Watch(member_, from, unknown).status), "FIELD_INVALID");
}

TEST_F(Changes, TellOfBreakGlassAndOfTheAlertThatItRaises) {
  const v1::Referral referral = Send();
  const std::string society = Now(worker_), police = Now(member_), durham = Now(durham_);
  v1::RequestEmergencyAccessRequest ask;
  ask.set_parent("agencies/ps-durham");
  ask.mutable_emergency_access()->set_resource(referral.name());
  ask.mutable_emergency_access()->set_danger(v1::DANGER_IMMINENT_DANGER_TO_LIFE);
  ask.mutable_emergency_access()->set_reason("the child was seen in a grey van");
  const auto access = Must(Call<v1::EmergencyAccess>(durham_, ask));
  const Told asked = Watch(durham_supervisor_, durham);
  ASSERT_THAT(asked.names(), ElementsAre(access.name()));
  EXPECT_EQ(asked.changes[0].kind(), "emergency_access");
  EXPECT_EQ(asked.changes[0].state(), "requested");
  EXPECT_THAT(Watch(Officer(worker_), society).names(), IsEmpty()) << "nothing is open yet";
  v1::ApproveEmergencyAccessRequest approve;
  approve.set_name(access.name());
  approve.set_etag(access.etag());
  ASSERT_OK(Call<v1::EmergencyAccess>(durham_supervisor_, approve));
  // Once its record is open, the owner hears of the access from the request on, as its list tells it.
  std::vector<std::string> kinds;
  for (const Change& change : Watch(Officer(worker_), society).changes) {
    kinds.push_back(change.kind());
    EXPECT_EQ(change.agency(), "ps-durham");
  }
  EXPECT_THAT(kinds, UnorderedElementsAre("emergency_access", "emergency_access", "privacy_alert"));
  EXPECT_THAT(Watch(worker_, society).names(), ElementsAre(access.name(), access.name()));
  EXPECT_THAT(Watch(member_, police).names(), IsEmpty()) << "it was not opened by the receiver's name";
}

TEST_F(Changes, OfANoteAreToldToItsReadersAlone) {
  const v1::Referral referral = Send();
  const std::string society = Now(worker_), police = Now(member_), durham = Now(durham_);
  const auto write = [&](v1::Readers readers) {
    v1::CreateNoteRequest request;
    request.set_parent("agencies/cas-york");
    request.mutable_note()->set_about(referral.name());
    request.mutable_note()->set_readers(readers);
    request.mutable_note()->set_text("the aunt was called");
    return Must(Call<v1::Note>(worker_, request)).name();
  };
  const std::string own = write(v1::READERS_OWN_AGENCY), both = write(v1::READERS_BOTH);
  EXPECT_THAT(Watch(worker_, society).names(), ElementsAre(own, both));
  const Told told = Watch(member_, police);
  ASSERT_THAT(told.names(), ElementsAre(both));
  EXPECT_EQ(told.changes[0].kind(), "note");
  EXPECT_EQ(told.changes[0].verb(), "CreateNote");
  EXPECT_EQ(told.changes[0].agency(), "cas-york");
  EXPECT_THAT(Watch(durham_, durham).names(), IsEmpty());
}

TEST_F(Changes, OfAFileAreToldToTheOtherSideOnceItCanBeRead) {
  const v1::Referral referral = Send();
  const std::string society = Now(worker_), police = Now(member_);
  const auto attach = [&](bool in_evidence) {
    v1::CreateAttachmentRequest request;
    request.set_parent("agencies/cas-york");
    auto* attachment = request.mutable_attachment();
    attachment->set_about(referral.name());
    attachment->set_readers(v1::READERS_BOTH);
    attachment->set_file_name("letter.txt");
    if (in_evidence) {
      attachment->mutable_evidence()->set_system("evidence-york");
      attachment->mutable_evidence()->set_reference("26-17");
      attachment->set_sha256(std::string(64, 'a'));
    } else {
      attachment->set_size(1);
    }
    return Must(Call<v1::Attachment>(worker_, request)).name();
  };
  const std::string begun = attach(false), kept = attach(true);
  EXPECT_THAT(Watch(worker_, society).names(), ElementsAre(begun, kept));
  EXPECT_THAT(Watch(member_, police).names(), ElementsAre(kept));
}

TEST_F(Changes, AreOfEveryKindThatTheTableOfVerbsSays) {
  EXPECT_EQ(testing::HoldFeedKinds(&in_process_, "accord.protocols.v1", worker_), 11);
}

}  // namespace
}  // namespace accord::protocols
