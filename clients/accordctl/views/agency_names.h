// The names of agencies, for readers who do not know their ids.
#ifndef ACCORD_CLIENTS_ACCORDCTL_VIEWS_AGENCY_NAMES_H_
#define ACCORD_CLIENTS_ACCORDCTL_VIEWS_AGENCY_NAMES_H_

#include <map>
#include <string>

#include "absl/status/statusor.h"
#include "accord/registry/v1/resources.pb.h"
#include "clients/accordctl/core/command_session.h"

namespace accord::ctl {

// This maps agency ids to the agencies' names.
using AgencyNames = std::map<std::string, std::string>;

// This gives agencies' names, for readers who do not know their ids; with a day, `YYYY-MM-DD`, the names on
// that day. An agency that did not exist then has its present name.
absl::StatusOr<AgencyNames> NamesOfAgencies(CommandSession* session, const std::string& day = "");

// This gives the name of an agency, or each name that it may have had on the day of the answer.
std::string NamesOnDay(const registry::v1::Agency& agency);

// This gives the common name of an agency; its id if no name is known.
std::string AgencyNameOf(const AgencyNames& names, const std::string& agency);

}  // namespace accord::ctl

#endif  // ACCORD_CLIENTS_ACCORDCTL_VIEWS_AGENCY_NAMES_H_
