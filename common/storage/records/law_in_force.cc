#include "common/storage/records/law_in_force.h"

#include <utility>

#include "common/base/error.h"

namespace accord::storage {
namespace {

constexpr absl::Duration kForgotten = absl::Hours(24);

}  // namespace

absl::StatusOr<std::optional<LawEntry>> LawInForceOf(Transaction& tx) {
  ACCORD_ASSIGN_OR_RETURN(
      auto rows, (tx.Query<std::string, std::string, std::string, std::string, int64_t>(
                     "select name, digest, looked_kind, looked_name, looked_all from law_in_force")));
  if (rows.empty()) return std::optional<LawEntry>();
  auto& [name, digest, kind, looked, all] = rows.front();
  return std::optional<LawEntry>(
      LawEntry{std::move(name), std::move(digest), std::move(kind), std::move(looked), all != 0});
}

absl::Status PutLawInForce(Transaction& tx, std::string_view name, std::string_view digest, absl::Time now) {
  return tx
      .Exec(
          "insert into law_in_force (law, name, digest, at_us, looked_kind, looked_name, looked_all) values "
          "('law', :p1, :p2, :p3, '', '', 0) on conflict (law) do update set name = excluded.name, "
          "digest = excluded.digest, at_us = excluded.at_us, looked_kind = '', looked_name = '', "
          "looked_all = 0",
          name, digest, absl::ToUnixMicros(now))
      .status();
}

absl::Status NoteLawLooked(Transaction& tx, std::string_view kind, std::string_view name, bool all) {
  return tx
      .Exec("update law_in_force set looked_kind = :p1, looked_name = :p2, looked_all = :p3", kind, name,
            all ? 1 : 0)
      .status();
}

absl::StatusOr<std::vector<std::string>> ProposedLaw(Transaction& tx, std::string_view state) {
  ACCORD_ASSIGN_OR_RETURN(
      auto rows,
      tx.Query<std::string>("select name from resource where kind = :p1 and state = :p2 order by name",
                            kLawChange, state));
  std::vector<std::string> names;
  for (auto& [name] : rows) names.push_back(std::move(name));
  return names;
}

absl::StatusOr<std::vector<std::string>> NamesAfter(Transaction& tx, std::string_view kind,
                                                    std::string_view after, int limit) {
  ACCORD_ASSIGN_OR_RETURN(
      auto rows, tx.Query<std::string>(
                     "select name from resource where kind = :p1 and name > :p2 order by name limit :p3",
                     kind, after, limit));
  std::vector<std::string> names;
  for (auto& [name] : rows) names.push_back(std::move(name));
  return names;
}

absl::Status NoteLawReplica(Transaction& tx, const LawReplica& replica) {
  ACCORD_RETURN_IF_ERROR(
      tx.Exec("delete from law_replica where at_us < :p1", absl::ToUnixMicros(replica.at - kForgotten))
          .status());
  return tx
      .Exec(
          "insert into law_replica (replica, digest, version, at_us) values (:p1, :p2, :p3, :p4) on conflict "
          "(replica) do update set digest = excluded.digest, version = excluded.version, "
          "at_us = excluded.at_us",
          replica.replica, replica.digest, replica.version, absl::ToUnixMicros(replica.at))
      .status();
}

absl::StatusOr<std::vector<LawReplica>> LawReplicasSince(Transaction& tx, absl::Time since) {
  ACCORD_ASSIGN_OR_RETURN(auto rows, (tx.Query<std::string, std::string, std::string, int64_t>(
                                         "select replica, digest, version, at_us from law_replica where "
                                         "at_us > :p1 order by replica",
                                         absl::ToUnixMicros(since))));
  std::vector<LawReplica> replicas;
  for (auto& [replica, digest, version, at] : rows) {
    replicas.push_back({std::move(replica), std::move(digest), std::move(version), absl::FromUnixMicros(at)});
  }
  return replicas;
}

}  // namespace accord::storage
