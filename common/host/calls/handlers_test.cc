#include "common/host/calls/handlers.h"

#include <gmock/gmock.h>

#include "accord/protocols/v1/protocol_service.pb.h"
#include "accord/protocols/v1/referral_service.pb.h"
#include "accord/registry/v1/policy_service.pb.h"
#include "accord/registry/v1/registry_service.pb.h"
#include "common/base/error.h"
#include "common/host/calls/touched.h"
#include "common/host/upkeep/answer_sweep.h"
#include "common/testing/temp_dir.h"

namespace accord::host {
namespace {

using ::testing::HasSubstr;

constexpr char kPolicyService[] = "accord.registry.v1.PolicyService";

void AddWatch(Handlers* handlers) {
  handlers->Stream<registry::v1::WatchPolicyRequest, registry::v1::PolicyUpdate>(
      "/accord.registry.v1.PolicyService/WatchPolicy",
      [](Call&, const auto&, const auto&) { return absl::OkStatus(); });
}

TEST(Handlers, AServiceWithAMethodWithoutHandlerDoesNotStart) {
  Handlers handlers(nullptr);
  handlers.Unary<registry::v1::GetAgencyRequest, registry::v1::Agency>(
      "/accord.registry.v1.RegistryService/GetAgency",
      [](Call&, const auto&) -> absl::StatusOr<registry::v1::Agency> { return registry::v1::Agency(); });
  EXPECT_THAT(handlers.Seal({{"accord.registry.v1.RegistryService", {"gateway"}}}, nullptr, &Clock::Real())
                  .ToString(),
              HasSubstr("no handler for"));
}

TEST(Handlers, AnEmptyOrUnknownAllowListDoesNotStart) {
  Handlers handlers(nullptr);
  AddWatch(&handlers);
  EXPECT_THAT(handlers.Seal({}, nullptr, &Clock::Real()).ToString(), HasSubstr("allow-list"));
  EXPECT_THAT(handlers.Seal({{kPolicyService, {}}}, nullptr, &Clock::Real()).ToString(),
              HasSubstr("allow-list"));
  EXPECT_THAT(
      handlers.Seal({{kPolicyService, {"gateway"}}, {"accord.Nothing", {"gateway"}}}, nullptr, &Clock::Real())
          .ToString(),
      HasSubstr("accord.Nothing"));
  EXPECT_TRUE(handlers.Seal({{kPolicyService, {"gateway"}}}, nullptr, &Clock::Real()).ok());
}

TEST(Handlers, AHandlerOfTheWrongTypesOrTwiceDoesNotStart) {
  Handlers wrong(nullptr);
  wrong.Stream<registry::v1::GetAgencyRequest, registry::v1::PolicyUpdate>(
      "/accord.registry.v1.PolicyService/WatchPolicy",
      [](Call&, const auto&, const auto&) { return absl::OkStatus(); });
  EXPECT_THAT(wrong.Seal({{kPolicyService, {"gateway"}}}, nullptr, &Clock::Real()).ToString(),
              HasSubstr("wrong types"));
  Handlers twice(nullptr);
  AddWatch(&twice);
  AddWatch(&twice);
  EXPECT_THAT(twice.Seal({{kPolicyService, {"gateway"}}}, nullptr, &Clock::Real()).ToString(),
              HasSubstr("twice"));
}

TEST(Handlers, ANameOfAnotherKindOfRecordReachesNoHandler) {
  Handlers handlers(nullptr);
  int ran = 0;
  const std::string path = "/accord.protocols.v1.ReferralService/GetReferral";
  handlers.Unary<protocols::v1::GetReferralRequest, protocols::v1::Referral>(
      path, [&](Call&, const auto&) -> absl::StatusOr<protocols::v1::Referral> {
        ++ran;
        return protocols::v1::Referral();
      });
  Call call(Caller(), absl::Now(), absl::InfiniteFuture(), std::make_shared<Changes>());
  protocols::v1::GetReferralRequest request;
  request.set_name("agencies/cas-york/protocols/p1");
  const auto refused = handlers.Unary(path, call, request.SerializeAsString());
  EXPECT_EQ(RuleOf(refused.status()), "FIELD_INVALID");
  EXPECT_THAT(std::string(refused.status().message()),
              HasSubstr("name is of another kind: agencies/AGENCY_ID/referrals/REFERRAL_ID is expected"));
  EXPECT_EQ(ran, 0);
  request.set_name("agencies/cas-york/referrals/r1");
  EXPECT_TRUE(handlers.Unary(path, call, request.SerializeAsString()).ok());
  EXPECT_EQ(ran, 1);
}

TEST(Handlers, WhatThisVersionDoesNotKnowIsShownToNobody) {
  constexpr char kGet[] = "/accord.registry.v1.RegistryService/GetAgency";
  Handlers handlers(nullptr);
  handlers.Unary<registry::v1::GetAgencyRequest, registry::v1::Agency>(
      kGet, [](Call&, const auto&) -> absl::StatusOr<registry::v1::Agency> {
        registry::v1::Agency agency;
        agency.set_name("agencies/a");
        agency.GetReflection()->MutableUnknownFields(&agency)->AddLengthDelimited(15'000, "canary");
        return agency;
      });
  Call call(Caller(), absl::Now(), absl::InfiniteFuture(), std::make_shared<Changes>());
  registry::v1::GetAgencyRequest request;
  request.set_name("agencies/a");
  const auto reply = handlers.Unary(kGet, call, request.SerializeAsString());
  ASSERT_TRUE(reply.ok()) << reply.status();
  EXPECT_THAT(reply->response, HasSubstr("agencies/a"));
  EXPECT_THAT(reply->response, ::testing::Not(HasSubstr("canary")));
}

TEST(Handlers, ARequestIsWeighedBeforeItIsParsed) {
  constexpr char kCreate[] = "/accord.protocols.v1.ProtocolService/CreateProtocol";
  Handlers handlers(nullptr);
  bool reached = false;
  handlers.Unary<protocols::v1::CreateProtocolRequest, protocols::v1::Protocol>(
      kCreate, [&](Call&, const auto&) -> absl::StatusOr<protocols::v1::Protocol> {
        reached = true;
        return protocols::v1::Protocol();
      });
  Call call(Caller(), absl::Now(), absl::InfiniteFuture(), std::make_shared<Changes>());
  const std::size_t most = handlers.Find(kCreate)->max_request_bytes();
  EXPECT_GT(most, kMaxRequestBytes) << "drafts are large";
  EXPECT_EQ(RuleOf(handlers.Unary(kCreate, call, std::string(most + 1, '\0')).status()), "MESSAGE_TOO_LARGE");
  // This gives a request for a protocol with empty sections.
  protocols::v1::CreateProtocolRequest request;
  request.mutable_protocol();
  for (int i = 0; i < 10'000; ++i) request.mutable_protocol()->add_sections();
  const absl::Status bomb = handlers.Unary(kCreate, call, request.SerializeAsString()).status();
  EXPECT_THAT(std::string(bomb.message()), HasSubstr("protocol.sections has more than"));
  EXPECT_FALSE(reached);
}

TEST(AnswerSweep, DropsOldAnswersOfAServiceOnceAMinute) {
  testing::TempDir directory;
  const auto database = *storage::Database::Open({directory.path("db"), 2});
  ASSERT_TRUE(database->Migrate(storage::CoreMigrations()).ok());
  FakeClock clock(absl::FromUnixSeconds(1'800'000'000));
  const auto run = [&](const std::string& id) {
    return database->Transact([&](storage::Transaction& tx) {
      const storage::Write write{"cas-york", "w", id, clock.Now()};
      return storage::Once<protocols::v1::Protocol>(
          tx, write, "/m", protocols::v1::Protocol(),
          []() -> absl::StatusOr<protocols::v1::Protocol> { return protocols::v1::Protocol(); });
    });
  };
  ASSERT_TRUE(run("request-1").ok());
  v1::HostConfig config;
  AnswerSweep sweep(database.get(), &clock, config), other(database.get(), &clock, config);
  clock.Advance(absl::Hours(24 * 6));
  EXPECT_EQ(*sweep.Sweep(), 0);
  clock.Advance(absl::Hours(25));
  EXPECT_EQ(*sweep.Sweep(), 1) << "seven days are the default";
  EXPECT_EQ(*other.Sweep(), 0) << "one replica has the lease";
  EXPECT_EQ(RuleOf(run("request-1").status()), "ANSWER_EXPIRED");
}

TEST(TouchedBy, TellsEveryOwnedResourceOfAResponse) {
  const auto methods = *MethodsOf("accord.protocols.v1.ReferralService");
  protocols::v1::ListReferralsResponse response;
  response.add_referrals()->set_name("agencies/cas-york/referrals/r1");
  response.add_referrals()->set_name("agencies/ps-york/referrals/r2");
  const auto touched = TouchedBy(methods[2], response);
  ASSERT_EQ(touched.resources_size(), 2);
  EXPECT_EQ(touched.resources(1).owner(), "ps-york");
  EXPECT_EQ(touched.resources(1).touch(), caller::v1::TOUCH_DISCLOSED);
}

}  // namespace
}  // namespace accord::host
