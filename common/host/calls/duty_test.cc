// The assertion that a gateway signed for a call is stored with exactly what the call changed.
#include <gmock/gmock.h>

#include "absl/strings/str_cat.h"
#include "accord/host/v1/revisions.pb.h"
#include "accord/registry/v1/resources.pb.h"
#include "accord/testing/v1/echo.pb.h"
#include "common/base/error.h"
#include "common/base/ids.h"
#include "common/host/revisions.h"
#include "common/storage/records/idempotency.h"
#include "common/testing/eventually.h"
#include "common/testing/in_process.h"
#include "common/testing/matchers.h"
#include "common/testing/postgres.h"

namespace accord::host {
namespace {

using Echo = accord::testing::v1::EchoRequest;
using Echoed = accord::testing::v1::EchoResponse;
using namespace annotations::v1;
using testing::Must;

constexpr char kService[] = "/accord.testing.v1.EchoService/";
constexpr char kChange[] = "/accord.testing.v1.EchoService/Change";

const Caller kMember{"ps-york", AGENCY_KIND_POLICE_SERVICE, "rms",
                     "member",  {ROLE_POLICE_MEMBER},       PURPOSE_CRIMINAL_INVESTIGATION};

// `Change` stores as many resources as the request's `count`.
class Duty : public ::testing::TestWithParam<std::string> {
 protected:
  Duty()
      : in_process_(storage::CoreMigrations(),
                    GetParam() == "postgres" ? testing::PostgresCluster::Shared().NewDatabase() : ""),
        systems_("system", &in_process_.page_tokens()) {
    Handlers& handlers = in_process_.handlers();
    for (const char* method : {"Echo", "EchoForPolice", "Act"}) {
      handlers.Unary<Echo, Echoed>(absl::StrCat(kService, method),
                                   [](Call&, const Echo&) -> absl::StatusOr<Echoed> { return Echoed(); });
    }
    for (const char* method : {"Expand", "Collect", "Chat"}) {
      handlers.Stream<Echo, Echoed>(
          absl::StrCat(kService, method),
          [](Call&, const Echo&, const std::function<bool(const Echoed&)>&) { return absl::OkStatus(); });
    }
    handlers.Mutate<Echo, Echoed>(
        kChange, [this](Call&, storage::Transaction& tx, const storage::Write& write, const Echo& request) {
          return Change(tx, write, request);
        });
    RegisterRevisions("accord.registry.v1", &handlers);
    EXPECT_OK(in_process_.Seal());
  }
  absl::StatusOr<Echoed> Change(storage::Transaction& tx, const storage::Write& write, const Echo& request) {
    for (int i = 0; i < request.count(); ++i) {
      registry::v1::System system;
      system.set_name(absl::StrCat("agencies/cas-york/systems/", request.request_id(), "-", i));
      ACCORD_RETURN_IF_ERROR(systems_.Insert(tx, &system, write, {"cas-york", "", {"cas-york"}, {}}));
    }
    return Echoed();
  }
  static Echo Asking(const std::string& request_id, int count) {
    Echo request;
    request.set_request_id(request_id);
    request.set_count(count);
    return request;
  }
  absl::Status Ask(const std::string& request_id, int count) {
    return in_process_.CallBytes(kChange, kMember, Asking(request_id, count).SerializeAsString()).status();
  }
  v1::ListRevisionKeysResponse Told(AgencyKind kind = AGENCY_KIND_PLATFORM_LOG,
                                    Role role = ROLE_PLATFORM_AUDITOR) {
    const Caller caller{"sv-audit", kind, "main", "auditor", {role}, PURPOSE_ADMINISTRATION};
    v1::ListRevisionKeysRequest all;
    all.set_page_size(1000);
    const auto told = in_process_.Call<v1::ListRevisionKeysResponse>(caller, all);
    EXPECT_OK(told);
    return told.value_or(v1::ListRevisionKeysResponse());
  }
  // On PostgreSQL the changes are listed only once the feed has numbered them.
  v1::ListRevisionKeysResponse ToldAll(int changes) {
    EXPECT_TRUE(accord::testing::Eventually([&] { return Told().revisions_size() == changes; }));
    return Told();
  }
  testing::InProcess in_process_;
  storage::Resources systems_;
};

INSTANTIATE_TEST_SUITE_P(Databases, Duty, ::testing::Values("sqlite", "postgres"),
                         [](const auto& test) { return test.param; });

TEST_P(Duty, IsKeptOnceACallHoweverMuchItChanged) {
  ASSERT_OK(Ask("request-1", 50));
  ASSERT_OK(Ask("request-2", 1));
  const auto told = ToldAll(51);
  ASSERT_EQ(told.assertions_size(), 2);
  EXPECT_EQ(told.revisions(0).assertion(), 1);
  EXPECT_EQ(told.revisions(49).assertion(), 1);
  EXPECT_EQ(told.revisions(50).assertion(), 2);
  caller::v1::SignedCallerAssertion in;
  ASSERT_TRUE(in.ParseFromString(told.assertions(0)));
  EXPECT_EQ(in.request_salt(), "") << "whoever reads it cannot try what was asked";
  const auto assertion = OpenAssertion(in, in_process_.gateway_key(), testing::InProcess::kAudience,
                                       FromProto(told.revisions(0).time()));
  ASSERT_OK(assertion);
  EXPECT_EQ(assertion->agency(), "ps-york");
  EXPECT_EQ(assertion->actor(), "member");
  EXPECT_EQ(assertion->purpose(), PURPOSE_CRIMINAL_INVESTIGATION);
  EXPECT_EQ(assertion->method(), kChange);
  EXPECT_EQ(assertion->request_hash().size(), 32u);
}

TEST_P(Duty, IsToldToTheLogAlone) {
  ASSERT_OK(Ask("request-1", 1));
  ToldAll(1);
  const auto told = Told(AGENCY_KIND_COORDINATION_OFFICE, ROLE_PLATFORM_ADMIN);
  EXPECT_EQ(told.revisions_size(), 1);
  EXPECT_EQ(told.assertions_size(), 0);
  EXPECT_EQ(told.revisions(0).assertion(), 0);
}

TEST_P(Duty, ARepeatedRequestAndOneThatChangesNothingLeaveNone) {
  const auto kept = [&] {
    return std::get<0>((*in_process_.database().Read([](storage::Transaction& tx) {
      return tx.Query<int64_t>("select count(*) from idempotency where assertion <> ''");
    }))[0]);
  };
  ASSERT_OK(Ask("request-1", 1));
  ASSERT_OK(Ask("request-1", 1));
  ASSERT_OK(Ask("request-2", 0));
  EXPECT_EQ(kept(), 1);
  // The proof is removed together with the answer to the request.
  const absl::Time later = in_process_.clock().Now() + absl::Hours(1);
  ASSERT_OK(in_process_.database().Transact(
      [&](storage::Transaction& tx) { return storage::ExpireAnswers(tx, later, absl::InfinitePast(), 10); }));
  EXPECT_EQ(kept(), 0);
  EXPECT_EQ(ToldAll(1).revisions(0).assertion(), 0);
}

TEST_P(Duty, ARequestOrAMethodThatTheGatewayDidNotSignIsRefused) {
  const std::string signed_for = Asking("request-1", 1).SerializeAsString();
  auto call = in_process_.Begin(kChange, kMember, signed_for);
  ASSERT_OK(call);
  const std::string other = Asking("request-1", 2).SerializeAsString();
  EXPECT_EQ(RuleOf(in_process_.handlers().Unary(kChange, **call, other).status()),
            "CALLER_ASSERTION_INVALID");
  EXPECT_OK(in_process_.handlers().Unary(kChange, **call, signed_for));
  // The same assertion is refused for another method.
  const std::string word = in_process_.AssertionOf(kChange, kMember, signed_for);
  EXPECT_EQ(RuleOf(in_process_.handlers()
                       .Begin(absl::StrCat(kService, "Echo"), {"gateway", word}, absl::InfiniteFuture())
                       .status()),
            "CALLER_ASSERTION_INVALID");
}

TEST_P(Duty, AGatewayOfTheVersionBeforeIsServedUnlessTheServiceSaysOtherwise) {
  // An assertion for a call that changes nothing still says who calls.
  const std::string word = in_process_.AssertionOf(absl::StrCat(kService, "Echo"), kMember, "");
  const auto ask = [&](const std::string& request_id) {
    auto call = Must(in_process_.handlers().Begin(kChange, {"gateway", word}, absl::InfiniteFuture()));
    return in_process_.handlers().Unary(kChange, *call, Asking(request_id, 1).SerializeAsString()).status();
  };
  EXPECT_OK(ask("request-1"));
  EXPECT_EQ(ToldAll(1).assertions_size(), 1);
  in_process_.handlers().RequireSignedRequests();
  EXPECT_EQ(RuleOf(ask("request-2")), "REQUEST_NOT_SIGNED");
  EXPECT_OK(Ask("request-3", 1));
}

}  // namespace
}  // namespace accord::host
