// This is a transaction that is tried and not kept.
#ifndef ACCORD_COMMON_STORAGE_DATABASE_REHEARSE_H_
#define ACCORD_COMMON_STORAGE_DATABASE_REHEARSE_H_

#include <optional>
#include <utility>

#include "absl/status/statusor.h"
#include "common/storage/database/database.h"

namespace accord::storage {

// As Database::Transact, for an `fn` that returns absl::StatusOr<T>; what it did is rolled back also after
// OK. The answer is that of the last attempt, so that it says what a commit would have said, unless another
// transaction would have come between.
template <class Fn>
auto Rehearse(Database* database, Fn&& fn) -> std::invoke_result_t<Fn, Transaction&> {
  using Result = std::invoke_result_t<Fn, Transaction&>;
  // No database says this: it makes Transact roll back, and is no reason to try again.
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
