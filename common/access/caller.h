// This is the caller of a method, as the gateway established it.
#ifndef ACCORD_COMMON_ACCESS_CALLER_H_
#define ACCORD_COMMON_ACCESS_CALLER_H_

#include <string>
#include <vector>

#include "common/access/names.h"
#include "common/base/language.h"

namespace accord {

// Handlers learn about the caller from nothing else.
struct Caller {
  std::string agency;
  AgencyKind kind = annotations::v1::AGENCY_KIND_UNSPECIFIED;
  std::string system;
  std::string actor;
  std::vector<Role> roles;
  Purpose purpose = annotations::v1::PURPOSE_UNSPECIFIED;
  // These are the name and version of the gateway that vouches for these fields.
  std::string gateway = {};
  // The language only chooses the words of a refusal; it never affects the decision.
  Language language = Language::kNone;
  // This is the SHA-256 (32 bytes) of the DER of the client certificate that the gateway accepted; it is
  // empty where the gateway does not report it.
  std::string certificate = {};

  bool Has(Role role) const;
};

}  // namespace accord

#endif  // ACCORD_COMMON_ACCESS_CALLER_H_
