// A database as the services see it: transactions as lambdas, prepared statements, whole-transaction retries.
// SQLite for one machine, PostgreSQL to grow; the same SQL runs on both. Nothing outside this folder and the
// *_store.cc files knows SOCI.
#ifndef ACCORD_COMMON_STORAGE_DATABASE_H_
#define ACCORD_COMMON_STORAGE_DATABASE_H_

#include <cstdint>
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
#include "common/base/error.h"

namespace accord::storage {

// One step of a schema, forward only. `sql` is statements separated by ";\n". `{autoinc}` stands for an
// automatic bigint primary key, `{text}` for text that is ordered by its bytes.
struct Migration {
  int version;
  std::string name;
  std::string sql;
};

// NULL, integer or text: all that Accord stores.
using Value = std::variant<std::monostate, long long, std::string>;

class Keyring;
class Session;

// Valid inside Transact and Read only.
class Transaction {
 public:
  Transaction(Session* session, const Keyring* keyring) : session_(session), keyring_(keyring) {}

  // What seals content in this database; null if it was opened without.
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
                                                              const std::vector<Value>& params) {
    auto rows = Fetch(sql, {kIsText<Row>...}, params);
    if (!rows.ok()) return rows.status();
    std::vector<std::tuple<Row...>> out;
    out.reserve(rows->size());
    for (auto& row : *rows) out.push_back(ToTuple<Row...>(row, std::index_sequence_for<Row...>()));
    return out;
  }

  // As Exec, for a statement whose parameters are counted at run time.
  absl::StatusOr<int64_t> ExecValues(std::string_view sql, const std::vector<Value>& params) {
    return Execute(sql, params);
  }

  bool postgres() const;

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
                                                        const std::vector<Value>& params);

  Session* session_;
  const Keyring* keyring_;
};

struct Options {
  // A file name, or `postgresql://...`.
  std::string dsn;
  int sessions = 8;
  // Without one, what has sensitive fields cannot be stored.
  std::shared_ptr<const Keyring> keyring = nullptr;
};

// Thread-safe.
class Database {
 public:
  static absl::StatusOr<std::unique_ptr<Database>> Open(const Options& options);
  ~Database();

  // Applies what is missing, each step in a transaction of its own. A step whose text changed since it was
  // applied, or one that this build does not know, refuses to start. Safe to run from several processes at
  // once.
  absl::Status Migrate(const std::vector<Migration>& migrations);

  // `fn(Transaction&)` returns absl::Status or absl::StatusOr<T>; anything but OK rolls back. Runs
  // serializable
  // (`begin immediate` on SQLite) and is retried as a whole after a conflict or a lost connection, so `fn`
  // must have no effect but through the transaction. In the end UNAVAILABLE with rule DATABASE_BUSY or
  // DATABASE_UNAVAILABLE; what the database said is never part of a message.
  template <class Fn>
  auto Transact(Fn&& fn) -> std::invoke_result_t<Fn, Transaction&> {
    return Run(Mode::kWrite, std::forward<Fn>(fn));
  }

  // The same on a read-only snapshot.
  template <class Fn>
  auto Read(Fn&& fn) -> std::invoke_result_t<Fn, Transaction&> {
    return Run(Mode::kRead, std::forward<Fn>(fn));
  }

 private:
  enum class Mode { kRead, kWrite };
  class Pool;
  // A session out of the pool with an open transaction; rolled back unless committed.
  class Lease {
   public:
    Lease(Pool* pool, Session* session) : pool_(pool), session_(session) {}
    Lease(Lease&& other) noexcept : pool_(other.pool_), session_(std::exchange(other.session_, nullptr)) {}
    ~Lease();
    absl::Status Commit();
    Session* session() const { return session_; }

   private:
    Pool* pool_;
    Session* session_;
  };

  Database(std::unique_ptr<Pool> pool, std::shared_ptr<const Keyring> keyring);
  absl::StatusOr<Lease> Begin(Mode mode);
  // Waits a little and says true if `status` is worth another attempt.
  static bool Again(const absl::Status& status, int attempt);

  template <class T>
  static const absl::Status& StatusOf(const absl::StatusOr<T>& result) {
    return result.status();
  }
  static const absl::Status& StatusOf(const absl::Status& status) { return status; }

  template <class Fn>
  auto Run(Mode mode, Fn&& fn) -> std::invoke_result_t<Fn, Transaction&> {
    using Result = std::invoke_result_t<Fn, Transaction&>;
    for (int attempt = 0;; ++attempt) {
      Result result = [&]() -> Result {
        auto lease = Begin(mode);
        if (!lease.ok()) return lease.status();
        Transaction tx(lease->session(), keyring_.get());
        Result inner = fn(tx);
        if (!inner.ok()) return inner;
        if (absl::Status committed = lease->Commit(); !committed.ok()) return committed;
        return inner;
      }();
      if (result.ok() || !Again(StatusOf(result), attempt)) return result;
    }
  }

  std::unique_ptr<Pool> pool_;
  std::shared_ptr<const Keyring> keyring_;
};

}  // namespace accord::storage

#endif  // ACCORD_COMMON_STORAGE_DATABASE_H_
