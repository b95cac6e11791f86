// These parts of Rules load a rule set and check it.
#include <algorithm>
#include <set>

#include "absl/strings/str_cat.h"
#include "common/base/business_days.h"
#include "common/base/clock.h"
#include "common/base/error.h"
#include "common/base/law.h"
#include "common/base/text_proto.h"
#include "services/prosecution/rules.h"

namespace accord::prosecution {
namespace {

using annotations::v1::LAW_MARK_MEMORY;

template <class Row>
bool RulesOverlap(const Row& a, const Row& b) {
  return (a.effective_to().empty() || b.effective_from() < a.effective_to()) &&
         (b.effective_to().empty() || a.effective_from() < b.effective_to());
}

template <class Row>
absl::Status CheckRuleDays(const Row& row) {
  for (const auto& day : {row.effective_from(), row.effective_to()}) {
    if (!day.empty() && !ParseDay(day)) {
      return absl::InvalidArgumentError(absl::StrCat("a row of ", row.section(), " has no such day ", day));
    }
  }
  if (row.effective_to().empty() || row.effective_from() < row.effective_to()) return absl::OkStatus();
  return absl::InvalidArgumentError(absl::StrCat("a row of ", row.section(), " ends before it begins"));
}

template <class Rows>
absl::Status CheckDatesOfRules(const Rows& rows) {
  for (int i = 0; i < rows.size(); ++i) {
    ACCORD_RETURN_IF_ERROR(CheckMarked(rows[i], rows[i].section()));
    ACCORD_RETURN_IF_ERROR(CheckRuleDays(rows[i]));
    for (int j = i + 1; j < rows.size(); ++j) {
      if (rows[i].section() == rows[j].section() && RulesOverlap(rows[i], rows[j])) {
        return absl::InvalidArgumentError(
            absl::StrCat("two rows of ", rows[i].section(), " apply on one day"));
      }
    }
  }
  return absl::OkStatus();
}

// This checks the day from which s. 486.4 lists an offence, if that is later than the first day of the row.
absl::Status CheckBanRuleDays(const v1::RuleSet& set) {
  for (const auto& row : set.offences()) {
    const std::string& from = row.publication_ban_from();
    if (from.empty() || (row.publication_ban() && ParseDay(from) && from > row.effective_from())) continue;
    return absl::InvalidArgumentError(absl::StrCat(
        "publication_ban_from of a row of ", row.section(),
        " is no day after the row's first one, or s. 486.4 does not list the row at all: ", from));
  }
  return absl::OkStatus();
}

// This requires that each question about delay has one row at the most.
absl::Status CheckQuestionRules(const v1::RuleSet& set) {
  std::set<v1::DelayQuestion> questions;
  for (const auto& row : set.delay_questions()) {
    ACCORD_RETURN_IF_ERROR(CheckMarked(row, "a question about delay"));
    const bool day = row.charged_before().empty() || ParseDay(row.charged_before()).has_value();
    if (row.question() == v1::DELAY_QUESTION_UNSPECIFIED || row.says().empty() || !day ||
        !questions.insert(row.question()).second) {
      return absl::InvalidArgumentError(
          "delay_questions have each question once, with what it says, and days that exist");
    }
  }
  return absl::OkStatus();
}

// This requires that a row from memory, which may warn, cannot refuse anything.
absl::Status CheckRulesByMemory(const v1::RuleSet& set) {
  for (const auto& row : set.offences()) {
    if (row.mark() != LAW_MARK_MEMORY) continue;
    if (row.mode() != v1::OFFENCE_MODE_UNSPECIFIED || !row.refusal_rule().empty() ||
        !row.effective_from().empty() || !row.effective_to().empty()) {
      return absl::InvalidArgumentError(
          absl::StrCat("the row of ", row.section(), " is from memory and could refuse"));
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
  for (const auto& offence : set.offences()) {
    if (offence.refusal_rule().empty()) continue;
    const rules::Rule* refusal = rules::FindRule(offence.refusal_rule());
    // A charge is refused for what the request says, and not as something that is hidden or that may pass.
    if (refusal == nullptr || refusal->code != absl::StatusCode::kInvalidArgument) {
      return absl::InvalidArgumentError(absl::StrCat("the refusal_rule of ", offence.section(),
                                                     " is no rule of the catalogue for invalid arguments"));
    }
  }
  ACCORD_RETURN_IF_ERROR(CheckDatesOfRules(set.offences()));
  ACCORD_RETURN_IF_ERROR(CheckDatesOfRules(set.recognizances()));
  ACCORD_RETURN_IF_ERROR(CheckDatesOfRules(set.ban_rules()));
  for (const auto& row : set.preliminary_rules()) ACCORD_RETURN_IF_ERROR(CheckMarked(row, "an inquiry"));
  for (const auto& row : set.ceilings()) ACCORD_RETURN_IF_ERROR(CheckMarked(row, "a ceiling"));
  for (const auto& row : set.known_laws()) ACCORD_RETURN_IF_ERROR(CheckMarked(row, row.title()));
  ACCORD_RETURN_IF_ERROR(CheckQuestionRules(set));
  ACCORD_RETURN_IF_ERROR(CheckBanRuleDays(set));
  ACCORD_RETURN_IF_ERROR(CheckRulesByMemory(set));
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
  if (set.preliminary_rules().empty() || !set.preliminary_rules(0).effective_from().empty()) {
    return absl::InvalidArgumentError("preliminary_rules begin with a row that was always so");
  }
  ACCORD_RETURN_IF_ERROR(CheckCurrency(set.currency()));
  ACCORD_RETURN_IF_ERROR(CheckCalendar(set.calendar()));
  return Rules(std::move(set));
}

}  // namespace accord::prosecution
