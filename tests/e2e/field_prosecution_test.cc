// These tests show through the gateway which Crowns may act where, to whom a court's papers disclose what,
// and what is stored unsealed.
#include "accord/prosecution/v1/accused_service.pb.h"
#include "accord/prosecution/v1/case_service.pb.h"
#include "accord/prosecution/v1/link_service.pb.h"
#include "tests/e2e/field.h"

namespace accord::e2e {
namespace {

namespace pros = accord::prosecution::v1;
using ::testing::HasSubstr;
using ::testing::Not;

const Person kCoordinatorOfCounsel{"cr-phtpt", "coordinator", "prosecution"};
const Person kCounsel{"cr-york", "counsel", "prosecution"};
const Person kColleague{"cr-york", "colleague", "prosecution"};
const Person kClerk{"cr-york", "clerk", "prosecution"};
const Person kNeighbour{"cr-durham", "counsel", "prosecution"};
const Person kElsewhere{"cr-ottawa", "counsel", "prosecution"};
const Person kSupport{"vs-vwap-newmarket", "worker", "victim_support"};

class FieldProsecution : public Field {
 protected:
  static pros::CreateCaseRequest NewCase(const std::string& agency, const std::string& region,
                                         const std::string& number) {
    pros::CreateCaseRequest request;
    request.set_parent("agencies/" + agency);
    request.mutable_case_()->set_court_region(region);
    request.mutable_case_()->set_police_service("ps-york");
    request.mutable_case_()->set_information_number(number);
    request.mutable_case_()->set_team_flag(true);
    request.mutable_case_()->add_victims()->set_ref("a-survivor-1");
    request.mutable_case_()->add_victims()->set_ref("another-survivor-1");
    return request;
  }
  std::string Opening(const Person& who, const pros::CreateCaseRequest& request) {
    return Refusal<pros::Case>(who, "prosecution.v1.CaseService/CreateCase", request);
  }
  // This gives a case of York's office, with its counsel as lead.
  pros::Case Assigned() {
    auto item = Must<pros::Case>(kCounsel, "prosecution.v1.CaseService/CreateCase",
                                 NewCase("cr-york", "central-east", FieldWorld::RequestId()));
    EXPECT_EQ(Assign(kCoordinatorOfCounsel, &item, kCounsel), "");
    return item;
  }
  std::string Assign(const Person& who, pros::Case* item, const Person& crown) {
    pros::AssignCrownRequest request;
    request.set_agency(crown.agency);
    request.set_crown(crown.actor);
    request.set_mode(pros::ASSIGNMENT_MODE_LEAD);
    return Move(who, "prosecution.v1.CaseService/AssignCrown", item, request);
  }
  std::string Declare(const Person& who, pros::Case* item) {
    return Move<pros::DeclareCaseConflictRequest>(who, "prosecution.v1.CaseService/DeclareCaseConflict",
                                                  item);
  }
  pros::Case SeenCase(const Person& who, const std::string& name) {
    return Seen<pros::Case, pros::GetCaseRequest>(who, "prosecution.v1.CaseService/GetCase", name);
  }
  static pros::CreateAccusedRequest NewAccused(const pros::Case& of, const std::string& victim) {
    pros::CreateAccusedRequest request;
    request.set_parent(of.name());
    request.mutable_accused()->set_accused_ref("the-one-accused-1");
    request.mutable_accused()->set_charge_date(Days(-100));
    request.mutable_accused()->set_forum(pros::FORUM_OCJ);
    auto* count = request.mutable_accused()->add_counts();
    count->set_section("279.01(1)");
    count->set_offence_from(Days(-130));
    count->set_victim(victim);
    count->set_mode(pros::COUNT_MODE_INDICTABLE);
    return request;
  }
  pros::Accused Charged(const pros::Case& of, const std::string& victim = "v1") {
    return Must<pros::Accused>(kCounsel, "prosecution.v1.AccusedService/CreateAccused",
                               NewAccused(of, victim));
  }
  template <class Req>
  std::string OnAccused(const Person& who, const std::string& verb, pros::Accused* accused, Req request) {
    return Move(who, "prosecution.v1.AccusedService/" + verb, accused, request);
  }
  std::string Advance(const Person& who, const std::string& event, pros::Accused* accused) {
    pros::AdvanceAccusedRequest request;
    request.set_event(event);
    request.set_on(Days(0));
    return OnAccused(who, "AdvanceAccused", accused, request);
  }
  std::string Book(const Person& who, pros::Accused* accused) {
    pros::BookAccusedTrialRequest request;
    request.set_trial_end(Days(60));
    return OnAccused(who, "BookAccusedTrial", accused, request);
  }
  pros::Accused SeenAccused(const Person& who, const std::string& name) {
    return Seen<pros::Accused, pros::GetAccusedRequest>(who, "prosecution.v1.AccusedService/GetAccused",
                                                        name);
  }
  pros::LinkToken Linked(const pros::Case& of, const std::string& victim) {
    pros::CreateLinkTokenRequest request;
    request.set_parent("agencies/cr-york");
    request.mutable_link_token()->set_case_(of.name());
    request.mutable_link_token()->set_victim(victim);
    request.mutable_link_token()->set_support_agency("vs-vwap-newmarket");
    request.mutable_link_token()->set_consent_on(Days(0));
    request.mutable_link_token()->set_expires_on(Days(30));
    return Must<pros::LinkToken>(kCounsel, "prosecution.v1.LinkService/CreateLinkToken", request);
  }
  std::string Revoke(const Person& who, pros::LinkToken link) {
    return Move<pros::RevokeLinkTokenRequest>(who, "prosecution.v1.LinkService/RevokeLinkToken", &link);
  }
  pros::GetLinkedCaseResponse Opened(const pros::LinkToken& link) {
    pros::GetLinkedCaseRequest request;
    request.set_name(link.name());
    return Must<pros::GetLinkedCaseResponse>(kSupport, "prosecution.v1.LinkService/GetLinkedCase", request);
  }
  // This gives a child's referral with words in every field that a review found unsealed.
  std::string Planted();
};

std::string FieldProsecution::Planted() {
  CreateReferralRequest letter = Letter(York());
  letter.mutable_referral()->set_kind(REFERRAL_KIND_CONSULTATION);
  letter.mutable_referral()->add_indicators("planted-indicator");
  auto sent = Send(kWorker, letter);
  EXPECT_OK(sent);
  Referral referral = sent.value_or(Referral());
  EXPECT_EQ(MoveReferral<AcknowledgeReferralRequest>(kMember, "AcknowledgeReferral", &referral), "");
  RecordReferralYouthRecordRequest record;
  record.mutable_record()->set_disposition(YOUTH_DISPOSITION_ACQUITTAL);
  record.mutable_record()->set_counted_from("2001-02-03");
  EXPECT_EQ(MoveReferral(kSupervisor, "RecordReferralYouthRecord", &referral, record), "");
  EXPECT_EQ(Screen(kSupervisor, &referral, REFERRAL_STATE_CONSULT_ONLY), "");
  CloseReferralRequest close;
  close.add_supports_offered("planted-support");
  EXPECT_EQ(MoveReferral(kSupervisor, "CloseReferral", &referral, close), "");
  return referral.name();
}

TEST_F(FieldProsecution, WithoutTheClassNothingOfAYouthOrACourtIsReadAndNothingLiesInClear) {
  const std::string name = Planted();
  const Referral whole = SeenReferral(kSupervisor, name);
  ASSERT_EQ(whole.indicators_size(), 1);
  ASSERT_EQ(whole.supports_offered_size(), 1);
  for (const Person& officer : {kSocietyOfficer, kOfficer}) {
    const Referral seen = SeenReferral(officer, name);
    ASSERT_EQ(seen.name(), name) << "structure is read";
    EXPECT_EQ(seen.indicators_size(), 0);
    EXPECT_EQ(seen.supports_offered_size(), 0);
    EXPECT_EQ(seen.subject_ref() + seen.reporter_belief() + seen.outcome_reason(), "");
    for (const auto& record : seen.proposed_youth_records()) {
      EXPECT_EQ(record.disposition(), YOUTH_DISPOSITION_UNSPECIFIED);
      EXPECT_EQ(record.counted_from() + record.access_ends_on(), "");
    }
  }

  pros::Accused accused = Charged(Assigned());
  pros::RecordAccusedAppearanceRequest appearance;
  appearance.mutable_appearance()->set_on(Days(-10));
  appearance.mutable_appearance()->set_purpose("planted-purpose");
  ASSERT_EQ(OnAccused(kCounsel, "RecordAccusedAppearance", &accused, appearance), "");
  pros::RecordAccusedDisclosureRequest disclosure;
  disclosure.mutable_disclosure()->set_package("planted-package");
  disclosure.mutable_disclosure()->set_kind(pros::DISCLOSURE_KIND_INITIAL);
  disclosure.mutable_disclosure()->set_sent_on(Days(-9));
  disclosure.mutable_disclosure()->add_outstanding("planted-outstanding");
  ASSERT_EQ(OnAccused(kCounsel, "RecordAccusedDisclosure", &accused, disclosure), "");
  for (const char* event : {"hear_bail", "plead_guilty", "begin_sentencing"}) {
    ASSERT_EQ(Advance(kCounsel, event, &accused), "");
  }
  pros::RecordAccusedSentenceRequest sentence;
  sentence.mutable_order()->set_on(Days(0));
  sentence.mutable_order()->set_sentence("planted-sentence");
  sentence.mutable_order()->add_ancillaries("planted-ancillary");
  sentence.mutable_order()->mutable_restitution()->set_considered(true);
  ASSERT_EQ(OnAccused(kCounsel, "RecordAccusedSentence", &accused, sentence), "");
  EXPECT_THAT(SeenAccused(kCounsel, accused.name()).ShortDebugString(), HasSubstr("planted-sentence"));
  const pros::Accused clerks = SeenAccused(kClerk, accused.name());
  EXPECT_EQ(clerks.name(), accused.name());
  EXPECT_THAT(clerks.ShortDebugString(), Not(HasSubstr("planted-")));
  const auto written = world_.stack_.Written();
  EXPECT_GT(written.size(), 12u);
  for (const auto& [place, text] : written) {
    EXPECT_EQ(text.find("planted-"), std::string::npos) << "in clear in " << place;
  }
}

TEST_F(FieldProsecution, ADeclaredConflictBindsTheCoordinatorAndTheOwnOffice) {
  pros::Case item = Assigned();
  pros::Accused accused = Charged(item);
  ASSERT_EQ(Declare(kCoordinatorOfCounsel, &item), "");
  const std::string before = SeenCase(kCounsel, item.name()).ShortDebugString();
  EXPECT_EQ(Assign(kCoordinatorOfCounsel, &item, kColleague), "CONFLICT_RECORDED");
  EXPECT_EQ(Assign(kCoordinatorOfCounsel, &item, kCoordinatorOfCounsel), "CONFLICT_RECORDED");
  EXPECT_EQ(Advance(kCoordinatorOfCounsel, "hear_bail", &accused), "CONFLICT_RECORDED");
  EXPECT_EQ(Book(kCoordinatorOfCounsel, &accused), "CONFLICT_RECORDED");
  EXPECT_EQ(Refusal<pros::Accused>(kCoordinatorOfCounsel, "prosecution.v1.AccusedService/CreateAccused",
                                   NewAccused(item, "v1")),
            "CONFLICT_RECORDED");
  pros::RecordTestimonialAidRequest aid;
  aid.mutable_testimonial_aid()->set_victim("v1");
  aid.mutable_testimonial_aid()->set_kind(pros::AID_KIND_REMOTE);
  aid.set_to(pros::AID_STATE_CONSIDERED);
  EXPECT_EQ(Move(kCoordinatorOfCounsel, "prosecution.v1.CaseService/RecordTestimonialAid", &item, aid),
            "CONFLICT_RECORDED");
  // The coordinator cannot read anything sensitive either, neither in the record nor on the board.
  EXPECT_EQ(SeenCase(kCoordinatorOfCounsel, item.name()).victims(0).ref(), "");
  const pros::Accused seen = SeenAccused(kCoordinatorOfCounsel, accused.name());
  EXPECT_EQ(seen.name(), accused.name());
  EXPECT_EQ(seen.accused_ref(), "");
  pros::ListBoardRequest list;
  list.set_page_size(1000);
  const auto board =
      Must<pros::ListBoardResponse>(kCoordinatorOfCounsel, "prosecution.v1.AccusedService/ListBoard", list);
  for (const auto& row : board.accused()) {
    if (row.name() == accused.name()) {
      EXPECT_EQ(row.accused_ref(), "");
    }
  }
  EXPECT_EQ(SeenCase(kCounsel, item.name()).ShortDebugString(), before);
  // To this colleague of the office the case does not exist, so he or she cannot declare anything about it.
  EXPECT_EQ(Book(kColleague, &accused), "NOT_FOUND");
  EXPECT_EQ(Declare(kColleague, &item), "NOT_FOUND");
  EXPECT_EQ(SeenAccused(kCounsel, accused.name()).trial_end(), "");
  EXPECT_EQ(Book(kCounsel, &accused), "") << "the others go on";
}

TEST_F(FieldProsecution, ACaseDoesNotExistForAColleagueWhoIsNotAssigned) {
  const pros::Case item = Assigned();
  const pros::Accused accused = Charged(item);
  const auto link = Linked(item, "v1");
  pros::GetCaseRequest get_case;
  pros::GetAccusedRequest get_accused;
  // A request that names the case is refused as if the case did not exist.
  for (const std::string& name : {item.name(), item.name().substr(0, item.name().size() - 4) + "zzzz"}) {
    get_case.set_name(name);
    get_accused.set_name(name + accused.name().substr(item.name().size()));
    EXPECT_EQ(Refusal<pros::Case>(kColleague, "prosecution.v1.CaseService/GetCase", get_case), "NOT_FOUND");
    EXPECT_EQ(Refusal<pros::Accused>(kColleague, "prosecution.v1.AccusedService/GetAccused", get_accused),
              "NOT_FOUND");
  }
  pros::ListBoardRequest board;
  board.set_page_size(1000);
  const auto shown =
      Must<pros::ListBoardResponse>(kColleague, "prosecution.v1.AccusedService/ListBoard", board);
  EXPECT_THAT(shown.ShortDebugString(), Not(HasSubstr(accused.name())));
  const auto links = Must<pros::ListLinkTokensResponse>(
      kColleague, "prosecution.v1.LinkService/ListLinkTokens", pros::ListLinkTokensRequest());
  EXPECT_THAT(links.ShortDebugString(), Not(HasSubstr(link.name())));
  EXPECT_EQ(SeenCase(kCounsel, item.name()).name(), item.name());
  EXPECT_EQ(SeenCase(kClerk, item.name()).name(), item.name());
  EXPECT_EQ(SeenCase(kCoordinatorOfCounsel, item.name()).name(), item.name());
}

TEST_F(FieldProsecution, AnInformationNumberTellsNothingOfAnotherOfficesCase) {
  const std::string taken = FieldWorld::RequestId(), hidden = FieldWorld::RequestId();
  const auto york = Must<pros::Case>(kCounsel, "prosecution.v1.CaseService/CreateCase",
                                     NewCase("cr-york", "central-east", taken));
  pros::CreateCaseRequest own = NewCase("cr-york", "central-east", hidden);
  own.mutable_case_()->set_team_flag(false);
  ASSERT_EQ(Opening(kCounsel, own), "");
  // Another office hears the same whether or not the case exists. Once it has a case of its own, it hears of
  // that one.
  for (const auto& [who, region] : {std::pair{kNeighbour, "central-east"}, {kElsewhere, "east"}}) {
    for (const std::string& number : {taken, hidden, FieldWorld::RequestId()}) {
      auto assigned =
          Must<pros::Case>(who, "prosecution.v1.CaseService/CreateCase", NewCase(who.agency, region, number));
      EXPECT_EQ(Assign(kCoordinatorOfCounsel, &assigned, who), "") << who.agency;
      EXPECT_EQ(Opening(who, NewCase(who.agency, region, number)), "INFORMATION_TAKEN") << who.agency;
    }
  }
  // A colleague who is not assigned does not learn it either, but a reader of the case does.
  EXPECT_EQ(Opening(kColleague, NewCase("cr-york", "central-east", taken)), "");
  EXPECT_EQ(Opening(kClerk, NewCase("cr-york", "central-east", hidden)), "INFORMATION_TAKEN");
  EXPECT_EQ(Opening(kCoordinatorOfCounsel, NewCase("cr-phtpt", "central-east", taken)), "INFORMATION_TAKEN");
  EXPECT_EQ(SeenCase(kCoordinatorOfCounsel, york.name()).etag(), york.etag());
}

TEST_F(FieldProsecution, ALinkShowsOneVictimsAccusedAndIsRevokedByWhoActsAlone) {
  pros::Case item = Assigned();
  Charged(item, "v1");
  pros::Accused other = Charged(item, "v2");
  Charged(item, "");
  pros::RecordAccusedBailRequest bail;
  bail.mutable_bail()->set_on(Days(-1));
  bail.mutable_bail()->set_status(pros::BAIL_STATUS_DETAINED);
  bail.mutable_bail()->add_no_contact("v1");
  ASSERT_EQ(OnAccused(kCounsel, "RecordAccusedBail", &other, bail), "");
  const auto first = Linked(item, "v1"), second = Linked(item, "v2");
  const auto opened = Opened(first);
  ASSERT_EQ(opened.outcomes_size(), 1);
  EXPECT_EQ(opened.outcomes(0).bail(), pros::BAIL_STATUS_UNSPECIFIED) << "that is the co-accused's";
  EXPECT_EQ(Opened(second).outcomes_size(), 1);

  EXPECT_EQ(Revoke(kColleague, first), "NOT_FOUND");
  EXPECT_EQ(Revoke(kClerk, first), "ROLE_NOT_PERMITTED");
  EXPECT_EQ(Revoke(kElsewhere, first), "NOT_FOUND");
  ASSERT_EQ(Declare(kCounsel, &item), "");
  EXPECT_EQ(Revoke(kCounsel, first), "NOT_FOUND") << "the assignment ended with the conflict";
  EXPECT_EQ(Opened(first).outcomes_size(), 1) << "it is open as before";
  ASSERT_EQ(Assign(kCoordinatorOfCounsel, &item, kColleague), "");
  EXPECT_EQ(Revoke(kColleague, first), "");
  EXPECT_EQ(Revoke(kSupport, second), "") << "the victim has withdrawn the consent";
  EXPECT_EQ(Revoke(kSupport, second), "NOT_FOUND") << "it reads the link no more";
}

}  // namespace
}  // namespace accord::e2e
