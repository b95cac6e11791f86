#include "services/prosecution/cases/case_victims.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "common/base/clock.h"
#include "common/base/error.h"

namespace accord::prosecution {
namespace {

using v1::Case;

// This says whether the prosecutor owes something to the victim under the ban, which holds if the prosecutor
// applied (s. 486.4(3.2), 486.5(5.1) and (8.2)).
bool IsVictimOwedByBan(const v1::PublicationBan& ban) {
  const bool general =
      ban.authority() == v1::BAN_AUTHORITY_S486_4 || ban.authority() == v1::BAN_AUTHORITY_S486_5;
  return general && !ban.applied_by_another();
}

}  // namespace

absl::Status CheckVictim(const v1::Case& item, const std::string& id) {
  if (id.empty() || std::any_of(item.victims().begin(), item.victims().end(),
                                [&](const auto& victim) { return victim.id() == id; })) {
    return absl::OkStatus();
  }
  return Refuse(rules::kVictimUnknown, "The case names no such victim.");
}

std::vector<std::string> OpenVictimTasks(const Rules& rules, const Case& item, absl::CivilDay today) {
  std::vector<std::string> tasks;
  for (const auto& filed : item.records_applications()) {
    if (!filed.counsel_offered_on().empty()) continue;
    tasks.push_back(
        absl::StrCat(filed.victim(), ": offer counsel to the victim and the holder of the records"));
  }
  if (FormatDay(today) < rules.set().ban_wishes_from()) return tasks;
  for (const auto& victim : item.victims()) {
    bool owed = false, inquired = false, told = false, told_of_revocation = false;
    for (const auto& ban : item.bans()) {
      if (ban.victim() != victim.id() || !IsVictimOwedByBan(ban)) continue;
      owed = true;
      inquired |= !ban.wishes_inquired_on().empty();
      told |= !ban.informed_of_ban_on().empty();
      told_of_revocation |= !ban.informed_of_revocation_on().empty();
    }
    if (!owed) continue;
    if (!inquired)
      tasks.push_back(absl::StrCat(victim.id(), ": inquire whether a publication ban is wished"));
    if (!told)
      tasks.push_back(absl::StrCat(victim.id(), ": tell that a publication ban exists or may be had"));
    if (!told_of_revocation)
      tasks.push_back(absl::StrCat(victim.id(), ": tell of the right to vary or revoke it"));
  }
  return tasks;
}

}  // namespace accord::prosecution
