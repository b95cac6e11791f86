// These are the handlers of ProgressReportService for public appointments to the office.
#ifndef ACCORD_SERVICES_STRATEGY_REPORTS_OFFICE_ROLE_SERVICE_H_
#define ACCORD_SERVICES_STRATEGY_REPORTS_OFFICE_ROLE_SERVICE_H_

#include "accord/strategy/v1/progress_report_service.pb.h"
#include "common/host/calls/handlers.h"

namespace accord::strategy {

class OfficeRoleService {
 public:
  explicit OfficeRoleService(const storage::PageTokens* tokens) : roles_("office_role", tokens) {}
  void Register(host::Handlers* handlers);

 private:
  using Tx = storage::Transaction;
  using Result = absl::StatusOr<v1::OfficeRole>;

  Result Create(host::Call&, Tx&, const storage::Write&, const v1::CreateOfficeRoleRequest&);
  Result Get(host::Call&, Tx&, const v1::GetOfficeRoleRequest&);
  absl::StatusOr<v1::ListOfficeRolesResponse> List(host::Call&, Tx&, const v1::ListOfficeRolesRequest&);

  storage::Resources roles_;
};

}  // namespace accord::strategy

#endif  // ACCORD_SERVICES_STRATEGY_REPORTS_OFFICE_ROLE_SERVICE_H_
