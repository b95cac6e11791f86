#include "services/prosecution/board_store.h"

#include "absl/strings/str_cat.h"
#include "common/aggregates/office_counts.h"
#include "common/base/error.h"
#include "common/storage/counts.h"
#include "common/storage/resources.h"

namespace accord::prosecution {

std::vector<storage::Migration> ProsecutionMigrations() {
  std::vector<storage::Migration> migrations = storage::CoreMigrations();
  migrations.push_back({100, "board and informations", R"sql(
create table board (
  viewer {text} not null, name {text} not null, region {text} not null, stage {text} not null, ceiling {text} not null,
  primary key (viewer, name));
create index board_by_ceiling on board (viewer, ceiling, name);
create index board_by_region on board (viewer, region, ceiling, name);
create index board_by_stage on board (viewer, stage, ceiling, name);
create index board_by_name on board (name);
create table information (
  police_service {text} not null, number {text} not null, name {text} not null,
  primary key (police_service, number))
)sql"});
  // The version before leaves out of an accused what it does not know to be sealed.
  migrations.push_back({101, "more of a prosecution is sealed", "", true});
  storage::KeepCounts(110, "accused", {"stage", "region", "restitution"}, &migrations);
  // Several offices may have a case for one information, since none learns of another's. The version before
  // goes on with its own table while it runs.
  migrations.push_back({120, "informations of several offices", R"sql(
create table case_information (
  police_service {text} not null, number {text} not null, name {text} not null,
  primary key (police_service, number, name));
insert into case_information (police_service, number, name)
  select police_service, number, name from information
)sql"});
  KeepOfficeCounts(130, kProsecutionCounts, &migrations);
  return migrations;
}

absl::Status PutOnBoard(storage::Transaction& tx, const BoardRow& row, bool open) {
  ACCORD_RETURN_IF_ERROR(tx.Exec("delete from board where name = :p1", row.name).status());
  if (!open) return absl::OkStatus();
  for (const std::string& viewer : row.viewers) {
    ACCORD_RETURN_IF_ERROR(
        tx.Exec("insert into board (viewer, name, region, stage, ceiling) values (:p1, :p2, :p3, :p4, :p5)",
                viewer, row.name, row.region, row.stage, row.ceiling)
            .status());
  }
  return absl::OkStatus();
}

std::string BoardSql(const BoardQuery& query, std::vector<storage::Value>* params) {
  const auto bind = [&](storage::Value value) {
    params->push_back(std::move(value));
    return absl::StrCat(":p", params->size());
  };
  std::string sql = absl::StrCat("select ceiling, name from board where viewer = ", bind(query.viewer));
  if (!query.region.empty()) absl::StrAppend(&sql, " and region = ", bind(query.region));
  if (!query.stage.empty()) absl::StrAppend(&sql, " and stage = ", bind(query.stage));
  if (!query.after_name.empty()) {
    absl::StrAppend(&sql, " and (ceiling, name) > (", bind(query.after_ceiling));
    absl::StrAppend(&sql, ", ", bind(query.after_name), ")");
  }
  absl::StrAppend(&sql, " order by ceiling, name limit ", bind(static_cast<long long>(query.limit)));
  return sql;
}

absl::StatusOr<std::vector<BoardEntry>> ReadBoard(storage::Transaction& tx, const BoardQuery& query) {
  std::vector<storage::Value> params;
  const std::string sql = BoardSql(query, &params);
  ACCORD_ASSIGN_OR_RETURN(auto rows, (tx.QueryValues<std::string, std::string>(sql, params)));
  std::vector<BoardEntry> entries;
  for (auto& [ceiling, name] : rows) entries.push_back({std::move(ceiling), std::move(name)});
  return entries;
}

namespace {

absl::Status InformationTaken() {
  return Refuse(absl::StatusCode::kFailedPrecondition, "INFORMATION_TAKEN",
                "A case that you see is open for this information of this police service.");
}

}  // namespace

absl::Status EachOnBoard(storage::Transaction& tx, BoardQuery query,
                         const std::function<absl::StatusOr<bool>(const BoardEntry&)>& more) {
  while (true) {
    ACCORD_ASSIGN_OR_RETURN(const auto entries, ReadBoard(tx, query));
    for (const BoardEntry& entry : entries) {
      ACCORD_ASSIGN_OR_RETURN(const bool on, more(entry));
      if (!on) return absl::OkStatus();
    }
    if (static_cast<int>(entries.size()) < query.limit) return absl::OkStatus();
    query.after_ceiling = entries.back().ceiling;
    query.after_name = entries.back().name;
  }
}

absl::Status TakeInformation(storage::Transaction& tx, const Information& information,
                             const std::string& name,
                             const std::function<absl::Status(const std::string&)>& read) {
  ACCORD_ASSIGN_OR_RETURN(
      const auto taken,
      tx.Query<std::string>("select name from case_information where police_service = :p1 and number = :p2 "
                            "union select name from information where police_service = :p3 and number = :p4",
                            information.police_service, information.number, information.police_service,
                            information.number));
  for (const auto& [other] : taken) {
    const absl::Status known = read(other);
    if (known.ok()) return InformationTaken();
    if (!absl::IsNotFound(known)) return known;
  }
  return tx
      .Exec("insert into case_information (police_service, number, name) values (:p1, :p2, :p3)",
            information.police_service, information.number, name)
      .status();
}

}  // namespace accord::prosecution
