#include "clients/accordctl/views/page_reader.h"

#include "absl/strings/str_cat.h"
#include "common/base/error.h"

namespace accord::ctl {

absl::StatusOr<std::string> PageReader(CommandSession* session, const AgencyNames& agencies) {
  ACCORD_ASSIGN_OR_RETURN(const Context context, session->context());
  ACCORD_ASSIGN_OR_RETURN(const Client* client, session->client());
  const std::string agency = AgencyNameOf(agencies, client->agency());
  return context.actor.empty() ? agency : absl::StrCat(context.actor, ", ", agency);
}

}  // namespace accord::ctl
