#include "services/strategy/funding/conflict_rules.h"

#include <vector>

#include "common/base/error.h"
#include "services/strategy/funding/unique_record_store.h"

namespace accord::strategy {
bool IsConflictNeverCleared(v1::ConflictKind kind) {
  return kind == v1::CONFLICT_KIND_FINANCIAL || kind == v1::CONFLICT_KIND_EMPLOYMENT ||
         kind == v1::CONFLICT_KIND_BOARD || kind == v1::CONFLICT_KIND_FAMILY;
}

absl::StatusOr<bool> HasConflict(storage::Transaction& tx, const std::string& application,
                                 const Reader& person) {
  ACCORD_ASSIGN_OR_RETURN(const std::string declared,
                          UniqueRecordOf(tx, UniqueRecord::kDeclaration, application, person));
  ACCORD_ASSIGN_OR_RETURN(const bool reads, IsReader(tx, application, person));
  return !declared.empty() && !reads;
}

absl::Status CheckConflictsDeclared(storage::Transaction& tx, const Caller& caller,
                                    const std::vector<std::string>& applications) {
  for (const std::string& application : applications) {
    ACCORD_ASSIGN_OR_RETURN(const bool declared, IsReader(tx, application, {caller.agency, caller.actor}));
    if (declared) continue;
    return Refuse(rules::kConflictNotDeclared,
                  "Whoever does this has declared about each of them, and has no conflict that was not "
                  "cleared.");
  }
  return absl::OkStatus();
}

}  // namespace accord::strategy
