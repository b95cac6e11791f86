// A duty to report is a person's own. The connector carries it, and never decides it.
#ifndef ACCORD_CLIENTS_CONNECTOR_DUTY_TO_REPORT_H_
#define ACCORD_CLIENTS_CONNECTOR_DUTY_TO_REPORT_H_

#include <google/protobuf/message.h>

#include <string>

#include "absl/status/status.h"

namespace accord::connector {

// This says whether a field of the request, or of what it holds, says that this is a duty to report.
bool IsDutyToReport(const google::protobuf::Message& request);

// This returns INVALID_ARGUMENT unless a duty to report has been decided by the person for whom it is done,
// and says so.
absl::Status CheckDutyDecided(const google::protobuf::Message& request, const std::string& actor,
                              const std::string& decided_by);

// This writes the statutory ground into the request's `ground_code`. It returns INVALID_ARGUMENT if the
// request has no such field or names another ground. Without a ground it does nothing.
absl::Status PlaceDutyGround(const std::string& ground, google::protobuf::Message* request);

}  // namespace accord::connector

#endif  // ACCORD_CLIENTS_CONNECTOR_DUTY_TO_REPORT_H_
