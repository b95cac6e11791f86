// This file says which records of this service are judged by its rules, and how new rules come into force
// while the service runs.
#ifndef ACCORD_SERVICES_PROTOCOLS_LAW_H_
#define ACCORD_SERVICES_PROTOCOLS_LAW_H_

#include <memory>
#include <vector>

#include "common/host/law/governed_law.h"
#include "common/host/law/law_trial.h"
#include "common/storage/records/page_tokens.h"
#include "services/protocols/rules.h"

namespace accord::protocols {

std::unique_ptr<host::GovernedLaw> Governed(LawInForce<Rules>* rules);

// This gives what is judged of each referral that is not purged: its clocks, what its age and ground mean,
// when somebody is told next, when access to a youth record ends, and when it is purged.
std::vector<host::JudgedKind> JudgedRecords(const storage::PageTokens* tokens, RulesNow rules);

}  // namespace accord::protocols

#endif  // ACCORD_SERVICES_PROTOCOLS_LAW_H_
