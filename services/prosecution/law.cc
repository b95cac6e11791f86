#include "services/prosecution/law.h"

#include <set>
#include <string>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "common/base/clock.h"
#include "common/base/error.h"
#include "common/host/law/governed_by.h"
#include "common/storage/records/resources.h"
#include "services/prosecution/accused/accused_clock.h"
#include "services/prosecution/accused/ceiling_alerts.h"

namespace accord::prosecution {
namespace {

// This gives how the count may be tried, and what counsel is told of it.
std::string LawOfTrial(const Rules& rules, const v1::Count& count, absl::CivilDay charged) {
  const absl::CivilDay first = ParseDay(count.offence_from()).value_or(charged);
  const auto offence = rules.Charge(count.section(), first);
  if (!offence.ok()) return RuleOf(offence.status());
  return absl::StrCat(offence->title(), "|", offence->minimum_note(), "|",
                      static_cast<int>(rules.Summary(*offence)), "|",
                      static_cast<int>(rules.Preliminary(*offence, first, charged)), "|",
                      absl::StrJoin(rules.NotesOn(*offence, count, charged), "|"));
}

host::LawFacts LawFactsOf(const Rules& rules, const v1::Accused& accused, absl::CivilDay today) {
  host::LawFacts facts;
  if (accused.stage() == v1::STAGE_CONCLUDED) return facts;
  facts["ceiling"] = ClockOf(rules, accused, today).conservative().ceiling();
  const auto next = NextCeilingAlert(rules, accused, today);
  facts["alerts"] = absl::StrCat(absl::StrJoin(CeilingAlertsDue(rules, accused, today), ","), "|",
                                 next ? FormatDay(*next) : std::string());
  const absl::CivilDay charged = ParseDay(accused.charge_date()).value_or(today);
  for (const auto& count : accused.counts()) {
    absl::StrAppend(&facts["counts"], LawOfTrial(rules, count, charged), "\n");
  }
  return facts;
}

}  // namespace

std::unique_ptr<host::GovernedLaw> Governed(LawInForce<Rules>* rules) {
  return std::make_unique<host::GovernedBy<Rules, v1::RuleSet>>(
      rules, &Rules::From, [](const Rules& of) -> const v1::RuleSet& { return of.set(); },
      std::set<std::string>{"team_agency", "court_regions", "small_cell", "office_count_months"});
}

std::vector<host::JudgedKind> JudgedRecords(const storage::PageTokens* tokens, RulesNow rules) {
  const auto facts_of_accused = [accused_kind = storage::Resources("accused", tokens), rules](
                                    storage::Transaction& tx, const std::string& name,
                                    absl::Time now) mutable -> absl::StatusOr<host::LawFacts> {
    v1::Accused accused;
    ACCORD_RETURN_IF_ERROR(accused_kind.GetAny(tx, name, &accused));
    return LawFactsOf(*rules, accused, OntarioDay(now));
  };
  std::vector<host::JudgedKind> kinds;
  kinds.push_back({"accused", facts_of_accused, true});
  return kinds;
}

}  // namespace accord::prosecution
