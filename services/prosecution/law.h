// This file says which records of this service are judged by its rules, and how new rules come into force
// while the service runs.
#ifndef ACCORD_SERVICES_PROSECUTION_LAW_H_
#define ACCORD_SERVICES_PROSECUTION_LAW_H_

#include <memory>
#include <vector>

#include "common/host/law/governed_law.h"
#include "common/host/law/law_trial.h"
#include "common/storage/records/page_tokens.h"
#include "services/prosecution/rules.h"

namespace accord::prosecution {

std::unique_ptr<host::GovernedLaw> Governed(LawInForce<Rules>* rules);

// This gives what is judged of each accused whose prosecution is not concluded: the ceiling, the days on
// which the coordinator is told, and how each count may be tried.
std::vector<host::JudgedKind> JudgedRecords(const storage::PageTokens* tokens, RulesNow rules);

}  // namespace accord::prosecution

#endif  // ACCORD_SERVICES_PROSECUTION_LAW_H_
