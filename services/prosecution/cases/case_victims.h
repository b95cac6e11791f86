// These functions are about the victims of a case, and about what the prosecutor owes them.
#ifndef ACCORD_SERVICES_PROSECUTION_CASES_CASE_VICTIMS_H_
#define ACCORD_SERVICES_PROSECUTION_CASES_CASE_VICTIMS_H_

#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/time/civil_time.h"
#include "accord/prosecution/v1/resources.pb.h"
#include "services/prosecution/cases/case_victims.h"
#include "services/prosecution/rules.h"

namespace accord::prosecution {

// This fails with INVALID_ARGUMENT and rule VICTIM_UNKNOWN unless the case names the victim or `id` is empty.
absl::Status CheckVictim(const v1::Case& item, const std::string& id);
// This gives the prosecutor's duties to each victim that are still open. What the judge tells is no task of
// the prosecutor, and nothing is owed for a ban for which the prosecutor did not apply.
std::vector<std::string> OpenVictimTasks(const Rules& rules, const v1::Case& item, absl::CivilDay today);

}  // namespace accord::prosecution

#endif  // ACCORD_SERVICES_PROSECUTION_CASES_CASE_VICTIMS_H_
