#include "services/prosecution/rules.h"

#include <algorithm>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "common/base/business_days.h"
#include "common/base/clock.h"
#include "common/base/error.h"

namespace accord::prosecution {
namespace {

bool ReachesYears(const v1::Offence& offence, int years) {
  return offence.maximum_life() || offence.maximum_years() >= years;
}

// This gives the row that holds for a section on a day, in a list whose rows have sections and days.
template <class Rows>
auto RuleRowOn(const Rows& rows, const std::string& section, absl::CivilDay day) -> decltype(&rows[0]) {
  const std::string text = FormatDay(day);
  for (const auto& row : rows) {
    if (row.section() == section && row.effective_from() <= text &&
        (row.effective_to().empty() || text < row.effective_to())) {
      return &row;
    }
  }
  return nullptr;
}

}  // namespace

bool IsRuleInForce(const v1::Offence& offence, absl::CivilDay day) {
  const std::string text = FormatDay(day);
  return offence.effective_from() <= text &&
         (offence.effective_to().empty() || text < offence.effective_to());
}

bool NamesSection(const v1::Offence& offence, const std::string& section) {
  return offence.section() == section ||
         (offence.whole_section() && absl::StartsWith(section, absl::StrCat(offence.section(), "(")));
}

absl::StatusOr<v1::Offence> Rules::Charge(const std::string& section, absl::CivilDay day) const {
  bool known = false;
  for (const auto& offence : set_.offences()) {
    if (!NamesSection(offence, section)) continue;
    known = true;
    if (const rules::Rule* refusal = rules::FindRule(offence.refusal_rule())) {
      return Refuse(*refusal, offence.refusal_reason());
    }
    if (IsRuleInForce(offence, day)) return offence;
  }
  if (known) {
    return Refuse(rules::kOffenceNotInForce,
                  "This provision was not in force on the first day of the offence; see `list offences`.");
  }
  return Refuse(rules::kOffenceUnknown, "The offence table has no such section; see `list offences`.");
}

const v1::CeilingRule& Rules::Ceiling(v1::Forum forum, bool after_preliminary) const {
  const auto& rows = set_.ceilings();
  const auto found = std::find_if(rows.begin(), rows.end(), [&](const auto& row) {
    return row.forum() == forum && row.after_preliminary_inquiry() == after_preliminary;
  });
  return found == rows.end() ? v1::CeilingRule::default_instance() : *found;
}

bool Rules::Transitional(absl::CivilDay charged) const {
  return FormatDay(charged) < set_.transitional_before();
}

const v1::DelayQuestionRule* Rules::DelayQuestion(v1::DelayQuestion question) const {
  for (const auto& row : set_.delay_questions()) {
    if (row.question() == question) return &row;
  }
  return nullptr;
}

absl::Status Rules::CheckRegion(const std::string& region, const std::string& agency) const {
  const auto& rows = set_.court_regions();
  const auto named = [&](const auto& row) { return row.code() == region; };
  if (std::none_of(rows.begin(), rows.end(), named)) {
    return Refuse(rules::kRegionUnknown, "court_region is none of the rule set's.");
  }
  for (const auto& row : rows) {
    const bool here = std::find(row.agencies().begin(), row.agencies().end(), agency) != row.agencies().end();
    if (here && row.code() != region) {
      return Refuse(rules::kWrongRegion, "Your office prosecutes in another court region.");
    }
  }
  return absl::OkStatus();
}

bool HasKnownMaximum(const v1::Offence& offence) {
  return (offence.has_maximum_years() || offence.maximum_life()) && !offence.maximum_from_memory();
}

bool ListedIn486_4(const v1::Offence& offence, absl::CivilDay day) {
  return offence.publication_ban() && offence.publication_ban_from() <= FormatDay(day);
}

template <class Fits>
bool Rules::BecameLater(const v1::Offence& offence, Fits fits) const {
  const auto& same = offence.equivalents();
  return std::any_of(set_.offences().begin(), set_.offences().end(), [&](const v1::Offence& row) {
    const bool of_it = row.section() == offence.section() ||
                       std::find(same.begin(), same.end(), row.section()) != same.end();
    return of_it && row.effective_from() > offence.effective_from() && fits(row);
  });
}

Permission Rules::Summary(const v1::Offence& offence) const {
  if (offence.mode() == v1::OFFENCE_MODE_HYBRID) return Permission::kYes;
  if (offence.mode() == v1::OFFENCE_MODE_UNSPECIFIED) return Permission::kOpen;
  const auto other = [](const v1::Offence& row) { return row.mode() != v1::OFFENCE_MODE_INDICTABLE; };
  return BecameLater(offence, other) ? Permission::kOpen : Permission::kNo;
}

const v1::PreliminaryRule& Rules::PreliminaryRuleOn(absl::CivilDay charged) const {
  const std::string text = FormatDay(charged);
  // When rules are loaded it is checked that the first row was always in force.
  const v1::PreliminaryRule* last = &set_.preliminary_rules(0);
  for (const auto& rule : set_.preliminary_rules()) {
    if (rule.effective_from() <= text) last = &rule;
  }
  return *last;
}

Permission Rules::Preliminary(const v1::Offence& offence, absl::CivilDay first,
                              absl::CivilDay charged) const {
  const v1::PreliminaryRule& rule = PreliminaryRuleOn(charged);
  const int least = rule.least_maximum_years();
  if (ReachesYears(offence, least)) return Permission::kYes;
  const bool older = FormatDay(first) < rule.effective_from();
  const auto reaches = [&](const v1::Offence& row) { return ReachesYears(row, least); };
  return !HasKnownMaximum(offence) || older || BecameLater(offence, reaches) ? Permission::kOpen
                                                                             : Permission::kNo;
}

const v1::RecognizanceRule* Rules::RecognizanceOn(const std::string& section, absl::CivilDay from) const {
  return RuleRowOn(set_.recognizances(), section, from);
}

const v1::BanRule* Rules::BanRuleOn(const std::string& section, absl::CivilDay day) const {
  return RuleRowOn(set_.ban_rules(), section, day);
}

bool Rules::ListedIn810_1(const std::string& section, absl::CivilDay day) const {
  return std::any_of(set_.offences().begin(), set_.offences().end(), [&](const v1::Offence& row) {
    return row.recognizance_810_1() && NamesSection(row, section) && IsRuleInForce(row, day);
  });
}

}  // namespace accord::prosecution
