// A seat is the capacity in which a person reads lists of what belongs to cases: a coordinator, an assigned
// Crown or a clerk of the office. A list is kept for each seat, so that no page has to be searched for among
// other people's rows.
#ifndef ACCORD_SERVICES_PROSECUTION_CASES_SEATS_H_
#define ACCORD_SERVICES_PROSECUTION_CASES_SEATS_H_

#include <string>
#include <vector>

#include "accord/prosecution/v1/resources.pb.h"
#include "common/access/decide.h"
#include "common/storage/database/database.h"
#include "services/prosecution/rules.h"

namespace accord::prosecution {

// This gives the seats that the caller reads from.
std::vector<std::string> SeatsOf(const Rules& rules, const Caller& caller);
// This gives the seats that have the accused of the case on their board.
std::vector<std::string> BoardSeats(const Rules& rules, const v1::Case& of);
// This gives the seats that list a link of the case. A link is listed by its maker's office only.
std::vector<std::string> LinkSeats(const Rules& rules, const v1::Case& of, const std::string& link);
// This gives the seats from which the caller lists cases, each a viewer of storage::Placement.
std::vector<std::string> CaseSeatsOf(const Rules& rules, const Caller& caller);
// This gives the seats that list the case, each a viewer of storage::Placement.
std::vector<std::string> CaseSeats(const Rules& rules, const v1::Case& of);
// This lets the provincial team's agency be told of the case or accused, flagged or not, because its
// coordinator reads it.
absl::Status LetCoordinatorFollow(storage::Transaction& tx, const Rules& rules, const std::string& kind,
                                  const std::string& name);
// This gives the accused and the links of a case to the seats that read them now. It is called after the
// people who act in the case have changed.
absl::Status GiveSeats(storage::Transaction& tx, const Rules& rules, const v1::Case& of);

}  // namespace accord::prosecution

#endif  // ACCORD_SERVICES_PROSECUTION_CASES_SEATS_H_
