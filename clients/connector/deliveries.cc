#include "clients/connector/deliveries.h"

#include <tuple>

#include "absl/strings/str_cat.h"
#include "common/base/error.h"
#include "common/base/ids.h"

namespace accord::connector {
namespace {

using storage::Transaction;

std::string DeliveryContext(const std::string& id) { return "connector delivery " + id; }

}  // namespace

absl::Status Deliveries::Keep(Transaction& tx, const std::string& webhook, const std::string& resource,
                              const StoredDelivery& delivery) {
  const std::string id = NewId(clock_.Now());
  const std::string lane = keyring_->Index("connector delivery lane",
                                           absl::StrCat(webhook, "\n", delivery.watch(), "\n", resource));
  return tx
      .Exec(
          "insert into delivery (id, webhook, lane, state, attempts, since_ms, due_ms, problem, sealed) "
          "values (:p1, :p2, :p3, 'waiting', 0, :p4, :p5, '', :p6)",
          id, webhook, lane, Now(), Now(), keyring_->Seal(DeliveryContext(id), delivery.SerializeAsString()))
      .status();
}

absl::StatusOr<int64_t> Deliveries::CountWaiting(const std::string& webhook, int64_t most) {
  return database_->Read([&](Transaction& tx) -> absl::StatusOr<int64_t> {
    ACCORD_ASSIGN_OR_RETURN(const auto rows,
                            tx.Query<int64_t>("select count(*) from (select 1 from delivery where webhook = "
                                              ":p1 and state = 'waiting' limit :p2) as found",
                                              webhook, most));
    return std::get<0>(rows.front());
  });
}

absl::StatusOr<std::vector<DueDelivery>> Deliveries::Due(const std::string& webhook, int64_t most) {
  return database_->Read([&](Transaction& tx) -> absl::StatusOr<std::vector<DueDelivery>> {
    ACCORD_ASSIGN_OR_RETURN(
        const auto rows,
        (tx.Query<std::string, std::string, int64_t, int64_t>(
            "select id, lane, attempts, since_ms from delivery as mine where webhook = :p1 and "
            "state = 'waiting' and due_ms <= :p2 and not exists (select 1 from delivery as before where "
            "before.lane = mine.lane and before.state = 'waiting' and before.number < mine.number) "
            "order by due_ms, number limit :p3",
            webhook, Now(), most)));
    std::vector<DueDelivery> due;
    for (const auto& [id, lane, attempts, since] : rows) {
      due.push_back({id, lane, attempts, absl::FromUnixMillis(since)});
    }
    return due;
  });
}

absl::StatusOr<StoredDelivery> Deliveries::Opened(const std::string& id, const std::string& sealed) const {
  ACCORD_ASSIGN_OR_RETURN(const std::string opened, keyring_->Open(DeliveryContext(id), sealed));
  StoredDelivery delivery;
  if (!delivery.ParseFromString(opened)) return absl::DataLossError("A kept change cannot be read.");
  return delivery;
}

absl::StatusOr<StoredDelivery> Deliveries::Read(const std::string& id) {
  return database_->Read([&](Transaction& tx) -> absl::StatusOr<StoredDelivery> {
    ACCORD_ASSIGN_OR_RETURN(const auto rows,
                            tx.Query<std::string>("select sealed from delivery where id = :p1", id));
    if (rows.empty()) return absl::NotFoundError("There is no such change any more.");
    return Opened(id, std::get<0>(rows.front()));
  });
}

absl::Status Deliveries::Delivered(const std::string& id) {
  return database_->Transact(
      [&](Transaction& tx) { return tx.Exec("delete from delivery where id = :p1", id).status(); });
}

absl::Status Deliveries::Failed(const std::string& id, const std::string& problem, absl::Time next) {
  return database_->Transact([&](Transaction& tx) {
    return tx
        .Exec(
            "update delivery set attempts = attempts + 1, problem = :p1, due_ms = :p2 "
            "where id = :p3 and state = 'waiting'",
            problem, absl::ToUnixMillis(next), id)
        .status();
  });
}

absl::Status Deliveries::GiveUp(const std::string& id, const std::string& problem) {
  return database_->Transact([&](Transaction& tx) {
    return tx
        .Exec(
            "update delivery set attempts = attempts + 1, problem = :p1, state = 'dead' "
            "where id = :p2 and state = 'waiting'",
            problem, id)
        .status();
  });
}

absl::StatusOr<std::vector<DeadLetter>> Deliveries::Dead() {
  return database_->Read([&](Transaction& tx) -> absl::StatusOr<std::vector<DeadLetter>> {
    ACCORD_ASSIGN_OR_RETURN(const auto rows,
                            (tx.Query<std::string, std::string, int64_t, int64_t, std::string, std::string>(
                                "select id, webhook, attempts, since_ms, problem, sealed from delivery "
                                "where state = 'dead' order by number")));
    std::vector<DeadLetter> letters;
    for (const auto& [id, webhook, attempts, since, problem, sealed] : rows) {
      // One that cannot be opened is listed all the same.
      const absl::StatusOr<StoredDelivery> opened = Opened(id, sealed);
      letters.push_back(
          {id, webhook, opened.ok() ? opened->watch() : "", attempts, absl::FromUnixMillis(since), problem});
    }
    return letters;
  });
}

absl::StatusOr<int64_t> Deliveries::Replay(const std::string& id) {
  return database_->Transact([&](Transaction& tx) {
    return tx.Exec(
        "update delivery set state = 'waiting', attempts = 0, problem = '', since_ms = :p1, due_ms = :p2 "
        "where id = :p3 and state = 'dead'",
        Now(), Now(), id);
  });
}

absl::StatusOr<int64_t> Deliveries::ReplayAll() {
  return database_->Transact([&](Transaction& tx) {
    return tx.Exec(
        "update delivery set state = 'waiting', attempts = 0, problem = '', since_ms = :p1, due_ms = :p2 "
        "where state = 'dead'",
        Now(), Now());
  });
}

absl::StatusOr<int64_t> Deliveries::Discard(const std::string& id, const std::string& reason) {
  return database_->Transact([&](Transaction& tx) {
    return tx.Exec(
        "update delivery set state = 'discarded', problem = :p1, sealed = '' where id = :p2 and state = 'dead'",
        reason, id);
  });
}

absl::StatusOr<int64_t> Deliveries::DiscardAll(const std::string& reason) {
  return database_->Transact([&](Transaction& tx) {
    return tx.Exec("update delivery set state = 'discarded', problem = :p1, sealed = '' where state = 'dead'",
                   reason);
  });
}

absl::Status Deliveries::EraseDiscarded(const std::function<void(const DiscardedLetter&)>& told) {
  using Row = std::tuple<std::string, std::string, std::string>;
  ACCORD_ASSIGN_OR_RETURN(const std::vector<Row> rows, database_->Read([&](Transaction& tx) {
    return tx.Query<std::string, std::string, std::string>(
        "select id, webhook, problem from delivery where state = 'discarded' order by number");
  }));
  if (rows.empty()) return absl::OkStatus();
  for (const auto& [id, webhook, reason] : rows) told({id, webhook, reason});
  return database_->Transact([&](Transaction& tx) -> absl::Status {
    for (const auto& [id, webhook, reason] : rows) {
      ACCORD_RETURN_IF_ERROR(tx.Exec("delete from delivery where id = :p1", id).status());
    }
    return absl::OkStatus();
  });
}

}  // namespace accord::connector
