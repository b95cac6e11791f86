#include "common/access/sensitive.h"

#include <gmock/gmock.h>

#include "accord/protocols/v1/referral_service.pb.h"

namespace accord {
namespace {

using protocols::v1::ListReferralsResponse;
using protocols::v1::Referral;

Referral Sample() {
  Referral referral;
  referral.set_name("agencies/cas-york/referrals/r1");
  referral.set_subject_ref("subject-1");
  referral.set_reporter_belief("what I saw");
  referral.set_indigenous_identity(protocols::v1::INDIGENOUS_IDENTITY_METIS);
  referral.add_flags()->set_id("f1");
  referral.add_flags()->set_text("call back");
  referral.mutable_screening()->set_tool("SEY");
  referral.mutable_screening()->set_outcome("high");
  return referral;
}

TEST(Sensitive, IsFoundWhereverItIs) {
  EXPECT_TRUE(HasSensitive(Referral::descriptor()));
  EXPECT_TRUE(HasSensitive(ListReferralsResponse::descriptor()));
  EXPECT_FALSE(HasSensitive(protocols::v1::Protocol::descriptor()));
}

TEST(Sensitive, TakenAndRestoredGivesTheSame) {
  Referral referral = Sample();
  auto taken = TakeSensitive(&referral);
  EXPECT_EQ(referral.subject_ref(), "");
  EXPECT_EQ(referral.indigenous_identity(), 0);
  EXPECT_EQ(referral.flags(1).text(), "");
  EXPECT_EQ(referral.flags(0).id(), "f1");
  EXPECT_EQ(referral.screening().tool(), "SEY");
  for (const char* secret : {"subject-1", "what I saw", "call back", "high"}) {
    EXPECT_THAT(referral.SerializeAsString(), ::testing::Not(::testing::HasSubstr(secret)));
  }
  RestoreSensitive(&referral, taken.get());
  EXPECT_EQ(referral.SerializeAsString(), Sample().SerializeAsString());
}

TEST(Sensitive, WhatAnotherVersionTookComesBackThoughItIsOpenToThisOne) {
  Referral referral = Sample(), taken;
  referral.clear_flags();
  taken.set_assignee("worker");
  taken.mutable_screening()->set_tool("SEY");
  taken.add_flags()->set_id("f1");
  taken.add_flags()->set_text("call back");
  referral.mutable_screening()->clear_tool();
  Referral whole = Sample();
  whole.set_assignee("worker");
  RestoreSensitive(&referral, &taken);
  EXPECT_EQ(referral.SerializeAsString(), whole.SerializeAsString());
}

TEST(Sensitive, WhoLacksAClassReadsNothingOfItAndIsToldWhere) {
  ListReferralsResponse response;
  *response.add_referrals() = Sample();
  const auto masked = MaskSensitive(&response, {annotations::v1::SENSITIVE_CLASS_YOUTH_RECORD});
  EXPECT_THAT(masked, ::testing::ElementsAre("referrals.indigenous_identity", "referrals.subject_ref"));
  EXPECT_EQ(response.referrals(0).reporter_belief(), "what I saw");
  EXPECT_EQ(response.referrals(0).subject_ref(), "");
  MaskSensitive(&response, {});
  EXPECT_EQ(response.referrals(0).flags(1).text(), "");
  EXPECT_EQ(response.referrals(0).flags_size(), 2);
}

}  // namespace
}  // namespace accord
