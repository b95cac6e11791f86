// This is the page of `accordctl board`: every open prosecution in groups by its ceiling, with a timeline for
// each accused.
#ifndef ACCORD_CLIENTS_ACCORDCTL_VIEWS_BOARDS_BOARD_PAGE_H_
#define ACCORD_CLIENTS_ACCORDCTL_VIEWS_BOARDS_BOARD_PAGE_H_

#include <string>
#include <vector>

#include "absl/time/civil_time.h"
#include "accord/prosecution/v1/resources.pb.h"
#include "clients/accordctl/views/agency_names.h"
#include "clients/accordctl/views/page.h"

namespace accord::ctl {

struct BoardView {
  std::vector<prosecution::v1::Accused> accused;
  AgencyNames agencies;
  // This is the day in Ontario.
  absl::CivilDay today;
  // This is what was asked for, if not everything.
  std::string region, stage;
};

// The stage is, for example, `trial_scheduled` or `ocj`.
std::string StageOfAccused(const prosecution::v1::Accused& accused);
std::string ForumOfAccused(const prosecution::v1::Accused& accused);

// This returns the page as HTML.
std::string BoardPage(const BoardView& board);

}  // namespace accord::ctl

#endif  // ACCORD_CLIENTS_ACCORDCTL_VIEWS_BOARDS_BOARD_PAGE_H_
