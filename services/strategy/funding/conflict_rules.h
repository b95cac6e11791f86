// These functions say how a known conflict changes who scores an application and who decides about it.
#ifndef ACCORD_SERVICES_STRATEGY_FUNDING_CONFLICT_RULES_H_
#define ACCORD_SERVICES_STRATEGY_FUNDING_CONFLICT_RULES_H_

#include <string>

#include "absl/status/statusor.h"
#include "accord/strategy/v1/fund_resources.pb.h"
#include "accord/strategy/v1/funding_application_resources.pb.h"
#include "accord/strategy/v1/funding_assessment_resources.pb.h"
#include "accord/strategy/v1/rules.pb.h"
#include "common/storage/records/resources.h"
#include "services/strategy/funding/reader_store.h"

namespace accord::strategy {

// This tells whether conflicts of this kind are never cleared: money, employment, boards and families.
bool IsConflictNeverCleared(v1::ConflictKind kind);

// This tells whether the person has declared a conflict in the application that nobody has cleared. A person
// without a declaration has no conflict yet.
absl::StatusOr<bool> HasConflict(storage::Transaction& tx, const std::string& application,
                                 const Reader& person);

// This fails with CONFLICT_NOT_DECLARED unless the caller has declared about each of these applications, and
// has no conflict that nobody cleared.
absl::Status CheckConflictsDeclared(storage::Transaction& tx, const Caller& caller,
                                    const std::vector<std::string>& applications);

}  // namespace accord::strategy

#endif  // ACCORD_SERVICES_STRATEGY_FUNDING_CONFLICT_RULES_H_
