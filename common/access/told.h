// This is what a refusal tells its caller beside its rule: the rule's text in the caller's language, and what
// is done by telephone where somebody may be in danger.
#ifndef ACCORD_COMMON_ACCESS_TOLD_H_
#define ACCORD_COMMON_ACCESS_TOLD_H_

#include <string>

#include "absl/status/status.h"
#include "common/access/method.h"
#include "common/base/language.h"

namespace accord {

// The refusal of a method, localized, and with google.rpc.Help if the method's rule says that it names the
// duty to telephone. It depends on method, rule and language alone. `method` may be null; what a status tells
// of the telephone already stays.
absl::Status Told(absl::Status status, const Method* method, Language language);

// Adds that detail alone, whatever was refused and by whom; English unless the language is French.
absl::Status WithTelephoneDuty(absl::Status status, Language language);
// What a status tells its caller to do by telephone; empty if it tells nothing of it.
std::string TelephoneDutyIn(const absl::Status& status);

}  // namespace accord

#endif  // ACCORD_COMMON_ACCESS_TOLD_H_
