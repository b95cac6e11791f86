// This file says who sees a release request, and what a granted release covers.
#ifndef ACCORD_SERVICES_INTELLIGENCE_SHARING_RELEASES_H_
#define ACCORD_SERVICES_INTELLIGENCE_SHARING_RELEASES_H_

#include <string>

#include "absl/time/time.h"
#include "accord/intelligence/v1/resources.pb.h"
#include "common/storage/records/resources.h"

namespace accord::intelligence {

// The agency that asks for a release sees its request, and so does the originator that answers it.
storage::Placement PlacementOf(const v1::ReleaseRequest& release);
// This says whether the release is granted and lets this agency have the report now.
bool Covers(const v1::ReleaseRequest& release, const std::string& report, const std::string& agency,
            absl::Time now);

}  // namespace accord::intelligence

#endif  // ACCORD_SERVICES_INTELLIGENCE_SHARING_RELEASES_H_
