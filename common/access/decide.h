// This makes the one decision: may this caller call this method? The gateway, the services and `access
// explain` use it.
#ifndef ACCORD_COMMON_ACCESS_DECIDE_H_
#define ACCORD_COMMON_ACCESS_DECIDE_H_

#include <set>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "common/access/method.h"
#include "common/access/names.h"
#include "common/base/language.h"

namespace accord {

// The caller as the gateway established it. Handlers learn about the caller from nothing else.
struct Caller {
  std::string agency;
  AgencyKind kind = annotations::v1::AGENCY_KIND_UNSPECIFIED;
  std::string system;
  std::string actor;
  std::vector<Role> roles;
  Purpose purpose = annotations::v1::PURPOSE_UNSPECIFIED;
  // The name and version of the gateway that vouches for these fields.
  std::string gateway = {};
  // The language only chooses the words of a refusal; it never affects the decision.
  Language language = Language::kNone;
  // The SHA-256 (32 bytes) of the DER of the client certificate that the gateway accepted; empty
  // where the gateway does not report it.
  std::string certificate = {};

  bool Has(Role role) const;
};

// OK if a grant lets the call in. Otherwise PERMISSION_DENIED with the first of these rules that
// no grant satisfies: METHOD_INTERNAL, AGENCY_KIND_NOT_PERMITTED, ROLE_NOT_PERMITTED,
// PURPOSE_MISSING, PURPOSE_NOT_PERMITTED.
absl::Status Decide(const Method& method, const Caller& caller);
// The classes of sensitive fields that the caller may read in the answer: those of every grant that
// lets the call in.
std::set<annotations::v1::SensitiveClass> ClassesOf(const Method& method, const Caller& caller);

}  // namespace accord

#endif  // ACCORD_COMMON_ACCESS_DECIDE_H_
