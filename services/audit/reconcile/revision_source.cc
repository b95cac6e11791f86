#include "services/audit/reconcile/revision_source.h"

#include <memory>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "common/access/method.h"
#include "common/base/error.h"
#include "common/host/gateway_client.h"

namespace accord::audit {
namespace {

absl::Status RefuseSourceWithoutDoor() {
  return Refuse(
      rules::kDoorNotEnrolled,
      "The audit log has no identity to ask the services with: sign a certificate for it (accordctl pki "
      "sign), and name it in log_identity of the registry's configuration and door of the audit's.");
}

// A refusal by the gateway means that the log has no valid identity there, not that the caller lacks a right.
absl::Status ExplainSourceRefusal(const absl::Status& status) {
  if (RuleOf(status) == rules::kNoIdentity.reason) return RefuseSourceWithoutDoor();
  if (!absl::IsPermissionDenied(status) && !absl::IsUnauthenticated(status)) return status;
  return Refuse(rules::kDoorRefused,
                absl::StrCat("The gateway refuses the audit log's own identity (", RuleOf(status),
                             "): compare log_identity of the registry's configuration with door of the "
                             "audit's, and look whether the registry's log says log_identity_not_admitted."));
}

std::string RevisionMethod(const std::string& service, const char* method) {
  return absl::StrCat("/accord.", service, ".v1.RevisionService/", method);
}

}  // namespace

RevisionSource ThroughGateway(const host::v1::DoorConfig& config) {
  if (config.address().empty()) {
    return [](const std::string&, const host::v1::ListRevisionKeysRequest&)
               -> absl::StatusOr<host::v1::ListRevisionKeysResponse> { return RefuseSourceWithoutDoor(); };
  }
  auto client = std::make_shared<host::GatewayClient>(config);
  return [client](const std::string& service, const host::v1::ListRevisionKeysRequest& request)
             -> absl::StatusOr<host::v1::ListRevisionKeysResponse> {
    auto page = client->Call<host::v1::ListRevisionKeysResponse>(RevisionMethod(service, "ListRevisionKeys"),
                                                                 "administration", request);
    if (!page.ok()) return ExplainSourceRefusal(page.status());
    return page;
  };
}

RevisionWatch WatchThroughGateway(const host::v1::DoorConfig& config) {
  if (config.address().empty()) {
    return [](const auto&, const auto&, const auto&, const auto&) { return RefuseSourceWithoutDoor(); };
  }
  auto client = std::make_shared<host::GatewayClient>(config);
  return [client](const std::string& service, const host::v1::WatchRevisionKeysRequest& request,
                  const auto& message, const auto& go_on) {
    return ExplainSourceRefusal(client->Stream<host::v1::ListRevisionKeysResponse>(
        RevisionMethod(service, "WatchRevisionKeys"), "administration", request, message, go_on));
  };
}

std::vector<std::string> RevisedServices() {
  std::vector<std::string> services;
  for (const std::string& each : AllServices()) {
    if (absl::EndsWith(each, ".RevisionService")) services.push_back(ServiceInPath("/" + each));
  }
  return services;
}

}  // namespace accord::audit
