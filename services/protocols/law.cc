#include "services/protocols/law.h"

#include <optional>
#include <set>
#include <string>

#include "absl/strings/str_cat.h"
#include "common/base/clock.h"
#include "common/base/error.h"
#include "common/host/law/governed_by.h"
#include "common/storage/records/resources.h"
#include "services/protocols/referrals/referral_end.h"

namespace accord::protocols {
namespace {

std::string LawInstantText(std::optional<absl::Time> at) {
  return at ? absl::StrCat(absl::ToUnixSeconds(*at)) : std::string();
}

// This gives what the clocks would be if the referral were submitted under this law. Clocks stay as they were
// set; whoever reads a dry run sees what is set otherwise from now on.
std::string LawClocksText(const Rules& rules, const v1::Referral& referral) {
  std::string text;
  for (int clock = 1; v1::ClockKind_IsValid(clock); ++clock) {
    const auto due =
        rules.Due(static_cast<v1::ClockKind>(clock), referral.urgency(), FromProto(referral.create_time()));
    absl::StrAppend(&text, due.ok() ? LawInstantText(*due) : RuleOf(due.status()), "|");
  }
  return text;
}

std::string LawAgeText(const v1::AgeRule& age) {
  return absl::StrCat(static_cast<int>(age.reporting()), "|", static_cast<int>(age.eligibility()), "|",
                      age.doubt_under_order());
}

void AddOpenFacts(const Rules& rules, const v1::Referral& referral, host::LawFacts* facts) {
  (*facts)["clocks"] = LawClocksText(rules, referral);
  const auto event_day = ParseDay(referral.event_date());
  if (!event_day) return;
  (*facts)["age"] = LawAgeText(rules.Age(referral.age_band(), *event_day));
  if (referral.ground_code().empty()) return;
  const bool in_force = rules.GroundOn(referral.ground_code(), *event_day) != nullptr;
  (*facts)["ground"] = in_force ? "in force" : "not in force";
}

host::LawFacts FactsOf(const Rules& rules, const v1::Referral& referral) {
  host::LawFacts facts;
  // Nothing is left of a referral that has ended for good, not even its name.
  if (referral.name().empty()) return facts;
  facts["next_step"] = LawInstantText(NextInstant(rules, referral));
  for (const Ending& ending : EndsOf(rules, referral)) {
    facts[ending.end == storage::End::kSealed ? "sealed" : "purged"] = LawInstantText(ending.at);
  }
  if (const auto counted_from = ParseDay(referral.youth_record().counted_from())) {
    const auto ends = rules.YouthAccessEnd(referral.youth_record().disposition(), *counted_from);
    facts["youth_record"] = ends ? FormatDay(*ends) : std::string();
  }
  if (!ReferralEnded(referral)) AddOpenFacts(rules, referral, &facts);
  return facts;
}

}  // namespace

std::unique_ptr<host::GovernedLaw> Governed(LawInForce<Rules>* rules) {
  return std::make_unique<host::GovernedBy<Rules, v1::RuleSet>>(
      rules, &Rules::From, [](const Rules& of) -> const v1::RuleSet& { return of.set(); },
      std::set<std::string>{"emergency", "rate", "small_cell", "office_count_months",
                            "youth_record_alone_days"});
}

std::vector<host::JudgedKind> JudgedRecords(const storage::PageTokens* tokens, RulesNow rules) {
  const auto facts_of_referral = [referrals = storage::Resources("referral", tokens), rules](
                                     storage::Transaction& tx, const std::string& name,
                                     absl::Time) mutable -> absl::StatusOr<host::LawFacts> {
    v1::Referral referral;
    ACCORD_RETURN_IF_ERROR(referrals.GetAny(tx, name, &referral));
    return FactsOf(*rules, referral);
  };
  std::vector<host::JudgedKind> kinds;
  kinds.push_back({"referral", facts_of_referral, true});
  return kinds;
}

}  // namespace accord::protocols
