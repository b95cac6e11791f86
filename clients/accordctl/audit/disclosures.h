// `accordctl audit disclosures` shows who has seen an agency's records, as a table for a spreadsheet, or for
// the person whom the records are about.
#ifndef ACCORD_CLIENTS_ACCORDCTL_AUDIT_DISCLOSURES_H_
#define ACCORD_CLIENTS_ACCORDCTL_AUDIT_DISCLOSURES_H_

#include <cstdint>
#include <map>
#include <string>
#include <string_view>

#include "accord/audit/v1/resources.pb.h"
#include "clients/accordctl/core/command_session.h"

namespace accord::ctl {

// These are entries keyed by index, so that one that touched several of the records is listed once.
using EntriesTold = std::map<int64_t, audit::v1::Entry>;

// This gives one line for each entry, newest first: when, by which agency and person, what was done, why,
// and which records of `owner`. `for_the_person` leaves out the person who did it, for whom the other agency
// is responsible.
std::string DisclosuresCsv(const EntriesTold& told, const std::string& owner, bool for_the_person);

void AddDisclosuresCommand(CLI::App* audit, CommandSession* session);

}  // namespace accord::ctl

#endif  // ACCORD_CLIENTS_ACCORDCTL_AUDIT_DISCLOSURES_H_
