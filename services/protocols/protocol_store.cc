#include "services/protocols/protocol_store.h"

#include <map>
#include <set>

#include "common/base/error.h"
#include "common/storage/database/migration_files.h"
#include "common/storage/database/row_set.h"
#include "services/protocols/parties.h"

namespace accord::protocols {
namespace {

// This is what a protocol without a territory stands for.
constexpr char kEverywhere[] = "";

std::vector<std::string> TerritoryOf(const v1::Protocol& protocol) {
  if (protocol.territory().empty()) return {kEverywhere};
  const std::set<std::string> codes(protocol.territory().begin(), protocol.territory().end());
  return {codes.begin(), codes.end()};
}

absl::Status Occupy(storage::Transaction& tx, const v1::Protocol& protocol) {
  ACCORD_RETURN_IF_ERROR(MayOccupy(tx, protocol));
  for (const auto& [society, police] : SignatoryPairs(protocol)) {
    for (const std::string& code : TerritoryOf(protocol)) {
      ACCORD_RETURN_IF_ERROR(tx.Exec("insert into operative (kind, society, police, territory, name) values "
                                     "(:p1, :p2, :p3, :p4, :p5)",
                                     static_cast<int>(protocol.kind()), society, police, code,
                                     protocol.name())
                                 .status());
    }
  }
  return absl::OkStatus();
}

// Whoever leads a text, or has signed it, has a part in it; others are only named in it.
bool TakesPart(const v1::Protocol& protocol, const std::string& agency) {
  if (OwnerOf(protocol.name()) == agency) return true;
  const v1::ProtocolParty* party = SignatoryOf(protocol, agency);
  return party != nullptr && !party->signed_digest().empty();
}

// What is counted late belongs to an hour before, whose days reach back further.
constexpr int64_t kLateHours = 24;

int64_t HourOf(absl::Time at) { return absl::ToUnixSeconds(at) / 3600; }

absl::StatusOr<SendingRate> RateOf(storage::Transaction& tx, const std::string& agency, int64_t hour,
                                   int days) {
  ACCORD_ASSIGN_OR_RETURN(
      auto rows,
      (tx.Query<int64_t, int64_t>(
          "select cast(coalesce(sum(n), 0) as bigint), coalesce(max(case when hour = :p1 then n else 0 end), "
          "0) from sent where agency = :p2 and hour >= :p3 and hour <= :p4",
          hour, agency, hour - days * 24, hour)));
  const auto [all, this_hour] = rows.at(0);
  return SendingRate{agency, absl::FromUnixSeconds(hour * 3600), static_cast<int>(this_hour),
                     static_cast<double>(all - this_hour) / (days * 24)};
}

}  // namespace

// cmake/Embed.cmake writes this: the files of the folder `migrations`.
std::vector<storage::MigrationFile> MigrationFiles();

std::vector<storage::Migration> ProtocolMigrations() { return storage::MigrationsIn(MigrationFiles()); }

absl::Status MayOccupy(storage::Transaction& tx, const v1::Protocol& protocol) {
  for (const auto& [society, police] : SignatoryPairs(protocol)) {
    for (const std::string& code : TerritoryOf(protocol)) {
      ACCORD_ASSIGN_OR_RETURN(
          auto taken,
          tx.Query<std::string>("select name from operative where kind = :p1 and society = :p2 and "
                                "police = :p3 and (territory in (:p4, '') or :p5 = '') and "
                                "name not in (:p6, :p7) limit 1",
                                static_cast<int>(protocol.kind()), society, police, code, code,
                                protocol.name(), protocol.supersedes()));
      if (!taken.empty()) {
        return Refuse(
            rules::kAlreadyInForce,
            "A protocol of this kind is in force between two of these parties on the same territory: "
            "review it, and name it in supersedes.");
      }
    }
  }
  return absl::OkStatus();
}

absl::Status Track(storage::Transaction& tx, const v1::Protocol& protocol) {
  ACCORD_RETURN_IF_ERROR(tx.Exec("delete from operative where name = :p1", protocol.name()).status());
  if (Operative(protocol)) ACCORD_RETURN_IF_ERROR(Occupy(tx, protocol));
  ACCORD_RETURN_IF_ERROR(tx.Exec("delete from coverage where name = :p1", protocol.name()).status());
  for (const auto& [society, police] : SignatoryPairs(protocol)) {
    // A draft of an agency without a part in it does not change the coverage of the pair that it names: a
    // lapse stays one.
    if (!TakesPart(protocol, society) && !TakesPart(protocol, police)) continue;
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

absl::Status OpenInEmergency(storage::Transaction& tx, const std::string& agency, const std::string& name,
                             absl::Time until) {
  return tx
      .Exec(
          "insert into emergency (agency, name, until_us) values (:p1, :p2, :p3) on conflict (agency, name) "
          "do "
          "update set until_us = excluded.until_us",
          agency, name, absl::ToUnixMicros(until))
      .status();
}

absl::StatusOr<bool> OpenToAgency(storage::Transaction& tx, const std::string& agency,
                                  const std::string& name, absl::Time now) {
  ACCORD_ASSIGN_OR_RETURN(
      const auto rows,
      tx.Query<int64_t>("select until_us from emergency where agency = :p1 and name = :p2 and until_us > :p3",
                        agency, name, absl::ToUnixMicros(now)));
  return !rows.empty();
}

absl::Status NoteSent(storage::Transaction& tx, const std::string& agency, absl::Time now) {
  return tx.Exec("insert into sending (agency, hour) values (:p1, :p2)", agency, HourOf(now)).status();
}

absl::StatusOr<int64_t> AttachedBytes(storage::Transaction& tx, const std::string& agency) {
  ACCORD_ASSIGN_OR_RETURN(
      const auto rows,
      tx.Query<int64_t>(
          "select cast(coalesce(sum(bytes), 0) as bigint) from attachment_use where agency = :p1", agency));
  return std::get<0>(rows.at(0));
}

absl::Status NoteAttached(storage::Transaction& tx, const std::string& agency, const std::string& name,
                          int64_t bytes) {
  return tx
      .Exec("insert into attachment_use (name, agency, bytes) values (:p1, :p2, :p3)", name, agency, bytes)
      .status();
}

absl::Status ForgetAttached(storage::Transaction& tx, const std::string& name) {
  return tx.Exec("delete from attachment_use where name = :p1", name).status();
}

absl::StatusOr<CountedSent> CountSent(storage::Transaction& tx, int days, int limit) {
  ACCORD_ASSIGN_OR_RETURN(const auto notes,
                          (tx.Query<int64_t, std::string, int64_t>(
                              "select seq, agency, hour from sending order by seq limit :p1", limit)));
  CountedSent counted{static_cast<int>(notes.size()), {}};
  std::map<std::pair<int64_t, std::string>, int64_t> more;
  // Only the rows that were read are deleted, because a row with a lower number may still be committed.
  storage::RowSet done("sending", {{"seq", storage::RowSet::kNumber}});
  for (const auto& [seq, agency, hour] : notes) {
    ++more[{hour, agency}];
    done.Add({static_cast<long long>(seq)});
  }
  for (const auto& [key, n] : more) {
    const auto& [hour, agency] = key;
    ACCORD_RETURN_IF_ERROR(tx.Exec("insert into sent (agency, hour, n) values (:p1, :p2, :p3) "
                                   "on conflict (agency, hour) do update set n = sent.n + excluded.n",
                                   agency, hour, n)
                               .status());
    ACCORD_RETURN_IF_ERROR(
        tx.Exec("delete from sent where agency = :p1 and hour < :p2", agency, hour - days * 24 - kLateHours)
            .status());
    ACCORD_ASSIGN_OR_RETURN(SendingRate rate, RateOf(tx, agency, hour, days));
    counted.rates.push_back(std::move(rate));
  }
  ACCORD_RETURN_IF_ERROR(done.Delete(tx));
  return counted;
}

}  // namespace accord::protocols
