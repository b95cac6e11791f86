#include "absl/strings/str_split.h"
#include "common/testing/postgres.h"
#include "services/intelligence/testing/fixture.h"

namespace accord::intelligence {
namespace {

// This fixture has what the version before stored, on each kind of database.
class BeforeThis : public Intelligence, public ::testing::WithParamInterface<bool> {
 protected:
  BeforeThis() : Intelligence(GetParam() ? testing::PostgresCluster::Shared().NewDatabase() : "") {}
  void Run(const std::string& sql) {
    const absl::Status done = in_process_.database().Transact([&](storage::Transaction& tx) -> absl::Status {
      for (absl::string_view statement : absl::StrSplit(sql, ";\n")) {
        ACCORD_RETURN_IF_ERROR(tx.Exec(std::string(statement)).status());
      }
      return absl::OkStatus();
    });
    EXPECT_OK(done);
  }
  void RunStep(int version) {
    for (const auto& migration : IntelligenceMigrations()) {
      if (migration.version == version) Run(std::string(migration.sql));
    }
  }
};

INSTANTIATE_TEST_SUITE_P(Databases, BeforeThis, ::testing::Bool(),
                         [](const auto& database) { return database.param ? "PostgreSQL" : "SQLite"; });

TEST_P(BeforeThis, WhoContributedIsTakenFromRevisions) {
  v1::Report report = Active();
  v1::Product product;
  ASSERT_EQ(Make(NewProduct(york_, {report.name()}, v1::HANDLING_H1), york_, &product), "");
  ASSERT_EQ(Move(york_, &product, v1::ReviewProductRequest()), "");
  Run("delete from contribution");
  RunStep(104);
  EXPECT_EQ(Grade(&report, york_), "GRADED_BY_SUBMITTER");
  EXPECT_EQ(Move(york_, &product, v1::ApproveProductRequest()), "APPROVER_NOT_INDEPENDENT");
  EXPECT_EQ(Grade(&report, analyst_), "") << "the bureau's hand was never in it";
  EXPECT_EQ(Grade(&report, Police("ps-york", "second")), "");
}

TEST_P(BeforeThis, WhatWasLeftNotInUseEndsToo) {
  v1::Report recalled = Active();
  ASSERT_EQ(Recall(&recalled, york_), "");
  Run("delete from due");
  RunStep(103);
  Pass(EndOfDay(absl::CivilDay(2031, 11, 22)));
  EXPECT_EQ(Read(recalled.name(), york_).name(), recalled.name());
  Pass(EndOfDay(absl::CivilDay(2031, 11, 24)));
  EXPECT_EQ(Unread(recalled.name(), york_), "NOT_FOUND");
}

TEST_P(BeforeThis, AReportWhoseWordsAreRefusedTodayIsStillHandledMoreNarrowly) {
  v1::Report report = Active();
  const std::string name = report.name();
  const absl::Status stored = in_process_.database().Transact([&](storage::Transaction& tx) -> absl::Status {
    storage::Resources reports("report", &in_process_.page_tokens());
    ACCORD_RETURN_IF_ERROR(reports.GetAny(tx, name, &report));
    auto* entity = report.add_entities();
    entity->set_id("jim");
    entity->set_kind(v1::ENTITY_KIND_PERSON_SUBJECT);
    entity->set_value("Jim, our informant");
    const std::string etag = report.etag();
    return reports.Update(tx, &report, etag, {"ps-york", "intel", "before", in_process_.clock().Now()},
                          {"ps-york", "active", {"ps-york", "ci-ciso"}, {}});
  });
  ASSERT_OK(stored);
  EXPECT_EQ(Handle(&report, v1::HANDLING_H5, {}, york_), "HANDLING_INVALID");
  EXPECT_EQ(Handle(&report, v1::HANDLING_H1, {}, york_), "");
  EXPECT_EQ(Read(name, york_).handling(), v1::HANDLING_H1);
}

}  // namespace
}  // namespace accord::intelligence
