// This is the pack for an outage: what is due, and whom to call, on sheets of paper.
#ifndef ACCORD_CLIENTS_ACCORDCTL_VIEWS_OPERATIONS_CONTINUITY_H_
#define ACCORD_CLIENTS_ACCORDCTL_VIEWS_OPERATIONS_CONTINUITY_H_

#include <string>
#include <vector>

#include "accord/registry/v1/people_service.pb.h"
#include "clients/accordctl/views/dashboard/dashboard.h"

namespace accord::ctl {

struct OutagePack {
  Dashboard dashboard;
  // Duty desks of all agencies, in the order in which they were listed.
  std::vector<registry::v1::AgencyDutyContact> desks;
  // For whom it was read, for example `supervisor, York Regional Police`.
  std::string reader;
};

// The page as HTML: every open deadline, the first one first, whoever has to meet it; then the desks. What
// has no deadline is left out, and it tells of people only by the ids of those who are assigned.
std::string OutagePage(const OutagePack& pack);

}  // namespace accord::ctl

#endif  // ACCORD_CLIENTS_ACCORDCTL_VIEWS_OPERATIONS_CONTINUITY_H_
