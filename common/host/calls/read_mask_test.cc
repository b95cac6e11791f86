#include "common/host/calls/read_mask.h"

#include <gmock/gmock.h>

#include <initializer_list>

#include "accord/protocols/v1/referral_service.pb.h"
#include "common/base/error.h"

namespace accord::host {
namespace {

using google::protobuf::FieldMask;
using protocols::v1::ListReferralsResponse;
using ::testing::HasSubstr;
using ::testing::Not;

FieldMask MaskOf(std::initializer_list<const char*> paths) {
  FieldMask mask;
  for (const char* path : paths) mask.add_paths(path);
  return mask;
}

ListReferralsResponse TwoReferrals() {
  ListReferralsResponse answer;
  for (const char* name : {"agencies/cas-york/referrals/r1", "agencies/cas-york/referrals/r2"}) {
    auto* referral = answer.add_referrals();
    referral->set_name(name);
    referral->set_etag("1");
    referral->set_state(protocols::v1::REFERRAL_STATE_SUBMITTED);
    referral->set_reporter_belief("what I saw");
    referral->mutable_screening()->set_tool("SEY");
    referral->mutable_screening()->set_outcome("high");
  }
  answer.set_next_page_token("next");
  answer.set_watch_token("watch");
  return answer;
}

TEST(ReadMask, LeavesOfEachRecordWhatItNamesAndTheNameAndTheEtag) {
  ListReferralsResponse answer = TwoReferrals();
  ApplyReadMask(MaskOf({"state", "screening.tool"}), &answer);
  ListReferralsResponse wanted = TwoReferrals();
  for (auto& referral : *wanted.mutable_referrals()) {
    referral.clear_reporter_belief();
    referral.mutable_screening()->clear_outcome();
  }
  EXPECT_EQ(answer.SerializeAsString(), wanted.SerializeAsString());
}

TEST(ReadMask, ThatIsEmptyLeavesEverything) {
  ListReferralsResponse answer = TwoReferrals();
  ApplyReadMask(FieldMask(), &answer);
  EXPECT_EQ(answer.SerializeAsString(), TwoReferrals().SerializeAsString());
  EXPECT_TRUE(CheckReadMask(FieldMask(), *ListReferralsResponse::descriptor()).ok());
}

TEST(ReadMask, IsRefusedByThePlaceOfWhatIsNoFieldOfTheRecords) {
  const auto check = [](std::initializer_list<const char*> paths) {
    return CheckReadMask(MaskOf(paths), *ListReferralsResponse::descriptor());
  };
  EXPECT_TRUE(check({"state", "screening.tool", "flags"}).ok());
  for (const char* other : {"", "referrals", "page_size", "State", "screening.score", "state.name"}) {
    EXPECT_EQ(RuleOf(check({other})), "FIELD_INVALID") << other;
  }
  const absl::Status refused = check({"state", "no_such_field"});
  EXPECT_THAT(StatusDetails(refused), HasSubstr("read_mask.paths[1]"));
  EXPECT_THAT(StatusDetails(refused), Not(HasSubstr("read_mask.paths[0]")));
  EXPECT_THAT(StatusDetails(refused), Not(HasSubstr("no_such_field"))) << "what was asked is not repeated";
}

TEST(ReadMask, HasNothingToSayOfAnAnswerThatListsNoRecords) {
  EXPECT_EQ(RuleOf(CheckReadMask(MaskOf({"name"}), *protocols::v1::CountReferralsResponse::descriptor())),
            "FIELD_INVALID");
}

}  // namespace
}  // namespace accord::host
