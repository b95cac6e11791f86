#include "common/host/calls/parts.h"

#include <gmock/gmock.h>

#include "accord/protocols/v1/referral_service.pb.h"
#include "common/base/error.h"
#include "common/storage/records/resources.h"
#include "common/testing/temp_dir.h"

namespace accord::host {
namespace {

namespace a = annotations::v1;

// This checks a method of one service as if its rule required other parts.
class PartsTest : public ::testing::Test {
 protected:
  PartsTest() {
    request_.set_name("agencies/cas-york/referrals/1");
    parts_.Tell("referrals", [this](Call&, storage::Transaction&, const std::string& name) {
      asked_ = name;
      return told_;
    });
  }
  absl::Status Check(const std::string& of, const std::vector<Part>& any) {
    Method method = (*MethodsOf("accord.protocols.v1.ReferralService"))[0];
    method.rule.mutable_part()->set_of(of);
    method.rule.mutable_part()->clear_any();
    for (Part part : any) method.rule.mutable_part()->add_any(part);
    Call call(caller_, absl::Now(), absl::InfiniteFuture(), std::make_shared<Changes>());
    return database_->Read(
        [&](storage::Transaction& tx) { return parts_.Check(method, request_, call, tx); });
  }

  testing::TempDir directory_;
  const std::unique_ptr<storage::Database> database_ =
      *storage::Database::Open({.dsn = directory_.path("parts.db")});
  Caller caller_{"cas-york", a::AGENCY_KIND_CHILDREN_AID_SOCIETY, "cms", "w1", {a::ROLE_CAS_WORKER}};
  protocols::v1::AcknowledgeReferralRequest request_;
  Parts parts_;
  absl::StatusOr<PartSet> told_ = PartSet{};
  std::string asked_;
};

TEST_F(PartsTest, AreAskedOfTheRecordThatTheRequestNames) {
  told_ = PartSet{a::PART_READER, a::PART_RECEIVER};
  EXPECT_TRUE(Check("name", {a::PART_SENDER, a::PART_RECEIVER}).ok());
  EXPECT_EQ(asked_, "agencies/cas-york/referrals/1");
}

TEST_F(PartsTest, WhoHasNoPartLearnsNothing) {
  EXPECT_EQ(Check("name", {a::PART_SENDER}), NotFound());
  told_ = NotFound();
  EXPECT_EQ(Check("name", {a::PART_SENDER}), NotFound());
}

TEST_F(PartsTest, WhoHasAnotherPartIsToldWhichOneIsMissing) {
  told_ = PartSet{a::PART_READER};
  const absl::Status one = Check("name", {a::PART_RECEIVER});
  EXPECT_EQ(RuleOf(one), "NOT_THE_RECEIVER");
  EXPECT_TRUE(absl::IsPermissionDenied(one));
  EXPECT_EQ(RuleOf(Check("name", {a::PART_SENDER, a::PART_RECEIVER})), "NOT_SENDER_OR_RECEIVER");
  EXPECT_EQ(RuleOf(Check("name", {a::PART_LEAD, a::PART_OFFICE})), "NOT_THE_LEAD");
}

TEST_F(PartsTest, NobodysPartAsksForNoRecord) {
  EXPECT_TRUE(Check("", {a::PART_NOBODY}).ok());
  EXPECT_EQ(asked_, "");
}

TEST_F(PartsTest, WhereNobodyTellsTheNameSaysWhoOwnsIt) {
  request_.set_name("agencies/cas-york/filters/1");
  EXPECT_TRUE(Check("name", {a::PART_OWNER}).ok());
  caller_.agency = "cas-peel";
  EXPECT_EQ(Check("name", {a::PART_OWNER}), NotFound());
  caller_.kind = a::AGENCY_KIND_COORDINATION_OFFICE;
  EXPECT_EQ(RuleOf(Check("name", {a::PART_OWNER})), "NOT_THE_OWNER");
  EXPECT_TRUE(Check("name", {a::PART_OWNER, a::PART_OFFICE}).ok());
  for (const char* odd : {"", "agencies", "/", "agencies/", "agencies//filters/1"}) {
    request_.set_name(odd);
    EXPECT_EQ(RuleOf(Check("name", {a::PART_OWNER})), "NOT_THE_OWNER") << odd;
  }
}

// Each part that a rule can require has a rule for its absence, and a name.
TEST_F(PartsTest, EachHasARuleThatStandsForIt) {
  told_ = PartSet{a::PART_NOBODY};
  int parts = 0;
  for (int part = a::Part_MIN; part <= a::Part_MAX; ++part) {
    if (!a::Part_IsValid(part) || part == a::PART_UNSPECIFIED || part == a::PART_NOBODY) continue;
    const absl::Status missing = Check("name", {static_cast<Part>(part)});
    EXPECT_TRUE(absl::IsPermissionDenied(missing)) << part << ": " << missing;
    EXPECT_EQ(RuleOf(missing).substr(0, 4), "NOT_") << part;
    ++parts;
  }
  EXPECT_GT(parts, 20);
}

TEST_F(PartsTest, OfAFieldWithinTheRequest) {
  told_ = PartSet{a::PART_SENDER};
  Method method = (*MethodsOf("accord.protocols.v1.ReferralService"))[0];
  method.rule.mutable_part()->set_of("referral.name");
  method.rule.mutable_part()->clear_any();
  method.rule.mutable_part()->add_any(a::PART_SENDER);
  protocols::v1::CorrectReferralRequest request;
  request.mutable_referral()->set_name("agencies/cas-york/referrals/2");
  Call call(caller_, absl::Now(), absl::InfiniteFuture(), std::make_shared<Changes>());
  EXPECT_TRUE(
      database_->Read([&](storage::Transaction& tx) { return parts_.Check(method, request, call, tx); })
          .ok());
  EXPECT_EQ(asked_, "agencies/cas-york/referrals/2");
}

}  // namespace
}  // namespace accord::host
