#include "services/intelligence/deconfliction/deconfliction_store.h"

#include "common/base/clock.h"
#include "common/base/error.h"
#include "common/base/ids.h"
#include "common/storage/database/migration_file.h"

namespace accord::intelligence {
namespace {

// This gives the tags of one target under each of the live keys, in their order. `point` is of the first key.
absl::StatusOr<std::vector<std::string>> TagsOf(const std::vector<DeconflictionKeys>& live,
                                                const std::string& point) {
  std::vector<std::string> tags;
  for (const auto& keys : live) {
    if (&keys == &live.front()) {
      tags.push_back(keys.Tag(point));
      continue;
    }
    ACCORD_ASSIGN_OR_RETURN(const std::string older, keys.FromEpoch(live.front(), point));
    tags.push_back(keys.Tag(older));
  }
  return tags;
}

}  // namespace

namespace deconfliction {
// cmake/Embed.cmake writes this function, which gives the one file of the service's folder `migrations` that
// is about deconfliction.
std::vector<storage::MigrationFile> MigrationFiles();
}  // namespace deconfliction

storage::Migration DeconflictionMigration() {
  const auto steps = storage::MigrationsIn(deconfliction::MigrationFiles());
  return steps.at(0);
}

absl::StatusOr<std::vector<DeconflictionKeys>> LiveKeys(storage::Transaction& tx) {
  if (tx.keyring() == nullptr) {
    return Refuse(rules::kSealKeyMissing, "This database was opened without a keyring.");
  }
  ACCORD_ASSIGN_OR_RETURN(
      const auto rows,
      (tx.Query<int64_t, std::string>("select epoch, salt from deconfliction_epoch order by epoch desc")));
  std::vector<DeconflictionKeys> live;
  for (const auto& [epoch, salt] : rows) live.emplace_back(*tx.keyring(), epoch, salt);
  return live;
}

absl::Status BeginEpoch(storage::Transaction& tx, int64_t epoch) {
  return tx
      .Exec("insert into deconfliction_epoch (epoch, salt) values (:p1, :p2)", epoch, Hex(RandomBytes(32)))
      .status();
}

absl::Status EndEpoch(storage::Transaction& tx, int64_t epoch) {
  return tx.Exec("delete from deconfliction_epoch where epoch = :p1", epoch).status();
}

absl::StatusOr<int64_t> NoteEvaluations(storage::Transaction& tx, const std::string& agency,
                                        absl::CivilDay day, int64_t count) {
  const std::string today = FormatDay(day);
  ACCORD_RETURN_IF_ERROR(
      tx.Exec("delete from evaluation_count where agency = :p1 and day < :p2", agency, today).status());
  ACCORD_RETURN_IF_ERROR(
      tx.Exec("insert into evaluation_count (agency, day, used) values (:p1, :p2, :p3) "
              "on conflict (agency, day) do update set used = evaluation_count.used + excluded.used",
              agency, today, count)
          .status());
  ACCORD_ASSIGN_OR_RETURN(
      const auto rows,
      tx.Query<int64_t>("select used from evaluation_count where agency = :p1 and day = :p2", agency, today));
  return std::get<0>(rows.at(0));
}

absl::Status StoreLodged(storage::Transaction& tx, const DeconflictionKeys& keys, const Lodged& lodged,
                         const std::string& point) {
  return tx
      .Exec(
          "insert into lodged (name, agency, officer, from_us, until_us, epoch, tag, point) "
          "values (:p1, :p2, :p3, :p4, :p5, :p6, :p7, :p8)",
          lodged.name, lodged.agency, lodged.officer, absl::ToUnixMicros(lodged.from),
          absl::ToUnixMicros(lodged.until), keys.epoch(), keys.Tag(point), keys.Seal(lodged.name, point))
      .status();
}

absl::Status ForgetLodged(storage::Transaction& tx, const std::string& lodgement) {
  return tx.Exec("delete from lodged where name = :p1", lodgement).status();
}

absl::StatusOr<std::vector<Lodged>> LodgedBy(storage::Transaction& tx,
                                             const std::vector<DeconflictionKeys>& live,
                                             const std::string& point, const std::string& agency,
                                             absl::Time now) {
  ACCORD_ASSIGN_OR_RETURN(const auto tags, TagsOf(live, point));
  std::vector<Lodged> lodged;
  for (const std::string& tag : tags) {
    ACCORD_ASSIGN_OR_RETURN(const auto rows,
                            (tx.Query<std::string, std::string, int64_t, int64_t>(
                                "select name, officer, from_us, until_us from lodged where tag = :p1 and "
                                "agency = :p2 and until_us > :p3 order by name",
                                tag, agency, absl::ToUnixMicros(now))));
    for (const auto& [name, officer, from_us, until_us] : rows) {
      lodged.push_back(
          {name, agency, officer, absl::FromUnixMicros(from_us), absl::FromUnixMicros(until_us)});
    }
  }
  return lodged;
}

absl::StatusOr<std::vector<Lodged>> LodgedMatching(storage::Transaction& tx,
                                                   const std::vector<DeconflictionKeys>& live,
                                                   const std::string& point, absl::Time from,
                                                   absl::Time until, absl::Time now) {
  ACCORD_ASSIGN_OR_RETURN(const auto tags, TagsOf(live, point));
  std::vector<Lodged> matching;
  for (const std::string& tag : tags) {
    ACCORD_ASSIGN_OR_RETURN(
        const auto rows,
        (tx.Query<std::string, std::string, std::string, int64_t, int64_t>(
            "select name, agency, officer, from_us, until_us from lodged where tag = :p1 and from_us < :p2 "
            "and until_us > :p3 and until_us > :p4 order by name",
            tag, absl::ToUnixMicros(until), absl::ToUnixMicros(from), absl::ToUnixMicros(now))));
    for (const auto& [name, agency, officer, from_us, until_us] : rows) {
      matching.push_back(
          {name, agency, officer, absl::FromUnixMicros(from_us), absl::FromUnixMicros(until_us)});
    }
  }
  return matching;
}

absl::StatusOr<int> CarryOver(storage::Transaction& tx, const DeconflictionKeys& from,
                              const DeconflictionKeys& to, int limit) {
  ACCORD_ASSIGN_OR_RETURN(const auto rows, (tx.Query<std::string, std::string>(
                                               "select name, point from lodged where epoch = :p1 limit :p2",
                                               from.epoch(), limit)));
  for (const auto& [name, sealed] : rows) {
    ACCORD_ASSIGN_OR_RETURN(const std::string old, from.Open(name, sealed));
    ACCORD_ASSIGN_OR_RETURN(const std::string point, to.FromEpoch(from, old));
    ACCORD_RETURN_IF_ERROR(tx.Exec("update lodged set epoch = :p1, tag = :p2, point = :p3 where name = :p4",
                                   to.epoch(), to.Tag(point), to.Seal(name, point), name)
                               .status());
  }
  return static_cast<int>(rows.size());
}

absl::Status NoteConflict(storage::Transaction& tx, const std::string& lodgement,
                          const std::string& conflict) {
  return tx
      .Exec("insert into lodgement_conflict (lodgement, conflict) values (:p1, :p2)", lodgement, conflict)
      .status();
}

absl::StatusOr<std::vector<std::string>> ConflictsOf(storage::Transaction& tx, const std::string& lodgement) {
  ACCORD_ASSIGN_OR_RETURN(const auto rows,
                          tx.Query<std::string>("select conflict from lodgement_conflict where "
                                                "lodgement = :p1 order by conflict",
                                                lodgement));
  std::vector<std::string> conflicts;
  for (const auto& [conflict] : rows) conflicts.push_back(conflict);
  return conflicts;
}

absl::Status ForgetConflicts(storage::Transaction& tx, const std::string& lodgement,
                             const std::set<std::string>& others) {
  for (const std::string& other : others) {
    ACCORD_RETURN_IF_ERROR(tx.Exec("delete from lodgement_conflict where lodgement = :p1 and conflict in "
                                   "(select conflict from lodgement_conflict where lodgement = :p2)",
                                   other, lodgement)
                               .status());
  }
  return tx.Exec("delete from lodgement_conflict where lodgement = :p1", lodgement).status();
}

}  // namespace accord::intelligence
