#include "common/storage/backup/closed_records.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "common/base/error.h"
#include "common/storage/database/has_table.h"
#include "common/storage/sealing/body.h"

namespace accord::storage {
namespace {

std::string ClosedKind(std::string_view kind) { return absl::StrCat(kClosedKind, std::string(kind)); }

// Renaming a record's kind hides it, because every look-up uses the kind.
absl::Status RenameClosedKind(Transaction& tx, std::string_view from, std::string_view to,
                              std::string_view name) {
  for (const char* table : {"resource", "due"}) {
    ACCORD_RETURN_IF_ERROR(
        tx.Exec(absl::StrCat("update ", table, " set kind = :p1 where kind = :p2 and name = :p3"), to, from,
                name)
            .status());
  }
  // The rows are deleted under one kind and inserted under the other, because the kept counts are
  // maintained by triggers on insert and delete.
  ACCORD_RETURN_IF_ERROR(
      tx.Exec("insert into visible (kind, agency, field, value, name) select cast(:p1 as text), agency, "
              "field, value, name from visible where kind = :p2 and name = :p3",
              to, from, name)
          .status());
  return tx.Exec("delete from visible where kind = :p1 and name = :p2", from, name).status();
}

}  // namespace

absl::Status CloseRecord(Transaction& tx, std::string_view kind, std::string_view name,
                         std::string_view method, absl::Time now) {
  if (kind.starts_with(kClosedKind)) return absl::OkStatus();
  ACCORD_RETURN_IF_ERROR(RenameClosedKind(tx, kind, ClosedKind(kind), name));
  return tx
      .Exec(
          "insert into closed_record (kind, name, method, at_us) values (:p1, :p2, :p3, :p4) "
          "on conflict (kind, name) do update set method = excluded.method, at_us = excluded.at_us",
          kind, name, method, absl::ToUnixMicros(now))
      .status();
}

absl::Status ReopenRecord(Transaction& tx, std::string_view name) {
  ACCORD_ASSIGN_OR_RETURN(const bool any, HasTable(tx, "closed_record"));
  if (!any) return absl::NotFoundError("nothing is closed");
  ACCORD_ASSIGN_OR_RETURN(const auto kinds,
                          tx.Query<std::string>("select kind from closed_record where name = :p1", name));
  if (kinds.empty()) return absl::NotFoundError("no closed record has this name");
  for (const auto& [kind] : kinds) {
    ACCORD_RETURN_IF_ERROR(RenameClosedKind(tx, ClosedKind(kind), kind, name));
  }
  return tx.Exec("delete from closed_record where name = :p1", name).status();
}

absl::StatusOr<std::vector<ClosedRecord>> ClosedRecords(Transaction& tx) {
  ACCORD_ASSIGN_OR_RETURN(const bool any, HasTable(tx, "closed_record"));
  std::vector<ClosedRecord> closed;
  if (!any) return closed;
  ACCORD_ASSIGN_OR_RETURN(auto rows,
                          (tx.Query<std::string, std::string, std::string>(
                              "select kind, name, method from closed_record order by kind, name")));
  for (auto& [kind, name, method] : rows) {
    closed.push_back({std::move(kind), std::move(name), std::move(method)});
  }
  return closed;
}

}  // namespace accord::storage
