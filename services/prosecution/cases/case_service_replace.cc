// Handler of CaseService for a Crown whose assignments go to another.
#include <algorithm>

#include "common/base/clock.h"
#include "common/base/error.h"
#include "services/prosecution/cases/case_readers.h"
#include "services/prosecution/cases/case_service.h"
#include "services/prosecution/cases/seats.h"

namespace accord::prosecution {
namespace {

bool RunsFor(const v1::Assignment& assignment, const std::string& agency, const std::string& crown) {
  return assignment.to().empty() && assignment.agency() == agency && assignment.crown() == crown;
}

// Ends what the Crown does in the case, and says what that was: of several, the one that weighs most.
v1::AssignmentMode EndAssignments(const std::string& agency, const std::string& crown,
                                  const std::string& today, v1::Case* item) {
  v1::AssignmentMode ended = v1::ASSIGNMENT_MODE_UNSPECIFIED;
  for (auto& assignment : *item->mutable_assignments()) {
    if (!RunsFor(assignment, agency, crown)) continue;
    assignment.set_to(today);
    // A lead is before co-counsel, and whoever advises comes last.
    if (ended == v1::ASSIGNMENT_MODE_UNSPECIFIED || assignment.mode() < ended) ended = assignment.mode();
  }
  return ended;
}

// Whether the Crown does as much in the case already.
bool HasAsMuch(const v1::Case& item, const std::string& agency, const std::string& crown,
               v1::AssignmentMode mode) {
  return std::any_of(item.assignments().begin(), item.assignments().end(), [&](const auto& assignment) {
    return RunsFor(assignment, agency, crown) && assignment.mode() <= mode;
  });
}

}  // namespace

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
  if (!request.successor().empty() && !HasAsMuch(item, request.agency(), request.successor(), ended)) {
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

}  // namespace accord::prosecution
