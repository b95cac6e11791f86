// These tests show what no request of this service can ask for, whoever sends it. They read the descriptors,
// so that they cover future methods too.
#include <gtest/gtest.h>

#include <set>
#include <string>

#include "absl/strings/match.h"
#include "common/testing/change_fields.h"

namespace accord::strategy {
namespace {

constexpr char kStrategyPackage[] = "accord.strategy.v1";

TEST(StrategySchema, NoChangeTakesManyRecordsOrPeopleAtOnce) {
  // These fields say what an initiative waits for, who was heard on one occasion, and whom a call appoints.
  // Nothing is decided about any of them.
  const std::set<std::string> named = {"accord.strategy.v1.Initiative.depends_on",
                                       "accord.strategy.v1.Engagement.organisations",
                                       "accord.strategy.v1.PanelMember.person"};
  // A report names these records and states their figures, but changes none of them.
  const std::string report = "accord.strategy.v1.Report";
  std::set<std::string> found;
  for (const std::string& field : testing::FieldsNamingMany(kStrategyPackage)) {
    if (!absl::StartsWith(field, report)) found.insert(field);
  }
  EXPECT_EQ(found, named) << "an award, a payment or a scorer is decided about one by one";
}

TEST(StrategySchema, NoRequestHasAFieldThatLiftsARule) {
  const auto visit = [](const google::protobuf::FieldDescriptor& field, bool) {
    // The day on which a section of an act came into force ends no protection.
    if (field.name() == "in_force_on") return;
    for (const char* word : {"force", "override", "bypass", "skip", "ignore", "unchecked", "anyway"}) {
      EXPECT_FALSE(absl::StrContains(field.name(), word)) << field.full_name();
    }
  };
  EXPECT_GT(testing::EachFieldOfEachChange(kStrategyPackage, visit), 60);
}

}  // namespace
}  // namespace accord::strategy
