#include "services/prosecution/prosecution_store.h"

#include "common/aggregates/office_counts.h"
#include "common/base/error.h"
#include "common/storage/records/counts.h"

namespace accord::prosecution {
namespace {

absl::Status InformationTaken() {
  return Refuse(rules::kInformationTaken,
                "A case that you see is open for this information of this police service.");
}

}  // namespace

std::vector<storage::Migration> ProsecutionMigrations() {
  std::vector<storage::Migration> migrations;
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
  // The version before keeps a board for an office and not for each of its people.
  migrations.push_back({140, "lists for each seat", R"sql(
create table case_link (case_name {text} not null, name {text} not null, primary key (case_name, name));
create table link_seat (seat {text} not null, name {text} not null, primary key (seat, name));
create index link_seat_by_name on link_seat (name);
create table unplaced (kind {text} not null, name {text} not null, primary key (kind, name));
insert into unplaced (kind, name) select distinct 'accused', name from board;
insert into unplaced (kind, name) select kind, name from resource where kind = 'link_token'
)sql",
                        true});
  // The version before takes a case that it changes from the seats again.
  migrations.push_back({141, "cases listed for each seat", R"sql(
insert into unplaced (kind, name) select kind, name from resource where kind = 'case'
)sql",
                        true});
  return migrations;
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

absl::Status ReleaseInformation(storage::Transaction& tx, const Information& information,
                                const std::string& name) {
  for (const char* sql :
       {"delete from information where police_service = :p1 and number = :p2 and name = :p3",
        "delete from case_information where police_service = :p1 and number = :p2 and name = :p3"}) {
    ACCORD_RETURN_IF_ERROR(tx.Exec(sql, information.police_service, information.number, name).status());
  }
  return absl::OkStatus();
}

}  // namespace accord::prosecution
