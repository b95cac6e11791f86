#include "services/strategy/indicators/told_figures.h"

#include <algorithm>
#include <optional>
#include <tuple>
#include <utility>

#include "common/access/names.h"
#include "common/aggregates/suppress.h"
#include "common/base/error.h"
#include "services/strategy/indicators/numbers_in_text.h"

namespace accord::strategy {
namespace {

using Verified = std::vector<v1::IndicatorObservation>;

// This tells whether the sum over all periods may be known, so that a single hidden figure could be computed
// from the others.
bool DoFiguresAddUp(const v1::Indicator& indicator) {
  return indicator.aggregation() == v1::AGGREGATION_SUM ||
         indicator.aggregation() == v1::AGGREGATION_DISTINCT;
}

// This gives the shown value of each cell, or nullopt for a cell that is withheld.
std::vector<std::optional<int64_t>> ToldCells(const std::vector<int64_t>& cells, bool add_up,
                                              int64_t threshold) {
  if (add_up) return Suppress(cells, threshold);
  std::vector<std::optional<int64_t>> told;
  for (const int64_t cell : cells) told.push_back(Suppress({cell}, threshold).front());
  return told;
}

// This tells whether two periods have a day in common, so that more than one sum is known. The earliest
// period comes first.
bool DoFigurePeriodsOverlap(const Verified& verified) {
  std::string counted_until;
  for (const auto& observation : verified) {
    if (!observation.has_value()) continue;
    // Days that are written as YYYY-MM-DD sort as texts in the order of time.
    if (observation.period_start() <= counted_until) return true;
    counted_until = observation.period_end();
  }
  return false;
}

// This tells whether the source of a statement reveals a small number of people. A small number in digits
// mostly counts rows or pages, so it counts here only if the figure beside it is withheld.
bool FiguresTellOfFewPeople(const std::string& source, bool withheld, int64_t threshold) {
  return withheld ? HoldsSmallFigure(source, threshold) : HoldsSmallNumber(source);
}

// This gives the names of the verified observations that are withheld.
std::set<std::string> WithheldFigures(const v1::Indicator& indicator, const Verified& verified,
                                      int64_t threshold) {
  std::vector<int64_t> cells;
  for (const auto& observation : verified) {
    if (observation.has_value()) cells.push_back(observation.value());
  }
  const bool add_up = DoFiguresAddUp(indicator);
  auto told = ToldCells(cells, add_up, threshold);
  const bool hidden =
      std::any_of(told.begin(), told.end(), [](const auto& each) { return !each.has_value(); });
  // A quarter beside its months gives several sums, from which a hidden figure might be computed, so nothing
  // is shown.
  if (hidden && add_up && DoFigurePeriodsOverlap(verified)) told.assign(told.size(), std::nullopt);
  std::set<std::string> withheld;
  auto cell = told.begin();
  for (const auto& observation : verified) {
    bool shown = !HoldsAnyNumber(observation.text());
    if (observation.has_value()) {
      shown = cell->has_value() && !HoldsSmallFigure(observation.as_stated(), threshold);
      ++cell;
    }
    if (!shown) withheld.insert(observation.name());
  }
  return withheld;
}

}  // namespace

bool IsFigureTold(int64_t figure, int64_t threshold) {
  return Suppress({figure}, threshold).front().has_value();
}

bool DoesIndicatorCountPeople(const v1::Indicator& indicator) {
  return indicator.sensitivity() != v1::INDICATOR_SENSITIVITY_NO_PEOPLE;
}

void WithholdFigure(v1::IndicatorObservation* observation) {
  observation->clear_value();
  observation->clear_text();
  observation->clear_qualifier();
  observation->clear_as_stated();
  observation->clear_correction_reason();
  observation->set_withheld(true);
}

bool IsBaselineTold(const v1::Indicator& indicator, int64_t threshold) {
  return !DoesIndicatorCountPeople(indicator) || IsFigureTold(indicator.baseline(), threshold);
}

ToldFigures::ToldFigures(const v1::Indicator& indicator, Verified verified, int64_t threshold)
    : people_(DoesIndicatorCountPeople(indicator)), threshold_(threshold), verified_(std::move(verified)) {
  std::sort(verified_.begin(), verified_.end(), [](const auto& a, const auto& b) {
    return std::make_tuple(a.period_start(), a.period_end(), a.name()) <
           std::make_tuple(b.period_start(), b.period_end(), b.name());
  });
  if (people_) withheld_ = WithheldFigures(indicator, verified_, threshold_);
}

bool ToldFigures::Tells(const v1::IndicatorObservation& observation) const {
  if (!people_) return true;
  if (observation.state() == v1::OBSERVATION_STATE_VERIFIED) return !withheld_.contains(observation.name());
  if (!withheld_.empty()) return false;
  if (!observation.has_value()) return !HoldsAnyNumber(observation.text());
  return IsFigureTold(observation.value(), threshold_) &&
         !HoldsSmallFigure(observation.as_stated(), threshold_);
}

void ToldFigures::Withhold(v1::IndicatorObservation* observation) const {
  if (!people_) return;
  const bool tells = Tells(*observation);
  if (!tells) WithholdFigure(observation);
  if (HoldsSmallFigure(observation->correction_reason(), threshold_)) observation->clear_correction_reason();
  if (FiguresTellOfFewPeople(observation->source_ref(), !tells, threshold_)) observation->clear_source_ref();
  const auto of_few = [&](const std::string& each) {
    return FiguresTellOfFewPeople(each, !tells, threshold_);
  };
  auto* evidence = observation->mutable_evidence();
  evidence->erase(std::remove_if(evidence->begin(), evidence->end(), of_few), evidence->end());
}

absl::StatusOr<ToldFigures> ToldFiguresOf(storage::Transaction& tx, storage::Resources* observations,
                                          const std::string& viewer, const v1::Indicator& indicator,
                                          int64_t threshold) {
  storage::ListQuery query{viewer, {}, 1000, "", ""};
  query.filters.emplace_back("indicator", indicator.name());
  query.filters.emplace_back("state",
                             ShortName(v1::ObservationState_descriptor(), v1::OBSERVATION_STATE_VERIFIED));
  ACCORD_ASSIGN_OR_RETURN(Verified verified, observations->ListEvery<v1::IndicatorObservation>(tx, query));
  return ToldFigures(indicator, std::move(verified), threshold);
}

}  // namespace accord::strategy
