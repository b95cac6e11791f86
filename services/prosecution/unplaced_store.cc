#include "services/prosecution/unplaced_store.h"

#include "common/base/error.h"
#include "common/base/log.h"

namespace accord::prosecution {

absl::StatusOr<int> EachUnplaced(
    storage::Transaction& tx, int batch, Unreadable* unreadable,
    const std::function<absl::Status(const std::string& kind, const std::string& name)>& place) {
  // Unreadable records are among the rows and must not take the places of others in the batch.
  const int64_t limit = batch + static_cast<int64_t>(unreadable->size());
  ACCORD_ASSIGN_OR_RETURN(const auto rows,
                          (tx.Query<std::string, std::string>(
                              "select kind, name from unplaced order by kind, name limit :p1", limit)));
  int tried = 0;
  for (const auto& [kind, name] : rows) {
    if (unreadable->contains({kind, name})) continue;
    if (tried == batch) break;
    ++tried;
    const absl::Status placed = place(kind, name);
    if (absl::IsDataLoss(placed) || absl::IsNotFound(placed)) {
      LogError("record_not_placed", {{"kind", kind}, {"rule", RuleOf(placed)}});
      unreadable->emplace(kind, name);
      continue;
    }
    ACCORD_RETURN_IF_ERROR(placed);
    ACCORD_RETURN_IF_ERROR(
        tx.Exec("delete from unplaced where kind = :p1 and name = :p2", kind, name).status());
  }
  return tried;
}

}  // namespace accord::prosecution
