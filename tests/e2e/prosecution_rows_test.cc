// These are the rows of the founding document that prosecution fulfils, shown through the gateway, and who is
// shown whose name.

#include "accord/prosecution/v1/accused_service.pb.h"
#include "accord/prosecution/v1/advice_service.pb.h"
#include "accord/prosecution/v1/case_service.pb.h"
#include "accord/prosecution/v1/link_service.pb.h"
#include "tests/e2e/case.h"

namespace accord::e2e {
namespace {

namespace pros = accord::prosecution::v1;

// This is a person of an agency, with the system to call with, the actor, and the purpose.
struct CasePerson {
  const AgencyClient* client;
  std::string actor, purpose;
};

class Prosecution : public ACase {
 protected:
  Prosecution()
      : team_(
            Enrol("cr-phtpt", {{"coordinator", ROLE_CROWN_COORDINATOR}, {"specialist", ROLE_CROWN_COUNSEL}})),
        york_(Enrol("cr-york", {{"counsel", ROLE_CROWN_COUNSEL},
                                {"colleague", ROLE_CROWN_COUNSEL},
                                {"clerk", ROLE_CROWN_ADMIN}})),
        ottawa_(Enrol("cr-ottawa", {{"counsel", ROLE_CROWN_COUNSEL}})),
        police_(Enrol("ps-york", {{"member", ROLE_POLICE_MEMBER}})),
        support_(Enrol("vs-vwap-newmarket", {{"worker", ROLE_VWAP_WORKER}})),
        office_(Enrol("co-pahtco", {{"staff", ROLE_OFFICE_STAFF}})) {}

  // Whatever a test did, no database, log or configuration holds the words that it planted.
  void TearDown() override {
    const auto written = stack_.Written();
    EXPECT_GT(written.size(), 12u);
    for (const auto& [place, text] : written) {
      for (const char* planted : {"the-survivor-1", "the-accused-1", "the-privileged-"}) {
        EXPECT_EQ(text.find(planted), std::string::npos) << planted << " is in " << place;
      }
    }
  }

  template <class Res, class Req>
  absl::StatusOr<Res> Call(const CasePerson& who, const std::string& method, Req request) {
    if constexpr (requires { request.set_request_id(""); }) request.set_request_id(RequestId());
    return who.client->Call<Res>("/accord.prosecution.v1." + method, who.actor, who.purpose, request);
  }
  template <class Res, class Req>
  Res Must(const CasePerson& who, const std::string& method, Req request) {
    auto result = Call<Res>(who, method, std::move(request));
    EXPECT_OK(result) << method << ": " << result.status();
    return result.value_or(Res());
  }
  std::string Today() { return FormatDay(OntarioDay(absl::Now())); }
  std::string Days(int n) { return FormatDay(OntarioDay(absl::Now()) + n); }

  pros::CreateCaseRequest NewCase(const std::string& agency, const std::string& region,
                                  const std::string& information) {
    pros::CreateCaseRequest request;
    request.set_parent("agencies/" + agency);
    auto* item = request.mutable_case_();
    item->set_court_region(region);
    item->set_police_service("ps-york");
    item->set_information_number(information);
    item->set_team_flag(true);
    item->add_victims()->set_ref("the-survivor-1");
    return request;
  }
  pros::Accused Charge(const CasePerson& who, const pros::Case& of, int days_ago) {
    pros::CreateAccusedRequest request;
    request.set_parent(of.name());
    auto* accused = request.mutable_accused();
    accused->set_accused_ref("the-accused-1");
    accused->set_charge_date(Days(-days_ago));
    accused->set_forum(pros::FORUM_OCJ);
    auto* count = accused->add_counts();
    count->set_section("279.01(1)");
    count->set_offence_from(Days(-days_ago - 30));
    count->set_victim("v1");
    count->set_mode(pros::COUNT_MODE_INDICTABLE);
    return Must<pros::Accused>(who, "AccusedService/CreateAccused", request);
  }
  pros::Case Assign(const pros::Case& of, const std::string& agency, const std::string& crown) {
    pros::AssignCrownRequest request;
    request.set_name(of.name());
    request.set_etag(of.etag());
    request.set_agency(agency);
    request.set_crown(crown);
    request.set_mode(pros::ASSIGNMENT_MODE_LEAD);
    return Must<pros::Case>(coordinator_, "CaseService/AssignCrown", request);
  }
  pros::Accused Advance(const pros::Accused& accused, const std::string& event) {
    pros::AdvanceAccusedRequest request;
    request.set_name(accused.name());
    request.set_etag(accused.etag());
    request.set_event(event);
    request.set_on(Today());
    return Must<pros::Accused>(counsel_, "AccusedService/AdvanceAccused", request);
  }

  AgencyClient team_, york_, ottawa_, police_, support_, office_;
  const CasePerson coordinator_{&team_, "coordinator", "prosecution"},
      specialist_{&team_, "specialist", "prosecution"}, counsel_{&york_, "counsel", "prosecution"},
      colleague_{&york_, "colleague", "prosecution"}, clerk_{&york_, "clerk", "prosecution"},
      elsewhere_{&ottawa_, "counsel", "prosecution"}, member_{&police_, "member", "criminal_investigation"},
      worker_{&support_, "worker", "victim_support"}, staff_{&office_, "staff", "protocol_governance"};
};

TEST_F(Prosecution, SeedRow23_EveryFlaggedProsecutionAppearsOnceWithStageCrownAndClock) {
  const auto york =
      Must<pros::Case>(counsel_, "CaseService/CreateCase", NewCase("cr-york", "central-east", "1"));
  const auto east = Must<pros::Case>(elsewhere_, "CaseService/CreateCase", NewCase("cr-ottawa", "east", "2"));
  EXPECT_EQ(RuleOf(Call<pros::Case>(clerk_, "CaseService/CreateCase", NewCase("cr-york", "central-east", "1"))
                       .status()),
            "INFORMATION_TAKEN");
  // Nobody learns by its number whether another office has a case.
  Must<pros::Case>(elsewhere_, "CaseService/CreateCase", NewCase("cr-ottawa", "east", "1"));
  Assign(york, "cr-york", "counsel");
  Assign(east, "cr-ottawa", "counsel");
  const auto first = Charge(counsel_, york, 300), second = Charge(elsewhere_, east, 100);
  const auto board =
      Must<pros::ListBoardResponse>(coordinator_, "AccusedService/ListBoard", pros::ListBoardRequest());
  ASSERT_EQ(board.accused_size(), 2);
  EXPECT_EQ(board.accused(0).name(), first.name());
  EXPECT_EQ(board.accused(0).lead_crown(), "counsel");
  EXPECT_EQ(board.accused(0).stage(), pros::STAGE_CHARGED);
  EXPECT_EQ(board.accused(0).clock().ceiling_months(), 18);
  EXPECT_GT(board.accused(0).clock().days_to_ceiling(), 0);
  EXPECT_EQ(board.accused(1).name(), second.name());
  EXPECT_EQ(board.accused(1).lead_crown_agency(), "cr-ottawa");
  // Each Crown sees its own case, and neither sees the other's.
  const auto own =
      Must<pros::ListBoardResponse>(elsewhere_, "AccusedService/ListBoard", pros::ListBoardRequest());
  ASSERT_EQ(own.accused_size(), 1);
  EXPECT_EQ(own.accused(0).name(), second.name());
}

TEST_F(Prosecution, SeedRow24_TheEstablishmentShowsRecruitedAgainstTargetAndWhatIsAmbiguous) {
  const auto shown =
      Must<pros::Establishment>(staff_, "CaseService/GetEstablishment", pros::GetEstablishmentRequest());
  EXPECT_EQ(shown.target_crowns(), 6);
  EXPECT_EQ(shown.recruited_crowns(), 2);
  EXPECT_EQ(shown.recruited_coordinators(), 1);
  EXPECT_THAT(shown.ambiguity(), ::testing::HasSubstr("is not said"));
}

TEST_F(Prosecution, SeedRow25_AdviceAndLinksExposeNeitherSidesPrivilegedContent) {
  pros::CreateAdviceRequestRequest ask;
  ask.set_parent("agencies/ps-york");
  ask.mutable_advice_request()->set_crown_agency("cr-york");
  ask.mutable_advice_request()->set_question("the-privileged-question");
  const auto asked = Must<pros::AdviceRequest>(member_, "AdviceService/CreateAdviceRequest", ask);
  pros::AnswerAdviceRequestRequest answer;
  answer.set_name(asked.name());
  answer.set_etag(asked.etag());
  answer.set_answer("the-privileged-answer");
  Must<pros::AdviceRequest>(counsel_, "AdviceService/AnswerAdviceRequest", answer);
  pros::GetAdviceRequestRequest get;
  get.set_name(asked.name());
  EXPECT_EQ(Must<pros::AdviceRequest>(member_, "AdviceService/GetAdviceRequest", get).answer(),
            "the-privileged-answer");
  for (const CasePerson& other : {coordinator_, elsewhere_}) {
    EXPECT_THAT(Call<pros::AdviceRequest>(other, "AdviceService/GetAdviceRequest", get).status(),
                RefusedBy("NOT_FOUND"))
        << other.actor;
  }
  for (const CasePerson& other : {worker_, staff_}) {
    EXPECT_THAT(Call<pros::AdviceRequest>(other, "AdviceService/GetAdviceRequest", get).status(),
                RefusedBy("AGENCY_KIND_NOT_PERMITTED"))
        << other.actor;
  }

  auto item = Must<pros::Case>(counsel_, "CaseService/CreateCase", NewCase("cr-york", "central-east", "1"));
  item = Assign(item, "cr-york", "counsel");
  Charge(counsel_, item, 10);
  pros::CreateLinkTokenRequest link;
  link.set_parent("agencies/cr-york");
  link.mutable_link_token()->set_case_(item.name());
  link.mutable_link_token()->set_victim("v1");
  link.mutable_link_token()->set_support_agency("vs-vwap-newmarket");
  link.mutable_link_token()->set_consent_on(Today());
  link.mutable_link_token()->set_expires_on(Days(30));
  const auto token = Must<pros::LinkToken>(counsel_, "LinkService/CreateLinkToken", link);
  pros::GetLinkedCaseRequest open;
  open.set_name(token.name());
  const auto linked = Must<pros::GetLinkedCaseResponse>(worker_, "LinkService/GetLinkedCase", open);
  EXPECT_EQ(linked.outcomes_size(), 1);
  EXPECT_THAT(Call<pros::GetLinkedCaseResponse>(counsel_, "LinkService/GetLinkedCase", open).status(),
              RefusedBy("AGENCY_KIND_NOT_PERMITTED"));
  pros::GetCaseRequest brief;
  brief.set_name(item.name());
  EXPECT_EQ(RuleOf(Call<pros::Case>(worker_, "CaseService/GetCase", brief).status()),
            "AGENCY_KIND_NOT_PERMITTED");
}

// These tests run a fast calendar, which is permitted on a loopback address alone.
class FieldProsecutionCounts : public Prosecution {
 protected:
  pros::CountProsecutionsResponse Counted() {
    return Must<pros::CountProsecutionsResponse>(staff_, "CaseService/CountProsecutions",
                                                 pros::CountProsecutionsRequest());
  }
};

TEST_F(FieldProsecutionCounts, SeedRow13_RestitutionIsRecordedAndCountedWithoutExposingIdentity) {
  auto item = Must<pros::Case>(counsel_, "CaseService/CreateCase", NewCase("cr-york", "central-east", "1"));
  item = Assign(item, "cr-york", "counsel");
  for (int i = 0; i < 5; ++i) {
    pros::Accused accused = Charge(counsel_, item, 100);
    for (const char* event : {"hear_bail", "plead_guilty", "begin_sentencing"})
      accused = Advance(accused, event);
    pros::RecordAccusedSentenceRequest sentence;
    sentence.set_name(accused.name());
    sentence.set_etag(accused.etag());
    sentence.mutable_order()->set_on(Today());
    sentence.mutable_order()->set_sentence("seven years");
    auto* restitution = sentence.mutable_order()->mutable_restitution();
    restitution->set_considered(true);
    restitution->set_ordered(true);
    restitution->set_amount_cents(25'000'00);
    restitution->set_payee_ref("the-survivor-1");
    restitution->add_heads("loss of income");
    EXPECT_EQ(Must<pros::Accused>(counsel_, "AccusedService/RecordAccusedSentence", sentence).orders_size(),
              1);
  }
  const auto before = Counted();
  for (const auto& cell : before.counts())
    EXPECT_NE(cell.label(), "restitution/ordered") << "the period lasts";
  Hasten("prosecution");
  auto counted = before;
  ASSERT_TRUE(Eventually(
      [&] {
        counted = Counted();
        return counted.as_of().seconds() != before.as_of().seconds();
      },
      absl::Minutes(1)));
  std::map<std::string, int64_t> cells;
  for (const auto& cell : counted.counts()) cells[cell.label()] = cell.count();
  EXPECT_EQ(cells["restitution/ordered"], 5);
  EXPECT_EQ(counted.SerializeAsString().find("survivor"), std::string::npos);
}

TEST_F(Prosecution, NamesAreMaskedForEveryRoleThatMayNotReadThem) {
  auto item = Must<pros::Case>(counsel_, "CaseService/CreateCase", NewCase("cr-york", "central-east", "1"));
  item = Assign(item, "cr-york", "counsel");
  const pros::Accused accused = Charge(counsel_, item, 100);
  struct Row {
    CasePerson who;
    std::string refusal;
    bool victim, accused;
  };
  for (const Row& row : std::vector<Row>{{counsel_, "", true, true},
                                         {coordinator_, "", true, true},
                                         {colleague_, "NOT_FOUND", false, false},
                                         {specialist_, "NOT_FOUND", false, false},
                                         {clerk_, "", false, false},
                                         {elsewhere_, "NOT_FOUND", false, false},
                                         {member_, "AGENCY_KIND_NOT_PERMITTED", false, false},
                                         {worker_, "AGENCY_KIND_NOT_PERMITTED", false, false},
                                         {staff_, "AGENCY_KIND_NOT_PERMITTED", false, false}}) {
    pros::GetCaseRequest get_case;
    get_case.set_name(item.name());
    pros::GetAccusedRequest get_accused;
    get_accused.set_name(accused.name());
    const auto seen_case = Call<pros::Case>(row.who, "CaseService/GetCase", get_case);
    const auto seen = Call<pros::Accused>(row.who, "AccusedService/GetAccused", get_accused);
    SCOPED_TRACE(row.who.actor);
    EXPECT_EQ(accord::testing::RuleOrError(seen_case.status()), row.refusal);
    EXPECT_EQ(accord::testing::RuleOrError(seen.status()), row.refusal);
    if (!seen_case.ok() || !seen.ok()) continue;
    EXPECT_EQ(seen_case->victims(0).ref(), row.victim ? "the-survivor-1" : "");
    EXPECT_EQ(seen->accused_ref(), row.accused ? "the-accused-1" : "");
  }
  // Police learn the stage of their own case, and no more.
  const auto statuses = Must<pros::ListCaseStatusesResponse>(member_, "CaseService/ListCaseStatuses",
                                                             pros::ListCaseStatusesRequest());
  ASSERT_EQ(statuses.case_statuses_size(), 1);
  EXPECT_EQ(statuses.case_statuses(0).accused(), accused.name());
}

}  // namespace
}  // namespace accord::e2e
