// This says for help and errors who may call a method.
#ifndef ACCORD_CLIENTS_ACCORDCTL_CORE_WHO_MAY_CALL_H_
#define ACCORD_CLIENTS_ACCORDCTL_CORE_WHO_MAY_CALL_H_

#include <string>

#include "common/access/method.h"

namespace accord::ctl {

// This gives the roles that may call according to the rule, or the kinds of agency if every role may:
// `cas_worker, cas_supervisor; as receiver`.
std::string WhoMayCall(const Method& method);

}  // namespace accord::ctl

#endif  // ACCORD_CLIENTS_ACCORDCTL_CORE_WHO_MAY_CALL_H_
