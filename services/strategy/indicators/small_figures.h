// Small numbers of people that stand in words or digits inside a text.
#ifndef ACCORD_SERVICES_STRATEGY_INDICATORS_SMALL_FIGURES_H_
#define ACCORD_SERVICES_STRATEGY_INDICATORS_SMALL_FIGURES_H_

#include <cstdint>
#include <string>

namespace accord::strategy {

// Whether a figure of people may be told that stands beside no other one.
bool IsTold(int64_t figure, int64_t threshold);

// Says whether a small number stands in words, in English or in French. What belongs to a larger number, as
// in "three hundred", is none, and neither is one of years or days.
bool HoldsSmallNumber(const std::string& text);
// Words about people that hold any number may hold a small figure, and nobody can tell which.
bool MayHoldAFigure(const std::string& text);
// Says whether a figure stands in the text, in digits or in words, that is withheld where it stands alone, as
// in "450, of whom 3 were minors". A number may have spaces, commas or points between its digits.
bool HoldsSmallFigure(const std::string& text, int64_t threshold);

}  // namespace accord::strategy

#endif  // ACCORD_SERVICES_STRATEGY_INDICATORS_SMALL_FIGURES_H_
