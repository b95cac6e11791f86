// A database as the services see it: transactions as lambdas, prepared statements, whole-transaction retries.
// SQLite for one machine, PostgreSQL to grow; the same SQL runs on both. Nothing outside this folder and the
// *_store.cc files knows SOCI.
#ifndef ACCORD_COMMON_STORAGE_DATABASE_DATABASE_H_
#define ACCORD_COMMON_STORAGE_DATABASE_DATABASE_H_

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <tuple>
#include <type_traits>
#include <utility>
#include <variant>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "common/base/error.h"

namespace accord::storage {

// This is one step of a schema, forward only. `sql` is statements separated by ";\n". `{autoinc}` stands for
// an automatic bigint primary key, `{text}` for text that is ordered by its bytes, `{app}` for the role that
// serves; a `grant` is for PostgreSQL alone, as is a statement that begins with `{postgres}`, and one that
// begins with `{sqlite}` for SQLite. A step whose statements are all `create index {concurrently} NAME on`
// holds up no writer of PostgreSQL: it runs outside of a transaction, and again from where it was broken off.
// migration_files.h reads steps from files.
struct Migration {
  int version;
  std::string name;
  std::string sql;
  // The version of the build before this one cannot serve beside it.
  bool breaking = false;
};

// NULL, integer or text: all that Accord stores.
using Value = std::variant<std::monostate, long long, std::string>;

// Adds a value to the parameters of a statement that is being written; what stands for it there.
using Bind = std::function<std::string(Value)>;

// Ends a result before its text is longer than `bytes`, but not before its first row.
struct ByteLimit {
  std::size_t bytes;
  // This says that there was more.
  bool reached = false;
};

class Keyring;
class DatabaseSession;
class WriterQueue;

// This is one stored version of a resource.
struct Written {
  std::string name;
  int64_t version;
  std::string kind = {};
  // It says on whose behalf it was stored; what a service does by itself is no caller's.
  std::string agency = {};
  // That agency sees the resource.
  bool seen = false;
};

// A transaction is valid inside Transact and Read only; each attempt has its own.
class Transaction {
 public:
  Transaction(DatabaseSession* session, const Keyring* keyring) : session_(session), keyring_(keyring) {}

  // It seals content in this database; null if the database was opened without keys.
  const Keyring* keyring() const { return keyring_; }

  // Rows affected. Parameters stand for :p1, :p2, ... in order: text, integers, or std::optional of these.
  // Text with NUL is refused, because PostgreSQL would cut it there.
  template <class... P>
  absl::StatusOr<int64_t> Exec(std::string_view sql, const P&... params) {
    return Execute(sql, {ToValue(params)...});
  }

  // Columns as std::string, int64_t, or std::optional of these.
  template <class... Row, class... P>
  absl::StatusOr<std::vector<std::tuple<Row...>>> Query(std::string_view sql, const P&... params) {
    return QueryValues<Row...>(sql, {ToValue(params)...});
  }
  template <class... Row>
  absl::StatusOr<std::vector<std::tuple<Row...>>> QueryValues(std::string_view sql,
                                                              const std::vector<Value>& params,
                                                              ByteLimit* limit = nullptr) {
    auto rows = Fetch(sql, {kIsText<Row>...}, params, limit);
    if (!rows.ok()) return rows.status();
    std::vector<std::tuple<Row...>> out;
    out.reserve(rows->size());
    for (auto& row : *rows) out.push_back(ToTuple<Row...>(row, std::index_sequence_for<Row...>()));
    return out;
  }

  // This does what Exec does, for a statement whose parameters are counted at run time.
  absl::StatusOr<int64_t> ExecValues(std::string_view sql, const std::vector<Value>& params) {
    return Execute(sql, params);
  }

  bool postgres() const;

  // It is not OK if a statement of this attempt failed, whatever became of its error, since the attempt could
  // not be committed then.
  absl::Status CouldCommit();

  // The versions that this attempt has stored so far, as Resources told.
  void Wrote(Written written) { written_.push_back(std::move(written)); }
  const std::vector<Written>& written() const { return written_; }

  // Who sees a resource that this attempt has placed, as Resources told; null if it has placed none of
  // this name.
  void Placed(const std::string& kind, const std::string& name, std::vector<std::string> viewers) {
    placed_[{kind, name}] = std::move(viewers);
  }
  const std::vector<std::string>* viewers(const std::string& kind, const std::string& name) const {
    const auto found = placed_.find({kind, name});
    return found == placed_.end() ? nullptr : &found->second;
  }

 private:
  template <class T>
  struct Plain {
    using type = T;
  };
  template <class T>
  struct Plain<std::optional<T>> {
    using type = T;
  };
  template <class T>
  static constexpr bool kIsText = std::is_same_v<typename Plain<T>::type, std::string>;

  template <class T>
  static Value ToValue(const T& value) {
    if constexpr (std::is_integral_v<T>) {
      return static_cast<long long>(value);
    } else {
      return std::string(std::string_view(value));
    }
  }
  template <class T>
  static Value ToValue(const std::optional<T>& value) {
    return value ? ToValue(*value) : Value();
  }
  template <class T>
  static T FromValue(Value& value) {
    if constexpr (std::is_same_v<T, std::string>) {
      return std::holds_alternative<std::string>(value) ? std::get<std::string>(std::move(value)) : T();
    } else if constexpr (std::is_integral_v<T>) {
      return std::holds_alternative<long long>(value) ? static_cast<T>(std::get<long long>(value)) : T();
    } else {
      if (std::holds_alternative<std::monostate>(value)) return std::nullopt;
      return FromValue<typename T::value_type>(value);
    }
  }
  template <class... Row, std::size_t... I>
  static std::tuple<Row...> ToTuple(std::vector<Value>& row, std::index_sequence<I...>) {
    return {FromValue<Row>(row[I])...};
  }

  absl::StatusOr<int64_t> Execute(std::string_view sql, const std::vector<Value>& params);
  absl::StatusOr<std::vector<std::vector<Value>>> Fetch(std::string_view sql,
                                                        const std::vector<bool>& text_columns,
                                                        const std::vector<Value>& params, ByteLimit* limit);

  DatabaseSession* session_;
  const Keyring* keyring_;
  std::vector<Written> written_;
  std::map<std::pair<std::string, std::string>, std::vector<std::string>> placed_;
};

// While it lives, a transaction of this thread begins no wait and no other attempt after `until`.
// Scopes nest.
class WaitUntil {
 public:
  explicit WaitUntil(absl::Time until);
  ~WaitUntil();
  WaitUntil(const WaitUntil&) = delete;
  WaitUntil& operator=(const WaitUntil&) = delete;

 private:
  absl::Time before_;
};

// While it lives, transactions of this thread may use the sessions that are set apart for what must never
// wait behind others. Scopes nest.
class ReservedSessions {
 public:
  ReservedSessions();
  ~ReservedSessions();
  ReservedSessions(const ReservedSessions&) = delete;
  ReservedSessions& operator=(const ReservedSessions&) = delete;

 private:
  bool before_;
};

struct Options {
  // This is a file name, or `postgresql://...`.
  std::string dsn;
  int sessions = 8;
  // Without one, what has sensitive fields cannot be stored.
  std::shared_ptr<const Keyring> keyring = nullptr;
  // Beyond `sessions`, for threads with a ReservedSessions alone; opened when first needed.
  int reserved_sessions = 0;
  // Pages of a SQLite file that each session keeps in memory, in KiB. A transaction that changes more is
  // written out before it commits, and read back.
  int cache_kib = 2048;
};

// A Database is thread-safe.
class Database {
 public:
  static absl::StatusOr<std::unique_ptr<Database>> Open(const Options& options);
  ~Database();

  // Applies what is missing, each step in a transaction of its own; changes nothing, and needs no right to,
  // if nothing is missing. Safe to run from several processes at once and beside the version before.
  // FAILED_PRECONDITION for a step whose text changed since it was applied, for a breaking step that this
  // build does not know, and for a role that may not change the schema. Other steps that it does not know are
  // a newer version's: it serves.
  absl::Status Migrate(const std::vector<Migration>& migrations);

  // `fn(Transaction&)` returns absl::Status or absl::StatusOr<T>; anything but OK rolls back. Runs
  // serializable
  // (`begin immediate` on SQLite) and is retried as a whole after a conflict or a lost connection, so `fn`
  // must have no effect but through the transaction, and must see from the database what an attempt whose
  // commit got no answer has done (Once, or the state of what it changes). In the end UNAVAILABLE with
  // RetryInfo and rule DATABASE_BUSY, DATABASE_UNAVAILABLE or DATABASE_TIMEOUT; what the database said is
  // never part of a message.
  template <class Fn>
  auto Transact(Fn&& fn) -> std::invoke_result_t<Fn, Transaction&> {
    return Run(Mode::kWrite, std::forward<Fn>(fn));
  }

  // One at a time among all processes that name the same turn of the same database, on PostgreSQL of the same
  // schema, each seeing all that those before it wrote.
  // For short work: on PostgreSQL a process that stops in the middle loses its turn, and its work, after
  // a second.
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
  // Waits a little and says true if `status` is worth another attempt.
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
          // Which may be another than the work says.
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
  // SQLite's writers; null on PostgreSQL.
  std::unique_ptr<WriterQueue> writer_queue_;
  std::shared_ptr<const Keyring> keyring_;
};

}  // namespace accord::storage

#endif  // ACCORD_COMMON_STORAGE_DATABASE_DATABASE_H_
