// These are the handlers of CaseService that assign Crowns to a case, and that replace or recuse them.
#include <algorithm>

#include "common/base/clock.h"
#include "common/base/error.h"
#include "services/prosecution/cases/case_readers.h"
#include "services/prosecution/cases/case_service.h"
#include "services/prosecution/cases/seats.h"

namespace accord::prosecution {
namespace {

using v1::Case;

bool IsLastingAssignmentOf(const v1::Assignment& assignment, const std::string& agency,
                           const std::string& crown) {
  return assignment.to().empty() && assignment.agency() == agency && assignment.crown() == crown;
}

// This ends what the Crown does in the case, and gives the mode of it. If there are several, it gives the one
// that weighs most.
v1::AssignmentMode EndAssignments(const std::string& agency, const std::string& crown,
                                  const std::string& today, v1::Case* item) {
  v1::AssignmentMode ended = v1::ASSIGNMENT_MODE_UNSPECIFIED;
  for (auto& assignment : *item->mutable_assignments()) {
    if (!IsLastingAssignmentOf(assignment, agency, crown)) continue;
    assignment.set_to(today);
    // A lead weighs more than co-counsel, and an adviser weighs least.
    if (ended == v1::ASSIGNMENT_MODE_UNSPECIFIED || assignment.mode() < ended) ended = assignment.mode();
  }
  return ended;
}

// This says whether the Crown already does as much in the case.
bool IsAssignedAsMuch(const v1::Case& item, const std::string& agency, const std::string& crown,
                      v1::AssignmentMode mode) {
  return std::any_of(item.assignments().begin(), item.assignments().end(), [&](const auto& assignment) {
    return IsLastingAssignmentOf(assignment, agency, crown) && assignment.mode() <= mode;
  });
}

}  // namespace

CaseService::Result CaseService::Assign(host::Call& call, Tx& tx, const storage::Write& write,
                                        const v1::AssignCrownRequest& request) {
  Case item;
  ACCORD_RETURN_IF_ERROR(ReadCase(*rules_, call.caller(), tx, &cases_, request.name(), &item));
  ACCORD_RETURN_IF_ERROR(CheckNoConflict(call.caller(), item));
  const auto crowns = CrownOfficesOf(*rules_, item.name(), item.team_flag());
  if (std::find(crowns.begin(), crowns.end(), request.agency()) == crowns.end()) {
    return Refuse(rules::kCrownOfAnotherRegion,
                  "A Crown of the case's own office or of the provincial team can be assigned.");
  }
  for (const auto& conflict : item.conflicts()) {
    if (conflict.agency() == request.agency() && conflict.crown() == request.crown()) {
      return Refuse(rules::kCrownInConflict,
                    "This Crown has declared a conflict in this case; assign another.");
    }
  }
  const std::string today = FormatDay(OntarioDay(call.now()));
  for (auto& assignment : *item.mutable_assignments()) {
    const bool same = assignment.agency() == request.agency() && assignment.crown() == request.crown();
    // A case has one lead at a time.
    const bool lead =
        request.mode() == v1::ASSIGNMENT_MODE_LEAD && assignment.mode() == v1::ASSIGNMENT_MODE_LEAD;
    if (assignment.to().empty() && (same || lead)) assignment.set_to(today);
  }
  auto* assignment = item.add_assignments();
  assignment->set_agency(request.agency());
  assignment->set_crown(request.crown());
  assignment->set_mode(request.mode());
  assignment->set_from(today);
  ACCORD_RETURN_IF_ERROR(GiveSeats(tx, *rules_, item));
  return Keep(call, tx, write, request.etag(), std::move(item));
}

CaseService::Result CaseService::Replace(host::Call& call, Tx& tx, const storage::Write& write,
                                         const v1::ReplaceCrownRequest& request) {
  v1::Case item;
  ACCORD_RETURN_IF_ERROR(ReadCase(*rules_, call.caller(), tx, &cases_, request.name(), &item));
  ACCORD_RETURN_IF_ERROR(CheckNoConflict(call.caller(), item));
  if (request.successor() == request.crown()) {
    return RefuseFields({{"successor", "must be another than crown"}});
  }
  for (const auto& conflict : item.conflicts()) {
    if (conflict.agency() == request.agency() && conflict.crown() == request.successor()) {
      return Refuse(rules::kCrownInConflict,
                    "This Crown has declared a conflict in this case; name another successor.");
    }
  }
  const std::string today = FormatDay(OntarioDay(call.now()));
  const v1::AssignmentMode ended = EndAssignments(request.agency(), request.crown(), today, &item);
  if (ended == v1::ASSIGNMENT_MODE_UNSPECIFIED) {
    return Refuse(rules::kAssignmentAbsent, "This Crown has no assignment in this case that lasts.");
  }
  if (!request.successor().empty() && !IsAssignedAsMuch(item, request.agency(), request.successor(), ended)) {
    EndAssignments(request.agency(), request.successor(), today, &item);
    auto* assignment = item.add_assignments();
    assignment->set_agency(request.agency());
    assignment->set_crown(request.successor());
    assignment->set_mode(ended);
    assignment->set_from(today);
  }
  ACCORD_RETURN_IF_ERROR(GiveSeats(tx, *rules_, item));
  return Keep(call, tx, write, request.etag(), std::move(item));
}

CaseService::Result CaseService::DeclareConflict(host::Call& call, Tx& tx, const storage::Write& write,
                                                 const v1::DeclareCaseConflictRequest& request) {
  Case item;
  ACCORD_RETURN_IF_ERROR(ReadCase(*rules_, call.caller(), tx, &cases_, request.name(), &item));
  const std::string today = FormatDay(OntarioDay(call.now()));
  for (auto& assignment : *item.mutable_assignments()) {
    if (IsAssignmentOf(assignment, call.caller())) assignment.set_to(today);
  }
  auto* conflict = item.add_conflicts();
  conflict->set_agency(call.caller().agency);
  conflict->set_crown(call.caller().actor);
  conflict->set_declared_on(today);
  WithholdUnreadable(*rules_, item, &call);
  ACCORD_RETURN_IF_ERROR(GiveSeats(tx, *rules_, item));
  ACCORD_ASSIGN_OR_RETURN(Case kept, Keep(call, tx, write, request.etag(), std::move(item)));
  if (ReadsCase(*rules_, call.caller(), kept)) return kept;
  // A caller whose own assignment ends by this declaration gets back what he or she said, and nothing else of
  // the case.
  Case told;
  told.set_name(kept.name());
  told.set_etag(kept.etag());
  *told.add_conflicts() = *kept.conflicts().rbegin();
  return told;
}

}  // namespace accord::prosecution
