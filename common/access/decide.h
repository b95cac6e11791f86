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

// A caller is whom the gateway established. Handlers learn of the caller from nothing else.
struct Caller {
  std::string agency;
  AgencyKind kind = annotations::v1::AGENCY_KIND_UNSPECIFIED;
  std::string system;
  std::string actor;
  std::vector<Role> roles;
  Purpose purpose = annotations::v1::PURPOSE_UNSPECIFIED;
  // Name and version of the gateway that vouches for all this.
  std::string gateway = {};
  // This decides on nothing but the words of a refusal.
  Language language = Language::kNone;
  // SHA-256 of the DER of the certificate by which the gateway let the call in, 32 bytes; empty where no
  // gateway says it.
  std::string certificate = {};

  bool Has(Role role) const;
};

// OK, or PERMISSION_DENIED naming the first of METHOD_INTERNAL, AGENCY_KIND_NOT_PERMITTED,
// ROLE_NOT_PERMITTED, PURPOSE_MISSING, PURPOSE_NOT_PERMITTED that no grant gets past.
absl::Status Decide(const Method& method, const Caller& caller);
// Sensitive fields that the caller reads in the answer: those of every grant that lets the call in.
std::set<annotations::v1::SensitiveClass> ClassesOf(const Method& method, const Caller& caller);

}  // namespace accord

#endif  // ACCORD_COMMON_ACCESS_DECIDE_H_
