#include "services/strategy/indicators/numbers_in_text.h"

#include <algorithm>
#include <cstddef>
#include <iterator>
#include <string_view>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/numbers.h"
#include "common/aggregates/suppress.h"
#include "common/base/folded.h"
#include "services/strategy/indicators/told_figures.h"

namespace accord::strategy {
namespace {

bool IsFigureDigit(char c) { return absl::ascii_isdigit(static_cast<unsigned char>(c)); }
bool IsWordLetter(char c) { return absl::ascii_isalpha(static_cast<unsigned char>(c)); }

// This gives the words of a text in small letters and without accents.
std::vector<std::string> WordsInText(const std::string& text) {
  const std::string folded = Folded(text);
  std::vector<std::string> words;
  for (auto at = folded.begin(); at != folded.end();) {
    const auto first = std::find_if(at, folded.end(), IsWordLetter);
    at = std::find_if_not(first, folded.end(), IsWordLetter);
    if (first != at) words.emplace_back(first, at);
  }
  return words;
}

// This tells whether a word in small letters is a small number. "Un" and "une" do not count, because they are
// mostly articles.
bool IsSmallNumberWord(std::string_view word) {
  constexpr std::string_view kWords[] = {"one",  "two",  "three", "four",   "single", "couple",
                                         "both", "deux", "trois", "quatre", "seul",   "seule"};
  return std::find(std::begin(kWords), std::end(kWords), word) != std::end(kWords);
}

// This tells whether "un" or "une" is a number after this word, as in "450, dont une mineure".
bool MakesUnANumber(std::string_view before) {
  return before == "dont" || before == "seulement" || before == "l";
}

// This tells whether this word makes the number before it a large one, as in "three hundred" and
// "quatre-vingts", or a number of years, days and the like.
bool EndsNumberOfOtherThings(std::string_view next) {
  constexpr std::string_view kWords[] = {
      "hundred", "hundreds", "thousand", "thousands", "million",  "millions", "cent",
      "cents",   "mille",    "vingt",    "vingts",    "year",     "years",    "month",
      "months",  "week",     "weeks",    "day",       "days",     "an",       "ans",
      "annee",   "annees",   "mois",     "semaine",   "semaines", "jour",     "jours"};
  return std::find(std::begin(kWords), std::end(kWords), next) != std::end(kWords);
}

}  // namespace

bool HoldsSmallNumber(const std::string& text) {
  const std::vector<std::string> words = WordsInText(text);
  for (std::size_t at = 0; at < words.size(); ++at) {
    const bool one = words[at] == "un" || words[at] == "une";
    if (one && at > 0 && MakesUnANumber(words[at - 1])) return true;
    const bool other = at + 1 < words.size() && EndsNumberOfOtherThings(words[at + 1]);
    if (IsSmallNumberWord(words[at]) && !other) return true;
  }
  return false;
}

bool HoldsAnyNumber(const std::string& text) {
  return std::any_of(text.begin(), text.end(), IsFigureDigit) || HoldsSmallNumber(text);
}

bool HoldsSmallFigure(const std::string& text, int64_t threshold) {
  if (HoldsSmallNumber(text)) return true;
  for (std::size_t at = 0; at < text.size(); ++at) {
    std::string digits;
    for (; at < text.size(); ++at) {
      const bool inside = !digits.empty() && at + 1 < text.size() && IsFigureDigit(text[at + 1]) &&
                          std::string_view(" ,.").find(text[at]) != std::string_view::npos;
      if (IsFigureDigit(text[at])) {
        digits += text[at];
      } else if (!inside) {
        break;
      }
    }
    int64_t figure = 0;
    // A number with a leading zero, such as the 02 of a day, does not count people.
    if (digits.empty() || digits.front() == '0') continue;
    if (absl::SimpleAtoi(digits, &figure) && !IsFigureTold(figure, threshold)) return true;
  }
  return false;
}

}  // namespace accord::strategy
