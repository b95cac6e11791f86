#include "common/storage/database/row_set.h"

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "common/base/error.h"

namespace accord::storage {
namespace {

void AppendRowSetElement(const Value& value, std::string* array) {
  if (const auto* number = std::get_if<long long>(&value)) {
    absl::StrAppend(array, *number);
    return;
  }
  array->push_back('"');
  for (const char c : std::get<std::string>(value)) {
    if (c == '"' || c == '\\') array->push_back('\\');
    array->push_back(c);
  }
  array->push_back('"');
}

const char* ConflictClause(RowSet::OnConflict on_conflict) {
  return on_conflict == RowSet::kLeave ? " on conflict do nothing" : "";
}

std::string RowSetColumnNames(const std::vector<RowSet::Column>& columns) {
  return absl::StrJoin(columns, ", ", [](std::string* out, const RowSet::Column& column) {
    absl::StrAppend(out, column.name);
  });
}

}  // namespace

RowSet::RowSet(std::string table, std::vector<Column> columns)
    : table_(std::move(table)), columns_(std::move(columns)) {}

void RowSet::Add(std::vector<Value> row) { rows_.push_back(std::move(row)); }

std::string RowSet::Unnested(std::vector<Value>* params) const {
  std::vector<std::string> arrays;
  for (std::size_t i = 0; i < columns_.size(); ++i) {
    std::string array = "{";
    for (const auto& row : rows_) {
      if (array.size() > 1) array.push_back(',');
      AppendRowSetElement(row[i], &array);
    }
    array.push_back('}');
    params->emplace_back(std::move(array));
    arrays.push_back(absl::StrCat("cast(:p", params->size(), " as ",
                                  columns_[i].type == kNumber ? "bigint" : "text", "[])"));
  }
  return absl::StrCat("unnest(", absl::StrJoin(arrays, ", "), ")");
}

absl::Status RowSet::ExecEach(Transaction& tx, const std::string& sql) const {
  for (const auto& row : rows_) ACCORD_RETURN_IF_ERROR(tx.ExecValues(sql, row).status());
  return absl::OkStatus();
}

std::string RowSet::InsertSql() const {
  return absl::StrCat("insert into ", table_, " (", RowSetColumnNames(columns_), ") ");
}

absl::Status RowSet::Insert(Transaction& tx, OnConflict on_conflict) const {
  if (rows_.empty()) return absl::OkStatus();
  if (tx.postgres()) {
    std::vector<Value> params;
    const std::string rows = Unnested(&params);
    return tx
        .ExecValues(absl::StrCat(InsertSql(), "select * from ", rows, ConflictClause(on_conflict)), params)
        .status();
  }
  // A statement on SQLite needs no round trip.
  std::vector<std::string> places;
  for (std::size_t i = 1; i <= columns_.size(); ++i) places.push_back(absl::StrCat(":p", i));
  return ExecEach(tx, absl::StrCat(InsertSql(), "values (", absl::StrJoin(places, ", "), ")",
                                   ConflictClause(on_conflict)));
}

std::string RowSet::Conditions() const {
  std::vector<std::string> conditions;
  for (std::size_t i = 0; i < columns_.size(); ++i) {
    conditions.push_back(absl::StrCat(columns_[i].name, " = :p", i + 1));
  }
  return absl::StrJoin(conditions, " and ");
}

absl::Status RowSet::Delete(Transaction& tx) const {
  if (rows_.empty()) return absl::OkStatus();
  if (!tx.postgres()) return ExecEach(tx, absl::StrCat("delete from ", table_, " where ", Conditions()));
  std::vector<std::string> same;
  for (const Column& column : columns_) same.push_back(absl::StrCat("t.", column.name, " = k.", column.name));
  std::vector<Value> params;
  const std::string rows = Unnested(&params);
  return tx
      .ExecValues(absl::StrCat("delete from ", table_, " t using ", rows, " as k(",
                               RowSetColumnNames(columns_), ") where ", absl::StrJoin(same, " and ")),
                  params)
      .status();
}

absl::StatusOr<int64_t> InsertAll(Transaction& tx, std::span<const Insertion> insertions,
                                  std::string_view last, std::vector<Value> params) {
  std::vector<std::string> parts;
  for (const Insertion& insertion : insertions) {
    if (insertion.rows->empty()) continue;
    if (!tx.postgres()) {
      ACCORD_RETURN_IF_ERROR(insertion.rows->Insert(tx, insertion.on_conflict));
      continue;
    }
    const std::string rows = insertion.rows->Unnested(&params);
    parts.push_back(absl::StrCat("r", parts.size(), " as (", insertion.rows->InsertSql(), "select * from ",
                                 rows, ConflictClause(insertion.on_conflict), ")"));
  }
  std::string sql(last);
  if (!parts.empty()) sql = absl::StrCat("with ", absl::StrJoin(parts, ", "), " ", sql);
  return tx.ExecValues(sql, params);
}

absl::StatusOr<std::vector<bool>> RowSet::Present(Transaction& tx) const {
  std::vector<bool> present(rows_.size(), false);
  if (rows_.empty()) return present;
  std::vector<std::string> same;
  for (const Column& column : columns_) same.push_back(absl::StrCat("t.", column.name, " = k.", column.name));
  if (tx.postgres()) {
    std::vector<Value> params;
    const std::string rows = Unnested(&params);
    ACCORD_ASSIGN_OR_RETURN(
        const auto found,
        tx.QueryValues<int64_t>(
            absl::StrCat("select k.place from ", rows, " with ordinality as k(", RowSetColumnNames(columns_),
                         ", place) join ", table_, " t on ", absl::StrJoin(same, " and ")),
            params));
    for (const auto& [place] : found) present[static_cast<std::size_t>(place - 1)] = true;
    return present;
  }
  const std::string sql = absl::StrCat("select 1 from ", table_, " where ", Conditions(), " limit 1");
  for (std::size_t i = 0; i < rows_.size(); ++i) {
    ACCORD_ASSIGN_OR_RETURN(const auto found, tx.QueryValues<int64_t>(sql, rows_[i]));
    present[i] = !found.empty();
  }
  return present;
}

}  // namespace accord::storage
