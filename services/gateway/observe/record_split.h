// This splits what a call touched into records.
#ifndef ACCORD_SERVICES_GATEWAY_OBSERVE_RECORD_SPLIT_H_
#define ACCORD_SERVICES_GATEWAY_OBSERVE_RECORD_SPLIT_H_

#include <string>
#include <vector>

#include "accord/audit/v1/resources.pb.h"

namespace accord::gateway {

// One record has this many resources at the most, which is the log's own limit.
inline constexpr int kMaxResources = 256;
// One record has this many digests of revisions at the most.
inline constexpr int kMaxRevisions = 1024;

// This splits a record into records that differ only in `part`, `resources`, `revisions` and `owner_only`. No
// record names resources of two owners, except entries of agencies in the registry, which everybody sees:
// each owner reads whole records that concern it, and learns nothing of other owners. `revisions` are all
// that the call changed. Those of `changed` are in the record of their owner; what is hidden from the caller
// is in a record that the caller is not shown.
std::vector<audit::v1::AuditRecord> SplitRecord(audit::v1::AuditRecord record,
                                                const std::vector<caller::v1::TouchedResource>& touched,
                                                const std::vector<std::string>& revisions,
                                                const std::vector<caller::v1::ChangedResource>& changed = {});

}  // namespace accord::gateway

#endif  // ACCORD_SERVICES_GATEWAY_OBSERVE_RECORD_SPLIT_H_
