// This is a transaction that is tried and then rolled back.
#ifndef ACCORD_COMMON_STORAGE_DATABASE_REHEARSE_H_
#define ACCORD_COMMON_STORAGE_DATABASE_REHEARSE_H_

#include <optional>
#include <utility>

#include "absl/status/statusor.h"
#include "common/storage/database/database.h"

namespace accord::storage {

// This does what Database::Transact does, for an `fn` that returns absl::StatusOr<T>, but rolls back its
// effect even after OK. The result is that of the last attempt: what a commit would have returned if no other
// transaction had come between.
template <class Fn>
auto Rehearse(Database* database, Fn&& fn) -> std::invoke_result_t<Fn, Transaction&> {
  using Result = std::invoke_result_t<Fn, Transaction&>;
  // No database returns this status. It makes Transact roll back without trying again.
  const absl::Status rolled_back = absl::CancelledError("rehearsed");
  std::optional<Result> made;
  Result result = database->Transact([&](Transaction& tx) -> Result {
    made.reset();
    Result attempt = fn(tx);
    if (!attempt.ok()) return attempt;
    ACCORD_RETURN_IF_ERROR(tx.CouldCommit());
    made.emplace(std::move(attempt));
    return rolled_back;
  });
  if (made.has_value() && result.status() == rolled_back) return *std::move(made);
  return result;
}

}  // namespace accord::storage

#endif  // ACCORD_COMMON_STORAGE_DATABASE_REHEARSE_H_
