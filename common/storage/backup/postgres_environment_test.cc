#include "common/storage/backup/postgres_environment.h"

#include <gmock/gmock.h>

#include "common/testing/matchers.h"

namespace accord::storage {
namespace {

using accord::testing::FailsWith;

TEST(PostgresEnvironment, HoldsWhatTheDsnSays) {
  const auto environment = PostgresEnvironment(
      "postgresql://accord:s3cret@db.example:5433/"
      "protocols?sslmode=verify-full&options=-csearch_path%3Dprotocols");
  ASSERT_OK(environment);
  EXPECT_EQ(environment->at("PGPASSWORD"), "s3cret");
  EXPECT_EQ(environment->at("PGHOST"), "db.example");
  EXPECT_EQ(environment->at("PGDATABASE"), "protocols");
  EXPECT_EQ(environment->at("PGSSLMODE"), "verify-full");
  EXPECT_EQ(environment->at("PGOPTIONS"), "-csearch_path=protocols");
  const absl::Status bad = PostgresEnvironment("postgresql://accord:s3cret@db:port:x/%zz").status();
  EXPECT_THAT(bad, FailsWith(absl::StatusCode::kInvalidArgument, "the DSN of the database cannot be read"));
  EXPECT_EQ(bad.message().find("s3cret"), absl::string_view::npos);
}

}  // namespace
}  // namespace accord::storage
