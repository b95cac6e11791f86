// This finds small numbers of people, in words or digits, inside a text.
#ifndef ACCORD_SERVICES_STRATEGY_INDICATORS_NUMBERS_IN_TEXT_H_
#define ACCORD_SERVICES_STRATEGY_INDICATORS_NUMBERS_IN_TEXT_H_

#include <cstdint>
#include <string>

namespace accord::strategy {

// This tells whether the text has a small number in words, in English or in French. A word that is part of a
// larger number, as in "three hundred", does not count, and neither does a number of years or days.
bool HoldsSmallNumber(const std::string& text);
// This tells whether a text about people has any number in it, which may be a small figure that nobody
// can recognise.
bool HoldsAnyNumber(const std::string& text);
// This tells whether the text has a figure, in digits or in words, that would be withheld alone, as in "450,
// of whom 3 were minors". A number may have spaces, commas or points between its digits.
bool HoldsSmallFigure(const std::string& text, int64_t threshold);

}  // namespace accord::strategy

#endif  // ACCORD_SERVICES_STRATEGY_INDICATORS_NUMBERS_IN_TEXT_H_
