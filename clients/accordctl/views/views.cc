#include "clients/accordctl/views/views.h"

#include "absl/strings/str_cat.h"
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

absl::StatusOr<std::string> ReaderOf(CommandSession* session, const AgencyNames& agencies) {
  ACCORD_ASSIGN_OR_RETURN(const Context context, session->context());
  ACCORD_ASSIGN_OR_RETURN(const Client* client, session->client());
  const std::string agency = NameOf(agencies, client->agency());
  return context.actor.empty() ? agency : absl::StrCat(context.actor, ", ", agency);
}

}  // namespace accord::ctl
