#include "common/host/status.h"

#include <gmock/gmock.h>

#include "absl/strings/str_cat.h"
#include "accord/host/v1/status.pb.h"
#include "common/base/error.h"
#include "common/testing/in_process.h"
#include "common/testing/matchers.h"
#include "common/testing/postgres.h"

namespace accord::host {
namespace {

using accord::testing::Must;

class ServiceStatus : public ::testing::TestWithParam<bool> {
 protected:
  ServiceStatus()
      : in_process_(storage::CoreMigrations(),
                    GetParam() ? accord::testing::PostgresCluster::Shared().NewDatabase() : "") {
    auto known = storage::CoreMigrations();
    known.push_back({100, "one more", "create table more (x bigint)"});
    annotations::v1::Currency law;
    law.set_checked_to("2026-06-17");
    in_process_.handlers().TellLaw(law);
    RegisterStatus("protocols", known, in_process_.clock().Now() - absl::Hours(1), &in_process_.handlers());
    EXPECT_OK(in_process_.Seal());
  }
  static Caller Office() {
    return {"co-pahtco",
            annotations::v1::AGENCY_KIND_COORDINATION_OFFICE,
            "console",
            "admin",
            {annotations::v1::ROLE_PLATFORM_ADMIN},
            annotations::v1::PURPOSE_ADMINISTRATION,
            "gateway-1 0.1.0+abc"};
  }
  absl::StatusOr<v1::ServiceStatus> Ask(const Caller& caller) {
    return in_process_.Call<v1::ServiceStatus>(caller, v1::GetServiceStatusRequest());
  }
  void Exec(const std::string& sql) {
    const absl::Status done =
        in_process_.database().Transact([&](storage::Transaction& tx) { return tx.Exec(sql).status(); });
    EXPECT_OK(done);
  }

  accord::testing::InProcess in_process_;
};

INSTANTIATE_TEST_SUITE_P(Databases, ServiceStatus, ::testing::Bool(),
                         [](const auto& test) { return test.param ? "postgres" : "sqlite"; });

TEST_P(ServiceStatus, TellsVersionSchemaAndDatabase) {
  const auto status = Ask(Office());
  ASSERT_OK(status);
  EXPECT_EQ(status->service(), "protocols");
  EXPECT_EQ(status->version(), "0.1.0+unknown") << "tests carry no commit";
  EXPECT_EQ(status->gateway(), "gateway-1 0.1.0+abc");
  EXPECT_EQ(status->database(), GetParam() ? v1::DATABASE_KIND_POSTGRESQL : v1::DATABASE_KIND_SQLITE);
  EXPECT_EQ(status->schema_applied(), storage::CoreMigrations().back().version);
  EXPECT_EQ(status->schema_known(), 100);
  EXPECT_EQ(status->migrations_missing(), 1);
  EXPECT_EQ(status->law().checked_to(), "2026-06-17");
  EXPECT_EQ(status->has_primary(), GetParam());
  EXPECT_EQ(status->primary(), GetParam());
  EXPECT_EQ(status->standbys_size(), 0);
  EXPECT_EQ(status->time().seconds() - status->start_time().seconds(), 3600);
  EXPECT_EQ(status->overdue(), 0);
  EXPECT_FALSE(status->has_oldest_overdue());
}

TEST_P(ServiceStatus, CountsWhatIsOverdueOfEveryKindAndNothingElse) {
  const int64_t now = absl::ToUnixMicros(in_process_.clock().Now());
  for (const auto& [kind, ago] :
       {std::pair{"protocol", 5}, {"protocol", -5}, {"referral", 90}, {"referral", 1}}) {
    Exec(absl::StrCat("insert into due (kind, name, at_us) values ('", kind, "', 'n", ago, "', ",
                      now - ago * 1'000'000, ")"));
  }
  const auto status = Ask(Office());
  ASSERT_OK(status);
  EXPECT_EQ(status->overdue(), 3);
  EXPECT_EQ(status->oldest_overdue().seconds(), 90);
}

TEST_P(ServiceStatus, CountsRowsUnderOtherKeysOnBothSidesOfThePresentOne) {
  const std::string current = Must(Ask(Office())).seal_key();
  ASSERT_EQ(current.size(), 16u);
  int id = 0;
  for (const std::string& key : {std::string("0"), std::string("zz"), std::string(), current}) {
    Exec(absl::StrCat(
        "insert into idempotency (agency, actor, request_id, method, request_hash, response, at_us, "
        "seal_key) values ('a', 'b', 'r",
        ++id, "', 'm', 'h', 'x', 0, '", key, "')"));
  }
  EXPECT_EQ(Must(Ask(Office())).rows_under_old_keys(), 2);
}

TEST_P(ServiceStatus, IsForTheOfficesAdministratorsOnly) {
  Caller society = Office();
  society.kind = annotations::v1::AGENCY_KIND_CHILDREN_AID_SOCIETY;
  EXPECT_TRUE(absl::IsPermissionDenied(Ask(society).status()));
  Caller worker = Office();
  worker.roles = {annotations::v1::ROLE_PRIVACY_OFFICER};
  EXPECT_EQ(RuleOf(Ask(worker).status()), "ROLE_NOT_PERMITTED");
  Caller curious = Office();
  curious.purpose = annotations::v1::PURPOSE_CHILD_PROTECTION;
  EXPECT_EQ(RuleOf(Ask(curious).status()), "PURPOSE_NOT_PERMITTED");
}

}  // namespace
}  // namespace accord::host
