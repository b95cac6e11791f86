// This file is about the reader for whom a page is made.
#ifndef ACCORD_CLIENTS_ACCORDCTL_VIEWS_PAGE_READER_H_
#define ACCORD_CLIENTS_ACCORDCTL_VIEWS_PAGE_READER_H_

#include <string>

#include "absl/status/statusor.h"
#include "clients/accordctl/core/command_session.h"
#include "clients/accordctl/views/agency_names.h"

namespace accord::ctl {

// This gives the text that says for whom a page was made.
absl::StatusOr<std::string> PageReader(CommandSession* session, const AgencyNames& agencies);

}  // namespace accord::ctl

#endif  // ACCORD_CLIENTS_ACCORDCTL_VIEWS_PAGE_READER_H_
