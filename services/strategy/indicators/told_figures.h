// Which figures of an indicator are shown outside the ministry that observes it and the office. A small
// figure of people is withheld, and so are figures from which it could be computed.
#ifndef ACCORD_SERVICES_STRATEGY_INDICATORS_TOLD_FIGURES_H_
#define ACCORD_SERVICES_STRATEGY_INDICATORS_TOLD_FIGURES_H_

#include <cstdint>
#include <set>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "accord/strategy/v1/resources.pb.h"
#include "common/storage/records/resources.h"

namespace accord::strategy {

// Whether a figure of people that stands alone may be shown.
bool IsFigureTold(int64_t figure, int64_t threshold);

// An indicator that does not say whether it counts people is taken to count them.
bool DoesIndicatorCountPeople(const v1::Indicator& indicator);

// Whether the value before the strategy may be shown. No other figure stands beside it.
bool IsBaselineTold(const v1::Indicator& indicator, int64_t threshold);

// Removes the figure and the words of an observation and leaves the rest.
void WithholdFigure(v1::IndicatorObservation* observation);

class ToldFigures {
 public:
  // `verified` are all verified observations of the indicator, in any order.
  ToldFigures(const v1::Indicator& indicator, std::vector<v1::IndicatorObservation> verified,
              int64_t threshold);

  // They are ordered by the beginnings of their periods.
  const std::vector<v1::IndicatorObservation>& verified() const { return verified_; }
  // Whether the figure or the words of an observation of this indicator are shown. A corrected observation is
  // shown only where nothing is withheld beside it; words about people are withheld if they have a number
  // that may be small.
  bool Tells(const v1::IndicatorObservation& observation) const;
  // Removes what is not shown: the figure and the words, and each reason and source that tells of few people.
  void Withhold(v1::IndicatorObservation* observation) const;

 private:
  const bool people_;
  const int64_t threshold_;
  std::vector<v1::IndicatorObservation> verified_;
  std::set<std::string> withheld_;
};

// Does the same with the verified observations that `viewer` sees.
absl::StatusOr<ToldFigures> ToldFiguresOf(storage::Transaction& tx, storage::Resources* observations,
                                          const std::string& viewer, const v1::Indicator& indicator,
                                          int64_t threshold);

}  // namespace accord::strategy

#endif  // ACCORD_SERVICES_STRATEGY_INDICATORS_TOLD_FIGURES_H_
