#include "common/storage/database/database.h"

#include <algorithm>
#include <random>

#include "absl/time/clock.h"
#include "common/storage/database/database_pool.h"
#include "common/storage/database/database_session.h"
#include "common/storage/database/dsn.h"
#include "common/storage/database/writer_queue.h"

namespace accord::storage {
namespace {

constexpr int kAttempts = 12;

const char* BeginOfDatabaseTransaction(bool postgres, bool read, bool schema) {
  if (read) return postgres ? "begin isolation level repeatable read read only" : "begin";
  if (!postgres) return "begin immediate";
  return schema ? "begin isolation level read committed" : "begin";
}

}  // namespace

Database::Lease::~Lease() {
  if (session_ != nullptr) pool_->Return(session_);
}

absl::Status Database::Lease::Outcome(const absl::Status& of_work) { return session_->Outcome(of_work); }

absl::Status Database::Lease::Commit() { return session_->Commit(); }

Database::Database(std::unique_ptr<Pool> pool, std::unique_ptr<WriterQueue> writer_queue,
                   std::shared_ptr<const Keyring> keyring)
    : pool_(std::move(pool)), writer_queue_(std::move(writer_queue)), keyring_(std::move(keyring)) {}
Database::~Database() = default;

absl::StatusOr<std::unique_ptr<Database>> Database::Open(const Options& options) {
  auto pool = std::make_unique<Pool>(options);
  ACCORD_RETURN_IF_ERROR(pool->OpenAll());
  auto writer_queue =
      IsPostgres(options.dsn) ? nullptr : std::make_unique<WriterQueue>(options.dsn, options.cache_kib);
  return std::unique_ptr<Database>(new Database(std::move(pool), std::move(writer_queue), options.keyring));
}

absl::Status Database::InWriterQueue(const std::function<absl::Status(DatabaseSession*)>& work) {
  return writer_queue_->Run(work, std::min(WaitUntil::of_this_thread(), absl::Now() + kPoolWait));
}

absl::StatusOr<Database::Lease> Database::Begin(Mode mode) {
  DatabaseSession* session = pool_->Take();
  if (session == nullptr) {
    return Refuse(rules::kDatabasePoolExhausted, "The service is overloaded; try again.");
  }
  Lease lease(pool_.get(), session);
  ACCORD_RETURN_IF_ERROR(session->Begin(
      BeginOfDatabaseTransaction(session->postgres(), mode == Mode::kRead, mode == Mode::kSchema),
      mode == Mode::kRead ? DatabaseSession::kReads : DatabaseSession::kWrites));
  return lease;
}

absl::Status Database::Outside(const std::function<absl::Status(DatabaseSession*)>& work) {
  DatabaseSession* session = pool_->Take();
  if (session == nullptr) {
    return Refuse(rules::kDatabasePoolExhausted, "The service is overloaded; try again.");
  }
  const Lease lease(pool_.get(), session);
  if (session->broken()) ACCORD_RETURN_IF_ERROR(session->Open());
  return work(session);
}

absl::Status Database::TakeTurn(Transaction& tx, int64_t turn) {
  // SQLite has only one writer anyway.
  if (!tx.postgres()) return absl::OkStatus();
  // Services are schemas of one database, which shares its advisory locks. So the lock combines the
  // turn with the schema, and no service waits for another one. The previous version locks the
  // number alone, and both versions exclude each other while they run side by side.
  return tx
      .Query<std::string, std::string, std::string>(
          "select set_config('idle_in_transaction_session_timeout', '1000', true), "
          "cast(pg_advisory_xact_lock_shared(:p1) as text), "
          "cast(pg_advisory_xact_lock(hashtextextended(coalesce(cast(current_schema() as text), ''), :p2)) "
          "as text)",
          turn, turn)
      .status();
}

bool Database::Again(const absl::Status& status, Attempts* attempts) {
  if (++attempts->count >= kAttempts || absl::Now() >= WaitUntil::of_this_thread()) return false;
  const std::string rule = RuleOf(status);
  if (rule == rules::kDatabaseUnavailable.reason) {
    // After a lost connection there is one more attempt, on a new one; then the caller decides.
    if (std::exchange(attempts->lost, true)) return false;
  } else if (rule == rules::kAlreadyExists.reason) {
    // The same request ran at the same time, or the lost attempt was committed: another attempt
    // sees the effect.
    if (std::exchange(attempts->taken, true)) return false;
  } else if (rule != rules::kDatabaseBusy.reason) {
    return false;
  }
  thread_local std::mt19937 random{std::random_device{}()};
  const int ceiling = 2 << std::min(attempts->count, 8);
  absl::SleepFor(absl::Milliseconds(std::uniform_int_distribution<int>(0, ceiling)(random)));
  return true;
}

}  // namespace accord::storage
