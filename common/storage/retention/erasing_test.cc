#include "common/storage/records/erasing.h"

#include <gmock/gmock.h>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "common/storage/database/row_set.h"
#include "common/storage/testing/fixture.h"

namespace accord::storage {
namespace {

class Erasing : public Storage {
 protected:
  // This makes this many requests, each of which made one resource.
  void Fill(int requests) {
    using R = RowSet;
    R answers("idempotency", {{"agency", R::kText},
                              {"actor", R::kText},
                              {"request_id", R::kText},
                              {"method", R::kText},
                              {"request_hash", R::kText},
                              {"response", R::kText},
                              {"at_us", R::kNumber}});
    R mentions("answer_resource", {{"agency", R::kText},
                                   {"actor", R::kText},
                                   {"request_id", R::kText},
                                   {"position", R::kNumber},
                                   {"kind", R::kText},
                                   {"name", R::kText},
                                   {"seen", R::kNumber}});
    R revisions("revision", {{"kind", R::kText},
                             {"name", R::kText},
                             {"version", R::kNumber},
                             {"at_us", R::kNumber},
                             {"agency", R::kText},
                             {"actor", R::kText},
                             {"request_id", R::kText},
                             {"body", R::kText}});
    R resources("resource", {{"kind", R::kText},
                             {"name", R::kText},
                             {"owner", R::kText},
                             {"state", R::kText},
                             {"version", R::kNumber},
                             {"create_us", R::kNumber},
                             {"update_us", R::kNumber},
                             {"body", R::kText}});
    for (long long i = 0; i < requests; ++i) {
      const std::string agency = absl::StrCat("agency-", i % 3), id = absl::StrCat("request-", i),
                        name = absl::StrCat("agencies/", agency, "/things/", i);
      answers.Add({agency, "w", id, "/m", "h", "said", i});
      mentions.Add({agency, "w", id, 0LL, "thing", name, 1LL});
      revisions.Add({"thing", name, 1LL, i, agency, "w", id, "{}"});
      resources.Add({"thing", name, agency, "", 1LL, i, i, "{}"});
    }
    const absl::Status filled = database_->Transact([&](Transaction& tx) -> absl::Status {
      for (const R* rows : {&answers, &mentions, &revisions, &resources}) {
        ACCORD_RETURN_IF_ERROR(rows->Insert(tx, R::kFail));
      }
      return tx.Exec("analyze").status();
    });
    ASSERT_OK(filled);
  }
  // This gives the database's plan for a statement, one step on each line.
  std::string PlanOf(const std::string& sql, const std::vector<Value>& params) {
    std::string text;
    const auto explain = [&](Transaction& tx) -> absl::Status {
      if (tx.postgres()) {
        ACCORD_ASSIGN_OR_RETURN(const auto lines, tx.QueryValues<std::string>("explain " + sql, params));
        for (const auto& [line] : lines) absl::StrAppend(&text, line, "\n");
      } else {
        ACCORD_ASSIGN_OR_RETURN(const auto lines, (tx.QueryValues<int64_t, int64_t, int64_t, std::string>(
                                                      "explain query plan " + sql, params)));
        for (const auto& line : lines) absl::StrAppend(&text, std::get<3>(line), "\n");
      }
      // The transaction of the explained update must not be committed: SQLite considers the
      // update unfinished.
      return absl::CancelledError();
    };
    if (GetParam() == "postgres") {
      EXPECT_TRUE(absl::IsCancelled(database_->Read(explain)));
    } else {
      EXPECT_TRUE(absl::IsCancelled((*Database::Open({directory_.path("db"), 1}))->Read(explain)));
    }
    return text;
  }
};

INSTANTIATE_TEST_SUITE_P(Databases, Erasing, ::testing::Values("sqlite", "postgres"),
                         [](const auto& test) { return test.param; });

TEST_P(Erasing, ReadsNoTableToItsEnd) {
  Fill(20'000);
  const std::string name = "agencies/agency-1/things/4000", agency = "agency-1", erased = "erased";
  for (const auto& [sql, params] : std::vector<std::pair<std::string, std::vector<Value>>>{
           {erasing::kMentions, {name}},
           {erasing::kMentionsTo, {name, agency}},
           {erasing::kRequests, {"thing", name}},
           {erasing::kAnswer, {erased, erased, agency, "w", "request-4000"}},
           {erasing::kRevisions, {"thing", name}},
           {erasing::kResource, {"thing", name}}}) {
    const std::string plan = PlanOf(sql, params);
    EXPECT_THAT(plan, ::testing::Not(::testing::AnyOf(::testing::HasSubstr("Seq Scan"),
                                                      ::testing::ContainsRegex("SCAN [a-z_]+"))))
        << sql << "\n"
        << plan;
    EXPECT_THAT(absl::AsciiStrToLower(plan), ::testing::HasSubstr("index")) << sql << "\n" << plan;
  }
}

}  // namespace
}  // namespace accord::storage
