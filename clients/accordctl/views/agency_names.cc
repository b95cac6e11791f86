#include "clients/accordctl/views/agency_names.h"

#include "absl/strings/str_join.h"
#include "accord/registry/v1/registry_service.pb.h"
#include "clients/accordctl/views/read_pages.h"
#include "common/base/error.h"

namespace accord::ctl {

std::string NamesOnDay(const registry::v1::Agency& agency) {
  return agency.names_as_of().empty() ? agency.display_name() : absl::StrJoin(agency.names_as_of(), " / ");
}

absl::StatusOr<AgencyNames> NamesOfAgencies(CommandSession* session, const std::string& day) {
  AgencyNames names;
  const auto take = [&](const registry::v1::ListAgenciesResponse& page) {
    for (const auto& agency : page.agencies()) {
      names[agency.name().substr(sizeof("agencies/") - 1)] = NamesOnDay(agency);
    }
  };
  ACCORD_RETURN_IF_ERROR(ReadPages<registry::v1::ListAgenciesResponse>(session, "agencies", take));
  if (day.empty()) return names;
  ACCORD_RETURN_IF_ERROR(
      ReadPages<registry::v1::ListAgenciesResponse>(session, "agencies", take, {{"as_of", day}}));
  return names;
}

std::string AgencyNameOf(const AgencyNames& names, const std::string& agency) {
  const auto found = names.find(agency);
  return found == names.end() || found->second.empty() ? agency : found->second;
}

}  // namespace accord::ctl
