#include "services/training/completions/import_store.h"

#include <algorithm>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <map>
#include <set>
#include <tuple>
#include <utility>

#include "absl/strings/str_cat.h"
#include "common/base/error.h"
#include "services/training/completions/completion_counts.h"

namespace accord::training {
namespace {

using storage::Transaction;
using storage::Value;

struct ImportBatch {
  int64_t id;
  std::string owner;
};

absl::StatusOr<ImportBatch> OpenBatchOfImport(Transaction& tx, const std::string& import) {
  ACCORD_ASSIGN_OR_RETURN(
      auto rows,
      (tx.Query<int64_t, std::string>("select id, owner from batch where name = :p1 and open = 1", import)));
  // The import was open when it was read, so somebody else has ended it since.
  if (rows.empty()) return Refuse(rules::kEtagMismatch, "The import has ended since it was read.");
  return ImportBatch{std::get<0>(rows[0]), std::get<1>(rows[0])};
}

}  // namespace

absl::Status OpenImport(Transaction& tx, const std::string& owner, const std::string& import) {
  ACCORD_ASSIGN_OR_RETURN(
      const int64_t opened,
      tx.Exec("insert into batch (name, owner, open) values (:p1, :p2, 1) on conflict do nothing", import,
              owner));
  if (opened == 1) return absl::OkStatus();
  return Refuse(rules::kImportOpen,
                "Another import of your agency is open: go on with it, or finish it without committing.");
}

absl::StatusOr<RefusedLines> AddToImport(Transaction& tx, const std::string& import,
                                         const std::vector<CompletionRow>& rows) {
  ACCORD_ASSIGN_OR_RETURN(const ImportBatch batch, OpenBatchOfImport(tx, import));
  RefusedLines refused;
  std::map<std::pair<std::string, std::string>, int64_t> counts;
  // This many rows in one statement keep the number of its parameters small, and the remaining rows go in
  // powers of two. A database session keeps every prepared statement, and one for each possible number of
  // rows would make two hundred large ones.
  constexpr std::size_t kRows = 200;
  std::string sql;
  std::size_t sql_rows = 0;
  for (std::size_t begin = 0, end = 0; begin < rows.size(); begin = end) {
    end = begin + std::min(kRows, std::bit_floor(rows.size() - begin));
    if (sql_rows != end - begin) {
      sql_rows = end - begin;
      sql =
          "insert into completion (owner, course, learner_agency, learner, completed_on, batch, line) "
          "values ";
      for (std::size_t i = 0; i < sql_rows; ++i) {
        absl::StrAppend(&sql, i == 0 ? "" : ", ", "(:p1, :p", 3 + i * 5, ", :p", 4 + i * 5, ", :p", 5 + i * 5,
                        ", :p", 6 + i * 5, ", :p2, :p", 7 + i * 5, ")");
      }
      absl::StrAppend(&sql, " on conflict do nothing");
    }
    std::vector<Value> params = {batch.owner, static_cast<long long>(batch.id)};
    for (std::size_t i = begin; i < end; ++i) {
      for (const std::string* text :
           {&rows[i].course, &rows[i].learner_agency, &rows[i].learner, &rows[i].completed_on}) {
        params.emplace_back(*text);
      }
      params.emplace_back(static_cast<long long>(rows[i].line));
    }
    ACCORD_ASSIGN_OR_RETURN(const int64_t added, tx.ExecValues(sql, params));
    std::set<int64_t> left_out;
    // This rarely runs: it finds which of these lines were stored before, and from where.
    for (std::size_t i = begin; i < end && added != static_cast<int64_t>(end - begin); ++i) {
      ACCORD_ASSIGN_OR_RETURN(
          auto there,
          (tx.Query<int64_t, int64_t>(
              "select batch, line from completion where owner = :p1 and course = :p2 and learner_agency = "
              ":p3 and learner = :p4 and completed_on = :p5",
              batch.owner, rows[i].course, rows[i].learner_agency, rows[i].learner, rows[i].completed_on)));
      if (there.empty() || there[0] == std::tuple(batch.id, rows[i].line)) continue;
      left_out.insert(rows[i].line);
      if (std::get<0>(there[0]) == batch.id) {
        refused.repeated.push_back(rows[i].line);
      } else {
        ++refused.known;
      }
    }
    for (std::size_t i = begin; i < end; ++i) {
      if (!left_out.contains(rows[i].line)) ++counts[{rows[i].course, rows[i].learner_agency}];
    }
  }
  ACCORD_RETURN_IF_ERROR(AddToCompletionCounts(tx, "batch_count", import, counts));
  return refused;
}

absl::StatusOr<bool> IsLearnerInImport(Transaction& tx, const std::string& import, const std::string& agency,
                                       const std::string& learner) {
  ACCORD_ASSIGN_OR_RETURN(const ImportBatch batch, OpenBatchOfImport(tx, import));
  ACCORD_ASSIGN_OR_RETURN(
      const auto rows,
      tx.Query<int64_t>("select line from completion where learner_agency = :p1 and learner = :p2 and "
                        "owner = :p3 and batch = :p4 limit 1",
                        agency, learner, batch.owner, batch.id));
  return !rows.empty();
}

absl::Status CommitImport(Transaction& tx, const std::string& import) {
  ACCORD_ASSIGN_OR_RETURN(const ImportBatch batch, OpenBatchOfImport(tx, import));
  ACCORD_ASSIGN_OR_RETURN(auto rows,
                          (tx.Query<std::string, std::string, int64_t>(
                              "select course, agency, n from batch_count where key = :p1", import)));
  std::map<std::pair<std::string, std::string>, int64_t> counts;
  for (const auto& [course, agency, n] : rows) counts[{course, agency}] = n;
  ACCORD_RETURN_IF_ERROR(AddToCompletionCounts(tx, "completion_count", batch.owner, counts));
  ACCORD_RETURN_IF_ERROR(tx.Exec("delete from batch_count where key = :p1", import).status());
  return tx.Exec("update batch set open = 0 where id = :p1", batch.id).status();
}

absl::Status DropImport(Transaction& tx, const std::string& import) {
  ACCORD_ASSIGN_OR_RETURN(const ImportBatch batch, OpenBatchOfImport(tx, import));
  // The statement uses the owner's range of the primary key, because an index of batches would cost every
  // import something and serve few.
  ACCORD_RETURN_IF_ERROR(
      tx.Exec("delete from completion where owner = :p1 and batch = :p2", batch.owner, batch.id).status());
  ACCORD_RETURN_IF_ERROR(tx.Exec("delete from batch_count where key = :p1", import).status());
  return tx.Exec("update batch set open = 0 where id = :p1", batch.id).status();
}

absl::Status AddImportErrors(Transaction& tx, const std::string& import,
                             const std::vector<LineError>& errors) {
  for (const LineError& error : errors) {
    ACCORD_RETURN_IF_ERROR(
        tx.Exec("insert into import_error (import, line, rule, message) values (:p1, :p2, :p3, :p4) "
                "on conflict do nothing",
                import, error.line, error.rule, error.message)
            .status());
  }
  return absl::OkStatus();
}

absl::StatusOr<std::vector<LineError>> ImportErrorsAfter(Transaction& tx, const std::string& import,
                                                         int64_t line, int limit) {
  ACCORD_ASSIGN_OR_RETURN(auto rows,
                          (tx.Query<int64_t, std::string, std::string>(
                              "select line, rule, message from import_error where import = :p1 and "
                              "line > :p2 order by line limit :p3",
                              import, line, limit)));
  std::vector<LineError> errors;
  for (auto& [at, rule, message] : rows) errors.push_back({at, std::move(rule), std::move(message)});
  return errors;
}

}  // namespace accord::training
