#include "common/storage/records/gone.h"

#include "common/base/error.h"
#include "common/storage/records/visible_rows.h"

namespace accord::storage {
namespace {

constexpr char kPurgedWord[] = "purged";
constexpr char kRecalledWord[] = "recalled";

}  // namespace

absl::Status TellGone(Transaction& tx, const std::string& kind, const std::string& name, Gone why,
                      const std::vector<std::string>& viewers, absl::Time now) {
  const std::string word = why == Gone::kPurged ? kPurgedWord : kRecalledWord;
  RowSet rows = VisibleRows();
  for (const std::string& viewer : viewers) {
    rows.Add({kind, viewer, std::string(kGoneField), word, name});
  }
  if (rows.empty()) return absl::OkStatus();
  ACCORD_RETURN_IF_ERROR(rows.Insert(tx, RowSet::kLeave));
  return StoreEvent(tx, {.kind = kind, .name = name, .state = word, .at = now}, "");
}

absl::StatusOr<std::optional<Gone>> GoneFrom(Transaction& tx, std::string_view kind, std::string_view name,
                                             std::string_view viewer) {
  ACCORD_ASSIGN_OR_RETURN(const auto rows,
                          tx.Query<std::string>("select value from visible where kind = :p1 and agency = :p2 "
                                                "and field = :p3 and name = :p4 order by value",
                                                kind, viewer, kGoneField, name));
  if (rows.empty()) return std::nullopt;
  return std::get<0>(rows.front()) == kPurgedWord ? Gone::kPurged : Gone::kRecalled;
}

bool TellsThatItIsGone(const Event& event) {
  return event.version == 0 && (event.state == kPurgedWord || event.state == kRecalledWord);
}

}  // namespace accord::storage
