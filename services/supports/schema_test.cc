// These tests show what no request of this service can ask for, whoever sends it. They read the descriptors,
// so that they cover future methods too.
#include <gmock/gmock.h>

#include "absl/strings/match.h"
#include "common/testing/change_fields.h"

namespace accord::supports {
namespace {

TEST(SupportsSchema, NoChangeTakesManyRecordsOrPeopleAtOnce) {
  EXPECT_THAT(testing::FieldsNamingMany("accord.supports.v1"), ::testing::IsEmpty())
      << "a survivor, a consent, a claim or a payment is decided about one by one";
  EXPECT_GT(testing::EachFieldOfEachChange("accord.supports.v1", [](const auto&, bool) {}), 40);
}

// For T22, nobody can attach a file to a consent, so no attachment ends or renews one.
TEST(SupportsSchema, NoFileIsAttachedToWhatASurvivorAgreedTo) {
  const auto visit = [](const google::protobuf::FieldDescriptor& field, bool) {
    EXPECT_NE(field.type(), google::protobuf::FieldDescriptor::TYPE_BYTES) << field.full_name();
    EXPECT_FALSE(absl::StrContains(field.name(), "attach")) << field.full_name();
  };
  EXPECT_GT(testing::EachFieldOfEachChange("accord.supports.v1", visit), 40);
}

}  // namespace
}  // namespace accord::supports
