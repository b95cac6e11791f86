// This is what several handlers ask before they act.
#ifndef ACCORD_SERVICES_PROSECUTION_CASES_CHECKS_H_
#define ACCORD_SERVICES_PROSECUTION_CASES_CHECKS_H_

#include <string>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "accord/prosecution/v1/resources.pb.h"
#include "common/access/decide.h"
#include "common/access/names.h"
#include "common/host/calls/call.h"
#include "common/storage/records/resources.h"
#include "services/prosecution/rules.h"

namespace accord::prosecution {

// This viewer counts for the office, and sees nothing else.
inline constexpr char kOffice[] = "#office";
// An agency in one capacity, as a viewer of storage::Placement: `police`, `crown` or `support`. A name in the
// wrong field opens nothing to an agency of another kind.
std::string InCapacity(const std::string& agency, const std::string& capacity);
// The caller is of an agency that supports victims.
bool IsSupport(const Caller& caller);
// As whom the caller's agency sees a link: in its capacity of a support agency, or as a Crown's office.
std::string LinkViewerOf(const Caller& caller);
// Agencies whose Crowns can be assigned to a case: its office, and the provincial team once it is flagged.
std::vector<std::string> CrownsOf(const Rules& rules, const std::string& name, bool team_flag);
// It is true for the coordinator of the provincial team.
bool IsCoordinator(const Rules& rules, const Caller& caller);
// Assigned to the case, in whatever mode, for as long as that lasts.
bool IsAssigned(const Caller& caller, const v1::Case& item);
// The person of the case's office who opened it and still reads it, because no Crown was assigned yet; empty
// once one was, or where he or she has declared a conflict.
std::string WaitingOpener(const v1::Case& item);
// Who reads a case and all that belongs to it: the coordinator each of them, an assigned Crown that one, who
// opened it until the first assignment, and a clerk those of the own office. To everybody else of the same
// office it does not exist.
bool Reads(const Rules& rules, const Caller& caller, const v1::Case& item);
// Gives the case, for who reads it; NOT_FOUND for everybody else.
absl::Status ReadCase(const Rules& rules, const Caller& caller, storage::Transaction& tx,
                      storage::Resources* cases, const std::string& name, v1::Case* out);
// The caller has declared a conflict in the case. That binds everybody, the coordinator and the office that
// the case is of too.
bool IsConflicted(const Caller& caller, const v1::Case& item);
// PERMISSION_DENIED with rule CONFLICT_RECORDED if so.
absl::Status CheckNoConflict(const Caller& caller, const v1::Case& item);
// It is OK for the coordinator, or a Crown with an assignment that lasts; otherwise NOT_ASSIGNED. Nobody acts
// with a conflict.
absl::Status CheckActing(const Rules& rules, const Caller& caller, const v1::Case& item);
// Who reads a case neither as its Crown nor as the coordinator, or has a conflict in it, reads nothing of it
// that is sensitive, whatever other roles he or she has.
bool ReadsDatesAlone(const Rules& rules, const Caller& caller, const v1::Case& item);
// Masks in the answer what the caller may not read of a case: who does not act in it reads no victim's
// identity, who reads dates alone nothing that is sensitive.
void Withhold(const Rules& rules, const v1::Case& item, host::Call* call);
// INVALID_ARGUMENT with rule VICTIM_UNKNOWN unless the case names the victim or `id` is empty.
absl::Status CheckVictim(const v1::Case& item, const std::string& id);

// The next day in court, as the latest appearance set it: they need not be recorded in order.
std::string NextDay(const v1::Accused& accused);
// The assignment lasts and is this caller's.
bool IsOf(const v1::Assignment& assignment, const Caller& caller);
// INVALID_ARGUMENT with rule EVENT_IN_FUTURE if it comes after today; an empty day has not come about and
// is fine.
absl::Status CheckPastDay(const std::string& field, const std::string& day, absl::Time now);
// INVALID_ARGUMENT with rule DATES_OUT_OF_ORDER and the field at fault unless each day that is not empty is
// at or after those before it: the path of its field, or what it is the day of, and the day. Days as text
// sort as days.
absl::Status CheckOrder(const std::vector<std::pair<std::string, std::string>>& days);

}  // namespace accord::prosecution

#endif  // ACCORD_SERVICES_PROSECUTION_CASES_CHECKS_H_
