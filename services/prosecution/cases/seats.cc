#include "services/prosecution/cases/seats.h"

#include <algorithm>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "common/access/names.h"
#include "common/base/error.h"
#include "common/storage/records/feed.h"
#include "services/prosecution/board_store.h"
#include "services/prosecution/cases/case_readers.h"
#include "services/prosecution/link_store.h"

namespace accord::prosecution {
namespace {

// This gives a Crown's seat. An office's clerks read as the office. No agency's id contains a number sign, so
// that no two seats are equal.
std::string CrownsSeat(const std::string& agency, const std::string& crown) {
  return absl::StrCat(agency, "#crown/", crown);
}
// This gives the clerks' seat in lists of cases. The agency itself, as a viewer there, would stand for
// everybody of it.
std::string ClerksSeat(const std::string& agency) { return absl::StrCat(agency, "#clerks"); }
std::string CoordinatorsSeat(const Rules& rules) {
  return absl::StrCat(rules.set().team_agency(), "#coordinator");
}

// This gives the seats of the office's clerks, of whoever is assigned and, before anybody is, of whoever
// opened the case.
std::vector<std::string> SeatsIn(const v1::Case& of) {
  std::vector<std::string> seats = {OwnerOf(of.name())};
  const std::string opener = WaitingOpener(of);
  if (!opener.empty()) seats.push_back(CrownsSeat(OwnerOf(of.name()), opener));
  for (const auto& assignment : of.assignments()) {
    if (!assignment.to().empty()) continue;
    const std::string seat = CrownsSeat(assignment.agency(), assignment.crown());
    if (std::find(seats.begin(), seats.end(), seat) == seats.end()) seats.push_back(seat);
  }
  return seats;
}

}  // namespace

std::vector<std::string> SeatsOf(const Rules& rules, const Caller& caller) {
  // The coordinator's seat has every row of the other two seats.
  if (IsCoordinator(rules, caller)) return {CoordinatorsSeat(rules)};
  std::vector<std::string> seats = {CrownsSeat(caller.agency, caller.actor)};
  if (caller.Has(annotations::v1::ROLE_CROWN_ADMIN)) seats.push_back(caller.agency);
  return seats;
}

std::vector<std::string> BoardSeats(const Rules& rules, const v1::Case& of) {
  std::vector<std::string> seats = SeatsIn(of);
  const auto crowns = CrownOfficesOf(rules, of.name(), of.team_flag());
  if (std::find(crowns.begin(), crowns.end(), rules.set().team_agency()) != crowns.end()) {
    seats.push_back(CoordinatorsSeat(rules));
  }
  return seats;
}

std::vector<std::string> LinkSeats(const Rules& rules, const v1::Case& of, const std::string& link) {
  const std::string maker = OwnerOf(link);
  std::vector<std::string> seats = SeatsIn(of);
  seats.push_back(CoordinatorsSeat(rules));
  std::erase_if(seats, [&](const std::string& seat) {
    return seat != maker && !absl::StartsWith(seat, absl::StrCat(maker, "#"));
  });
  return seats;
}

std::vector<std::string> CaseSeatsOf(const Rules& rules, const Caller& caller) {
  std::vector<std::string> seats = SeatsOf(rules, caller);
  std::replace(seats.begin(), seats.end(), caller.agency, ClerksSeat(caller.agency));
  return seats;
}

std::vector<std::string> CaseSeats(const Rules& rules, const v1::Case& of) {
  const std::string owner = OwnerOf(of.name());
  std::vector<std::string> seats = SeatsIn(of);
  std::replace(seats.begin(), seats.end(), owner, ClerksSeat(owner));
  seats.push_back(CoordinatorsSeat(rules));
  return seats;
}

absl::Status LetCoordinatorFollow(storage::Transaction& tx, const Rules& rules, const std::string& kind,
                                  const std::string& name) {
  return storage::LetFollow(tx, kind, name, {rules.set().team_agency()});
}

absl::Status GiveSeats(storage::Transaction& tx, const Rules& rules, const v1::Case& of) {
  ACCORD_RETURN_IF_ERROR(GiveBoard(tx, of.name(), OwnerOf(of.name()), BoardSeats(rules, of)));
  ACCORD_ASSIGN_OR_RETURN(const auto links, LinksOf(tx, of.name()));
  for (const std::string& link : links) {
    ACCORD_RETURN_IF_ERROR(PutLink(tx, {of.name(), link, LinkSeats(rules, of, link)}));
  }
  return absl::OkStatus();
}

}  // namespace accord::prosecution
