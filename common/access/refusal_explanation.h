// A refusal tells its caller more than its rule: the rule's text in the caller's language, and what must be
// done by telephone where somebody may be in danger.
#ifndef ACCORD_COMMON_ACCESS_REFUSAL_EXPLANATION_H_
#define ACCORD_COMMON_ACCESS_REFUSAL_EXPLANATION_H_

#include <string>

#include "absl/status/status.h"
#include "common/access/method.h"
#include "common/base/language.h"

namespace accord {

// This gives the refusal of a method with a localized text, and with google.rpc.Help if the method's rule
// names the duty to telephone. The result depends only on the method, the rule and the language. `method` may
// be null. A detail about the telephone that the status already has is kept.
absl::Status ExplainRefusal(absl::Status status, const Method* method, Language language);

// This adds only the detail about the telephone, whatever was refused and by whom, in French if that is the
// language and otherwise in English.
absl::Status WithTelephoneDuty(absl::Status status, Language language);
// This gives what a status tells its caller to do by telephone; it is empty if it says nothing about that.
std::string TelephoneDutyIn(const absl::Status& status);

}  // namespace accord

#endif  // ACCORD_COMMON_ACCESS_REFUSAL_EXPLANATION_H_
