// This is the page of `accordctl coverage`: which societies and police services have agreed, as a matrix and
// in words.
#ifndef ACCORD_CLIENTS_ACCORDCTL_VIEWS_BOARDS_COVERAGE_PAGE_H_
#define ACCORD_CLIENTS_ACCORDCTL_VIEWS_BOARDS_COVERAGE_PAGE_H_

#include <string>
#include <vector>

#include "absl/time/time.h"
#include "accord/protocols/v1/resources.pb.h"
#include "clients/accordctl/views/agency_names.h"
#include "clients/accordctl/views/page.h"

namespace accord::ctl {

struct Coverage {
  std::vector<protocols::v1::CoverageCell> cells;
  // These are agencies whose territory is not known.
  std::vector<std::string> unknown;
  AgencyNames agencies;
  absl::Time now;
};

// The state is, for example, `in_force`.
std::string CoverageStateOf(const protocols::v1::CoverageCell& cell);

// This returns the page as HTML.
std::string CoveragePage(const Coverage& coverage);

}  // namespace accord::ctl

#endif  // ACCORD_CLIENTS_ACCORDCTL_VIEWS_BOARDS_COVERAGE_PAGE_H_
