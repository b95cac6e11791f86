// These people call several services, as the gateway vouches for them.
#ifndef ACCORD_COMMON_TESTING_CALLERS_H_
#define ACCORD_COMMON_TESTING_CALLERS_H_

#include <string>

#include "common/access/decide.h"

namespace accord::testing {

// This gives a member of the coordination office's staff, who administers protocols.
inline Caller OfficeStaff(const std::string& actor = "staff") {
  return {"co-pahtco",
          annotations::v1::AGENCY_KIND_COORDINATION_OFFICE,
          "console",
          actor,
          {annotations::v1::ROLE_OFFICE_STAFF},
          annotations::v1::PURPOSE_PROTOCOL_GOVERNANCE};
}

// This gives a trainer of the police college.
inline Caller Trainer() {
  return {"pc-opc",
          annotations::v1::AGENCY_KIND_POLICE_COLLEGE,
          "lms",
          "t1",
          {annotations::v1::ROLE_TRAINER},
          annotations::v1::PURPOSE_TRAINING};
}

}  // namespace accord::testing

#endif  // ACCORD_COMMON_TESTING_CALLERS_H_
