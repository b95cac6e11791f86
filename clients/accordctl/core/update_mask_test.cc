#include "clients/accordctl/core/update_mask.h"

#include <gmock/gmock.h>

#include "accord/protocols/v1/resources.pb.h"
#include "accord/registry/v1/resources.pb.h"
#include "clients/accordctl/core/message_json.h"
#include "common/base/error.h"

namespace accord::ctl {
namespace {

using ::testing::ElementsAre;

registry::v1::Agency AgencyYork() {
  registry::v1::Agency agency;
  agency.set_name("agencies/cas-york");
  agency.set_display_name("AgencyYork");
  agency.set_kind(annotations::v1::AGENCY_KIND_CHILDREN_AID_SOCIETY);
  agency.set_region("ON");
  agency.set_etag("1");
  agency.mutable_create_time()->set_seconds(1);
  return agency;
}

TEST(AnUpdate, OfWhatGetPrintedAsksForWhatCanBeChanged) {
  const auto fields = FieldsToUpdate(registry::v1::Agency::descriptor(), ToJson(AgencyYork()));
  EXPECT_THAT(fields.mask, ElementsAre("display_name", "region"));
  EXPECT_THAT(fields.fixed, ElementsAre("kind"));
  EXPECT_THAT(FieldsToUpdate(registry::v1::Agency::descriptor(), {{"displayName", "x"}}).mask,
              ElementsAre("display_name"));
  EXPECT_THAT(
      FieldsToUpdate(protocols::v1::Protocol::descriptor(), {{"state", "draft"}, {"titel", "x"}}).mask,
      ElementsAre("titel"))
      << "which is refused by its name later";
}

TEST(AnUpdate, ThatSaysSomethingElseOfAFixedFieldIsRefusedByItsName) {
  Json json = ToJson(AgencyYork());
  EXPECT_TRUE(CheckImmutableFields(json, AgencyYork()).ok());
  json["kind"] = "children_aid_society";
  EXPECT_TRUE(CheckImmutableFields(json, AgencyYork()).ok()) << "its short name";
  json["kind"] = "crown";
  const absl::Status refused = CheckImmutableFields(json, AgencyYork());
  EXPECT_EQ(accord::RuleOf(refused), "FIELD_IMMUTABLE");
  EXPECT_THAT(std::string(refused.message()), ::testing::HasSubstr("kind is what it was made as"));
}

// The output of `get` also has fields that may not be changed.
TEST(AnUpdate, OfWhatGetPrintedChangesWhatDiffersAlone) {
  Json json = ToJson(AgencyYork());
  const auto differing = [&] { return DifferingFields(json, AgencyYork()).value(); };
  EXPECT_THAT(differing(), ::testing::IsEmpty());
  json["region"] = "central";
  json["notes"] = "A note.";
  EXPECT_THAT(differing(), ::testing::UnorderedElementsAre("region", "notes"));
  json = ToJson(AgencyYork());
  json["display_name"] = "";
  EXPECT_THAT(differing(), ElementsAre("display_name")) << "what is emptied is changed";
  json["colour"] = "red";
  EXPECT_FALSE(DifferingFields(json, AgencyYork()).ok()) << "there is no such field";
}

}  // namespace
}  // namespace accord::ctl
