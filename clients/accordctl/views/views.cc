#include "clients/accordctl/views/views.h"

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "accord/registry/v1/registry_service.pb.h"

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
  ACCORD_RETURN_IF_ERROR(Pages<registry::v1::ListAgenciesResponse>(session, "agencies", take));
  if (day.empty()) return names;
  ACCORD_RETURN_IF_ERROR(
      Pages<registry::v1::ListAgenciesResponse>(session, "agencies", take, {{"as_of", day}}));
  return names;
}

absl::StatusOr<std::string> PageReader(CommandSession* session, const AgencyNames& agencies) {
  ACCORD_ASSIGN_OR_RETURN(const Context context, session->context());
  ACCORD_ASSIGN_OR_RETURN(const Client* client, session->client());
  const std::string agency = AgencyNameOf(agencies, client->agency());
  return context.actor.empty() ? agency : absl::StrCat(context.actor, ", ", agency);
}

}  // namespace accord::ctl
