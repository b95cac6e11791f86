// In these tests Crowns who may act try to act where they may not.
#include <set>
#include <string>

#include "services/prosecution/testing/fixture.h"

namespace accord::prosecution {
namespace {

using ::testing::SizeIs;

class CrownInsiders : public ProsecutionFixture {
 protected:
  std::string Declare(v1::Case* item, const Caller& caller) {
    v1::DeclareCaseConflictRequest request;
    request.set_name(item->name());
    request.set_etag(item->etag());
    return Rule(Call<v1::Case>(caller, request), item);
  }
  std::string Link(const v1::Case& item, const std::string& victim, v1::LinkToken* link) {
    v1::CreateLinkTokenRequest request;
    request.set_parent("agencies/cr-york");
    auto* token = request.mutable_link_token();
    token->set_case_(item.name());
    token->set_victim(victim);
    token->set_support_agency("vs-york");
    token->set_consent_on("2026-11-24");
    token->set_expires_on("2026-12-31");
    return Rule(Call<v1::LinkToken>(counsel_, request), link);
  }
  std::string Revoke(v1::LinkToken* link, const Caller& caller) {
    v1::RevokeLinkTokenRequest request;
    request.set_name(link->name());
    request.set_etag(link->etag());
    return Rule(Call<v1::LinkToken>(caller, request), link);
  }
  v1::GetLinkedCaseResponse Open(const v1::LinkToken& link) {
    v1::GetLinkedCaseRequest request;
    request.set_name(link.name());
    return Call<v1::GetLinkedCaseResponse>(support_, request).value_or(v1::GetLinkedCaseResponse());
  }
};

TEST_F(CrownInsiders, ADeclaredConflictBindsTheCoordinatorToo) {
  v1::Case item = Assigned();
  v1::Accused accused = Charged(item);
  ASSERT_EQ(Declare(&item, coordinator_), "");
  EXPECT_EQ(item.victims(0).ref(), "");
  EXPECT_EQ(Assign(&item, team_), "CONFLICT_RECORDED");
  EXPECT_EQ(Assign(&item, coordinator_), "CONFLICT_RECORDED");
  EXPECT_EQ(Advance(&accused, "hear_bail", "2026-02-01", coordinator_), "CONFLICT_RECORDED");
  EXPECT_EQ(Book(&accused, "2027-02-01", coordinator_), "CONFLICT_RECORDED");
  EXPECT_THAT(Call<v1::Accused>(coordinator_, NewAccused(item)), RefusedBy(rules::kConflictRecorded));
  v1::RecordTestimonialAidRequest aid;
  aid.set_name(item.name());
  aid.set_etag(item.etag());
  aid.mutable_testimonial_aid()->set_victim("v1");
  aid.mutable_testimonial_aid()->set_kind(v1::AID_KIND_REMOTE);
  aid.set_to(v1::AID_STATE_CONSIDERED);
  EXPECT_THAT(Call<v1::Case>(coordinator_, aid), RefusedBy(rules::kConflictRecorded));
  // Nothing sensitive is read either, in the accused alone or on the board.
  EXPECT_EQ(Read(accused.name(), coordinator_).accused_ref(), "");
  const auto board = Call<v1::ListBoardResponse>(coordinator_, v1::ListBoardRequest());
  ASSERT_OK(board);
  ASSERT_THAT(board->accused(), SizeIs(1));
  EXPECT_EQ(board->accused(0).accused_ref(), "");
  // Other steps of the prosecution go on.
  EXPECT_EQ(Advance(&accused, "hear_bail", "2026-02-01", counsel_), "");
}

TEST_F(CrownInsiders, AConflictBindsTheOwnOfficeWhereNoAssignmentIsAsked) {
  v1::Case item = Assigned();
  v1::Accused accused = Charged(item);
  // This is counsel who also keeps the office's dates.
  Caller both = clerk_;
  both.roles.push_back(annotations::v1::ROLE_CROWN_COUNSEL);
  EXPECT_EQ(Book(&accused, "2027-02-01", both), "");
  ASSERT_EQ(Declare(&item, both), "");
  EXPECT_EQ(Book(&accused, "2027-03-01", both), "CONFLICT_RECORDED");
  EXPECT_THAT(Call<v1::Accused>(both, NewAccused(item)), RefusedBy(rules::kConflictRecorded));
  v1::RecordAccusedAppearanceRequest appearance;
  appearance.set_name(accused.name());
  appearance.set_etag(accused.etag());
  appearance.mutable_appearance()->set_on("2026-02-01");
  EXPECT_THAT(Call<v1::Accused>(both, appearance), RefusedBy(rules::kConflictRecorded));
}

TEST_F(CrownInsiders, ALinkShowsTheAccusedWithACountAgainstThatVictimAlone) {
  const v1::Case item = Assigned();
  Charged(item);
  v1::CreateAccusedRequest other = NewAccused(item);
  other.mutable_accused()->mutable_counts(0)->set_victim("v2");
  ASSERT_OK(Call<v1::Accused>(counsel_, other));
  v1::CreateAccusedRequest nobody = NewAccused(item);
  nobody.mutable_accused()->mutable_counts(0)->clear_victim();
  ASSERT_OK(Call<v1::Accused>(counsel_, nobody));
  v1::LinkToken first, second;
  ASSERT_EQ(Link(item, "v1", &first), "");
  ASSERT_EQ(Link(item, "v2", &second), "");
  EXPECT_THAT(Open(first).outcomes(), SizeIs(1));
  EXPECT_THAT(Open(second).outcomes(), SizeIs(1));
}

// These answers tell of a case and hold no record of it.
TEST_F(CrownInsiders, TheOfficeOfACaseHearsWhoReadsOfIt) {
  v1::Case item = Assigned();
  ASSERT_EQ(Assign(&item, team_, v1::ASSIGNMENT_MODE_CO_COUNSEL), "");
  const v1::Accused accused = Charged(item);
  const auto told_of = [&](const Caller& caller, const google::protobuf::Message& request) {
    std::set<std::string> names;
    const auto reply = in_process_.ReplyTo(caller, request);
    EXPECT_OK(reply);
    if (!reply.ok()) return names;
    for (const auto& resource : reply->touched.resources()) {
      if (resource.owner() == "cr-york") names.insert(resource.name());
    }
    return names;
  };
  EXPECT_THAT(told_of(police_, v1::ListCaseStatusesRequest()), ::testing::ElementsAre(accused.name()));
  v1::LinkToken link;
  ASSERT_EQ(Rule(Call<v1::LinkToken>(team_, LinkTo(item, "agencies/cr-phtpt")), &link), "");
  v1::GetLinkedCaseRequest opening;
  opening.set_name(link.name());
  EXPECT_THAT(told_of(support_, opening), ::testing::ElementsAre(item.name()));
}

TEST_F(CrownInsiders, AClerkLearnsOfNoAdviceByAnyMethod) {
  v1::CreateAdviceRequestRequest ask;
  ask.set_parent("agencies/ps-york");
  ask.mutable_advice_request()->set_crown_agency("cr-york");
  ask.mutable_advice_request()->set_question("Is this enough for a charge?");
  v1::AdviceRequest advice;
  ASSERT_EQ(Rule(Call<v1::AdviceRequest>(police_, ask), &advice), "");
  v1::Accused named;
  named.set_name(advice.name());
  named.set_etag(advice.etag());
  // The name is refused by its form alone, whether or not the record exists.
  EXPECT_EQ(Book(&named, "2027-02-01", clerk_), "FIELD_INVALID");
  named.set_name("agencies/ps-york/adviceRequests/0000000000000000000000000a");
  EXPECT_EQ(Book(&named, "2027-02-01", clerk_), "FIELD_INVALID");
}

TEST_F(CrownInsiders, OnlyWhoActsInTheCaseRevokesALink) {
  v1::Case item = Assigned();
  v1::LinkToken link;
  ASSERT_EQ(Link(item, "v1", &link), "");
  EXPECT_EQ(Revoke(&link, colleague_), "NOT_FOUND");
  EXPECT_EQ(Revoke(&link, elsewhere_), "NOT_FOUND");
  ASSERT_EQ(Declare(&item, counsel_), "");
  EXPECT_EQ(Revoke(&link, counsel_), "NOT_FOUND") << "the assignment ended with the conflict";
  ASSERT_EQ(Assign(&item, colleague_), "");
  EXPECT_EQ(Revoke(&link, colleague_), "");
}

// Somebody who asks by a number hears the same whether or not there is a case that he or she does not read;
// somebody who reads one hears of it.
TEST_F(CrownInsiders, AnInformationNumberTellsNothingOfAnotherOfficesCase) {
  const auto opening = [&](const Caller& caller, const std::string& region, const std::string& number,
                           bool team_flag = true) {
    v1::CreateCaseRequest request = NewCase(number);
    request.set_parent("agencies/" + caller.agency);
    request.mutable_case_()->set_court_region(region);
    request.mutable_case_()->set_team_flag(team_flag);
    return Rule(Call<v1::Case>(caller, request));
  };
  const v1::Case first = Opened("26-1");
  ASSERT_EQ(opening(counsel_, "central-east", "26-2", false), "");
  for (const auto& [caller, region] :
       {std::pair{Crown("cr-ottawa", "clerk", annotations::v1::ROLE_CROWN_ADMIN), "east"},
        {Crown("cr-durham", "clerk", annotations::v1::ROLE_CROWN_ADMIN), "central-east"}}) {
    for (const char* number : {"26-1", "26-2", "26-3"}) {
      EXPECT_EQ(opening(caller, region, number), "") << caller.agency << " " << number;
      EXPECT_EQ(opening(caller, region, number), "INFORMATION_TAKEN") << "its own by now";
    }
  }
  EXPECT_EQ(opening(clerk_, "central-east", "26-1"), "INFORMATION_TAKEN");
  EXPECT_EQ(opening(colleague_, "central-east", "26-1"), "") << "which a colleague does not read";
  EXPECT_EQ(opening(coordinator_, "central-east", "26-1"), "INFORMATION_TAKEN");
  ASSERT_EQ(opening(counsel_, "central-east", "26-4", false), "");
  EXPECT_EQ(opening(coordinator_, "central-east", "26-4"), "INFORMATION_TAKEN") << "flagged or not";
  EXPECT_EQ(opening(team_, "central-east", "26-4"), "") << "which a specialist does not read";
}

}  // namespace
}  // namespace accord::prosecution
