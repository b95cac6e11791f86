#include "common/access/unknown_fields.h"

#include <gmock/gmock.h>

#include "accord/protocols/v1/referral_service.pb.h"

namespace accord {
namespace {

using google::protobuf::Message;
using protocols::v1::ListReferralsResponse;
using protocols::v1::Referral;

void AddUnknown(Message* message) {
  message->GetReflection()->MutableUnknownFields(message)->AddLengthDelimited(15'000, "canary");
}

// This is a list of two records with messages in single and repeated fields.
ListReferralsResponse Sample() {
  ListReferralsResponse list;
  for (const char* name : {"agencies/cas-york/referrals/r1", "agencies/cas-york/referrals/r2"}) {
    Referral* referral = list.add_referrals();
    referral->set_name(name);
    referral->mutable_create_time()->set_seconds(1'764'000'000);
    referral->mutable_screening()->set_tool("SEY");
    referral->add_flags()->set_id("f1");
  }
  return list;
}

TEST(UnknownFields, AreFoundAndDiscardedWhereverTheyAre) {
  const std::string clean = Sample().SerializeAsString();
  const auto places = {
      +[](ListReferralsResponse* list) { AddUnknown(list); },
      +[](ListReferralsResponse* list) { AddUnknown(list->mutable_referrals(1)); },
      +[](ListReferralsResponse* list) { AddUnknown(list->mutable_referrals(0)->mutable_create_time()); },
      +[](ListReferralsResponse* list) { AddUnknown(list->mutable_referrals(1)->mutable_flags(0)); }};
  for (const auto& place : places) {
    ListReferralsResponse list = Sample();
    EXPECT_FALSE(HasUnknownFields(list));
    place(&list);
    EXPECT_TRUE(HasUnknownFields(list));
    EXPECT_NE(list.SerializeAsString(), clean);
    DiscardUnknownFields(&list);
    EXPECT_FALSE(HasUnknownFields(list));
    EXPECT_EQ(list.SerializeAsString(), clean);
  }
}

}  // namespace
}  // namespace accord
