#include "common/storage/database/database.h"

#include <algorithm>
#include <condition_variable>
#include <mutex>
#include <random>
#include <thread>

#include "absl/time/clock.h"
#include "common/storage/database/database_session.h"
#include "common/storage/database/dsn.h"
#include "common/storage/database/writer_queue.h"

namespace accord::storage {
namespace {

constexpr int kAttempts = 12;
constexpr absl::Duration kPoolWait = absl::Seconds(5);

thread_local absl::Time wait_until = absl::InfiniteFuture();
thread_local bool may_use_reserved = false;

const char* BeginOf(bool postgres, bool read, bool schema) {
  if (read) return postgres ? "begin isolation level repeatable read read only" : "begin";
  if (!postgres) return "begin immediate";
  return schema ? "begin isolation level read committed" : "begin";
}

}  // namespace

WaitUntil::WaitUntil(absl::Time until) : before_(std::exchange(wait_until, std::min(wait_until, until))) {}
WaitUntil::~WaitUntil() { wait_until = before_; }

ReservedSessions::ReservedSessions() : before_(std::exchange(may_use_reserved, true)) {}
ReservedSessions::~ReservedSessions() { may_use_reserved = before_; }

absl::StatusOr<int64_t> Transaction::Execute(std::string_view sql, const std::vector<Value>& params) {
  return session_->Execute(sql, params);
}

absl::StatusOr<std::vector<std::vector<Value>>> Transaction::Fetch(std::string_view sql,
                                                                   const std::vector<bool>& text_columns,
                                                                   const std::vector<Value>& params,
                                                                   ByteLimit* limit) {
  return session_->Fetch(sql, text_columns, params, limit);
}

bool Transaction::postgres() const { return session_->postgres(); }

absl::Status Transaction::CouldCommit() { return session_->Outcome(absl::OkStatus()); }

class Database::Pool {
 public:
  explicit Pool(const Options& options) {
    for (int i = 0; i < options.sessions; ++i) {
      sessions_.push_back(std::make_unique<DatabaseSession>(options.dsn, options.cache_kib));
      free_.push_back(sessions_.back().get());
    }
    for (int i = 0; i < options.reserved_sessions; ++i) {
      reserved_.push_back(
          std::make_unique<DatabaseSession>(options.dsn, options.cache_kib, DatabaseSession::kWhenNeeded));
      free_reserved_.push_back(reserved_.back().get());
    }
  }

  absl::Status OpenAll() {
    for (auto& session : sessions_) {
      absl::Status opened = session->Open();
      // A process that creates a SQLite file locks the others out for a moment, during which SQLite
      // does not wait by itself.
      for (Attempts attempts; RuleOf(opened) == rules::kDatabaseBusy.reason && Again(opened, &attempts);)
        opened = session->Open();
      ACCORD_RETURN_IF_ERROR(opened);
    }
    return absl::OkStatus();
  }

  DatabaseSession* Take() {
    const absl::Duration wait = std::clamp(wait_until - absl::Now(), absl::ZeroDuration(), kPoolWait);
    std::unique_lock lock(mutex_);
    std::vector<DatabaseSession*>* from = nullptr;
    const auto found = [&] {
      from = may_use_reserved && !free_reserved_.empty() ? &free_reserved_ : &free_;
      return !from->empty();
    };
    if (!returned_.wait_for(lock, absl::ToChronoMilliseconds(wait), found)) return nullptr;
    DatabaseSession* session = from->back();
    from->pop_back();
    return session;
  }

  void Return(DatabaseSession* session) {
    session->Rollback();
    {
      std::lock_guard lock(mutex_);
      const bool reserved = std::any_of(reserved_.begin(), reserved_.end(),
                                        [&](const auto& each) { return each.get() == session; });
      (reserved ? free_reserved_ : free_).push_back(session);
    }
    // Everybody is woken, because not every waiting caller may take a reserved session.
    returned_.notify_all();
  }

 private:
  std::mutex mutex_;
  std::condition_variable returned_;
  std::vector<std::unique_ptr<DatabaseSession>> sessions_, reserved_;
  std::vector<DatabaseSession*> free_, free_reserved_;
};

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
  return writer_queue_->Run(work, std::min(wait_until, absl::Now() + kPoolWait));
}

absl::StatusOr<Database::Lease> Database::Begin(Mode mode) {
  DatabaseSession* session = pool_->Take();
  if (session == nullptr) {
    return Refuse(rules::kDatabasePoolExhausted, "The service is overloaded; try again.");
  }
  Lease lease(pool_.get(), session);
  ACCORD_RETURN_IF_ERROR(
      session->Begin(BeginOf(session->postgres(), mode == Mode::kRead, mode == Mode::kSchema),
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
  if (++attempts->count >= kAttempts || absl::Now() >= wait_until) return false;
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
