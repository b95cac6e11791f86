// The rule set of this service: its checks, its digest, and the records that are judged by it.
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

// The services hold this instead of a fixed rule set, so that new rules can come into force.
using RulesNow = LawNow<v1::RuleSet>;

// INVALID_ARGUMENT for a rule set with which this service cannot work.
absl::StatusOr<v1::RuleSet> CheckedRules(v1::RuleSet rules);

// The settings of the rule set that decide who sees or does what, and which counts are suppressed. Only a
// release changes them.
std::set<std::string> SettingsFixedByRelease();

// Gives the first 16 hex digits of the rules' SHA-256, which stand in whatever was decided by them.
std::string RulesDigest(const v1::RuleSet& rules);

// Gives what the rules say of each kind of record that is judged by them.
std::vector<host::JudgedKind> JudgedRecords(const storage::PageTokens* tokens, RulesNow rules);

}  // namespace accord::supports

#endif  // ACCORD_SERVICES_SUPPORTS_LAW_H_
