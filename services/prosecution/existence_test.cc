// In these tests nobody learns from an answer whether another office has a case: neither by a name, nor by
// the number of an information.
#include "common/access/registry_references.h"
#include "common/testing/twins.h"
#include "services/prosecution/testing/fixture.h"

namespace accord::prosecution {
namespace {

using annotations::v1::AGENCY_KIND_CROWN;
using annotations::v1::AGENCY_KIND_POLICE_SERVICE;
using annotations::v1::AGENCY_KIND_VICTIM_SERVICES;

class CaseExistence : public ProsecutionFixture {
 protected:
  static v1::CreateCaseRequest InOttawa(const std::string& information) {
    v1::CreateCaseRequest request = NewCase(information);
    request.set_parent("agencies/cr-ottawa");
    request.mutable_case_()->set_court_region("east");
    return request;
  }
  // The answer is compared without the number, which the caller gave.
  std::string Seen(const Caller& caller, v1::CreateCaseRequest request) {
    request.set_request_id(RequestId());
    const auto reply = in_process_.ReplyTo(caller, request);
    return testing::SeenOf(reply, {request.case_().information_number()});
  }
};

TEST_F(CaseExistence, AnInformationNumberTellsNothingOfAnotherOfficesCase) {
  Opened("26-1001");
  const std::string absent = Seen(elsewhere_, InOttawa("26-2002"));
  EXPECT_EQ(Seen(elsewhere_, InOttawa("26-1001")), absent);
  // A person who keeps the cases of his or her own office is told of them.
  const Caller clerk = Crown("cr-ottawa", "clerk", annotations::v1::ROLE_CROWN_ADMIN);
  EXPECT_THAT(Call<v1::Case>(clerk, InOttawa("26-1001")), RefusedBy(rules::kInformationTaken));
}

TEST_F(CaseExistence, AnInformationNumberTellsAColleagueNothingOfACaseThatIsNotAssigned) {
  Assigned("26-1001");
  const std::string absent = Seen(colleague_, NewCase("26-2002"));
  EXPECT_EQ(Seen(colleague_, NewCase("26-1001")), absent);
  EXPECT_THAT(Call<v1::Case>(counsel_, NewCase("26-1001")), RefusedBy(rules::kInformationTaken));
}

TEST_F(CaseExistence, TheCoordinatorIsToldOfEveryCaseAndTheTeamOfNone) {
  v1::CreateCaseRequest plain = NewCase("26-3003");
  plain.mutable_case_()->set_team_flag(false);
  ASSERT_OK(Call<v1::Case>(counsel_, plain));
  Opened("26-1001");
  v1::CreateCaseRequest teams = NewCase("26-1001");
  teams.set_parent("agencies/cr-phtpt");
  EXPECT_THAT(Call<v1::Case>(coordinator_, teams), RefusedBy(rules::kInformationTaken));
  teams.mutable_case_()->set_information_number("26-3003");
  EXPECT_THAT(Call<v1::Case>(coordinator_, teams), RefusedBy(rules::kInformationTaken));
  teams.mutable_case_()->set_information_number("26-4004");
  const std::string absent = Seen(team_, teams);
  for (const char* hidden : {"26-3003", "26-1001"}) {
    teams.mutable_case_()->set_information_number(hidden);
    EXPECT_EQ(Seen(team_, teams), absent) << hidden;
  }
}

// The gateway alone tells who works at another office.
TEST_F(CaseExistence, TheTeamIsWhomTheGatewayTellsOfOtherOfficesCrowns) {
  int told = 0;
  for (const ReferenceField& field : ReferenceFields()) {
    if (field.agency_field.empty() || !field.field.starts_with("accord.prosecution.")) continue;
    ++told;
    ASSERT_EQ(field.told.size(), 1u);
    EXPECT_EQ(field.told[0], RealRules().set().team_agency());
  }
  EXPECT_EQ(told, 2) << "who is assigned, and who replaces";
}

TEST_F(CaseExistence, NoMethodTellsWhatIsHiddenFromWhatIsAbsent) {
  v1::Case item = Assigned();
  const v1::Accused accused = Charged(item);
  v1::CreateLinkTokenRequest link;
  link.set_parent("agencies/cr-york");
  link.mutable_link_token()->set_case_(item.name());
  link.mutable_link_token()->set_victim("v1");
  link.mutable_link_token()->set_support_agency("vs-york");
  link.mutable_link_token()->set_consent_on("2026-11-24");
  link.mutable_link_token()->set_expires_on("2026-12-31");
  const auto token = Call<v1::LinkToken>(counsel_, link);
  ASSERT_OK(token);
  v1::LinkCaseDuplicateRequest twice;
  twice.set_parent("agencies/cr-york");
  twice.mutable_case_duplicate()->set_record(Charged(item).name());
  twice.mutable_case_duplicate()->set_same_as(accused.name());
  twice.mutable_case_duplicate()->set_reason("entered twice");
  const auto duplicate = Call<v1::CaseDuplicate>(counsel_, twice);
  ASSERT_OK(duplicate);
  v1::CreateAdviceRequestRequest ask;
  ask.set_parent("agencies/ps-york");
  ask.mutable_advice_request()->set_crown_agency("cr-york");
  ask.mutable_advice_request()->set_question("Which counts?");
  const auto advice = Call<v1::AdviceRequest>(police_, ask);
  ASSERT_OK(advice);
  v1::CreateCaseNoteRequest write;
  write.set_parent("agencies/cr-york");
  write.mutable_case_note()->set_case_(item.name());
  write.mutable_case_note()->set_readers(v1::CASE_NOTE_READERS_BOTH);
  write.mutable_case_note()->set_text("The witness moved away.");
  const auto note = Call<v1::CaseNote>(counsel_, write);
  ASSERT_OK(note);
  EXPECT_GT(
      testing::CompareTwins(
          &in_process_,
          {"accord.prosecution.v1",
           {item.name(), accused.name(), token->name(), advice->name(), note->name(), duplicate->name()},
           {{"cr-ottawa", AGENCY_KIND_CROWN, "counsel", annotations::v1::ROLE_CROWN_COUNSEL},
            {"cr-ottawa", AGENCY_KIND_CROWN, "chief", annotations::v1::ROLE_CROWN_COORDINATOR},
            {"cr-ottawa", AGENCY_KIND_CROWN, "clerk", annotations::v1::ROLE_CROWN_ADMIN},
            {"ps-durham", AGENCY_KIND_POLICE_SERVICE},
            {"vs-durham", AGENCY_KIND_VICTIM_SERVICES}}}),
      100);
  // The accused is hidden from unassigned people of the office and the team too, but advice belongs to
  // the office.
  EXPECT_GT(
      testing::CompareTwins(
          &in_process_, {"accord.prosecution.v1",
                         {item.name(), accused.name(), token->name(), duplicate->name()},
                         {{"cr-york", AGENCY_KIND_CROWN, "colleague", annotations::v1::ROLE_CROWN_COUNSEL},
                          {"cr-york", AGENCY_KIND_CROWN, "chief", annotations::v1::ROLE_CROWN_COORDINATOR},
                          {"cr-phtpt", AGENCY_KIND_CROWN, "specialist", annotations::v1::ROLE_CROWN_COUNSEL},
                          {"cr-phtpt", AGENCY_KIND_CROWN, "clerk", annotations::v1::ROLE_CROWN_ADMIN}}}),
      100);
}

}  // namespace
}  // namespace accord::prosecution
