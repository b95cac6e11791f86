#include "services/strategy/reports/office_role_service.h"

#include "absl/strings/str_cat.h"
#include "common/base/error.h"
#include "services/strategy/days.h"
#include "services/strategy/placements.h"

namespace accord::strategy {

void OfficeRoleService::Register(host::Handlers* handlers) {
  using S = OfficeRoleService;
  handlers->Bind("accord.strategy.v1.ProgressReportService", this, &S::Create, &S::Get, &S::List);
}

OfficeRoleService::Result OfficeRoleService::Create(host::Call& call, Tx& tx, const storage::Write& write,
                                                    const v1::CreateOfficeRoleRequest& request) {
  v1::OfficeRole role = request.office_role();
  if (role.has_years_of_experience() != (role.years_qualifier() != v1::QUALIFIER_UNSPECIFIED)) {
    return RefuseFields({{"office_role.years_qualifier", "must be there where the years are, and not else"}});
  }
  if (role.years_of_experience() < 0) {
    return RefuseFields({{"office_role.years_of_experience", "must not be negative"}});
  }
  ACCORD_RETURN_IF_ERROR(CheckDayNotInFuture(call, "office_role.announced_on", role.announced_on()));
  role.set_name(absl::StrCat(request.parent(), "/officeRoles/", role.office_role_id()));
  ACCORD_RETURN_IF_ERROR(roles_.Insert(tx, &role, write, PublicPlacement(role.name(), "")));
  return role;
}

OfficeRoleService::Result OfficeRoleService::Get(host::Call& call, Tx& tx,
                                                 const v1::GetOfficeRoleRequest& request) {
  v1::OfficeRole role;
  ACCORD_RETURN_IF_ERROR(roles_.Get(tx, request.name(), call.caller().agency, &role));
  return role;
}

absl::StatusOr<v1::ListOfficeRolesResponse> OfficeRoleService::List(
    host::Call& call, Tx& tx, const v1::ListOfficeRolesRequest& request) {
  return roles_.ListInto(tx, {call.caller().agency, {}, request.page_size(), request.page_token(), ""},
                         &v1::ListOfficeRolesResponse::mutable_office_roles);
}

}  // namespace accord::strategy
