#include "clients/accordctl/views/supports/catchments.h"

#include <gmock/gmock.h>

#include "absl/strings/str_cat.h"
#include "clients/accordctl/core/session_language.h"
#include "clients/accordctl/core/texts.h"

namespace accord::ctl {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

supports::v1::CrisisPartner Serving(const std::string& agency, const std::vector<std::string>& places,
                                    const std::string& from = "2017-02-23", const std::string& to = "") {
  supports::v1::CrisisPartner partner;
  partner.set_name(absl::StrCat("agencies/vs-ovs/crisisPartners/", agency));
  partner.set_partner_agency(agency);
  for (const std::string& each : places) partner.add_catchment(each);
  partner.set_hours_24_7(true);
  partner.set_phone("1 555 0100");
  partner.set_funded_from(from);
  partner.set_funded_to(to);
  return partner;
}

Catchments OnADay() {
  Catchments catchments;
  catchments.day = "2026-11-24";
  catchments.places = {"york-region", "kenora"};
  catchments.partners = {Serving("vs-york", {"york-region"}), Serving("vs-durham", {"york-region", "oshawa"}),
                         Serving("vs-former", {"sudbury"}, "2017-02-23", "2020-03-31")};
  catchments.agencies = {{"vs-york", "Victim Services of York"}, {"vs-durham", "Victim Services of Durham"}};
  return catchments;
}

TEST(CatchmentMap, HasEveryPlaceThatIsKnownOrWasEverServed) {
  EXPECT_THAT(PlacesOf(OnADay()), ElementsAre("kenora", "oshawa", "sudbury", "york-region"));
}

TEST(CatchmentMap, ListsAsGapsWhatNobodyServesOnTheDay) {
  Catchments catchments = OnADay();
  EXPECT_THAT(GapsOf(catchments), ElementsAre("kenora", "sudbury"));
  catchments.day = "2020-03-31";
  EXPECT_THAT(GapsOf(catchments), ElementsAre("kenora"));
  catchments.day = "2017-02-22";
  EXPECT_THAT(GapsOf(catchments), ElementsAre("kenora", "oshawa", "sudbury", "york-region"));
  EXPECT_THAT(GapsOf(Catchments{"2026-11-24", {}, {}, {}}), IsEmpty());
}

TEST(CatchmentMap, NamesThoseWhoOverlapByWhatTheyAreCalled) {
  const Catchments catchments = OnADay();
  const auto partners = PartnersAt(catchments, "york-region");
  ASSERT_EQ(partners.size(), 2u);
  EXPECT_EQ(partners[0]->partner_agency(), "vs-durham");
  EXPECT_EQ(partners[1]->partner_agency(), "vs-york");
}

TEST(CatchmentMap, IsAPageThatSaysGapsInWords) {
  const std::string page = CatchmentsPage(OnADay());
  EXPECT_THAT(page, HasSubstr("4 places known; nobody serves 2 of them."));
  EXPECT_THAT(page, HasSubstr("<span class=\"state gap\">Nobody serves it</span>"));
  EXPECT_THAT(page, HasSubstr("Victim Services of York"));
  EXPECT_THAT(page, HasSubstr("at any hour"));
  EXPECT_THAT(page, Not(HasSubstr("{{")));
  EXPECT_THAT(page, Not(HasSubstr("[[")));
  const std::string none = CatchmentsPage(Catchments{"2026-11-24", {}, {}, {}});
  EXPECT_THAT(none, HasSubstr("No place is known."));
  EXPECT_THAT(none, Not(HasSubstr("<table")));
}

TEST(CatchmentMap, HoldsNothingOfOthersButTheirText) {
  Catchments catchments = OnADay();
  catchments.agencies["vs-york"] = "</th><script>alert(1)</script>";
  catchments.places.insert("<img src=x>");
  const std::string page = CatchmentsPage(catchments);
  EXPECT_THAT(page, Not(HasSubstr("<script")));
  EXPECT_THAT(page, Not(HasSubstr("<img")));
}

TEST(CatchmentMap, SpeaksFrench) {
  const Speaking french(Language::kFrench);
  const std::string page = CatchmentsPage(OnADay());
  EXPECT_THAT(page, HasSubstr("4 lieux connus; personne n"));
  for (const char* english : {"Nobody serves it", "Every place", "Partner<", "Telephone", "at any hour"}) {
    EXPECT_THAT(page, Not(HasSubstr(english))) << english;
  }
}

TEST(CatchmentMap, TellsProgramsThePlacesAndTheGaps) {
  const Json json = CatchmentsJson(OnADay());
  EXPECT_EQ(json["gaps"].dump(), R"(["kenora","sudbury"])");
  EXPECT_EQ(json["places"][1].dump(), R"({"place":"oshawa","partners":["vs-durham"]})");
}

}  // namespace
}  // namespace accord::ctl
