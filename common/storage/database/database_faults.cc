#include "common/storage/database/database_faults.h"

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "common/base/error.h"
#include "common/base/log.h"

namespace accord::storage {
namespace {

// These are primary SQLite result codes, which never change.
constexpr int kSqliteBusy = 5, kSqliteLocked = 6, kSqliteTooBig = 18, kSqliteConstraint = 19,
              kSqliteMismatch = 20;

absl::Status DatabaseBusy() { return Refuse(rules::kDatabaseBusy, "The database is busy; try again."); }
absl::Status AlreadyInDatabase() { return Refuse(rules::kAlreadyExists, "There is one already."); }

// The text of a database error holds bound values: only its code is logged, nothing is returned.
absl::Status InternalDatabaseFault(const std::string& code, const rules::Rule& rule = rules::kDatabaseError) {
  LogError("database_error", {{"code", code}});
  return Refuse(rule, "The service could not complete this.");
}

// This says whether the session is of no use after this error: it is gone, forgot its statements, or speaks
// to a server that only reads since another one leads.
bool FaultLosesConnection(const std::string& state) {
  return absl::StartsWith(state, "08") || absl::StartsWith(state, "57P") || state == "25P03" ||
         state == "26000" || state == "25006" || state == "00000" ||
         state.find_first_not_of(std::string(1, '\0') + " ") == std::string::npos;
}

}  // namespace

absl::Status DatabaseUnavailable() {
  return Refuse(rules::kDatabaseUnavailable, "The database cannot be reached; try again.");
}
absl::Status DatabaseFault(const std::string& code) { return InternalDatabaseFault(code); }

absl::Status FromSqlite(int result) {
  const int code = result & 0xff;
  if (code == kSqliteBusy || code == kSqliteLocked) return DatabaseBusy();
  if (code == kSqliteConstraint) return AlreadyInDatabase();
  if (code == kSqliteTooBig || code == kSqliteMismatch) {
    return InternalDatabaseFault(absl::StrCat("sqlite ", result), rules::kDatabaseValueRefused);
  }
  return InternalDatabaseFault(absl::StrCat("sqlite ", result));
}

absl::Status FromSqlState(const std::string& state, bool* broken) {
  if (state == "40001" || state == "40P01" || state == "55P03") return DatabaseBusy();
  if (state == "23505") return AlreadyInDatabase();
  if (state == "57014") {
    return Refuse(rules::kDatabaseTimeout, "The database took too long; try again.");
  }
  // This is a value that the database cannot hold, or holds no such rows for.
  if (absl::StartsWith(state, "22") || absl::StartsWith(state, "23") || absl::StartsWith(state, "54")) {
    return InternalDatabaseFault(state, rules::kDatabaseValueRefused);
  }
  if (state == "42501" || state == "3F000") return InternalDatabaseFault(state, rules::kDatabaseNotPermitted);
  // Class 53 says that the server has run out of disk, memory or connections.
  if (absl::StartsWith(state, "53")) {
    LogError("database_exhausted", {{"sqlstate", state}});
    return DatabaseUnavailable();
  }
  if (FaultLosesConnection(state)) {
    *broken = true;
    LogWarning("database_connection_lost", {{"sqlstate", state}});
    return DatabaseUnavailable();
  }
  return InternalDatabaseFault(state);
}

}  // namespace accord::storage
