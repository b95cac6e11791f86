#include "common/storage/retention/settled.h"

#include "common/base/error.h"

namespace accord::storage {
namespace {

// This is the name of the only log.
constexpr char kLog[] = "audit";

}  // namespace

absl::Status NoteSettled(Transaction& tx, int64_t position) {
  return tx
      .Exec(
          "insert into settled (log, position) values (:p1, :p2) on conflict (log) do update set "
          "position = excluded.position",
          kLog, position)
      .status();
}

absl::StatusOr<int64_t> SettledUpTo(Transaction& tx) {
  ACCORD_ASSIGN_OR_RETURN(const auto rows,
                          tx.Query<int64_t>("select position from settled where log = :p1", kLog));
  return rows.empty() ? 0 : std::get<0>(rows[0]);
}

}  // namespace accord::storage
