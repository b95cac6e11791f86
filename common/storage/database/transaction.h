// This is a transaction as the code of services sees it: statements, and what they have stored so far.
#ifndef ACCORD_COMMON_STORAGE_DATABASE_TRANSACTION_H_
#define ACCORD_COMMON_STORAGE_DATABASE_TRANSACTION_H_

#include <cstdint>
#include <map>
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
#include "common/storage/database/value.h"

namespace accord::storage {

class Keyring;
class DatabaseSession;

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

  // It seals content in this database; it is null if the database was opened without keys.
  const Keyring* keyring() const { return keyring_; }

  // This gives the number of rows affected. Parameters stand for :p1, :p2, ... in order, and are text,
  // integers, or std::optional of these. Text with NUL is refused, because PostgreSQL would cut it there.
  template <class... P>
  absl::StatusOr<int64_t> Exec(std::string_view sql, const P&... params) {
    return Execute(sql, {ToValue(params)...});
  }

  // This gives rows, with their columns as std::string, int64_t, or std::optional of these.
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

  // These are the versions that this attempt has stored so far, as Resources told.
  void Wrote(Written written) { written_.push_back(std::move(written)); }
  const std::vector<Written>& written() const { return written_; }

  // This says who sees a resource that this attempt has placed, as Resources told. It is null if the attempt
  // has placed none of this name.
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

}  // namespace accord::storage

#endif  // ACCORD_COMMON_STORAGE_DATABASE_TRANSACTION_H_
