// This file is about the continuity pack for an outage: what is due, and whom to call, on paper.
#ifndef ACCORD_CLIENTS_ACCORDCTL_VIEWS_OPERATIONS_CONTINUITY_H_
#define ACCORD_CLIENTS_ACCORDCTL_VIEWS_OPERATIONS_CONTINUITY_H_

#include <string>
#include <vector>

#include "accord/registry/v1/people_service.pb.h"
#include "clients/accordctl/views/dashboard/dashboard.h"

namespace accord::ctl {

struct OutagePack {
  Dashboard dashboard;
  // These are the duty desks of all agencies, in the order in which they were listed.
  std::vector<registry::v1::AgencyDutyContact> desks;
  // This is the reader for whom it was made, for example `supervisor, York Regional Police`.
  std::string reader;
};

// This gives the page as HTML: every open deadline, the earliest first, whoever has to meet it; then the
// desks. Work without a deadline is left out. People are identified only by the ids of assignees.
std::string OutagePage(const OutagePack& pack);

}  // namespace accord::ctl

#endif  // ACCORD_CLIENTS_ACCORDCTL_VIEWS_OPERATIONS_CONTINUITY_H_
