#include "services/prosecution/cases/case_readers.h"

#include <algorithm>
#include <utility>

#include "common/base/error.h"

namespace accord::prosecution {

std::string ViewerInCapacity(const std::string& agency, const std::string& capacity) {
  return agency + "#" + capacity;
}

std::vector<std::string> CrownOfficesOf(const Rules& rules, const std::string& name, bool team_flag) {
  std::vector<std::string> crowns = {OwnerOf(name)};
  if (team_flag && crowns[0] != rules.set().team_agency()) crowns.push_back(rules.set().team_agency());
  return crowns;
}

bool IsCoordinator(const Rules& rules, const Caller& caller) {
  return caller.agency == rules.set().team_agency() &&
         std::find(caller.roles.begin(), caller.roles.end(), annotations::v1::ROLE_CROWN_COORDINATOR) !=
             caller.roles.end();
}

bool IsAssigned(const Caller& caller, const v1::Case& item) {
  return std::any_of(item.assignments().begin(), item.assignments().end(),
                     [&](const auto& assignment) { return IsAssignmentOf(assignment, caller); });
}

std::string WaitingOpener(const v1::Case& item) {
  if (!item.assignments().empty()) return "";
  const std::string office = OwnerOf(item.name());
  const bool conflicted =
      std::any_of(item.conflicts().begin(), item.conflicts().end(), [&](const auto& conflict) {
        return conflict.agency() == office && conflict.crown() == item.opened_by();
      });
  return conflicted ? "" : item.opened_by();
}

bool ReadsCase(const Rules& rules, const Caller& caller, const v1::Case& item) {
  if (IsCoordinator(rules, caller) || IsAssigned(caller, item)) return true;
  if (OwnerOf(item.name()) != caller.agency) return false;
  const std::string opener = WaitingOpener(item);
  return caller.Has(annotations::v1::ROLE_CROWN_ADMIN) || (!opener.empty() && opener == caller.actor);
}

absl::Status ReadCase(const Rules& rules, const Caller& caller, storage::Transaction& tx,
                      storage::Resources* cases, const std::string& name, v1::Case* out) {
  v1::Case found;
  ACCORD_RETURN_IF_ERROR(cases->GetAny(tx, name, &found));
  if (!ReadsCase(rules, caller, found)) return NotFound();
  *out = std::move(found);
  return absl::OkStatus();
}

bool ReadsDatesAlone(const Rules& rules, const Caller& caller, const v1::Case& item) {
  return IsConflicted(caller, item) || (!IsCoordinator(rules, caller) && !IsAssigned(caller, item));
}

bool IsConflicted(const Caller& caller, const v1::Case& item) {
  return std::any_of(item.conflicts().begin(), item.conflicts().end(), [&](const auto& conflict) {
    return conflict.agency() == caller.agency && conflict.crown() == caller.actor;
  });
}

absl::Status CheckNoConflict(const Caller& caller, const v1::Case& item) {
  if (!IsConflicted(caller, item)) return absl::OkStatus();
  return Refuse(rules::kConflictRecorded,
                "You have declared a conflict in this case: somebody else does this.");
}

void WithholdUnreadable(const Rules& rules, const v1::Case& item, host::Call* call) {
  if (!CheckActing(rules, call->caller(), item).ok()) {
    call->Withhold(annotations::v1::SENSITIVE_CLASS_VICTIM_IDENTITY);
  }
  if (!ReadsDatesAlone(rules, call->caller(), item)) return;
  for (int each = 1; annotations::v1::SensitiveClass_IsValid(each); ++each) {
    call->Withhold(static_cast<annotations::v1::SensitiveClass>(each));
  }
}

absl::Status CheckActing(const Rules& rules, const Caller& caller, const v1::Case& item) {
  ACCORD_RETURN_IF_ERROR(CheckNoConflict(caller, item));
  if (IsCoordinator(rules, caller) ||
      std::any_of(item.assignments().begin(), item.assignments().end(), [&](const auto& assignment) {
        return assignment.mode() != v1::ASSIGNMENT_MODE_ADVISORY && IsAssignmentOf(assignment, caller);
      })) {
    return absl::OkStatus();
  }
  return Refuse(rules::kNotAssigned,
                "An assigned Crown or the coordinator does this; ask the coordinator for an assignment.");
}

bool IsAssignmentOf(const v1::Assignment& assignment, const Caller& caller) {
  return assignment.to().empty() && assignment.agency() == caller.agency &&
         assignment.crown() == caller.actor;
}

}  // namespace accord::prosecution
