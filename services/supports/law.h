// These functions check the rule set of this service, give its digest, and name the records that are judged
// by it.
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

// Services hold this type instead of a fixed rule set, so that new rules can come into force.
using RulesNow = LawNow<v1::RuleSet>;

// This gives the rule set back if this service can work with it. Otherwise it fails with INVALID_ARGUMENT.
absl::StatusOr<v1::RuleSet> CheckedRules(v1::RuleSet rules);

// This gives the settings of the rule set that decide who sees or does what, and which counts are suppressed.
// Only a release changes them.
std::set<std::string> SettingsFixedByRelease();

// This gives the first 16 hex digits of the rules' SHA-256, which each record has that was decided by them.
std::string RulesDigest(const v1::RuleSet& rules);

// This gives what the rules say of each kind of record that is judged by them.
std::vector<host::JudgedKind> JudgedRecords(const storage::PageTokens* tokens, RulesNow rules);

}  // namespace accord::supports

#endif  // ACCORD_SERVICES_SUPPORTS_LAW_H_
