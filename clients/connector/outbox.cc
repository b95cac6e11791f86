#include "clients/connector/outbox.h"

#include <optional>
#include <tuple>
#include <utility>

#include "absl/strings/str_cat.h"
#include "clients/connector/outbox_schema.h"
#include "common/base/error.h"
#include "common/base/ids.h"

namespace accord::connector {
namespace {

using storage::Transaction;

constexpr char kWaiting[] = "waiting", kAnswered[] = "answered", kRefused[] = "refused";

std::string OutboxCallContext(const std::string& id) { return "connector call " + id; }
std::string OutboxOutcomeContext(const std::string& id) { return "connector outcome " + id; }

absl::Status NotInOutbox() {
  return absl::NotFoundError(
      "There is no such act of yours. It may have been erased after its answer was fetched.");
}

// This gives what the caller is told of a database that does not take an act: nothing was kept, and it may
// try again.
absl::Status CallNotKeptInOutbox(const absl::Status& status) {
  if (absl::IsUnavailable(status)) {
    return absl::UnavailableError("The outbox is busy, and did not keep the act. Hand it over again.");
  }
  return absl::ResourceExhaustedError(
      "The outbox could not be written, and did not keep the act. Look for a full disk, and hand it over again.");
}

}  // namespace

Outbox::Outbox(std::unique_ptr<storage::Database> database, std::shared_ptr<const storage::Keyring> keyring,
               const OutboxBounds& bounds, const Clock& clock)
    : database_(std::move(database)), keyring_(std::move(keyring)), bounds_(bounds), clock_(clock) {}

absl::StatusOr<std::unique_ptr<Outbox>> Outbox::Open(const std::string& file,
                                                     std::shared_ptr<const storage::Keyring> keyring,
                                                     const OutboxBounds& bounds, const Clock& clock) {
  storage::Options options;
  options.dsn = file;
  options.keyring = keyring;
  ACCORD_ASSIGN_OR_RETURN(auto database, storage::Database::Open(options));
  ACCORD_RETURN_IF_ERROR(database->Migrate(OutboxSchema()));
  return std::unique_ptr<Outbox>(new Outbox(std::move(database), std::move(keyring), bounds, clock));
}

int64_t Outbox::Now() const { return absl::ToUnixMillis(clock_.Now()); }

absl::StatusOr<Kept> Outbox::Keep(const NewCall& call) {
  // A refusal of our own is no failure of the database.
  absl::Status refused;
  auto kept = database_->Transact([&](Transaction& tx) -> absl::StatusOr<Kept> {
    refused = absl::OkStatus();
    auto inserted = Insert(tx, call);
    if (absl::IsAlreadyExists(inserted.status()) || absl::IsResourceExhausted(inserted.status())) {
      refused = inserted.status();
    }
    return inserted;
  });
  if (kept.ok()) return kept;
  return refused.ok() ? CallNotKeptInOutbox(kept.status()) : refused;
}

absl::StatusOr<Kept> Outbox::Insert(Transaction& tx, const NewCall& call) {
  const std::string digest = keyring_->Index("connector act", call.canonical);
  std::optional<std::string> key;
  if (!call.idempotency_key.empty()) key = keyring_->Index("connector key", call.idempotency_key);
  if (key.has_value()) {
    ACCORD_ASSIGN_OR_RETURN(
        const auto rows,
        (tx.Query<int64_t, std::string, std::string, std::string>(
            "select number, id, lane, digest from call where caller = :p1 and client_key = :p2", call.caller,
            key)));
    if (!rows.empty()) {
      const auto& [number, id, lane, known] = rows.front();
      if (known == digest) return Kept{{number, id, lane}, false};
      return absl::AlreadyExistsError(
          "Another act has this Idempotency-Key. Give each act a key of its own.");
    }
  }
  if (call.once) {
    ACCORD_ASSIGN_OR_RETURN(
        const auto spent,
        tx.Query<int64_t>("select 1 from spent where caller = :p1 and client_key = :p2", call.caller, key));
    if (!spent.empty()) {
      return absl::AlreadyExistsError(
          "This act was carried out before, and its answer has been erased. To do it again, give it another name.");
    }
  }
  const std::string id = NewId(clock_.Now());
  const std::string lane = keyring_->Index("connector lane", call.resource);
  const std::string sealed = keyring_->Seal(OutboxCallContext(id), call.call.SerializeAsString());
  const auto bytes = static_cast<int64_t>(sealed.size());
  ACCORD_RETURN_IF_ERROR(TakeRoom(tx, bytes));
  ACCORD_RETURN_IF_ERROR(
      tx.Exec(
            "insert into call (id, caller, client_key, digest, lane, state, attempts, bytes, sealed, outcome, erase_ms, once) "
            "values (:p1, :p2, :p3, :p4, :p5, 'waiting', 0, :p6, :p7, null, null, :p8)",
            id, call.caller, key, digest, lane, bytes, sealed, call.once ? 1 : 0)
          .status());
  ACCORD_ASSIGN_OR_RETURN(const auto numbers,
                          tx.Query<int64_t>("select number from call where id = :p1", id));
  return Kept{{std::get<0>(numbers.front()), id, lane}, true};
}

absl::Status Outbox::TakeRoom(Transaction& tx, int64_t bytes) {
  ACCORD_ASSIGN_OR_RETURN(const int64_t taken,
                          tx.Exec("update room set calls = calls + 1, bytes = bytes + :p1 "
                                  "where calls < :p2 and bytes + :p1 <= :p3",
                                  bytes, bounds_.calls, bounds_.bytes));
  if (taken > 0) return absl::OkStatus();
  return absl::ResourceExhaustedError(
      "The outbox is full, and did not keep the act. Fetch or acknowledge answers, or give it more room in the "
      "configuration, and hand it over again.");
}

absl::StatusOr<std::vector<WaitingCall>> Outbox::AllWaiting() {
  return database_->Read([&](Transaction& tx) -> absl::StatusOr<std::vector<WaitingCall>> {
    ACCORD_ASSIGN_OR_RETURN(
        const auto rows, (tx.Query<int64_t, std::string, std::string>(
                             "select number, id, lane from call where state = 'waiting' order by number")));
    std::vector<WaitingCall> waiting;
    for (const auto& [number, id, lane] : rows) waiting.push_back({number, id, lane});
    return waiting;
  });
}

absl::StatusOr<StoredCall> Outbox::Read(const std::string& id) {
  return database_->Read([&](Transaction& tx) -> absl::StatusOr<StoredCall> {
    ACCORD_ASSIGN_OR_RETURN(const auto rows,
                            tx.Query<std::string>("select sealed from call where id = :p1", id));
    if (rows.empty()) return NotInOutbox();
    ACCORD_ASSIGN_OR_RETURN(const std::string opened,
                            keyring_->Open(OutboxCallContext(id), std::get<0>(rows.front())));
    StoredCall call;
    if (!call.ParseFromString(opened)) return absl::DataLossError("A kept act cannot be read.");
    return call;
  });
}

absl::Status Outbox::Failed(const std::string& id, const Outcome& problem) {
  return Write(id, kWaiting, problem);
}

absl::Status Outbox::Finish(const std::string& id, const Outcome& outcome) {
  return Write(id, outcome.has_refusal() ? kRefused : kAnswered, outcome);
}

absl::Status Outbox::Write(const std::string& id, const std::string& state, const Outcome& outcome) {
  const std::string sealed = keyring_->Seal(OutboxOutcomeContext(id), outcome.SerializeAsString());
  const auto bytes = static_cast<int64_t>(sealed.size());
  return database_->Transact([&](Transaction& tx) -> absl::Status {
    // An outcome is kept even where there is no room: it takes the room of acts that are yet to come.
    ACCORD_RETURN_IF_ERROR(
        tx.Exec("update room set bytes = bytes + :p1 - coalesce((select length(outcome) from call "
                "where id = :p2), 0) where exists (select 1 from call where id = :p2 and "
                "state = 'waiting')",
                bytes, id)
            .status());
    return tx
        .Exec(
            "update call set state = :p1, attempts = attempts + 1, outcome = :p2, "
            "bytes = bytes + :p3 - coalesce(length(outcome), 0) where id = :p4 and state = 'waiting'",
            state, sealed, bytes, id)
        .status();
  });
}

absl::StatusOr<CallSeen> Outbox::Look(const std::string& caller, const std::string& id) {
  using Row = std::tuple<std::string, int64_t, std::optional<std::string>, std::optional<int64_t>>;
  ACCORD_ASSIGN_OR_RETURN(const Row row, database_->Read([&](Transaction& tx) -> absl::StatusOr<Row> {
    ACCORD_ASSIGN_OR_RETURN(
        const auto rows,
        (tx.Query<std::string, int64_t, std::optional<std::string>, std::optional<int64_t>>(
            "select state, attempts, outcome, erase_ms from call where id = :p1 and caller = :p2", id,
            caller)));
    if (rows.empty()) return NotInOutbox();
    return rows.front();
  }));
  const auto& [state, attempts, sealed, erase] = row;
  CallSeen seen{attempts > 0 ? CallState::kSent : CallState::kWaiting, attempts, {}, erase.has_value()};
  if (state == kAnswered) seen.state = CallState::kAnswered;
  if (state == kRefused) seen.state = CallState::kRefused;
  if (sealed.has_value()) {
    ACCORD_ASSIGN_OR_RETURN(const std::string opened, keyring_->Open(OutboxOutcomeContext(id), *sealed));
    if (!seen.outcome.ParseFromString(opened)) return absl::DataLossError("A kept answer cannot be read.");
  }
  return seen;
}

absl::StatusOr<CallSeen> Outbox::Fetch(const std::string& caller, const std::string& id) {
  ACCORD_ASSIGN_OR_RETURN(CallSeen seen, Look(caller, id));
  if (IsFinal(seen.state) && !seen.is_read) {
    ACCORD_RETURN_IF_ERROR(database_->Transact([&](Transaction& tx) { return Close(tx, id); }));
  }
  return seen;
}

absl::StatusOr<bool> Outbox::Knows(const std::string& caller, const std::string& idempotency_key) {
  const std::string key = keyring_->Index("connector key", idempotency_key);
  return database_->Read([&](Transaction& tx) -> absl::StatusOr<bool> {
    ACCORD_ASSIGN_OR_RETURN(const auto rows,
                            tx.Query<int64_t>("select 1 from call where caller = :p1 and client_key = "
                                              ":p2 union all select 1 from spent where caller = :p3 "
                                              "and client_key = :p4",
                                              caller, key, caller, key));
    return !rows.empty();
  });
}

absl::StatusOr<std::vector<std::string>> Outbox::Unread(const std::string& caller) {
  return database_->Read([&](Transaction& tx) -> absl::StatusOr<std::vector<std::string>> {
    ACCORD_ASSIGN_OR_RETURN(
        const auto rows,
        tx.Query<std::string>("select id from call where caller = :p1 and state <> 'waiting' and "
                              "erase_ms is null order by number",
                              caller));
    std::vector<std::string> ids;
    for (const auto& [id] : rows) ids.push_back(id);
    return ids;
  });
}

absl::Status Outbox::Acknowledge(const std::string& caller, const std::string& id) {
  return database_->Transact([&](Transaction& tx) -> absl::Status {
    ACCORD_ASSIGN_OR_RETURN(
        const auto rows,
        tx.Query<std::string>("select state from call where id = :p1 and caller = :p2", id, caller));
    if (rows.empty()) return NotInOutbox();
    if (std::get<0>(rows.front()) == kWaiting) {
      return absl::FailedPreconditionError(
          "The act has no answer yet. It is sent until it has one, and cannot be taken back here.");
    }
    return Close(tx, id);
  });
}

absl::Status Outbox::Close(Transaction& tx, const std::string& id) {
  return tx
      .Exec("update call set erase_ms = :p1 where id = :p2 and state <> 'waiting' and erase_ms is null",
            Now() + absl::ToInt64Milliseconds(bounds_.erase_after), id)
      .status();
}

absl::StatusOr<int64_t> Outbox::EraseOver() {
  return database_->Transact([&](Transaction& tx) -> absl::StatusOr<int64_t> {
    const int64_t now = Now();
    ACCORD_ASSIGN_OR_RETURN(
        const auto sums,
        (tx.Query<int64_t, int64_t>(
            "select count(*), coalesce(sum(bytes), 0) from call where erase_ms <= :p1", now)));
    const auto& [calls, bytes] = sums.front();
    if (calls == 0) return 0;
    ACCORD_RETURN_IF_ERROR(
        tx.Exec("insert into spent (caller, client_key) select caller, client_key from call where "
                "erase_ms <= :p1 and once = 1",
                now)
            .status());
    ACCORD_RETURN_IF_ERROR(tx.Exec("delete from call where erase_ms <= :p1", now).status());
    ACCORD_RETURN_IF_ERROR(
        tx.Exec("update room set calls = calls - :p1, bytes = bytes - :p2", calls, bytes).status());
    return calls;
  });
}

}  // namespace accord::connector
