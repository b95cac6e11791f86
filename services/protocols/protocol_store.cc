#include "services/protocols/protocol_store.h"

#include "common/base/error.h"
#include "common/storage/resources.h"
#include "services/protocols/parties.h"

namespace accord::protocols {
namespace {

// What a protocol without a territory stands for.
constexpr char kEverywhere[] = "";

std::vector<std::string> TerritoryOf(const v1::Protocol& protocol) {
  if (protocol.territory().empty()) return {kEverywhere};
  return {protocol.territory().begin(), protocol.territory().end()};
}

absl::Status Occupy(storage::Transaction& tx, const v1::Protocol& protocol) {
  for (const auto& [society, police] : SignatoryPairs(protocol)) {
    for (const std::string& code : TerritoryOf(protocol)) {
      ACCORD_ASSIGN_OR_RETURN(
          auto taken, tx.Query<std::string>(
                          "select name from operative where kind = :p1 and society = :p2 and "
                          "police = :p3 and (territory in (:p4, '') or :p5 = '') and "
                          "name <> :p6 limit 1",
                          static_cast<int>(protocol.kind()), society, police, code, code, protocol.name()));
      if (!taken.empty()) {
        return Refuse(
            absl::StatusCode::kFailedPrecondition, "ALREADY_IN_FORCE",
            "A protocol of this kind is in force between two of these parties on the same territory: "
            "review it, and name it in supersedes.");
      }
      ACCORD_RETURN_IF_ERROR(tx.Exec("insert into operative (kind, society, police, territory, name) values "
                                     "(:p1, :p2, :p3, :p4, :p5)",
                                     static_cast<int>(protocol.kind()), society, police, code,
                                     protocol.name())
                                 .status());
    }
  }
  return absl::OkStatus();
}

}  // namespace

std::vector<storage::Migration> ProtocolMigrations() {
  auto migrations = storage::CoreMigrations();
  migrations.push_back({100, "protocols in force, coverage and what is due", R"sql(
create table operative (
  kind bigint not null, society {text} not null, police {text} not null, territory {text} not null,
  name {text} not null,
  primary key (kind, society, police, territory));
create index operative_name on operative (name);
create table coverage (
  name {text} not null, society {text} not null, police {text} not null, state bigint not null,
  review_due text not null,
  primary key (name, society, police));
create table due (
  kind {text} not null, name {text} not null, at_us bigint not null,
  primary key (kind, name));
create index due_at on due (at_us)
)sql"});
  return migrations;
}

absl::Status Track(storage::Transaction& tx, const v1::Protocol& protocol) {
  ACCORD_RETURN_IF_ERROR(tx.Exec("delete from operative where name = :p1", protocol.name()).status());
  if (Operative(protocol)) ACCORD_RETURN_IF_ERROR(Occupy(tx, protocol));
  ACCORD_RETURN_IF_ERROR(tx.Exec("delete from coverage where name = :p1", protocol.name()).status());
  for (const auto& [society, police] : SignatoryPairs(protocol)) {
    ACCORD_RETURN_IF_ERROR(tx.Exec("insert into coverage (name, society, police, state, review_due) values "
                                   "(:p1, :p2, :p3, :p4, :p5)",
                                   protocol.name(), society, police, static_cast<int>(protocol.state()),
                                   protocol.next_review_due())
                               .status());
  }
  return absl::OkStatus();
}

absl::StatusOr<std::vector<Coverage>> AllCoverage(storage::Transaction& tx) {
  ACCORD_ASSIGN_OR_RETURN(auto rows, (tx.Query<std::string, std::string, int64_t, std::string>(
                                         "select society, police, state, review_due from coverage")));
  std::vector<Coverage> coverage;
  for (auto& [society, police, state, review_due] : rows) {
    coverage.push_back({society, police, static_cast<v1::ProtocolState>(state), review_due});
  }
  return coverage;
}

absl::Status Schedule(storage::Transaction& tx, const std::string& kind, const std::string& name,
                      std::optional<absl::Time> at) {
  ACCORD_RETURN_IF_ERROR(tx.Exec("delete from due where kind = :p1 and name = :p2", kind, name).status());
  if (!at) return absl::OkStatus();
  return tx
      .Exec("insert into due (kind, name, at_us) values (:p1, :p2, :p3)", kind, name, absl::ToUnixMicros(*at))
      .status();
}

absl::StatusOr<std::vector<Due>> DueAt(storage::Transaction& tx, absl::Time now, int limit) {
  ACCORD_ASSIGN_OR_RETURN(auto rows,
                          (tx.Query<std::string, std::string, int64_t>(
                              "select kind, name, at_us from due where at_us <= :p1 order by at_us limit :p2",
                              absl::ToUnixMicros(now), limit)));
  std::vector<Due> due;
  for (auto& [kind, name, at] : rows) due.push_back({kind, name, absl::FromUnixMicros(at)});
  return due;
}

}  // namespace accord::protocols
