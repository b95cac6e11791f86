// These tests show that what callers type is listed, and that what is listed is accepted.
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "services/protocols/testing/fixture.h"

namespace accord::protocols {
namespace {

class ProtocolVocabulary : public ProtocolsFixture {
 protected:
  std::vector<v1::Ground> Grounds(const Caller& caller, const std::string& day = "") {
    v1::ListGroundsRequest request;
    request.set_day(day);
    request.set_page_size(3);
    std::vector<v1::Ground> grounds;
    do {
      const auto page = Must(Call<v1::ListGroundsResponse>(caller, request));
      grounds.insert(grounds.end(), page.grounds().begin(), page.grounds().end());
      request.set_page_token(page.next_page_token());
    } while (!request.page_token().empty());
    return grounds;
  }
  std::set<std::string> Territories(const Caller& caller, const std::string& agency = "") {
    v1::ListTerritoriesRequest request;
    request.set_agency(agency);
    request.set_page_size(5);
    std::set<std::string> codes;
    do {
      const auto page = Must(Call<v1::ListTerritoriesResponse>(caller, request));
      for (const auto& territory : page.territories()) {
        EXPECT_TRUE(codes.insert(territory.code()).second) << territory.code();
        EXPECT_NE(territory.source(), "") << territory.code();
      }
      request.set_page_token(page.next_page_token());
    } while (!request.page_token().empty());
    return codes;
  }
};

TEST_F(ProtocolVocabulary, HasTheGroundsOfADayForWhoeverIsRegistered) {
  const Caller learner = Society(annotations::v1::ROLE_LEARNER);
  const auto all = Grounds(learner);
  const auto before = Grounds(learner, "2021-09-30"), after = Grounds(learner, "2021-10-01");
  EXPECT_GT(all.size(), 3u);
  // Two grounds are older than the Act of today, and each has a row for the Act before.
  EXPECT_EQ(after.size() + 2, all.size());
  // The statute named trafficking on that day.
  EXPECT_EQ(before.size() + 2, after.size());
  for (const v1::Ground& ground : all) {
    EXPECT_NE(ground.title(), "") << ground.code();
    EXPECT_NE(ground.source(), "") << ground.code();
  }
}

TEST_F(ProtocolVocabulary, AGroundIsListedOnceForADayAndWithTheActOfThatDay) {
  for (const auto& [day, source] :
       {std::pair("2018-04-29", "CFSA s. 72"), std::pair("2018-04-30", "CYFSA s. 125")}) {
    const auto grounds = Grounds(worker_, day);
    ASSERT_EQ(grounds.size(), 2u) << day;
    EXPECT_EQ(grounds[0].code(), "sexual_exploitation") << day;
    EXPECT_EQ(grounds[1].code(), "risk_of_sexual_exploitation") << day;
    for (const v1::Ground& ground : grounds) EXPECT_EQ(ground.source(), source) << ground.code();
  }
}

TEST_F(ProtocolVocabulary, AGroundThatIsListedForTheDayIsTakenByAReferralAndNoOtherIs) {
  const auto protocol = InForce();
  int taken = 0;
  for (const v1::Ground& ground : Grounds(worker_, "2026-11-01")) {
    v1::CreateReferralRequest request = Letter(protocol);
    request.mutable_referral()->set_ground_code(ground.code());
    EXPECT_EQ(Rule(Call<v1::Referral>(worker_, request)), "") << ground.code();
    ++taken;
  }
  EXPECT_GT(taken, 3);
  v1::CreateReferralRequest unlisted = Letter(protocol);
  unlisted.mutable_referral()->set_ground_code("no_such_ground");
  EXPECT_THAT(Call<v1::Referral>(worker_, unlisted), RefusedBy(rules::kGroundNotInForce));
}

TEST_F(ProtocolVocabulary, RefusesADayThatDoesNotExist) {
  v1::ListGroundsRequest request;
  request.set_day("2026-02-30");
  EXPECT_THAT(Call<v1::ListGroundsResponse>(worker_, request), RefusedBy(rules::kFieldInvalid));
}

TEST_F(ProtocolVocabulary, HasEveryTerritoryAndThoseOfAnAgency) {
  const auto all = Territories(member_), of_york = Territories(member_, "cas-york");
  EXPECT_GT(all.size(), 10u);
  EXPECT_TRUE(of_york.contains("york-region"));
  EXPECT_LT(of_york.size(), all.size());
  EXPECT_EQ(Territories(member_, "ps-barrie"), std::set<std::string>())
      << "nothing is known of its territory";
}

TEST_F(ProtocolVocabulary, AsOfADayATerritoryNamesWhoServedItThen) {
  const auto served_by = [&](const std::string& agency, const std::string& day) {
    v1::ListTerritoriesRequest request;
    request.set_agency(agency);
    request.set_as_of(day);
    std::set<std::string> agencies;
    const auto page = Must(Call<v1::ListTerritoriesResponse>(member_, request));
    for (const auto& territory : page.territories()) {
      for (const auto& police : territory.police()) agencies.insert(police.agency());
    }
    return agencies;
  };
  EXPECT_TRUE(served_by("cas-windsor-essex", "2018-12-31").contains("ps-amherstburg"));
  EXPECT_FALSE(served_by("cas-windsor-essex", "2019-01-01").contains("ps-amherstburg"));
  EXPECT_TRUE(served_by("cas-windsor-essex", "2019-01-01").contains("ps-windsor"));
  EXPECT_EQ(served_by("ps-amherstburg", "2019-01-01"), std::set<std::string>());
  EXPECT_TRUE(served_by("cas-windsor-essex", "").contains("ps-amherstburg")) << "of every day";
  v1::ListTerritoriesRequest none;
  none.set_as_of("2026-02-30");
  EXPECT_THAT(Call<v1::ListTerritoriesResponse>(member_, none), RefusedBy(rules::kFieldInvalid));
}

TEST_F(ProtocolVocabulary, ATerritoryThatIsListedIsTakenByAProtocolAndNoOtherIs) {
  for (const std::string& code : Territories(director_, "cas-york")) {
    v1::CreateProtocolRequest draft = Draft();
    draft.mutable_protocol()->add_territory(code);
    EXPECT_EQ(Rule(Call<v1::Protocol>(director_, draft)), "") << code;
  }
  v1::CreateProtocolRequest draft = Draft();
  draft.mutable_protocol()->add_territory(*Territories(director_, "cas-york").begin());
  draft.mutable_protocol()->add_territory("no-such-place");
  const absl::Status refused = Call<v1::Protocol>(director_, draft).status();
  EXPECT_THAT(refused, RefusedBy(rules::kTerritoryUnknown));
  EXPECT_EQ(refused.message(), "protocol.territory[1] is no code of a territory that is known.");
}

}  // namespace
}  // namespace accord::protocols
