// The maker of a change is who a gateway signed for at the time, and nobody else.
#include "services/audit/reconcile/proofs.h"

#include <gtest/gtest.h>

#include "common/testing/temp_dir.h"
#include "services/audit/reconcile/recovered_records.h"
#include "services/audit/testing/fake_gateway.h"

namespace accord::audit {
namespace {

constexpr char kProvenService[] = "protocols";
const absl::Time kThen = absl::FromUnixSeconds(1'700'000'000);

class Proof : public ::testing::Test {
 protected:
  static Change Made() {
    Change change;
    *change.key.mutable_time() = ToProto(kThen);
    change.key.set_agency("ps-york");
    change.key.set_actor("member");
    change.key.set_request_id("request-1");
    change.key.set_name("agencies/cas-york/referrals/7");
    change.key.set_version(2);
    return change;
  }
  Change Signed(const std::function<void(caller::v1::CallerAssertion*)>& alter = nullptr) const {
    Change change = Made();
    auto assertion = FakeGateway::For(kProvenService, change.key);
    if (alter) alter(&assertion);
    change.assertion = gateway_.Sign(assertion);
    return change;
  }
  bool Holds(const Change& change, bool require_request = false) const {
    return gateway_.proofs(require_request).Of(kProvenService, change).has_value();
  }
  FakeGateway gateway_;
};

TEST_F(Proof, OfACallLongPastStillHoldsForItsTime) {
  const auto proof = gateway_.proofs().Of(kProvenService, Signed());
  ASSERT_TRUE(proof.has_value());
  EXPECT_EQ(proof->purpose(), annotations::v1::PURPOSE_CRIMINAL_INVESTIGATION);
  EXPECT_EQ(proof->method(), "/accord.protocols.v1.SomeService/ChangeSomething");
  Change later = Signed();
  *later.key.mutable_time() = ToProto(kThen + absl::Hours(1));
  EXPECT_FALSE(Holds(later)) << "an assertion that a service kept is not one of a later change";
}

TEST_F(Proof, OfACallThatOnlyValidatedIsNone) {
  EXPECT_FALSE(Holds(Signed([](auto* assertion) { assertion->set_validate_only(true); })));
}

TEST_F(Proof, OfNobodyAndOfAnybodyElseIsNone) {
  EXPECT_FALSE(Holds(Made()));
  Change garbled = Signed();
  garbled.assertion[5] = static_cast<char>(garbled.assertion[5] ^ 1);
  EXPECT_FALSE(Holds(garbled));
  Change stranger = Made();
  stranger.assertion = FakeGateway().Sign(FakeGateway::For(kProvenService, stranger.key));
  EXPECT_FALSE(Holds(stranger));
  // A service that frames another agency, another person, or passes on what was said to another service.
  Change framed = Signed();
  framed.key.set_agency("opp");
  EXPECT_FALSE(Holds(framed));
  framed = Signed();
  framed.key.set_actor("somebody-else");
  EXPECT_FALSE(Holds(framed));
  EXPECT_FALSE(Holds(Signed([](auto* assertion) { assertion->set_audience("training"); })));
  EXPECT_FALSE(Holds(Signed(
      [](auto* assertion) { assertion->set_method("/accord.training.v1.CourseService/CreateCourse"); })));
  EXPECT_FALSE(Holds(Signed([](auto* assertion) { assertion->clear_request_hash(); })));
}

TEST_F(Proof, OfAGatewayOfTheVersionBeforeNamesNoRequestAndCountsUnlessForbidden) {
  const Change before = Signed([](auto* assertion) {
    assertion->clear_method();
    assertion->clear_request_hash();
    assertion->clear_call_id();
  });
  EXPECT_TRUE(Holds(before));
  EXPECT_FALSE(Holds(before, true));
  EXPECT_TRUE(Holds(Signed(), true));
}

TEST_F(Proof, ByAKeyThatIsOutOfUseCountsForWhatItSignedBefore) {
  EXPECT_TRUE(gateway_.proofs(false, kThen + absl::Seconds(1)).Of(kProvenService, Signed()).has_value());
  EXPECT_FALSE(gateway_.proofs(false, kThen).Of(kProvenService, Signed()).has_value());
}

TEST_F(Proof, KeysAreThoseThatTheConfigurationNames) {
  host::v1::AuditConfig config;
  auto* retired = config.add_retired_gateway_keys();
  retired->set_file("/nowhere/gateway.pub");
  retired->set_until("yesterday");
  EXPECT_NE(std::string(Proofs::Load(config).status().message()).find("retired_gateway_keys"),
            std::string::npos);
}

TEST_F(Proof, EachAssertionOfAPageIsOfTheChangesThatNameIt) {
  host::v1::ListRevisionKeysResponse page;
  for (const int assertion : {1, 1, 0, 2, 3, -1}) page.add_revisions()->set_assertion(assertion);
  page.add_assertions("one");
  page.add_assertions("two");
  std::vector<std::string> told;
  for (const Change& change : ChangesOf(page)) told.push_back(change.assertion);
  EXPECT_EQ(told, (std::vector<std::string>{"one", "one", "", "two", "", ""}));
}

TEST_F(Proof, WhatIsNotProvenIsRecordedAsTheServicesOwn) {
  const Change change = Signed();
  MissingChange proven{change.key, gateway_.proofs().Of(kProvenService, change)},
      unproven{change.key, std::nullopt};
  unproven.key.set_version(3);
  const auto records = RecoveredRecordsOf(kProvenService, {proven, unproven});
  ASSERT_EQ(records.size(), 2u);
  for (const auto& record : records) {
    EXPECT_EQ(record.phase(), v1::PHASE_RECOVERED);
    EXPECT_EQ(record.service(), kProvenService);
    EXPECT_EQ(record.resources(0).owner(), "cas-york");
    EXPECT_EQ(record.agency(), record.unproven() ? "" : "ps-york");
    EXPECT_EQ(record.actor(), record.unproven() ? "" : "member");
    EXPECT_EQ(record.of_call(), record.unproven() ? "" : "call-of-request-1");
    EXPECT_EQ(record.method().empty(), record.unproven());
  }
  EXPECT_NE(records[0].unproven(), records[1].unproven());
}

}  // namespace
}  // namespace accord::audit
