// Parts of Rules that tell what the law leaves open, and what nobody has compared with it.
#include <algorithm>

#include "absl/strings/str_cat.h"
#include "common/base/clock.h"
#include "common/base/law.h"
#include "services/prosecution/rules.h"

namespace accord::prosecution {
namespace {

bool ReachesYears(const v1::Offence& offence, int years) {
  return offence.maximum_life() || offence.maximum_years() >= years;
}

bool HasMaximum(const v1::Offence& offence) {
  return (offence.has_maximum_years() || offence.maximum_life()) && !offence.maximum_from_memory();
}

// The row of the rule set that holds a section on a day, in a list whose rows have sections and days.
template <class Rows>
auto RowOn(const Rows& rows, const std::string& section, absl::CivilDay day) -> decltype(&rows[0]) {
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
  return !HasMaximum(offence) || older || BecameLater(offence, reaches) ? Permission::kOpen : Permission::kNo;
}

std::vector<std::string> Rules::NotesOn(const v1::Offence& offence, const v1::Count& count,
                                        absl::CivilDay charged) const {
  std::vector<std::string> notes;
  const absl::CivilDay first = ParseDay(count.offence_from()).value_or(charged);
  const absl::CivilDay last = ParseDay(count.offence_to()).value_or(first);
  if (offence.mark() == annotations::v1::LAW_MARK_MEMORY) {
    notes.push_back("The row of this section is from memory; nobody has looked it up.");
  }
  if (offence.mode() == v1::OFFENCE_MODE_UNSPECIFIED) {
    notes.push_back("The rule set does not say how this section is prosecuted.");
  } else if (count.mode() == v1::COUNT_MODE_SUMMARY && Summary(offence) == Permission::kOpen) {
    notes.push_back(
        "On the first day of the offence it was prosecuted by indictment only, and became hybrid later; "
        "whether that reaches back is for counsel (Interpretation Act, s. 44(d)(iii)).");
  }
  if (!offence.effective_to().empty() && FormatDay(last) >= offence.effective_to()) {
    notes.push_back(
        "The provision changed before the last day of the offence; the row is that of the first day.");
  }
  if (count.mode() == v1::COUNT_MODE_INDICTABLE &&
      Preliminary(offence, first, charged) == Permission::kOpen) {
    notes.push_back(
        HasMaximum(offence)
            ? "Whether a preliminary inquiry can be had is open: R. v. Archambault, 2024 SCC 35, looks "
              "to the offence or its equivalent."
            : "Whether a preliminary inquiry can be had is open: the rule set does not establish the "
              "longest imprisonment.");
  }
  for (std::string note : {BanNote(offence, charged), LawNote(std::max(last, charged))}) {
    if (!note.empty()) notes.push_back(std::move(note));
  }
  return notes;
}

std::string Rules::LawNote(absl::CivilDay day) const { return CurrencyNote(set_.currency(), day); }

const v1::RecognizanceRule* Rules::RecognizanceOn(const std::string& section, absl::CivilDay from) const {
  return RowOn(set_.recognizances(), section, from);
}

const v1::BanRule* Rules::BanRuleOn(const std::string& section, absl::CivilDay day) const {
  return RowOn(set_.ban_rules(), section, day);
}

std::string Rules::BanNote(const v1::Offence& offence, absl::CivilDay charged) const {
  // A row whose mode is not set is known by its section alone, so nothing can be said of its bans.
  if (offence.mode() == v1::OFFENCE_MODE_UNSPECIFIED || ListedIn486_4(offence, charged)) return "";
  if (BanRuleOn("486(3)", charged) != nullptr) {
    if (!offence.publication_ban()) return "";
    return "On the day of the charge s. 486.4 was not in force; publication bans were ordered under "
           "s. 486(3).";
  }
  std::string note = "On the day of the charge s. 486.4 did not list this offence for publication bans; ";
  if (BanRuleOn("486.4(2.1)-(2.2)", charged) != nullptr) {
    absl::StrAppend(&note, "its subsections (2.1) and (2.2) are for a victim under eighteen, and ");
  }
  absl::StrAppend(&note, "s. 486.5 is the general provision.");
  return note;
}

bool Rules::ListedIn810_1(const std::string& section, absl::CivilDay day) const {
  return std::any_of(set_.offences().begin(), set_.offences().end(), [&](const v1::Offence& row) {
    return row.recognizance_810_1() && NamesSection(row, section) && InForce(row, day);
  });
}

}  // namespace accord::prosecution
