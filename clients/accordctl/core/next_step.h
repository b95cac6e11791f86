// This file is about the advice that accordctl prints below a refusal.
#ifndef ACCORD_CLIENTS_ACCORDCTL_CORE_NEXT_STEP_H_
#define ACCORD_CLIENTS_ACCORDCTL_CORE_NEXT_STEP_H_

#include <string>

#include "absl/status/status.h"

namespace accord::ctl {

// These are the keys of the payloads of a status: the path of the refusing method, and the address at which
// no gateway answers.
inline constexpr char kMethodCalled[] = "accordctl/method-called";
inline constexpr char kUnreached[] = "accordctl/unreached";

// This says what a person can do next about a call that was refused by `rule`; it is empty if nothing
// is known.
std::string NextStep(const absl::Status& status, const std::string& rule);

}  // namespace accord::ctl

#endif  // ACCORD_CLIENTS_ACCORDCTL_CORE_NEXT_STEP_H_
