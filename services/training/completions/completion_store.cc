#include "services/training/completions/completion_store.h"

#include <cstdint>
#include <map>
#include <tuple>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "common/base/error.h"
#include "services/training/completions/completion_counts.h"

namespace accord::training {
namespace {

using storage::Transaction;
using storage::Value;

// Completions that were not imported have this batch.
constexpr int64_t kNoBatch = 0;

}  // namespace

absl::Status AddCompletion(Transaction& tx, const CompletionRow& row) {
  ACCORD_ASSIGN_OR_RETURN(
      const int64_t added,
      tx.Exec("insert into completion (owner, course, learner_agency, learner, completed_on, "
              "batch, line) values (:p1, :p2, :p3, :p4, :p5, :p6, 0) on conflict do nothing",
              row.owner, row.course, row.learner_agency, row.learner, row.completed_on, kNoBatch));
  if (added == 1) return NoteCompletionChange(tx, row, 1);
  // An open import may have a line about the same completion. The row no longer belongs to that import, since
  // it would be deleted if the import is dropped.
  ACCORD_ASSIGN_OR_RETURN(
      const int64_t taken,
      tx.Exec("update completion set batch = :p1, line = 0 where owner = :p2 and course = :p3 and "
              "learner_agency = :p4 and learner = :p5 and completed_on = :p6 and batch in (select id from "
              "batch where open = 1)",
              kNoBatch, row.owner, row.course, row.learner_agency, row.learner, row.completed_on));
  if (taken == 0) return absl::OkStatus();
  ACCORD_RETURN_IF_ERROR(
      tx.Exec("update batch_count set n = n - 1 where course = :p1 and agency = :p2 and key in (select name "
              "from batch where owner = :p3 and open = 1)",
              row.course, row.learner_agency, row.owner)
          .status());
  return NoteCompletionChange(tx, row, 1);
}

absl::Status RemoveCompletion(Transaction& tx, const CompletionRow& row) {
  ACCORD_ASSIGN_OR_RETURN(
      const int64_t removed,
      tx.Exec("delete from completion where owner = :p1 and course = :p2 and learner_agency = :p3 "
              "and learner = :p4 and completed_on = :p5",
              row.owner, row.course, row.learner_agency, row.learner, row.completed_on));
  if (removed == 0) return absl::OkStatus();
  return NoteCompletionChange(tx, row, -1);
}

absl::Status CorrectCompletion(Transaction& tx, const CompletionRow& wrong, const CompletionRow& right) {
  ACCORD_ASSIGN_OR_RETURN(
      const auto known,
      tx.Query<int64_t>("select line from completion where owner = :p1 and course = :p2 and "
                        "learner_agency = :p3 and learner = :p4 and completed_on = :p5",
                        right.owner, right.course, right.learner_agency, right.learner, right.completed_on));
  if (!known.empty()) return Refuse(rules::kAlreadyRecorded, "There is a completion that says so.");
  ACCORD_ASSIGN_OR_RETURN(
      const int64_t corrected,
      tx.Exec(
          "update completion set learner = :p1, completed_on = :p2 where owner = :p3 and course = :p4 and "
          "learner_agency = :p5 and learner = :p6 and completed_on = :p7 and batch <> :p8 and batch not in "
          "(select id from batch where open = 1)",
          right.learner, right.completed_on, wrong.owner, wrong.course, wrong.learner_agency, wrong.learner,
          wrong.completed_on, kNoBatch));
  if (corrected == 1) return absl::OkStatus();
  return Refuse(rules::kCompletionUnknown, "No roster that was committed holds such a completion.");
}

absl::StatusOr<std::string> LastCompletion(Transaction& tx, const CompletionRow& of) {
  ACCORD_ASSIGN_OR_RETURN(
      auto rows, tx.Query<std::string>(
                     "select completed_on from completion where owner = :p1 and course = :p2 and "
                     "learner_agency = :p3 and learner = :p4 and batch not in (select id from batch where "
                     "open = 1) order by completed_on desc limit 1",
                     of.owner, of.course, of.learner_agency, of.learner));
  return rows.empty() ? "" : std::get<0>(rows[0]);
}

std::string CompletionSql(const CompletionQuery& query, std::vector<Value>* params) {
  const auto bind = [&](Value value) {
    params->push_back(std::move(value));
    return absl::StrCat(":p", params->size());
  };
  // The columns stand in the order of the index that answers the query.
  std::vector<std::string> order = {"owner", "course", "learner_agency", "learner", "completed_on"};
  if (query.owner.empty()) order = {"learner_agency", "learner", "owner", "course", "completed_on"};
  std::vector<std::string> where;
  for (const auto& [column, value] :
       std::map<std::string, std::string>{{"owner", query.owner},
                                          {"course", query.course},
                                          {"learner_agency", query.learner_agency},
                                          {"learner", query.learner}}) {
    if (!value.empty()) where.push_back(absl::StrCat(column, " = ", bind(value)));
  }
  if (query.after) {
    const CompletionRow& after = *query.after;
    const std::map<std::string, std::string> values = {{"owner", after.owner},
                                                       {"course", after.course},
                                                       {"learner_agency", after.learner_agency},
                                                       {"learner", after.learner},
                                                       {"completed_on", after.completed_on}};
    std::vector<std::string> bound;
    for (const auto& column : order) bound.push_back(bind(values.at(column)));
    where.push_back(absl::StrCat("(", absl::StrJoin(order, ", "), ") > (", absl::StrJoin(bound, ", "), ")"));
  }
  where.push_back("batch not in (select id from batch where open = 1)");
  return absl::StrCat("select owner, course, learner_agency, learner, completed_on from completion where ",
                      absl::StrJoin(where, " and "), " order by ", absl::StrJoin(order, ", "), " limit ",
                      bind(static_cast<long long>(query.limit)));
}

absl::StatusOr<std::vector<CompletionRow>> ReadCompletions(Transaction& tx, const CompletionQuery& query) {
  std::vector<Value> params;
  const std::string sql = CompletionSql(query, &params);
  ACCORD_ASSIGN_OR_RETURN(
      auto rows,
      (tx.QueryValues<std::string, std::string, std::string, std::string, std::string>(sql, params)));
  std::vector<CompletionRow> completions;
  for (auto& [owner, course, agency, learner, day] : rows)
    completions.push_back({owner, course, agency, learner, day});
  return completions;
}

}  // namespace accord::training
