// These tests show who reads a note on a case: the Crowns who act in it and the police who brought it, each
// their own and what is for both.
#include "services/prosecution/testing/fixture.h"

namespace accord::prosecution {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

class CaseNotes : public ProsecutionFixture {
 protected:
  v1::CreateCaseNoteRequest NewNote(const Caller& caller, const v1::Case& item, v1::CaseNoteReaders readers) {
    v1::CreateCaseNoteRequest request;
    request.set_parent("agencies/" + caller.agency);
    request.mutable_case_note()->set_case_(item.name());
    request.mutable_case_note()->set_readers(readers);
    request.mutable_case_note()->set_text("the witness moved away");
    return request;
  }
  std::string Wrote(const Caller& caller, const v1::Case& item, v1::CaseNoteReaders readers) {
    return Must(Call<v1::CaseNote>(caller, NewNote(caller, item, readers))).name();
  }
  std::string Unwritten(const Caller& caller, const v1::Case& item) {
    return RuleOfRequest(caller, NewNote(caller, item, v1::CASE_NOTE_READERS_BOTH));
  }
  absl::StatusOr<v1::CaseNote> GetNote(const Caller& caller, const std::string& name) {
    v1::GetCaseNoteRequest request;
    request.set_name(name);
    return Call<v1::CaseNote>(caller, request);
  }
  std::vector<std::string> Listed(const Caller& caller, const v1::Case& item) {
    v1::ListCaseNotesRequest request;
    request.set_case_(item.name());
    std::vector<std::string> names;
    const auto page = Must(Call<v1::ListCaseNotesResponse>(caller, request));
    for (const auto& note : page.case_notes()) names.push_back(note.name());
    return names;
  }
  std::string Unlisted(const Caller& caller, const v1::Case& item) {
    v1::ListCaseNotesRequest request;
    request.set_case_(item.name());
    return RuleOfRequest(caller, request);
  }
  Caller OfDurham() const {
    Caller durham = police_;
    durham.agency = "ps-durham";
    return durham;
  }
};

TEST_F(CaseNotes, SayInTheirNameWhoReadsThem) {
  const v1::Case item = Assigned();
  const std::string crown = Wrote(counsel_, item, v1::CASE_NOTE_READERS_OWN_AGENCY);
  const std::string police = Wrote(police_, item, v1::CASE_NOTE_READERS_OWN_AGENCY);
  const std::string both = Wrote(police_, item, v1::CASE_NOTE_READERS_BOTH);
  EXPECT_THAT(crown, HasSubstr("agencies/cr-york/caseNotes/own-"));
  EXPECT_THAT(both, HasSubstr("agencies/ps-york/caseNotes/both-"));
  EXPECT_EQ(Must(GetNote(counsel_, both)).text(), "the witness moved away");
  EXPECT_THAT(GetNote(counsel_, police), RefusedBy(rules::kNotFound));
  EXPECT_THAT(GetNote(police_, crown), RefusedBy(rules::kNotFound));
  EXPECT_THAT(Listed(counsel_, item), ElementsAre(crown, both));
  EXPECT_THAT(Listed(police_, item), ElementsAre(both, police));
  EXPECT_THAT(Listed(coordinator_, item), ElementsAre(both)) << "of another office, and acts in the case";
  EXPECT_THAT(Listed(police_, Assigned("26-2002")), IsEmpty());
}

TEST_F(CaseNotes, AreReadByNobodyWhoHasNoPartInTheCase) {
  const v1::Case item = Assigned();
  const std::string both = Wrote(counsel_, item, v1::CASE_NOTE_READERS_BOTH);
  for (const Caller& caller : {colleague_, elsewhere_, team_, OfDurham()}) {
    EXPECT_THAT(GetNote(caller, both), RefusedBy(rules::kNotFound)) << caller.agency << " " << caller.actor;
    EXPECT_EQ(Unlisted(caller, item), "NOT_FOUND") << caller.agency << " " << caller.actor;
    EXPECT_EQ(Unwritten(caller, item), "NOT_FOUND") << caller.agency << " " << caller.actor;
  }
  EXPECT_THAT(GetNote(clerk_, both), RefusedBy(rules::kRoleNotPermitted));
}

TEST_F(CaseNotes, FollowWhoActsInTheCase) {
  v1::Case item = Assigned();
  const std::string own = Wrote(counsel_, item, v1::CASE_NOTE_READERS_OWN_AGENCY);
  ASSERT_EQ(Assign(&item, colleague_), "");
  EXPECT_THAT(GetNote(counsel_, own), RefusedBy(rules::kNotFound));
  EXPECT_OK(GetNote(colleague_, own));
  ASSERT_EQ(Assign(&item, team_, v1::ASSIGNMENT_MODE_ADVISORY), "");
  EXPECT_EQ(Unwritten(team_, item), "NOT_ASSIGNED") << "who advises reads the case and does not act in it";
  EXPECT_EQ(Unlisted(team_, item), "NOT_FOUND");
}

TEST_F(CaseNotes, AreWrittenInTheNameOfTheOwnAgencyAlone) {
  const v1::Case item = Assigned();
  EXPECT_EQ(RuleOfRequest(police_, NewNote(counsel_, item, v1::CASE_NOTE_READERS_BOTH)), "NOT_FOUND");
  EXPECT_EQ(RuleOfRequest(police_, NewNote(police_, item, v1::CASE_NOTE_READERS_UNSPECIFIED)),
            "FIELD_INVALID");
}

TEST_F(CaseNotes, AreSealedAtRest) {
  Wrote(counsel_, Assigned(), v1::CASE_NOTE_READERS_OWN_AGENCY);
  EXPECT_THAT(StoredWithoutKey(), Not(HasSubstr("the witness moved away")));
}

TEST_F(CaseNotes, AnAgencyWritesSoManyOnOneCase) {
  const v1::Case item = Assigned(), another = Assigned("26-2002");
  storage::Resources notes("case_note", &in_process_.page_tokens());
  ASSERT_OK(in_process_.database().Transact([&](storage::Transaction& tx) -> absl::Status {
    for (int i = 0; i < 1000; ++i) {
      v1::CaseNote note;
      note.set_name(absl::StrCat("agencies/cr-york/caseNotes/own-", i));
      note.set_case_(item.name());
      const storage::Write write{"cr-york", "counsel", absl::StrCat("note-", i), in_process_.clock().Now()};
      storage::Placement own{"cr-york", "", {"cr-york#crown"}, {}};
      own.fields["case"] = item.name();
      ACCORD_RETURN_IF_ERROR(notes.Insert(tx, &note, write, own));
    }
    return absl::OkStatus();
  }));
  EXPECT_EQ(Unwritten(counsel_, item), "RECORD_FULL");
  EXPECT_EQ(Unwritten(counsel_, another), "");
  EXPECT_EQ(Unwritten(police_, item), "") << "its own are few";
}

}  // namespace
}  // namespace accord::prosecution
