// These tests show who reads a note, and what becomes of it: the sides of a referral write for themselves or
// for both.
#include "services/protocols/testing/under_a_protocol.h"

namespace accord::protocols {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

class Notes : public UnderAProtocol {
 protected:
  v1::CreateNoteRequest OnRecord(const Caller& caller, const std::string& about, v1::Readers readers) {
    v1::CreateNoteRequest request;
    request.set_parent("agencies/" + caller.agency);
    request.mutable_note()->set_about(about);
    request.mutable_note()->set_readers(readers);
    request.mutable_note()->set_text("the aunt was called");
    return request;
  }
  v1::Note Wrote(const Caller& caller, const std::string& about, v1::Readers readers) {
    return Must(Call<v1::Note>(caller, OnRecord(caller, about, readers)));
  }
  absl::StatusOr<v1::Note> Get(const Caller& caller, const std::string& name) {
    v1::GetNoteRequest request;
    request.set_name(name);
    return Call<v1::Note>(caller, request);
  }
  std::vector<std::string> Listed(const Caller& caller, const std::string& about = "") {
    v1::ListNotesRequest request;
    request.set_about(about);
    std::vector<std::string> names;
    const auto page = Must(Call<v1::ListNotesResponse>(caller, request));
    for (const auto& note : page.notes()) names.push_back(note.name());
    return names;
  }
  const Caller durham_ = Police(annotations::v1::ROLE_POLICE_MEMBER, "ps-durham");
};

TEST_F(Notes, WhoReadsANoteStandsInItsName) {
  const std::string referral = Sent().name();
  const v1::Note own = Wrote(worker_, referral, v1::READERS_OWN_AGENCY);
  const v1::Note both = Wrote(worker_, referral, v1::READERS_BOTH);
  EXPECT_THAT(own.name(), HasSubstr("agencies/cas-york/notes/own-"));
  EXPECT_THAT(both.name(), HasSubstr("agencies/cas-york/notes/both-"));
  EXPECT_EQ(own.written_by(), worker_.actor);
  for (const std::string& name : {own.name(), both.name()}) {
    EXPECT_EQ(Must(Get(society_supervisor_, name)).text(), "the aunt was called");
  }
  EXPECT_EQ(Must(Get(member_, both.name())).text(), "the aunt was called");
  EXPECT_THAT(Get(member_, own.name()), RefusedBy(rules::kNotFound));
  EXPECT_THAT(Get(durham_, both.name()), RefusedBy(rules::kNotFound));
}

TEST_F(Notes, AreInNoListOfWhoDoesNotReadThem) {
  const std::string referral = Sent().name(), another = Sent().name();
  const std::string society = Wrote(worker_, referral, v1::READERS_OWN_AGENCY).name();
  const std::string police = Wrote(member_, referral, v1::READERS_OWN_AGENCY).name();
  const std::string both = Wrote(member_, referral, v1::READERS_BOTH).name();
  EXPECT_THAT(Listed(worker_), ElementsAre(society, both));
  EXPECT_THAT(Listed(member_), ElementsAre(both, police));
  EXPECT_THAT(Listed(durham_), IsEmpty());
  EXPECT_THAT(Listed(worker_, referral), ElementsAre(society, both));
  EXPECT_THAT(Listed(worker_, another), IsEmpty());
}

TEST_F(Notes, AreOfTheSidesAndNotOfWhoFollowsAReferralThatWasSentOn) {
  const std::string onward = Must(Redirect(police_supervisor_, Sent(), "ps-durham")).onward().name();
  const std::string note = Wrote(durham_, onward, v1::READERS_BOTH).name();
  EXPECT_OK(Get(member_, note));
  EXPECT_EQ(UnreadReferral(onward, worker_), "") << "who sent it first follows it";
  EXPECT_THAT(Get(worker_, note), RefusedBy(rules::kNotFound));
  EXPECT_THAT(Listed(worker_), IsEmpty());
  EXPECT_THAT(Call<v1::Note>(worker_, OnRecord(worker_, onward, v1::READERS_BOTH)),
              RefusedBy(rules::kNotSenderOrReceiver));
  EXPECT_THAT(Call<v1::Note>(worker_, OnRecord(durham_, onward, v1::READERS_BOTH)),
              RefusedBy(rules::kNotSenderOrReceiver));
}

TEST_F(Notes, AreWrittenInTheNameOfTheOwnAgencyAlone) {
  const std::string referral = Sent().name();
  EXPECT_THAT(Call<v1::Note>(worker_, OnRecord(member_, referral, v1::READERS_OWN_AGENCY)),
              RefusedBy(rules::kNotFound));
  v1::CreateNoteRequest nobody = OnRecord(worker_, referral, v1::READERS_UNSPECIFIED);
  EXPECT_THAT(Call<v1::Note>(worker_, nobody), RefusedBy(rules::kFieldInvalid));
}

TEST_F(Notes, OnAJointInvestigationAreReadByBothSidesToo) {
  v1::CreateJointInvestigationRequest begin;
  begin.set_parent("agencies/ps-york");
  begin.mutable_joint_investigation()->set_referral(JointReferral().name());
  const std::string joint = Must(Call<v1::JointInvestigation>(police_supervisor_, begin)).name();
  const std::string note = Wrote(worker_, joint, v1::READERS_BOTH).name();
  EXPECT_THAT(Listed(member_, joint), ElementsAre(note));
  EXPECT_THAT(Call<v1::Note>(durham_, OnRecord(durham_, joint, v1::READERS_BOTH)),
              RefusedBy(rules::kNotFound));
}

TEST_F(Notes, AreNotReadByTheSideWhoseStaffIsSuspectedNorByItsDirector) {
  v1::CreateReferralRequest letter = Letter(protocol_);
  letter.mutable_referral()->set_staff_suspect(true);
  letter.mutable_referral()->set_implicated_agency("cas-york");
  const std::string referral = Must(Call<v1::Referral>(worker_, letter)).name();
  const std::string note = Wrote(member_, referral, v1::READERS_BOTH).name();
  Caller director = director_;
  director.purpose = annotations::v1::PURPOSE_CHILD_PROTECTION;
  EXPECT_EQ(UnreadReferral(referral, director), "");
  EXPECT_THAT(Get(director, note), RefusedBy(rules::kNotFound));
  EXPECT_THAT(Listed(director), IsEmpty());
  EXPECT_THAT(Call<v1::Note>(director, OnRecord(director, referral, v1::READERS_OWN_AGENCY)),
              RefusedBy(rules::kNotSenderOrReceiver));
}

TEST_F(Notes, AreSealedAtRest) {
  Wrote(worker_, Sent().name(), v1::READERS_OWN_AGENCY);
  EXPECT_THAT(StoredWithoutKey(), Not(HasSubstr("the aunt was called")));
}

TEST_F(Notes, OfATelephoneCallAreForBothSidesAndOfThePast) {
  v1::CreateNoteRequest call = OnRecord(member_, Sent().name(), v1::READERS_BOTH);
  auto* contact = call.mutable_note()->mutable_phone_contact();
  EXPECT_THAT(Call<v1::Note>(member_, call), RefusedBy(rules::kFieldInvalid)) << "without an instant";
  *contact->mutable_called_at() = ToProto(in_process_.clock().Now() + absl::Minutes(1));
  EXPECT_THAT(Call<v1::Note>(member_, call), RefusedBy(rules::kPhoneContactInFuture));
  *contact->mutable_called_at() = ToProto(in_process_.clock().Now() - absl::Minutes(1));
  contact->set_reached(true);
  call.mutable_note()->set_readers(v1::READERS_OWN_AGENCY);
  EXPECT_THAT(Call<v1::Note>(member_, call), RefusedBy(rules::kFieldInvalid)) << "the other side was there";
  call.mutable_note()->set_readers(v1::READERS_BOTH);
  const v1::Note note = Must(Call<v1::Note>(member_, call));
  EXPECT_TRUE(Must(Get(worker_, note.name())).phone_contact().reached());
}

TEST_F(Notes, OfTwoSendersThePoliceAloneStartTheTwelveHours) {
  v1::RecordReferralPlaceOfSafetyRequest brought;
  *brought.mutable_brought_at() = ToProto(in_process_.clock().Now());
  v1::CreateReferralRequest letter = Letter(protocol_);
  letter.mutable_referral()->set_age_band(v1::AGE_BAND_16_17);
  const v1::Referral by_society = Must(Call<v1::Referral>(worker_, letter));
  EXPECT_THAT(Do(worker_, by_society, brought), RefusedBy(rules::kNotTheReceiver));
  const v1::Referral by_police =
      Must(Call<v1::Referral>(member_, Report(protocol_, v1::AGE_BAND_16_17, "2026-11-20")));
  const v1::Referral started = Must(Do(member_, by_police, brought));
  EXPECT_EQ(FromProto(started.place_of_safety_until()), in_process_.clock().Now() + absl::Hours(12));
  EXPECT_THAT(Do(worker_, started, brought), RefusedBy(rules::kAlreadyRecorded));
}

TEST_F(Notes, AnAgencyWritesSoManyOnOneRecord) {
  const std::string referral = Sent().name(), another = Sent().name();
  storage::Resources notes("note", &in_process_.page_tokens());
  ASSERT_OK(in_process_.database().Transact([&](storage::Transaction& tx) -> absl::Status {
    for (int i = 0; i < 1000; ++i) {
      v1::Note note;
      note.set_name(absl::StrCat("agencies/cas-york/notes/own-", i));
      note.set_about(referral);
      const storage::Write write{"cas-york", "worker", absl::StrCat("note-", i), in_process_.clock().Now()};
      storage::Placement own{"cas-york", "", {"cas-york"}, {}};
      own.fields["about"] = referral;
      ACCORD_RETURN_IF_ERROR(notes.Insert(tx, &note, write, own));
    }
    return absl::OkStatus();
  }));
  EXPECT_THAT(Call<v1::Note>(worker_, OnRecord(worker_, referral, v1::READERS_OWN_AGENCY)),
              RefusedBy(rules::kRecordFull));
  EXPECT_OK(Call<v1::Note>(worker_, OnRecord(worker_, another, v1::READERS_OWN_AGENCY)));
  EXPECT_OK(Call<v1::Note>(member_, OnRecord(member_, referral, v1::READERS_BOTH))) << "its own are few";
}

}  // namespace
}  // namespace accord::protocols
