#include "services/protocols/rules.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "common/base/business_days.h"
#include "common/base/clock.h"
#include "common/base/error.h"
#include "common/base/law.h"
#include "common/base/text_proto.h"

namespace accord::protocols {
namespace {

// This says whether the row applies on a day. From has checked the days of rows.
template <class Row>
bool AppliesOn(const Row& row, absl::CivilDay day) {
  return (row.effective_from().empty() || *ParseDay(row.effective_from()) <= day) &&
         (row.effective_to().empty() || day < *ParseDay(row.effective_to()));
}

template <class Row>
absl::Status CheckDays(const Row& row) {
  for (const auto& day : {row.effective_from(), row.effective_to()}) {
    if (!day.empty() && !ParseDay(day))
      return absl::InvalidArgumentError(absl::StrCat("rules: no such day ", day));
  }
  if (!row.effective_to().empty() && row.effective_to() <= row.effective_from()) {
    return absl::InvalidArgumentError(
        absl::StrCat("rules: a row ends before it begins, ", row.effective_to()));
  }
  if (row.source().empty()) return absl::InvalidArgumentError("rules: a row names no source");
  return absl::OkStatus();
}

// Each row of a list has days that exist, a source, and a mark of how far it may be trusted.
template <class Rows>
absl::Status CheckRows(const Rows& rows, const std::string& what) {
  for (const auto& row : rows) {
    ACCORD_RETURN_IF_ERROR(CheckDays(row));
    ACCORD_RETURN_IF_ERROR(CheckMarked(row, what));
  }
  return absl::OkStatus();
}

// This refuses rows from memory in lists that decide what is refused: who is eligible, which ground there is,
// and how long a youth record may be seen. A row from memory may warn and never refuses.
template <class Rows>
absl::Status CheckNotFromMemory(const Rows& rows, const std::string& what) {
  for (const auto& row : rows) {
    if (row.mark() != annotations::v1::LAW_MARK_MEMORY) continue;
    return absl::InvalidArgumentError(
        absl::StrCat("rules: a row of ", what, " is from memory and could refuse"));
  }
  return absl::OkStatus();
}

// This gives the days on which something begins or ends, where gaps and overlaps would show.
template <class Rows>
std::vector<absl::CivilDay> BoundaryDays(const Rows& rows) {
  std::vector<absl::CivilDay> days = {absl::CivilDay(1970, 1, 1)};
  for (const auto& row : rows) {
    for (const auto& day : {row.effective_from(), row.effective_to()}) {
      if (!day.empty()) days.insert(days.end(), {*ParseDay(day) - 1, *ParseDay(day)});
    }
  }
  return days;
}

template <class Rows, class Same>
int CountRowsOn(const Rows& rows, absl::CivilDay day, Same same) {
  int count = 0;
  for (const auto& row : rows) count += same(row) && AppliesOn(row, day);
  return count;
}

absl::Status CheckAgeRules(const v1::RuleSet& set) {
  for (absl::CivilDay day : BoundaryDays(set.age_rules())) {
    for (int band = 1; v1::AgeBand_IsValid(band); ++band) {
      const int rows =
          CountRowsOn(set.age_rules(), day, [&](const auto& row) { return row.age_band() == band; });
      if (rows != 1)
        return absl::InvalidArgumentError(absl::StrCat("rules: ", rows, " age rules on ", FormatDay(day)));
    }
  }
  return absl::OkStatus();
}

absl::Status CheckClockRules(const v1::RuleSet& set) {
  for (absl::CivilDay day : BoundaryDays(set.clocks())) {
    for (int clock = 1; v1::ClockKind_IsValid(clock); ++clock) {
      for (int urgency = 1; v1::Urgency_IsValid(urgency); ++urgency) {
        const int rows = CountRowsOn(set.clocks(), day, [&](const auto& row) {
          return row.clock() == clock &&
                 (row.urgency() == urgency || row.urgency() == v1::URGENCY_UNSPECIFIED);
        });
        if (rows != 1)
          return absl::InvalidArgumentError(absl::StrCat("rules: ", rows, " clocks on ", FormatDay(day)));
      }
    }
  }
  return absl::OkStatus();
}

// This requires that no two rows with the same `key` apply on the same day. There may be none.
template <class Rows, class Key>
absl::Status CheckNoOverlap(const Rows& list, const std::string& what, Key key) {
  for (absl::CivilDay day : BoundaryDays(list)) {
    for (const auto& row : list) {
      const int rows = CountRowsOn(list, day, [&](const auto& other) { return key(other) == key(row); });
      if (rows > 1)
        return absl::InvalidArgumentError(absl::StrCat("rules: ", rows, " ", what, " on ", FormatDay(day)));
    }
  }
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<Rules> Rules::Load(const std::string& file) {
  v1::RuleSet set;
  ACCORD_RETURN_IF_ERROR(ReadTextProto(file, &set));
  return From(std::move(set));
}

absl::StatusOr<Rules> Rules::From(v1::RuleSet set) {
  ACCORD_RETURN_IF_ERROR(CheckRows(set.age_rules(), "age_rules"));
  ACCORD_RETURN_IF_ERROR(CheckRows(set.grounds(), "grounds"));
  ACCORD_RETURN_IF_ERROR(CheckRows(set.clocks(), "clocks"));
  ACCORD_RETURN_IF_ERROR(CheckRows(set.youth_records(), "youth_records"));
  ACCORD_RETURN_IF_ERROR(CheckNotFromMemory(set.age_rules(), "age_rules"));
  ACCORD_RETURN_IF_ERROR(CheckNotFromMemory(set.grounds(), "grounds"));
  ACCORD_RETURN_IF_ERROR(CheckNotFromMemory(set.youth_records(), "youth_records"));
  for (const auto& row : set.known_laws()) ACCORD_RETURN_IF_ERROR(CheckMarked(row, "known_laws"));
  for (const auto& row : set.clocks()) {
    if ((row.minutes() > 0) == (row.business_days() > 0)) {
      return absl::InvalidArgumentError("rules: a clock has either minutes or business_days");
    }
  }
  for (const auto& row : set.retention()) ACCORD_RETURN_IF_ERROR(CheckDays(row));
  if (set.emergency().minutes() <= 0 || set.emergency().grades().empty()) {
    return absl::InvalidArgumentError("rules: emergency is missing");
  }
  ACCORD_RETURN_IF_ERROR(CheckAgeRules(set));
  ACCORD_RETURN_IF_ERROR(CheckClockRules(set));
  ACCORD_RETURN_IF_ERROR(
      CheckNoOverlap(set.grounds(), "rows of a ground", [](const v1::Ground& row) { return row.code(); }));
  ACCORD_RETURN_IF_ERROR(CheckNoOverlap(set.youth_records(), "youth records",
                                        [](const v1::YouthRecordRule& row) { return row.disposition(); }));
  ACCORD_RETURN_IF_ERROR(CheckCurrency(set.currency()));
  ACCORD_RETURN_IF_ERROR(CheckCalendar(set.calendar()));
  if (set.escalations().empty() || !ParseDay(set.place_of_safety_from()) ||
      set.place_of_safety_minutes() <= 0) {
    return absl::InvalidArgumentError("rules: escalations or place_of_safety are missing");
  }
  if (set.termination_notice_days() <= 0) {
    return absl::InvalidArgumentError("rules: termination_notice_days is missing");
  }
  if (!ParseDay(set.voluntary_agreement_from()) || set.disputes().empty() || set.rate().floor() <= 0 ||
      set.rate().factor() <= 0 || set.rate().baseline_days() <= 0 || set.small_cell() <= 0) {
    return absl::InvalidArgumentError(
        "rules: voluntary_agreement_from, disputes, rate or small_cell is missing");
  }
  if (set.review_months() <= 0) return absl::InvalidArgumentError("rules: review_months is missing");
  return Rules(std::move(set));
}

const v1::AgeRule& Rules::Age(v1::AgeBand band, absl::CivilDay day) const {
  for (const auto& row : set_.age_rules()) {
    if (row.age_band() == band && AppliesOn(row, day)) return row;
  }
  return v1::AgeRule::default_instance();
}

const v1::Ground* Rules::GroundOn(const std::string& code, absl::CivilDay day) const {
  for (const auto& row : set_.grounds()) {
    if (row.code() == code && AppliesOn(row, day)) return &row;
  }
  return nullptr;
}

std::vector<v1::Ground> Rules::Grounds(std::optional<absl::CivilDay> day) const {
  std::vector<v1::Ground> grounds;
  for (const auto& row : set_.grounds()) {
    if (!day || AppliesOn(row, *day)) grounds.push_back(row);
  }
  return grounds;
}

absl::StatusOr<absl::Time> Rules::Due(v1::ClockKind clock, v1::Urgency urgency, absl::Time at) const {
  const absl::CivilDay day = OntarioDay(at);
  for (const auto& row : set_.clocks()) {
    if (row.clock() != clock || !AppliesOn(row, day)) continue;
    if (row.urgency() != urgency && row.urgency() != v1::URGENCY_UNSPECIFIED) continue;
    if (row.minutes() > 0) return at + absl::Minutes(row.minutes());
    return EndOfDay(AddBusinessDays(day, row.business_days(), set_.calendar()));
  }
  return Refuse(rules::kClockUnknown, "No clock is in force for this urgency.");
}

std::optional<absl::Time> Rules::DisputeDue(int level, absl::Time at) const {
  for (const auto& row : set_.disputes()) {
    if (row.level() == level)
      return EndOfDay(AddBusinessDays(OntarioDay(at), row.business_days(), set_.calendar()));
  }
  return std::nullopt;
}

const v1::YouthRecordRule* Rules::YouthRecordRow(v1::YouthDisposition disposition,
                                                 absl::CivilDay counted_from) const {
  for (const auto& row : set_.youth_records()) {
    if (row.disposition() == disposition && AppliesOn(row, counted_from)) return &row;
  }
  return nullptr;
}

std::optional<absl::CivilDay> Rules::YouthAccessEnd(v1::YouthDisposition disposition,
                                                    absl::CivilDay counted_from) const {
  const v1::YouthRecordRule* row = YouthRecordRow(disposition, counted_from);
  if (row == nullptr) return std::nullopt;
  // The day of the same number still belongs to the period (Interpretation Act, s. 28; docs/domain.md,
  // section 9).
  return MonthsAfter(counted_from, row->months()) + 1;
}

std::vector<std::string> Rules::YouthRecordNotes(v1::YouthDisposition disposition,
                                                 absl::CivilDay counted_from) const {
  std::vector<std::string> notes;
  const v1::YouthRecordRule* row = YouthRecordRow(disposition, counted_from);
  if (row != nullptr && !row->note().empty()) notes.push_back(row->note());
  if (std::string note = CurrencyNote(set_.currency(), counted_from); !note.empty()) {
    notes.push_back(std::move(note));
  }
  return notes;
}

std::optional<absl::CivilDay> Rules::PurgeDay(const std::string& kind, absl::CivilDay ended) const {
  for (const auto& row : set_.retention()) {
    if (row.kind() == kind && AppliesOn(row, ended)) return MonthsAfter(ended, row.months());
  }
  return std::nullopt;
}

int Rules::GradeOf(const std::vector<annotations::v1::Role>& roles) const {
  int grade = 0;
  for (const auto& row : set_.emergency().grades()) {
    if (std::find(roles.begin(), roles.end(), row.role()) != roles.end())
      grade = std::max(grade, row.grade());
  }
  return grade;
}

bool Eligible(const v1::AgeRule& rule, bool existing_order) {
  return rule.eligibility() == v1::ELIGIBILITY_ALWAYS ||
         (rule.eligibility() == v1::ELIGIBILITY_WITH_EXISTING_ORDER && existing_order);
}

}  // namespace accord::protocols
