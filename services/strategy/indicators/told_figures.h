// Which figures of an indicator are told outside the ministry that observes it and the office: a small figure
// of people is withheld, and so is what it would follow from.
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

// An indicator that says nothing of it is taken to count people.
bool CountsPeople(const v1::Indicator& indicator);

// Says whether a value before the strategy is told; it stands beside no other figure.
bool IsBaselineTold(const v1::Indicator& indicator, int64_t threshold);

// Leaves what is there without the figure and the words.
void WithholdFigure(v1::IndicatorObservation* observation);

class ToldFigures {
 public:
  // `verified` are all verified observations of the indicator, in any order.
  ToldFigures(const v1::Indicator& indicator, std::vector<v1::IndicatorObservation> verified,
              int64_t threshold);

  // They come by the beginning of their periods.
  const std::vector<v1::IndicatorObservation>& verified() const { return verified_; }
  // Whether the figure or the words of an observation of this indicator are told. One that was corrected is
  // told only where nothing is withheld beside it, and of people no words with a number that may be small.
  bool Tells(const v1::IndicatorObservation& observation) const;
  // Takes out what is not told: the figure and the words, and each reason and source that tells of few.
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
