// This file checks the counts of an accused against the law of their days.
#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "common/base/clock.h"
#include "common/base/error.h"
#include "services/prosecution/accused/accused_service.h"
#include "services/prosecution/cases/case_victims.h"
#include "services/prosecution/cases/event_days.h"

namespace accord::prosecution {
namespace {

using v1::Accused;

}  // namespace

absl::Status AccusedService::CheckCounts(const v1::Case& of, const std::string& path,
                                         Accused* accused) const {
  const absl::CivilDay charged = *ParseDay(accused->charge_date());
  for (auto& count : *accused->mutable_counts()) {
    ACCORD_RETURN_IF_ERROR(CheckDayOrder({{absl::StrCat(path, "counts.offence_from"), count.offence_from()},
                                          {absl::StrCat(path, "counts.offence_to"), count.offence_to()},
                                          {absl::StrCat(path, "charge_date"), accused->charge_date()}}));
    if (!count.offence_to().empty() && !ParseDay(count.offence_to())) {
      return RefuseFields(
          {{absl::StrCat(path, "counts.offence_to"), "must be YYYY-MM-DD, a day that exists"}});
    }
    ACCORD_RETURN_IF_ERROR(CheckVictim(of, count.victim()));
    ACCORD_ASSIGN_OR_RETURN(const v1::Offence offence,
                            rules_->Charge(count.section(), *ParseDay(count.offence_from())));
    if (count.mode() == v1::COUNT_MODE_SUMMARY && rules_->Summary(offence) == Permission::kNo) {
      return Refuse(rules::kModeNotPermitted,
                    "This offence has been prosecuted by indictment only since its first day.");
    }
    count.set_title(offence.title());
    count.set_minimum_note(offence.minimum_note());
    const Permission inquiry = rules_->Preliminary(offence, *ParseDay(count.offence_from()), charged);
    count.set_preliminary_eligible(count.mode() == v1::COUNT_MODE_INDICTABLE && inquiry == Permission::kYes);
    count.clear_law_notes();
    for (auto& note : rules_->NotesOn(offence, count, charged)) count.add_law_notes(std::move(note));
    count.set_rule_set(rules_->digest());
  }
  return absl::OkStatus();
}

absl::Status AccusedService::CheckPreliminary(const Accused& accused) const {
  for (const auto& count : accused.counts()) {
    if (count.preliminary_eligible()) return absl::OkStatus();
    if (count.mode() != v1::COUNT_MODE_INDICTABLE) continue;
    const absl::CivilDay charged = *ParseDay(accused.charge_date()), first = *ParseDay(count.offence_from());
    const auto offence = rules_->Charge(count.section(), first);
    if (!offence.ok() || rules_->Preliminary(*offence, first, charged) != Permission::kNo) {
      return absl::OkStatus();
    }
  }
  return Refuse(rules::kPreliminaryNotAvailable,
                "No count is of an offence that a preliminary inquiry is held for.");
}

}  // namespace accord::prosecution
