// What this service makes of its rule set, and where the rows are found that apply now.
#ifndef ACCORD_SERVICES_SUPPORTS_LAW_H_
#define ACCORD_SERVICES_SUPPORTS_LAW_H_

#include <set>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "accord/supports/v1/rules.pb.h"
#include "common/base/law_in_force.h"
#include "common/host/law/law_trial.h"
#include "common/storage/records/page_tokens.h"

namespace accord::supports {

// The services hold this in the place of a rule set that never changes.
using RulesNow = LawNow<v1::RuleSet>;

// INVALID_ARGUMENT for a rule set that this service cannot go by.
absl::StatusOr<v1::RuleSet> SoundRules(v1::RuleSet rules);

// What of the rules says who sees or does what, and what is hidden of counts: a release alone changes it.
std::set<std::string> FixedSettings();

// Gives the first 16 hex digits of the rules' SHA-256, which stand in whatever was decided by them.
std::string RulesDigest(const v1::RuleSet& rules);

// What the rules say of each kind of records that is judged by them.
std::vector<host::JudgedKind> JudgedRecords(const storage::PageTokens* tokens, RulesNow rules);

}  // namespace accord::supports

#endif  // ACCORD_SERVICES_SUPPORTS_LAW_H_
