// This file says who reads a case and who acts in it: the coordinator, assigned Crowns, and the opener and
// clerks of its office.
#ifndef ACCORD_SERVICES_PROSECUTION_CASES_CASE_READERS_H_
#define ACCORD_SERVICES_PROSECUTION_CASES_CASE_READERS_H_

#include <string>
#include <vector>

#include "absl/status/status.h"
#include "accord/prosecution/v1/resources.pb.h"
#include "common/access/decide.h"
#include "common/access/names.h"
#include "common/host/calls/call.h"
#include "common/storage/records/resources.h"
#include "services/prosecution/rules.h"

namespace accord::prosecution {

// This viewer counts for the office and sees nothing else.
inline constexpr char kOffice[] = "#office";
// This gives the viewer (storage::Placement) for an agency in one capacity: `police`, `crown` or `support`.
// An agency of another kind that is named in the wrong field thus sees nothing.
std::string ViewerInCapacity(const std::string& agency, const std::string& capacity);
// This gives the agencies whose Crowns can be assigned to a case: its office, and the provincial team once
// the case is flagged.
std::vector<std::string> CrownOfficesOf(const Rules& rules, const std::string& name, bool team_flag);
// This says whether the caller is the coordinator of the provincial team.
bool IsCoordinator(const Rules& rules, const Caller& caller);
// This says whether the caller has an assignment to the case that lasts, in whatever mode.
bool IsAssigned(const Caller& caller, const v1::Case& item);
// This gives the person of the case's office who opened the case and still reads it, because no Crown was
// assigned yet. It is empty once one was assigned, or if that person has declared a conflict.
std::string WaitingOpener(const v1::Case& item);
// This says whether the caller reads a case and all that belongs to it. The coordinator reads every case, a
// Crown reads the assigned ones, the opener reads a case until its first assignment, and a clerk reads the
// cases of his or her own office. For everybody else of the office the case does not exist.
bool ReadsCase(const Rules& rules, const Caller& caller, const v1::Case& item);
// This gives the case if the caller reads it, and NOT_FOUND otherwise.
absl::Status ReadCase(const Rules& rules, const Caller& caller, storage::Transaction& tx,
                      storage::Resources* cases, const std::string& name, v1::Case* out);
// This says whether the caller has declared a conflict in the case. A conflict binds everybody, including the
// coordinator and the office of the case.
bool IsConflicted(const Caller& caller, const v1::Case& item);
// This fails with PERMISSION_DENIED and rule CONFLICT_RECORDED if the caller has declared a conflict in
// the case.
absl::Status CheckNoConflict(const Caller& caller, const v1::Case& item);
// This accepts the coordinator, and a Crown with an assignment that lasts and is not advisory. It refuses a
// caller with a conflict, and everybody else with NOT_ASSIGNED.
absl::Status CheckActing(const Rules& rules, const Caller& caller, const v1::Case& item);
// This says whether the caller reads nothing sensitive of a case. This holds for everybody but its Crown and
// the coordinator, and for anybody with a conflict in it, whatever other roles he or she has.
bool ReadsDatesAlone(const Rules& rules, const Caller& caller, const v1::Case& item);
// Masks in the answer what the caller may not read: the identities of victims unless the caller acts in the
// case, and all that is sensitive if the caller reads dates alone.
void WithholdUnreadable(const Rules& rules, const v1::Case& item, host::Call* call);
// This says whether the assignment lasts and is this caller's.
bool IsAssignmentOf(const v1::Assignment& assignment, const Caller& caller);

}  // namespace accord::prosecution

#endif  // ACCORD_SERVICES_PROSECUTION_CASES_CASE_READERS_H_
