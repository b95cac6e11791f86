// This is how the log asks the services through the gateway what they changed.
#ifndef ACCORD_SERVICES_AUDIT_RECONCILE_REVISION_SOURCE_H_
#define ACCORD_SERVICES_AUDIT_RECONCILE_REVISION_SOURCE_H_

#include <functional>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "accord/host/v1/config.pb.h"
#include "accord/host/v1/revisions.pb.h"

namespace accord::audit {

// A RevisionSource asks a service (`protocols`) what it changed.
using RevisionSource = std::function<absl::StatusOr<host::v1::ListRevisionKeysResponse>(
    const std::string& service, const host::v1::ListRevisionKeysRequest& request)>;

// A RevisionWatch follows what a service changes from a position on: `message` gets each page, and `go_on` is
// asked several times a second and ends it when it says false.
using RevisionWatch =
    std::function<absl::Status(const std::string& service, const host::v1::WatchRevisionKeysRequest& request,
                               const std::function<void(host::v1::ListRevisionKeysResponse)>& message,
                               const std::function<bool()>& go_on)>;

// This gives a source that reads through the gateway, under the log's own identity. The source fails with
// FAILED_PRECONDITION and rule DOOR_NOT_ENROLLED while no door is configured or its files are missing.
RevisionSource ThroughGateway(const host::v1::DoorConfig& config);

RevisionWatch WatchThroughGateway(const host::v1::DoorConfig& config);

// This gives the services that keep records of agencies and tell what they changed.
std::vector<std::string> RevisedServices();

}  // namespace accord::audit

#endif  // ACCORD_SERVICES_AUDIT_RECONCILE_REVISION_SOURCE_H_
