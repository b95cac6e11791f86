// This file is about the directory of partners and facilities in the format of other directories, HSDS 3
// (Open Referral).
#ifndef ACCORD_CLIENTS_ACCORDCTL_VIEWS_SUPPORTS_DIRECTORY_EXPORT_H_
#define ACCORD_CLIENTS_ACCORDCTL_VIEWS_SUPPORTS_DIRECTORY_EXPORT_H_

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "accord/supports/v1/facility_service.pb.h"
#include "accord/supports/v1/resources.pb.h"
#include "clients/accordctl/core/json.h"
#include "clients/accordctl/core/message_json.h"
#include "clients/accordctl/views/agency_names.h"
#include "clients/accordctl/views/page.h"

namespace accord::ctl {

struct Directory {
  // This is the day for which a partner is active or not, `YYYY-MM-DD`.
  std::string day;
  std::vector<supports::v1::CrisisPartner> partners;
  std::vector<supports::v1::Facility> facilities;
  AgencyNames agencies;
};

// This gives a list of HSDS services. A confidential facility becomes a virtual location without an address,
// marked as redacted. It returns INVALID_ARGUMENT with rule FACILITY_CONFIDENTIAL, and no directory, if a
// confidential facility has an address.
absl::StatusOr<Json> HsdsDirectoryOf(const Directory& directory);

}  // namespace accord::ctl

#endif  // ACCORD_CLIENTS_ACCORDCTL_VIEWS_SUPPORTS_DIRECTORY_EXPORT_H_
