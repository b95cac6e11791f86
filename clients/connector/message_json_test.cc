// These tests are about messages in JSON, which are what the library itself makes of them.
#include "clients/connector/message_json.h"

#include <gmock/gmock.h>
#include <google/protobuf/descriptor.h>
#include <google/protobuf/util/json_util.h>

#include "accord/protocols/v1/referral_service.pb.h"
#include "accord/protocols/v1/resources.pb.h"

namespace accord::connector {
namespace {

using ::testing::HasSubstr;

protocols::v1::CreateReferralRequest SomeRequest() {
  protocols::v1::CreateReferralRequest request;
  request.set_parent("agencies/cas-york");
  auto* referral = request.mutable_referral();
  referral->set_kind(protocols::v1::REFERRAL_KIND_CONSULTATION);
  referral->set_reporter_belief("Une phrase, \"citée\".");
  referral->add_indicators("unexplained_phone");
  referral->mutable_create_time()->set_seconds(1'800'000'000);
  referral->add_flags()->set_text("Call the school");
  return request;
}

TEST(MessageJson, IsWrittenAsTheLibraryWritesIt) {
  google::protobuf::util::JsonPrintOptions options;
  options.preserve_proto_field_names = true;
  std::string expected, json;
  ASSERT_TRUE(google::protobuf::util::MessageToJsonString(SomeRequest(), &expected, options).ok());
  for (int i = 0; i < 2; ++i) {
    json.clear();
    ASSERT_TRUE(MessageToJson(SomeRequest(), &json).ok());
    EXPECT_EQ(json, expected);
  }
}

TEST(MessageJson, IsReadBackAndNamesWhatIsUnknown) {
  std::string json;
  ASSERT_TRUE(MessageToJson(SomeRequest(), &json).ok());
  protocols::v1::CreateReferralRequest read;
  ASSERT_TRUE(MessageFromJson(json, &read).ok());
  EXPECT_EQ(read.SerializeAsString(), SomeRequest().SerializeAsString());
  EXPECT_THAT(std::string(MessageFromJson(R"({"parents": "x"})", &read).message()), HasSubstr("parents"));
  EXPECT_EQ(MessageFromJson(R"({"referral": {"kind": "NO_KIND"}})", &read).code(),
            absl::StatusCode::kInvalidArgument);
  EXPECT_EQ(MessageFromJson("[", &read).code(), absl::StatusCode::kInvalidArgument);
}

}  // namespace
}  // namespace accord::connector
