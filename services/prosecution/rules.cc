#include "services/prosecution/rules.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "common/base/clock.h"
#include "common/base/error.h"
#include "common/base/file.h"

namespace accord::prosecution {
namespace {

bool Overlap(const v1::Offence& a, const v1::Offence& b) {
  return (a.effective_to().empty() || b.effective_from() < a.effective_to()) &&
         (b.effective_to().empty() || a.effective_from() < b.effective_to());
}

}  // namespace

bool InForce(const v1::Offence& offence, absl::CivilDay day) {
  const std::string text = FormatDay(day);
  return offence.effective_from() <= text &&
         (offence.effective_to().empty() || text < offence.effective_to());
}

absl::StatusOr<Rules> Rules::Load(const std::string& file) {
  v1::RuleSet set;
  ACCORD_RETURN_IF_ERROR(ReadTextProto(file, &set));
  return From(std::move(set));
}

absl::StatusOr<Rules> Rules::From(v1::RuleSet set) {
  for (const auto& offence : set.offences()) {
    if (offence.refusal_rule().empty()) continue;
    const rules::Rule* refusal = rules::FindRule(offence.refusal_rule());
    // A charge is refused for what the request says, and not as something that is hidden or that may pass.
    if (refusal == nullptr || refusal->code != absl::StatusCode::kInvalidArgument) {
      return absl::InvalidArgumentError(absl::StrCat("the refusal_rule of ", offence.section(),
                                                     " is no rule of the catalogue for invalid arguments"));
    }
  }
  for (int i = 0; i < set.offences_size(); ++i) {
    for (int j = i + 1; j < set.offences_size(); ++j) {
      if (set.offences(i).section() == set.offences(j).section() &&
          Overlap(set.offences(i), set.offences(j))) {
        return absl::InvalidArgumentError(
            absl::StrCat("two rows of ", set.offences(i).section(), " apply on one day"));
      }
    }
  }
  for (v1::Forum forum : {v1::FORUM_OCJ, v1::FORUM_SCJ}) {
    for (bool after : {false, true}) {
      const auto fits = [&](const auto& row) {
        return row.forum() == forum && row.after_preliminary_inquiry() == after && row.months() > 0;
      };
      if (std::count_if(set.ceilings().begin(), set.ceilings().end(), fits) != 1) {
        return absl::InvalidArgumentError("each forum has one ceiling with and one without an inquiry");
      }
    }
  }
  if (!ParseDay(set.transitional_before()) || set.team_agency().empty() || set.small_cell() < 1) {
    return absl::InvalidArgumentError("transitional_before, team_agency and small_cell are required");
  }
  return Rules(std::move(set));
}

absl::StatusOr<v1::Offence> Rules::Charge(const std::string& section, absl::CivilDay day) const {
  bool known = false;
  for (const auto& offence : set_.offences()) {
    if (offence.section() != section) continue;
    known = true;
    if (const rules::Rule* refusal = rules::FindRule(offence.refusal_rule())) {
      return Refuse(*refusal, offence.refusal_reason());
    }
    if (InForce(offence, day)) return offence;
  }
  if (known) {
    return Refuse(rules::kOffenceNotInForce,
                  "This provision was not in force on the first day of the offence; see `list offences`.");
  }
  return Refuse(rules::kOffenceUnknown, "The offence table has no such section; see `list offences`.");
}

bool Rules::PreliminaryEligible(const v1::Offence& offence, absl::CivilDay day) const {
  const std::string text = FormatDay(day);
  int least = 0;
  for (const auto& rule : set_.preliminary_rules()) {
    if (rule.effective_from() <= text) least = rule.least_maximum_years();
  }
  return offence.maximum_life() || offence.maximum_years() >= least;
}

int Rules::CeilingMonths(v1::Forum forum, bool after_preliminary) const {
  for (const auto& row : set_.ceilings()) {
    if (row.forum() == forum && row.after_preliminary_inquiry() == after_preliminary) return row.months();
  }
  return 0;  // From() has seen that there is one.
}

bool Rules::Transitional(absl::CivilDay charged) const {
  return FormatDay(charged) < set_.transitional_before();
}

absl::Status Rules::CheckRegion(const std::string& region, const std::string& agency) const {
  bool known = false;
  for (const auto& row : set_.court_regions()) {
    known |= row.code() == region;
    const bool here = std::find(row.agencies().begin(), row.agencies().end(), agency) != row.agencies().end();
    if (here && row.code() != region) {
      return Refuse(rules::kWrongRegion, "Your office prosecutes in another court region.");
    }
  }
  if (known) return absl::OkStatus();
  return Refuse(rules::kRegionUnknown, "court_region is none of the rule set's.");
}

}  // namespace accord::prosecution
