// This says in words what a timeline of the board draws.
#ifndef ACCORD_CLIENTS_ACCORDCTL_VIEWS_BOARDS_BOARD_DATES_H_
#define ACCORD_CLIENTS_ACCORDCTL_VIEWS_BOARDS_BOARD_DATES_H_

#include <string>
#include <utility>
#include <vector>

#include "absl/time/civil_time.h"
#include "accord/prosecution/v1/resources.pb.h"

namespace accord::ctl {

// This gives the day that `text` (`YYYY-MM-DD`) names, or `otherwise` if it names none.
absl::CivilDay BoardDayOr(const std::string& text, absl::CivilDay otherwise);

// This gives days with what happened or will happen on them, the earliest first.
std::vector<std::pair<std::string, std::string>> BoardDatesOf(const prosecution::v1::Accused& accused);

}  // namespace accord::ctl

#endif  // ACCORD_CLIENTS_ACCORDCTL_VIEWS_BOARDS_BOARD_DATES_H_
