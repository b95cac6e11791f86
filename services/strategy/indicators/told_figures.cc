#include "services/strategy/indicators/told_figures.h"

#include <algorithm>
#include <cstddef>
#include <iterator>
#include <optional>
#include <string_view>
#include <tuple>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/numbers.h"
#include "common/access/names.h"
#include "common/aggregates/suppress.h"
#include "common/base/error.h"
#include "common/base/folded.h"

namespace accord::strategy {
namespace {

using Verified = std::vector<v1::IndicatorObservation>;

// Whether the sum of its periods may be known, so that a single hidden figure follows from the others.
bool PeriodsAddUp(const v1::Indicator& indicator) {
  return indicator.aggregation() == v1::AGGREGATION_SUM ||
         indicator.aggregation() == v1::AGGREGATION_DISTINCT;
}

bool IsTold(int64_t figure, int64_t threshold) { return Suppress({figure}, threshold).front().has_value(); }

// Gives what is told of each cell; nullopt is withheld.
std::vector<std::optional<int64_t>> ToldCells(const std::vector<int64_t>& cells, bool add_up,
                                              int64_t threshold) {
  if (add_up) return Suppress(cells, threshold);
  std::vector<std::optional<int64_t>> told;
  for (const int64_t cell : cells) told.push_back(Suppress({cell}, threshold).front());
  return told;
}

// Says whether one day is counted twice, so that more sums than one are known. The earliest period
// comes first.
bool PeriodsOverlap(const Verified& verified) {
  std::string counted_until;
  for (const auto& observation : verified) {
    if (!observation.has_value()) continue;
    // Days as text (YYYY-MM-DD) sort as days.
    if (observation.period_start() <= counted_until) return true;
    counted_until = observation.period_end();
  }
  return false;
}

bool IsFigureDigit(char c) { return absl::ascii_isdigit(static_cast<unsigned char>(c)); }
bool IsWordLetter(char c) { return absl::ascii_isalpha(static_cast<unsigned char>(c)); }

// Whether it is a small number in words, in small letters. "Un" and "une" are no numbers, mostly.
bool IsSmallNumber(std::string_view word) {
  constexpr std::string_view kWords[] = {"one",  "two",  "three", "four",   "single", "couple",
                                         "both", "deux", "trois", "quatre", "seul",   "seule"};
  return std::find(std::begin(kWords), std::end(kWords), word) != std::end(kWords);
}

bool HoldsSmallNumber(const std::string& text) {
  const std::string folded = Folded(text);
  for (auto at = folded.begin(); at != folded.end();) {
    const auto first = std::find_if(at, folded.end(), IsWordLetter);
    at = std::find_if_not(first, folded.end(), IsWordLetter);
    if (IsSmallNumber(std::string(first, at))) return true;
  }
  return false;
}

// Words about people that hold a number may hold a small figure, and nobody can tell which.
bool MayHoldAFigure(const std::string& text) {
  return std::any_of(text.begin(), text.end(), IsFigureDigit) || HoldsSmallNumber(text);
}

// Whether the words beside a figure hold one that is withheld where it stands alone, as in "450, of whom 3
// were minors". A number may have spaces, commas or points between its digits.
bool HoldsSmallFigure(const std::string& as_stated, int64_t threshold) {
  for (std::size_t at = 0; at < as_stated.size(); ++at) {
    std::string digits;
    for (; at < as_stated.size(); ++at) {
      const bool inside = !digits.empty() && at + 1 < as_stated.size() && IsFigureDigit(as_stated[at + 1]) &&
                          std::string_view(" ,.").find(as_stated[at]) != std::string_view::npos;
      if (IsFigureDigit(as_stated[at])) {
        digits += as_stated[at];
      } else if (!inside) {
        break;
      }
    }
    int64_t figure = 0;
    // The 02 of a day is no number of people.
    if (digits.empty() || digits.front() == '0') continue;
    if (absl::SimpleAtoi(digits, &figure) && !IsTold(figure, threshold)) return true;
  }
  return false;
}

// The names of those verified observations of people that are withheld.
std::set<std::string> WithheldAmong(const v1::Indicator& indicator, const Verified& verified,
                                    int64_t threshold) {
  std::vector<int64_t> cells;
  for (const auto& observation : verified) {
    if (observation.has_value()) cells.push_back(observation.value());
  }
  const bool add_up = PeriodsAddUp(indicator);
  auto told = ToldCells(cells, add_up, threshold);
  const bool hidden =
      std::any_of(told.begin(), told.end(), [](const auto& each) { return !each.has_value(); });
  // A quarter beside its months gives several sums, from which one figure may follow: then none is told.
  if (hidden && add_up && PeriodsOverlap(verified)) told.assign(told.size(), std::nullopt);
  std::set<std::string> withheld;
  auto cell = told.begin();
  for (const auto& observation : verified) {
    bool shown = !MayHoldAFigure(observation.text());
    if (observation.has_value()) {
      shown = cell->has_value() && !HoldsSmallFigure(observation.as_stated(), threshold);
      ++cell;
    }
    if (!shown) withheld.insert(observation.name());
  }
  return withheld;
}

}  // namespace

bool CountsPeople(const v1::Indicator& indicator) {
  return indicator.sensitivity() != v1::INDICATOR_SENSITIVITY_NO_PEOPLE;
}

bool IsBaselineTold(const v1::Indicator& indicator, int64_t threshold) {
  return !CountsPeople(indicator) || IsTold(indicator.baseline(), threshold);
}

ToldFigures::ToldFigures(const v1::Indicator& indicator, Verified verified, int64_t threshold)
    : people_(CountsPeople(indicator)), threshold_(threshold), verified_(std::move(verified)) {
  std::sort(verified_.begin(), verified_.end(), [](const auto& a, const auto& b) {
    return std::make_tuple(a.period_start(), a.period_end(), a.name()) <
           std::make_tuple(b.period_start(), b.period_end(), b.name());
  });
  if (people_) withheld_ = WithheldAmong(indicator, verified_, threshold_);
}

bool ToldFigures::Tells(const v1::IndicatorObservation& observation) const {
  if (!people_) return true;
  if (observation.state() == v1::OBSERVATION_STATE_VERIFIED) return !withheld_.contains(observation.name());
  if (!withheld_.empty()) return false;
  if (!observation.has_value()) return !MayHoldAFigure(observation.text());
  return IsTold(observation.value(), threshold_) && !HoldsSmallFigure(observation.as_stated(), threshold_);
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
