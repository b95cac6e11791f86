// This is a database as the services see it, with transactions as lambdas, prepared statements and retries of
// whole transactions. It is SQLite for one machine and PostgreSQL to grow, and the same SQL runs on both.
// Nothing outside this folder and the *_store.cc files knows SOCI.
#ifndef ACCORD_COMMON_STORAGE_DATABASE_DATABASE_H_
#define ACCORD_COMMON_STORAGE_DATABASE_DATABASE_H_

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "common/base/error.h"
#include "common/storage/database/migration.h"
#include "common/storage/database/reserved_sessions.h"
#include "common/storage/database/transaction.h"
#include "common/storage/database/value.h"
#include "common/storage/database/wait_until.h"

namespace accord::storage {

class Keyring;
class DatabaseSession;
class WriterQueue;

struct Options {
  // This is a file name, or `postgresql://...`.
  std::string dsn;
  int sessions = 8;
  // Without one, what has sensitive fields cannot be stored.
  std::shared_ptr<const Keyring> keyring = nullptr;
  // These sessions come in addition to `sessions`, only for threads with a ReservedSessions. Each is opened
  // when it is first needed.
  int reserved_sessions = 0;
  // Each session keeps so many KiB of the pages of a SQLite file in memory. A transaction that changes more
  // is written out before it commits, and read back. A page of a list by a filter that accepts few rows
  // looks at some 5 MiB of an index, however large the table is.
  int cache_kib = 6144;
};

// A Database is thread-safe.
class Database {
 public:
  static absl::StatusOr<std::unique_ptr<Database>> Open(const Options& options);
  ~Database();

  // This applies the steps that are missing, each in a transaction of its own. If nothing is missing, it
  // changes nothing and needs no right to do so. It may run in several processes at once and beside the
  // version before. It fails with FAILED_PRECONDITION for a step whose text changed since it was applied, for
  // a breaking step that this build does not know, and for a role that may not change the schema. Other steps
  // that it does not know belong to a newer version, beside which it serves.
  absl::Status Migrate(const std::vector<Migration>& migrations);

  // `fn(Transaction&)` returns absl::Status or absl::StatusOr<T>; anything but OK rolls back. Runs
  // serializable (`begin immediate` on SQLite) and is retried as a whole after a conflict or a lost
  // connection, so `fn` must have no effect but through the transaction, and must see from the database what
  // an attempt whose commit got no answer has done (Once, or the state of what it changes). In the end it
  // fails with UNAVAILABLE, with RetryInfo, and rule DATABASE_BUSY, DATABASE_UNAVAILABLE or DATABASE_TIMEOUT;
  // what the database said is never part of a message.
  template <class Fn>
  auto Transact(Fn&& fn) -> std::invoke_result_t<Fn, Transaction&> {
    return Run(Mode::kWrite, std::forward<Fn>(fn));
  }

  // Runs `fn` as the only one among all processes that name the same turn of the same database, and on
  // PostgreSQL of the same schema. Each sees all that those before it wrote. This is for short work, because
  // on PostgreSQL a process that stops in the middle loses its turn, and its work, after a second.
  template <class Fn>
  auto InTurn(int64_t turn, Fn&& fn) -> std::invoke_result_t<Fn, Transaction&> {
    return Run(Mode::kSchema, [&](Transaction& tx) -> std::invoke_result_t<Fn, Transaction&> {
      ACCORD_RETURN_IF_ERROR(TakeTurn(tx, turn));
      return fn(tx);
    });
  }

  // Transactions run at once, so that one that reads beside what another stores may have to begin anew.
  bool postgres() const { return writer_queue_ == nullptr; }

  // This does the same on a read-only snapshot.
  template <class Fn>
  auto Read(Fn&& fn) -> std::invoke_result_t<Fn, Transaction&> {
    return Run(Mode::kRead, std::forward<Fn>(fn));
  }

 private:
  // kSchema sees what others committed while it waited for a lock.
  enum class Mode { kRead, kWrite, kSchema };
  class Pool;
  // This is a session out of the pool with an open transaction; rolled back unless committed.
  class Lease {
   public:
    Lease(Pool* pool, DatabaseSession* session) : pool_(pool), session_(session) {}
    Lease(Lease&& other) noexcept : pool_(other.pool_), session_(std::exchange(other.session_, nullptr)) {}
    ~Lease();
    absl::Status Commit();
    absl::Status Outcome(const absl::Status& of_work);
    DatabaseSession* session() const { return session_; }

   private:
    Pool* pool_;
    DatabaseSession* session_;
  };

  Database(std::unique_ptr<Pool> pool, std::unique_ptr<WriterQueue> writer_queue,
           std::shared_ptr<const Keyring> keyring);
  absl::Status InWriterQueue(const std::function<absl::Status(DatabaseSession*)>& work);
  absl::StatusOr<Lease> Begin(Mode mode);
  // This is what became of a transaction's attempts so far.
  struct Attempts {
    int count = 0;
    // An attempt is `lost` if it ended with its connection, and `taken` if it ended on a row that another
    // transaction had made.
    bool lost = false, taken = false;
  };
  // This waits a little and says true if `status` is worth another attempt.
  static bool Again(const absl::Status& status, Attempts* attempts);
  static absl::Status TakeTurn(Transaction& tx, int64_t turn);
  absl::StatusOr<bool> IsCurrent(const std::vector<Migration>& migrations);
  absl::Status Apply(const std::vector<Migration>& migrations);
  absl::Status ApplyConcurrently(const Migration& migration);
  // This runs `work` on a session without a transaction.
  absl::Status Outside(const std::function<absl::Status(DatabaseSession*)>& work);
  absl::Status CheckNewer(const std::vector<Migration>& migrations);

  template <class T>
  static const absl::Status& StatusOf(const absl::StatusOr<T>& result) {
    return result.status();
  }
  static const absl::Status& StatusOf(const absl::Status& status) { return status; }

  template <class Fn>
  auto Run(Mode mode, Fn&& fn) -> std::invoke_result_t<Fn, Transaction&> {
    using Result = std::invoke_result_t<Fn, Transaction&>;
    for (Attempts attempts;;) {
      Result result = [&]() -> Result {
        if (writer_queue_ != nullptr && mode != Mode::kRead) {
          std::optional<Result> inner;
          const absl::Status committed = InWriterQueue([&](DatabaseSession* session) -> absl::Status {
            Transaction tx(session, keyring_.get());
            return StatusOf(inner.emplace(fn(tx)));
          });
          if (!committed.ok()) return committed;
          return *std::move(inner);
        }
        auto lease = Begin(mode);
        if (!lease.ok()) return lease.status();
        Transaction tx(lease->session(), keyring_.get());
        Result inner = fn(tx);
        if (!inner.ok()) {
          // This outcome may be another than the work says.
          const absl::Status outcome = lease->Outcome(StatusOf(inner));
          if (outcome == StatusOf(inner)) return inner;
          return outcome;
        }
        if (absl::Status committed = lease->Commit(); !committed.ok()) return committed;
        return inner;
      }();
      if (result.ok() || !Again(StatusOf(result), &attempts)) return result;
    }
  }

  std::unique_ptr<Pool> pool_;
  // These are SQLite's writers. The pointer is null on PostgreSQL.
  std::unique_ptr<WriterQueue> writer_queue_;
  std::shared_ptr<const Keyring> keyring_;
};

}  // namespace accord::storage

#endif  // ACCORD_COMMON_STORAGE_DATABASE_DATABASE_H_
