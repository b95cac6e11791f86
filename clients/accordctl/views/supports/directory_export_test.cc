#include "clients/accordctl/views/supports/directory_export.h"

#include <gmock/gmock.h>

#include <regex>
#include <set>

#include "common/base/error.h"

namespace accord::ctl {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

supports::v1::Facility Site(const std::string& id, bool confidential) {
  supports::v1::Facility facility;
  facility.set_name("agencies/vs-ovs/facilities/" + id);
  facility.set_title("House " + id);
  facility.set_location_kind(supports::v1::FACILITY_LOCATION_KIND_SITE);
  facility.set_confidential(confidential);
  facility.set_telephone("1 555 0100");
  if (confidential) return facility;
  facility.mutable_address()->set_street("12 Canary Street");
  facility.mutable_address()->set_city("Newmarket");
  facility.mutable_address()->set_postal_code("L3Y 1A1");
  return facility;
}

Directory WithSites(const std::vector<supports::v1::Facility>& facilities) {
  Directory directory;
  directory.day = "2026-11-24";
  supports::v1::CrisisPartner partner;
  partner.set_name("agencies/vs-ovs/crisisPartners/p1");
  partner.set_partner_agency("vs-york");
  partner.add_catchment("york-region");
  partner.set_phone("1 555 0199");
  partner.set_funded_from("2017-02-23");
  partner.set_funded_to("2026-11-23");
  directory.partners = {partner};
  directory.facilities = facilities;
  directory.agencies = {{"vs-york", "Victim Services of York"}, {"vs-ovs", "The program"}};
  return directory;
}

Json Exported(const Directory& directory) {
  const auto services = HsdsDirectoryOf(directory);
  EXPECT_TRUE(services.ok()) << services.status();
  return services.value_or(Json::array());
}

TEST(HsdsDirectory, HasWhatHsdsAsksOfAService) {
  const Json services = Exported(WithSites({Site("a", false), Site("b", true)}));
  ASSERT_EQ(services.size(), 3u);
  const std::regex uuid("[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}");
  std::set<std::string> ids;
  for (const Json& service : services) {
    const auto id = service["id"].get<std::string>();
    EXPECT_TRUE(std::regex_match(id, uuid)) << id;
    EXPECT_TRUE(ids.insert(id).second) << id;
    EXPECT_NE(service["name"].get<std::string>(), "");
    const auto status = service["status"].get<std::string>();
    EXPECT_TRUE(status == "active" || status == "inactive") << status;
    EXPECT_NE(service["organization"]["description"].get<std::string>(), "");
  }
  EXPECT_EQ(services[0]["status"].get<std::string>(), "inactive") << "the program funds it no more";
  EXPECT_EQ(services[0]["service_areas"][0]["name"].get<std::string>(), "york-region");
}

TEST(HsdsDirectory, IsTheSameEachTime) {
  const Directory directory = WithSites({Site("a", false), Site("b", true)});
  EXPECT_EQ(Exported(directory).dump(), Exported(directory).dump());
}

TEST(HsdsDirectory, HasAConfidentialSiteAsAVirtualOneThatSaysThatItIsRedacted) {
  const Json services = Exported(WithSites({Site("a", false), Site("b", true)}));
  const Json open = services[1]["service_at_locations"][0]["location"];
  EXPECT_EQ(open["location_type"].get<std::string>(), "physical");
  EXPECT_EQ(open["addresses"][0]["address_1"].get<std::string>(), "12 Canary Street");
  const Json hidden = services[2]["service_at_locations"][0]["location"];
  EXPECT_EQ(hidden["location_type"].get<std::string>(), "virtual");
  EXPECT_FALSE(hidden.contains("addresses"));
  EXPECT_THAT(hidden["description"].get<std::string>(), HasSubstr("redacted"));
}

TEST(HsdsDirectory, IsNotWrittenAtAllWhereAConfidentialSiteHasAnAddress) {
  supports::v1::Facility wrong = Site("b", false);
  wrong.set_confidential(true);
  const auto services = HsdsDirectoryOf(WithSites({Site("a", false), wrong}));
  EXPECT_EQ(RuleOf(services.status()), "FACILITY_CONFIDENTIAL");
  EXPECT_THAT(std::string(services.status().message()), Not(HasSubstr("Canary")));
}

TEST(HsdsDirectory, GivesNoNumberOfAConfidentialSiteThatASiteWithAnAddressHas) {
  supports::v1::Facility hidden = Site("b", true);
  for (const char* number : {"416 555 0101", "+1 (416) 555-0101", "1-416-555-0101"}) {
    supports::v1::Facility open = Site("a", false);
    open.set_telephone("416-555-0101");
    hidden.set_telephone(number);
    const Json services = Exported(WithSites({open, hidden}));
    EXPECT_EQ(services[1]["phones"].size(), 1u);
    EXPECT_TRUE(services[2]["phones"].empty()) << number;
  }
  hidden.set_telephone("416 555 0102");
  const Json services = Exported(WithSites({Site("a", false), hidden}));
  EXPECT_EQ(services[2]["phones"].size(), 1u) << "it is its own alone";
}

// What no gateway lets in is no reason to trust a text that goes to other programs.
TEST(HsdsDirectory, WritesTextsOfOthersAsOneLineWithoutHiddenCharacters) {
  supports::v1::Facility hostile = Site("a", false);
  hostile.set_title("House\u202e\a of\r\nmany lines");
  const Json services = Exported(WithSites({hostile}));
  const auto title = services[1]["name"].get<std::string>();
  EXPECT_THAT(title, HasSubstr("many lines"));
  for (const char* hidden : {"\u202e", "\a", "\r", "\n"}) EXPECT_THAT(title, Not(HasSubstr(hidden)));
}

TEST(HsdsDirectory, GivesNoAddressOfWhatItDoesNotKnow) {
  supports::v1::Facility unknown = Site("a", false);
  unknown.set_location_kind(static_cast<supports::v1::FacilityLocationKind>(77));
  EXPECT_THAT(Exported(WithSites({unknown})).dump(), Not(HasSubstr("Canary")));
}

}  // namespace
}  // namespace accord::ctl
