#include "services/training/completions/completion_counts.h"

#include <cstdint>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "common/base/error.h"
#include "common/storage/database/row_set.h"

namespace accord::training {

using storage::Transaction;

absl::Status AddToCompletionCounts(Transaction& tx, const std::string& table, const std::string& key,
                                   const CompletionCounts& counts) {
  for (const auto& [what, n] : counts) {
    ACCORD_RETURN_IF_ERROR(
        tx.Exec(
              absl::StrCat("insert into ", table, " (key, course, agency, n) values (:p1, :p2, :p3, :p4) ",
                           "on conflict (key, course, agency) do update set n = ", table, ".n + excluded.n"),
              key, what.first, what.second, n)
            .status());
  }
  return absl::OkStatus();
}

absl::Status NoteCompletionChange(Transaction& tx, const CompletionRow& row, int n) {
  return tx
      .Exec("insert into completion_change (key, course, agency, n) values (:p1, :p2, :p3, :p4)", row.owner,
            row.course, row.learner_agency, n)
      .status();
}

Tallies LabelsOfCompletionTallies(const std::vector<CompletionTally>& tallies) {
  Tallies labels;
  for (const auto& [owner, course, agency, n] : tallies) {
    labels.emplace_back(absl::StrCat(owner, "/", course, "/", agency), n);
  }
  return labels;
}

std::vector<CompletionTally> CompletionTalliesOf(const Tallies& labels) {
  std::vector<CompletionTally> tallies;
  for (const auto& [label, n] : labels) {
    // Each part is an id, which contains no slash.
    const std::vector<std::string> ids = absl::StrSplit(label, '/');
    tallies.push_back({ids.at(0), ids.at(1), ids.at(2), n});
  }
  return tallies;
}

absl::StatusOr<std::vector<CompletionTally>> CountCompletions(Transaction& tx, const std::string& owner) {
  ACCORD_ASSIGN_OR_RETURN(
      auto rows,
      (tx.Query<std::string, std::string, std::string, int64_t>(
          "select key, course, agency, cast(sum(n) as bigint) from ("
          "select key, course, agency, n from completion_count where (key = :p1 or :p2 = '') union all "
          "select key, course, agency, n from completion_change where (key = :p3 or :p4 = '')) as counts "
          "group by key, course, agency having sum(n) > 0 order by key, course, agency",
          owner, owner, owner, owner)));
  std::vector<CompletionTally> tallies;
  for (auto& [key, course, agency, n] : rows) tallies.push_back({key, course, agency, n});
  return tallies;
}

absl::StatusOr<int> FoldCompletionChanges(Transaction& tx, absl::Time, int batch) {
  ACCORD_ASSIGN_OR_RETURN(
      const auto changes,
      (tx.Query<int64_t, std::string, std::string, std::string, int64_t>(
          "select seq, key, course, agency, n from completion_change order by seq limit :p1", batch)));
  std::map<std::string, CompletionCounts> counts;
  // Only the rows that were read are deleted, because a row with a lower number may be committed at any time.
  storage::RowSet folded("completion_change", {{"seq", storage::RowSet::kNumber}});
  for (const auto& [seq, key, course, agency, n] : changes) {
    counts[key][{course, agency}] += n;
    folded.Add({static_cast<long long>(seq)});
  }
  for (const auto& [key, of] : counts) {
    ACCORD_RETURN_IF_ERROR(AddToCompletionCounts(tx, "completion_count", key, of));
  }
  ACCORD_RETURN_IF_ERROR(folded.Delete(tx));
  return static_cast<int>(changes.size());
}

}  // namespace accord::training
