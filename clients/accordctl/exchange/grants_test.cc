#include "clients/accordctl/exchange/grants.h"

#include <gmock/gmock.h>

#include <algorithm>
#include <set>

#include "absl/strings/str_split.h"
#include "clients/accordctl/core/json.h"
#include "clients/accordctl/core/yaml_parser.h"
#include "clients/accordctl/testing/exchange_samples.h"
#include "common/testing/matchers.h"

namespace accord::ctl {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using testing::Must;
using ::testing::Not;
using ::testing::Pair;
using testing::RefusedBy;

AwardList SampleAwards() { return AwardsOfAllocations(SampleAllocations(), SampleEnvelopes()); }

Json PackageOf(const AwardList& list) { return Must(ParseJson(Must(GrantsJson(list, SamplePublisher())))); }

TEST(GrantsOfAllocations, AreWhatIsCommittedAndNothingThatIsPlannedOrClosed) {
  const AwardList list = SampleAwards();
  EXPECT_THAT(list.left_out, ElementsAre(Pair("back in the envelope", 1u), Pair("only planned", 1u)));
  const Json package = PackageOf(list);
  ASSERT_EQ(package["grants"].size(), 2u);
  const Json& grant = package["grants"][0];
  EXPECT_EQ(grant["id"], "agencies-co-pahtco-allocations-01");
  EXPECT_EQ(grant["title"], "Victim Crisis Assistance Ontario: increase");
  EXPECT_EQ(grant["currency"], "CAD");
  EXPECT_EQ(grant["amountAwarded"], 2500000.0);
  EXPECT_EQ(grant["awardDate"], "2026-11-20");
  EXPECT_EQ(grant["recipientOrganization"][0]["name"], "Victim Services of York Region");
  EXPECT_EQ(grant["fundingOrganization"][0]["name"], "Ministry of the Attorney General");
  EXPECT_EQ(grant["grantProgramme"][0]["code"], "vcao-ht");
  // A year that was not stated is left out, and a stated one is given by its days.
  EXPECT_FALSE(grant.contains("plannedDates"));
  EXPECT_EQ(package["grants"][1]["plannedDates"][0]["startDate"], "2016-04-01");
  EXPECT_EQ(package["grants"][1]["plannedDates"][0]["endDate"], "2017-03-31");
}

TEST(GrantsOfAllocations, HaveTheFieldsOfTheListAndNoOthers) {
  const std::set<std::string> fields = {"id",
                                        "title",
                                        "description",
                                        "currency",
                                        "amountAwarded",
                                        "awardDate",
                                        "plannedDates",
                                        "recipientOrganization",
                                        "fundingOrganization",
                                        "grantProgramme",
                                        "dateModified"};
  const std::string text = Must(GrantsJson(SampleAwards(), SamplePublisher()));
  const Json grants = PackageOf(SampleAwards())["grants"];
  for (const Json& grant : grants) {
    for (const auto& [field, value] : grant.items()) EXPECT_EQ(fields.count(field), 1u) << field;
  }
  const std::string csv = Must(GrantsCsv(SampleAwards(), SamplePublisher()));
  EXPECT_THAT(text + csv, Not(HasSubstr("the address of a person")));
}

TEST(GrantsOfAllocations, AreTheSameInCsvAndInJson) {
  const Json grants = PackageOf(SampleAwards())["grants"];
  const std::vector<std::string> lines =
      absl::StrSplit(Must(GrantsCsv(SampleAwards(), SamplePublisher())), "\r\n", absl::SkipEmpty());
  ASSERT_EQ(lines.size(), grants.size() + 1);
  EXPECT_THAT(lines[0], ::testing::StartsWith("Identifier,Title,Description,Currency,Amount Awarded"));
  EXPECT_THAT(lines[1], HasSubstr(",CAD,2500000.00,2026-11-20,,,agencies-vs-york,"));
  EXPECT_THAT(lines[2], HasSubstr(",CAD,100.05,2026-11-20,2016-04-01,2017-03-31,agencies-vs-york,"));
}

TEST(GrantsOfAllocations, AreTheSameBytesInWhateverOrderTheyAreRead) {
  std::vector<strategy::v1::Allocation> turned = SampleAllocations();
  std::reverse(turned.begin(), turned.end());
  const AwardList list = AwardsOfAllocations(turned, SampleEnvelopes());
  EXPECT_EQ(Must(GrantsJson(list, SamplePublisher())), Must(GrantsJson(SampleAwards(), SamplePublisher())));
}

TEST(GrantsOfContributions, LeaveOutWhatNobodyStatedAndAddNothingToAwards) {
  const AwardList list = AwardsOfContributions(SampleContributions());
  EXPECT_THAT(list.left_out, ElementsAre(Pair("amount not stated", 2u), Pair("not known to be money", 1u)));
  const std::string text = Must(GrantsJson(list, SamplePublisher()));
  EXPECT_THAT(text, Not(HasSubstr("mohltc")));
  const Json package = PackageOf(list);
  ASSERT_EQ(package["grants"].size(), 1u);
  EXPECT_EQ(package["grants"][0]["amountAwarded"], 500000.0);
  EXPECT_EQ(package["grants"][0]["recipientOrganization"][0]["id"], "agencies-co-pahtco");
  EXPECT_THAT(package["description"].get<std::string>(), HasSubstr("never added together"));
  // Each sum is of its own level.
  EXPECT_EQ(SumOfAwards(list), 50000000);
  EXPECT_EQ(SumOfAwards(SampleAwards()), 250010005);
}

TEST(Grants, AreNeverZeroOrNegativeAndNeverAnEmptyPackage) {
  for (const int64_t cents : {int64_t{0}, int64_t{-100}}) {
    AwardList list = SampleAwards();
    list.awards[1].amount_cents = cents;
    EXPECT_THAT(GrantsJson(list, SamplePublisher()), RefusedBy(rules::kAmountInvalid)) << cents;
    EXPECT_THAT(GrantsCsv(list, SamplePublisher()), RefusedBy(rules::kAmountInvalid)) << cents;
  }
  EXPECT_THAT(GrantsJson(AwardList(), SamplePublisher()), RefusedBy(rules::kExportEmpty));
  EXPECT_THAT(GrantsCsv(AwardList(), SamplePublisher()), RefusedBy(rules::kExportEmpty));
}

TEST(Grants, HoldTextsOfOthersAsText) {
  auto envelopes = SampleEnvelopes();
  envelopes[0].set_title(HostileText());
  const AwardList list = AwardsOfAllocations(SampleAllocations(), envelopes);
  const Json package = PackageOf(list);
  const std::string title = package["grants"][0]["title"];
  EXPECT_THAT(title, HasSubstr("</script>&amp;,\" next\\u202e\\u0007"));
  const std::string csv = Must(GrantsCsv(list, SamplePublisher()));
  EXPECT_THAT(csv, HasSubstr(",\"'=1+1</narrative>"));
  const std::vector<std::string> lines = absl::StrSplit(csv, "\r\n", absl::SkipEmpty());
  EXPECT_EQ(lines.size(), 3u);
}

}  // namespace
}  // namespace accord::ctl
