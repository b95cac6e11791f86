// This turns records into entries: a batch is a handful of statements, whatever its size.
#ifndef ACCORD_SERVICES_AUDIT_LOG_APPEND_H_
#define ACCORD_SERVICES_AUDIT_LOG_APPEND_H_

#include <span>
#include <string>
#include <vector>

#include "absl/time/time.h"
#include "common/storage/database/row_set.h"
#include "services/audit/log/audit_store.h"
#include "services/audit/log/entry_rows.h"
#include "services/audit/log/touched_index.h"

namespace accord::audit {

struct AppendOptions {
  absl::Time now;
  // This says whether to look up which records the log has already, and which changes it tells of. If false,
  // one of them fails the whole batch with rule ALREADY_EXISTS; the look-up would cost every batch a search
  // for each of its records and changes.
  bool look = false;
  // This is the number of entries in a span of the tables, which is a partition on PostgreSQL. It is a
  // multiple of merkle::kTileWidth.
  int64_t span = 0;
};

// This is the turn of Database::InTurn in which the log is appended to.
inline constexpr int64_t kAppendTurn = 7237242;

// Appends, in order, the records that the log does not hold yet (by call_id, phase and part). It fails with
// ABORTED and rule LOG_FORKED if the log is not where `head` says. `frontier` is the tree at `head`; only the
// caller's copy changes. `touched` receives what is to be indexed afterwards.
absl::Status AppendAll(storage::Transaction& tx, const Head& head, std::span<const Prepared> records,
                       const AppendOptions& options, merkle::Frontier* frontier, TouchedRows* touched);

// This inserts the rows of entries that follow `head`, and moves the head of the log to `end`. It fails as
// AppendAll does.
absl::Status InsertEntries(storage::Transaction& tx, const Head& head, const EntryRows& rows,
                           storage::RowSet::OnConflict told, const merkle::Frontier& end, int64_t span);
// Forgets which records were appended before `horizon`, a bounded number of them at a time. A record that is
// sent again after that is appended again. It returns how many records were forgotten.
absl::StatusOr<int64_t> ForgetAppended(storage::Transaction& tx, absl::Time horizon);

}  // namespace accord::audit

#endif  // ACCORD_SERVICES_AUDIT_LOG_APPEND_H_
