// These parts of Rules tell what the law leaves open, and what nobody has compared with it.
#include <algorithm>

#include "absl/strings/str_cat.h"
#include "common/base/clock.h"
#include "common/base/law.h"
#include "services/prosecution/rules.h"

namespace accord::prosecution {

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
        HasKnownMaximum(offence)
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

}  // namespace accord::prosecution
