// This decides which figures of an indicator are shown outside the office and the ministry that observes
// them. A small figure of people is withheld, and so are figures from which it could be computed.
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

// This tells whether a single figure of people may be shown. It is not shown if it is below the threshold.
bool IsFigureTold(int64_t figure, int64_t threshold);

// This tells whether the indicator counts people. An indicator that does not say so is taken to count them.
bool DoesIndicatorCountPeople(const v1::Indicator& indicator);

// This tells whether the baseline, which is the value before the strategy, may be shown. No other figure
// stands beside it.
bool IsBaselineTold(const v1::Indicator& indicator, int64_t threshold);

// This removes the figure and the words of an observation and leaves the rest.
void WithholdFigure(v1::IndicatorObservation* observation);

class ToldFigures {
 public:
  // `verified` has all verified observations of the indicator, in any order.
  ToldFigures(const v1::Indicator& indicator, std::vector<v1::IndicatorObservation> verified,
              int64_t threshold);

  // This gives the verified observations in the order of the beginnings of their periods.
  const std::vector<v1::IndicatorObservation>& verified() const { return verified_; }
  // This tells whether the figure or the words of an observation of this indicator are shown. A corrected
  // observation is shown only if nothing is withheld beside it. Words about people are withheld if they
  // contain a number, which may be small.
  bool Tells(const v1::IndicatorObservation& observation) const;
  // This removes everything that is not shown: the figure and the words, and each reason or source that
  // reveals a small number of people.
  void Withhold(v1::IndicatorObservation* observation) const;

 private:
  const bool people_;
  const int64_t threshold_;
  std::vector<v1::IndicatorObservation> verified_;
  std::set<std::string> withheld_;
};

// This makes the figures from the verified observations that `viewer` sees.
absl::StatusOr<ToldFigures> ToldFiguresOf(storage::Transaction& tx, storage::Resources* observations,
                                          const std::string& viewer, const v1::Indicator& indicator,
                                          int64_t threshold);

}  // namespace accord::strategy

#endif  // ACCORD_SERVICES_STRATEGY_INDICATORS_TOLD_FIGURES_H_
