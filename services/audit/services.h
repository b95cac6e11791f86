// This serves every gRPC service of this process.
#ifndef ACCORD_SERVICES_AUDIT_SERVICES_H_
#define ACCORD_SERVICES_AUDIT_SERVICES_H_

#include <memory>

#include "accord/host/v1/config.pb.h"
#include "common/host/run.h"

namespace accord::audit {

// This registers every handler and begins to write the log. It refuses a log that does not extend what was
// witnessed of it.
absl::StatusOr<std::shared_ptr<void>> Serve(const host::v1::AuditConfig& config,
                                            const host::Environment& environment, host::Handlers* handlers);

}  // namespace accord::audit

#endif  // ACCORD_SERVICES_AUDIT_SERVICES_H_
