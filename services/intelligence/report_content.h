// This file says what a recipient reads of a report, and computes the digest of that.
#ifndef ACCORD_SERVICES_INTELLIGENCE_REPORT_CONTENT_H_
#define ACCORD_SERVICES_INTELLIGENCE_REPORT_CONTENT_H_

#include <string>

#include "accord/intelligence/v1/resources.pb.h"

namespace accord::intelligence {

// This gives what a recipient may read of a report: it has no register reference and no history, and names
// the submitter's agency only.
v1::Report ContentOf(const v1::Report& report);
// This gives the SHA-256 of the result of ContentOf, in hex. The handling is left out, because a change of it
// does not change what was said.
std::string DigestOf(const v1::Report& report);

}  // namespace accord::intelligence

#endif  // ACCORD_SERVICES_INTELLIGENCE_REPORT_CONTENT_H_
