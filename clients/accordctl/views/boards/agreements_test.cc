// These tests are about which pairs may exchange what, and what the page says of it.
#include "clients/accordctl/views/boards/agreements.h"

#include <gmock/gmock.h>

#include "clients/accordctl/core/session_language.h"
#include "clients/accordctl/core/texts.h"
#include "common/base/clock.h"

namespace accord::ctl {
namespace {

using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

void AddParty(const std::string& agency, protocols::v1::PartyCapacity capacity, protocols::v1::PartyPart part,
              protocols::v1::Protocol* protocol) {
  auto* party = protocol->add_parties();
  party->set_agency(agency);
  party->set_capacity(capacity);
  party->set_part(part);
}

protocols::v1::Protocol AgreedProtocol(const std::string& id) {
  protocols::v1::Protocol protocol;
  protocol.set_name("agencies/cas-york/protocols/" + id);
  protocol.set_title("Protocol " + id);
  protocol.set_state(protocols::v1::PROTOCOL_STATE_IN_FORCE);
  protocol.set_effective_from("2026-01-01");
  AddParty("ps-york", protocols::v1::PARTY_CAPACITY_POLICE, protocols::v1::PARTY_PART_SIGNATORY, &protocol);
  AddParty("cas-york", protocols::v1::PARTY_CAPACITY_CAS, protocols::v1::PARTY_PART_SIGNATORY, &protocol);
  return protocol;
}

// This gives such as `cas-york ps-york stands`, one for each row.
std::vector<std::string> PairsOn(const std::vector<protocols::v1::Protocol>& seen, const std::string& day) {
  std::vector<std::string> pairs;
  for (const Agreement& each : AgreementsOn(seen, day)) {
    pairs.push_back(each.first + " " + each.second + (each.stands ? " stands" : " ended"));
  }
  return pairs;
}

TEST(Agreements, AreOfSignatoriesAloneTheSocietyFirst) {
  protocols::v1::Protocol protocol = AgreedProtocol("p1");
  AddParty("ps-opp", protocols::v1::PARTY_CAPACITY_POLICE, protocols::v1::PARTY_PART_SIGNATORY, &protocol);
  AddParty("cr-york", protocols::v1::PARTY_CAPACITY_CROWN, protocols::v1::PARTY_PART_CONSULTED, &protocol);
  const std::vector<Agreement> agreements = AgreementsOn({protocol}, "2026-11-27");
  EXPECT_THAT(PairsOn({protocol}, "2026-11-27"),
              ElementsAre("cas-york ps-opp stands", "cas-york ps-york stands", "ps-opp ps-york stands"));
  ASSERT_EQ(agreements.size(), 3u);
  EXPECT_EQ(agreements[0].exchange, Exchange::kReportsToFirst);
  EXPECT_EQ(agreements[2].exchange, Exchange::kNoReports);
}

TEST(Agreements, EndOnTheDayAfterTheirLast) {
  protocols::v1::Protocol protocol = AgreedProtocol("p1");
  protocol.set_effective_to("2026-12-31");
  protocol.set_terminates_on("2026-11-27");
  EXPECT_THAT(PairsOn({protocol}, "2026-11-27"), ElementsAre("cas-york ps-york stands"));
  EXPECT_THAT(PairsOn({protocol}, "2026-11-28"), ElementsAre("cas-york ps-york ended"));
  EXPECT_EQ(AgreementsOn({protocol}, "2026-11-27")[0].until, "2026-11-27");
}

TEST(Agreements, OfWhatAddsToAProtocolStandOnlyWithThatOne) {
  protocols::v1::Protocol base = AgreedProtocol("base"), addendum = AgreedProtocol("more");
  addendum.set_parent_protocol(base.name());
  EXPECT_THAT(PairsOn({base, addendum}, "2026-11-27"),
              ElementsAre("cas-york ps-york stands", "cas-york ps-york stands"));
  base.set_state(protocols::v1::PROTOCOL_STATE_TERMINATED);
  EXPECT_THAT(PairsOn({base, addendum}, "2026-11-27"),
              ElementsAre("cas-york ps-york ended", "cas-york ps-york ended"));
  EXPECT_THAT(PairsOn({addendum}, "2026-11-27"), ElementsAre("cas-york ps-york ended"));
}

TEST(Agreements, ThatEndedAreLeftOutWhereAnotherStandsAndDraftsAlways) {
  protocols::v1::Protocol old = AgreedProtocol("old"), draft = AgreedProtocol("draft");
  old.set_state(protocols::v1::PROTOCOL_STATE_SUPERSEDED);
  draft.set_state(protocols::v1::PROTOCOL_STATE_FOR_SIGNATURE);
  EXPECT_THAT(PairsOn({draft}, "2026-11-27"), IsEmpty());
  EXPECT_THAT(PairsOn({old, draft}, "2026-11-27"), ElementsAre("cas-york ps-york ended"));
  EXPECT_THAT(PairsOn({old, AgreedProtocol("new")}, "2026-11-27"), ElementsAre("cas-york ps-york stands"));
}

AgreementsView ViewOf(const std::vector<protocols::v1::Protocol>& seen) {
  AgreementsView view;
  view.agreements = AgreementsOn(seen, "2026-11-27");
  view.agencies = {{"cas-york", "York Society"}, {"ps-york", "York Police"}};
  view.now = absl::FromCivil(absl::CivilSecond(2026, 11, 27, 9, 30), OntarioZone());
  return view;
}

TEST(AgreementsTable, SaysToWhomReportsGoAndUntilWhen) {
  protocols::v1::Protocol protocol = AgreedProtocol("p1");
  protocol.set_next_review_due("2028-01-01");
  EXPECT_THAT(AgreementsTable(ViewOf({protocol})),
              AllOf(HasSubstr("to York Society also reports of a child in need of protection"),
                    HasSubstr("no end agreed; reviewed on 2028-01-01"), HasSubstr(protocol.name())));
}

TEST(AgreementsJson, NamesTheReceiverOfReportsAndNothingOfWhatEnded) {
  protocols::v1::Protocol ended = AgreedProtocol("p1");
  const Json standing = AgreementsJson(ViewOf({ended})).at("agreements").at(0);
  EXPECT_EQ(standing.at("reports_to").at(0).get<std::string>(), "cas-york");
  EXPECT_TRUE(standing.at("until").is_null());
  ended.set_state(protocols::v1::PROTOCOL_STATE_EXPIRED);
  const Json gone = AgreementsJson(ViewOf({ended})).at("agreements").at(0);
  EXPECT_FALSE(gone.at("stands").get<bool>());
  EXPECT_TRUE(gone.at("reports_to").empty());
}

TEST(AgreementsPage, TellsApartWhatStandsAndWhatHasEnded) {
  protocols::v1::Protocol protocol = AgreedProtocol("p1");
  protocol.set_title("<script>title</script>");
  const std::string page = AgreementsPage(ViewOf({protocol}));
  EXPECT_THAT(page, AllOf(HasSubstr("<bdi>York Society</bdi>"), HasSubstr("&lt;script&gt;title"),
                          HasSubstr("There is none."), HasSubstr("2026-11-27 09:30 EST in Ontario")));
  EXPECT_THAT(page, AllOf(Not(HasSubstr("<script")), Not(HasSubstr("{{")), Not(HasSubstr("[["))));
}

TEST(AgreementsPage, SaysThatNothingNewIsExchangedAfterTheEnd) {
  protocols::v1::Protocol protocol = AgreedProtocol("p1");
  protocol.set_state(protocols::v1::PROTOCOL_STATE_TERMINATED);
  EXPECT_THAT(AgreementsPage(ViewOf({protocol})),
              AllOf(HasSubstr("nothing new: the agreement has ended"), HasSubstr("<td>ended</td>")));
}

TEST(AgreementsPage, SpeaksFrench) {
  const Speaking speaking(Language::kFrench);
  EXPECT_THAT(AgreementsPage(ViewOf({AgreedProtocol("p1")})),
              AllOf(HasSubstr("Ententes en vigueur"), HasSubstr("signalements d&#39;un enfant"),
                    HasSubstr("1er janvier 2026"), Not(HasSubstr("either way"))));
}

}  // namespace
}  // namespace accord::ctl
