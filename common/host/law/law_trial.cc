#include "common/host/law/law_trial.h"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <set>
#include <utility>

#include "common/base/clock.h"
#include "common/base/error.h"
#include "common/storage/records/law_in_force.h"

namespace accord::host {
namespace {

// This is the number of records that are judged by one rule set before they are judged by the other.
constexpr int kJudgedAtOnce = 200;

// The records whose result changes: for each kind and result, how many there are.
struct TrialDifferences {
  std::map<std::pair<std::string, std::string>, int64_t> effects;
  int64_t unreadable = 0;
};

// It is nullopt for a record that cannot be read.
using Judged = std::vector<std::optional<LawFacts>>;

absl::StatusOr<Judged> JudgeRecords(storage::Transaction& tx, const JudgedKind& kind,
                                    const std::vector<std::string>& names, const UnderLaw& law,
                                    absl::Time now) {
  Judged judged;
  ACCORD_RETURN_IF_ERROR(law([&]() -> absl::Status {
    for (const std::string& name : names) {
      absl::StatusOr<LawFacts> facts = kind.facts(tx, name, now);
      // An error that ends the whole snapshot is not caused by one record.
      if (absl::IsUnavailable(facts.status())) return facts.status();
      judged.push_back(facts.ok() ? std::optional<LawFacts>(*std::move(facts)) : std::nullopt);
    }
    return absl::OkStatus();
  }));
  return judged;
}

void NoteDifferences(const std::string& kind, const LawFacts& one, const LawFacts& other,
                     TrialDifferences* altered) {
  std::set<std::string> outcomes;
  for (const LawFacts* facts : {&one, &other}) {
    for (const auto& [what, outcome] : *facts) outcomes.insert(what);
  }
  for (const std::string& what : outcomes) {
    const auto was = one.find(what), is = other.find(what);
    const bool same = was != one.end() && is != other.end() && was->second == is->second;
    if (!same) ++altered->effects[{kind, what}];
  }
}

absl::Status TryKind(storage::Transaction& tx, const JudgedKind& kind, const UnderLaw& one,
                     const UnderLaw& other, const TrialTerms& terms, TrialDifferences* altered) {
  for (std::string last;;) {
    if (terms.stopped()) {
      return Refuse(rules::kDeadlineExceeded, "There are more open records than could be looked at in time.");
    }
    ACCORD_ASSIGN_OR_RETURN(const std::vector<std::string> names,
                            storage::NamesAfter(tx, kind.kind, last, kJudgedAtOnce));
    if (names.empty()) return absl::OkStatus();
    ACCORD_ASSIGN_OR_RETURN(const Judged was, JudgeRecords(tx, kind, names, one, terms.now));
    ACCORD_ASSIGN_OR_RETURN(const Judged is, JudgeRecords(tx, kind, names, other, terms.now));
    for (std::size_t i = 0; i < names.size(); ++i) {
      if (was[i].has_value() && is[i].has_value()) {
        NoteDifferences(kind.kind, *was[i], *is[i], altered);
      } else {
        ++altered->unreadable;
      }
    }
    last = names.back();
  }
}

int TrialRoundedDown(int64_t count, int cell) { return static_cast<int>(count / cell * cell); }

}  // namespace

absl::StatusOr<v1::LawTrial> TryLaw(storage::Database* database, const std::vector<JudgedKind>& kinds,
                                    const UnderLaw& one, const UnderLaw& other, const TrialTerms& terms) {
  TrialDifferences found;
  ACCORD_RETURN_IF_ERROR(database->Read([&](storage::Transaction& tx) -> absl::Status {
    TrialDifferences altered;
    for (const JudgedKind& kind : kinds) {
      ACCORD_RETURN_IF_ERROR(TryKind(tx, kind, one, other, terms, &altered));
    }
    // After a failed statement PostgreSQL answers nothing more in this snapshot.
    ACCORD_RETURN_IF_ERROR(tx.CouldCommit());
    found = std::move(altered);
    return absl::OkStatus();
  }));
  const int cell = terms.small_cell > 0 ? terms.small_cell : 1;
  v1::LawTrial trial;
  *trial.mutable_time() = ToProto(terms.now);
  trial.set_unreadable_at_least(TrialRoundedDown(found.unreadable, cell));
  for (const auto& [of, count] : found.effects) {
    if (count < cell) continue;
    v1::LawEffect& effect = *trial.add_effects();
    effect.set_kind(of.first);
    effect.set_what(of.second);
    effect.set_at_least(TrialRoundedDown(count, cell));
  }
  return trial;
}

}  // namespace accord::host
