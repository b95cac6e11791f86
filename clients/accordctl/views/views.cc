#include "clients/accordctl/views/views.h"

#include "accord/registry/v1/registry_service.pb.h"

namespace accord::ctl {

absl::StatusOr<AgencyNames> NamesOfAgencies(CommandSession* session) {
  AgencyNames names;
  ACCORD_RETURN_IF_ERROR(
      Pages<registry::v1::ListAgenciesResponse>(session, "agencies", [&](const auto& page) {
        for (const auto& agency : page.agencies()) {
          names[agency.name().substr(sizeof("agencies/") - 1)] = agency.display_name();
        }
      }));
  return names;
}

}  // namespace accord::ctl
