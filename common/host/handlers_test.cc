#include "common/host/handlers.h"

#include <gmock/gmock.h>

#include "accord/protocols/v1/service.pb.h"
#include "accord/registry/v1/service.pb.h"

namespace accord::host {
namespace {

using ::testing::HasSubstr;

constexpr char kPolicy[] = "accord.registry.v1.PolicyService";

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
  EXPECT_THAT(handlers.Seal({{kPolicy, {}}}, nullptr, &Clock::Real()).ToString(), HasSubstr("allow-list"));
  EXPECT_THAT(
      handlers.Seal({{kPolicy, {"gateway"}}, {"accord.Nothing", {"gateway"}}}, nullptr, &Clock::Real())
          .ToString(),
      HasSubstr("accord.Nothing"));
  EXPECT_TRUE(handlers.Seal({{kPolicy, {"gateway"}}}, nullptr, &Clock::Real()).ok());
}

TEST(Handlers, AHandlerOfTheWrongTypesOrTwiceDoesNotStart) {
  Handlers wrong(nullptr);
  wrong.Stream<registry::v1::GetAgencyRequest, registry::v1::PolicyUpdate>(
      "/accord.registry.v1.PolicyService/WatchPolicy",
      [](Call&, const auto&, const auto&) { return absl::OkStatus(); });
  EXPECT_THAT(wrong.Seal({{kPolicy, {"gateway"}}}, nullptr, &Clock::Real()).ToString(),
              HasSubstr("wrong types"));
  Handlers twice(nullptr);
  AddWatch(&twice);
  AddWatch(&twice);
  EXPECT_THAT(twice.Seal({{kPolicy, {"gateway"}}}, nullptr, &Clock::Real()).ToString(), HasSubstr("twice"));
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
