#include "clients/accordctl/records/street_end.h"

#include <algorithm>
#include <cstddef>
#include <set>

#include "absl/strings/ascii.h"
#include "common/base/premises_table.h"

namespace accord::ctl {
namespace {

bool IsStreetDigit(char c) { return absl::ascii_isdigit(static_cast<unsigned char>(c)); }

bool IsPostalHalf(const std::string& word, bool first) {
  return word.size() == 3 && IsStreetDigit(word[1]) == first && IsStreetDigit(word[0]) != first &&
         IsStreetDigit(word[2]) != first;
}

// This says whether the folded word ends a street and is hardly a part of its name.
bool EndsStreet(const std::string& word) {
  static const auto& ends = *new std::set<std::string>{"ST",   "AVE",  "RD",    "BLVD", "CRES", "DR",
                                                       "LANE", "SDRD", "TLINE", "PKY",  "CRT"};
  return ends.contains(word);
}

// This says whether what stands behind the type may stand there: directions, numbers, another type, a corner.
bool MayFollowStreetType(const std::string& word) {
  return IsStreetDirection(word) || IsStreetDigit(word.front()) || IsStreetType(word);
}

bool IsStreetNumber(const std::string& word) { return std::all_of(word.begin(), word.end(), IsStreetDigit); }
// This says whether it is a civic number such as `100` and `100A`, and not `21ST`.
bool IsStreetCivic(const std::string& word) {
  return IsStreetNumber(word) ||
         (IsStreetDigit(word.front()) && IsStreetNumber(word.substr(0, word.size() - 1)));
}

}  // namespace

bool IsStreetDirection(const std::string& word) {
  static const auto& forms = *new std::set<std::string>{"N", "S", "E", "W", "NE", "NW", "SE", "SW"};
  return forms.contains(word);
}

bool IsStreetType(const std::string& word) {
  static const auto& types = *new std::set<std::string>([] {
    std::set<std::string> all;
    for (const auto& [written, form] : PremisesForms("type")) all.insert(form);
    for (const auto& [written, form] : PremisesForms("ending")) all.insert(written);
    return all;
  }());
  return types.contains(word);
}

std::size_t NumbersBeforeStreet(const std::vector<std::string>& line) {
  if (line.empty() || !IsStreetDigit(line[0].front())) return 0;
  return line.size() > 1 && IsStreetCivic(line[0]) && IsStreetCivic(line[1]) ? 2 : 1;
}

void JoinCivicLetter(const std::vector<std::string>& folded, std::vector<std::string>* line) {
  const std::size_t at = NumbersBeforeStreet(*line);
  if (at == 0 || at + 1 >= line->size() || !IsStreetNumber((*line)[at - 1])) return;
  const std::string& letter = (*line)[at];
  if (letter.size() != 1 || IsStreetDigit(letter[0]) || letter == "O" || IsStreetDirection(letter)) return;
  // What stands behind the letter in the street as it is folded: nothing but its type is of a street's name.
  std::size_t rest = NumbersBeforeStreet(folded) + 1;
  if (rest >= folded.size()) return;
  if (IsStreetType(folded[rest])) {
    ++rest;
    while (rest < folded.size() && IsStreetDirection(folded[rest])) ++rest;
    if (rest == folded.size() || folded[rest] == "AND") return;
  }
  (*line)[at - 1] += letter;
  line->erase(line->begin() + static_cast<std::ptrdiff_t>(at));
}

void WestOfFrenchStreet(std::vector<std::string>* line) {
  const std::size_t at = NumbersBeforeStreet(*line);
  if (at == 0 || line->size() < at + 3 || line->back() != "O") return;
  const std::string& first = (*line)[at];
  const bool type_first = IsStreetType(first) || PremisesForms("first").contains(first);
  if (type_first || IsStreetType((*line)[line->size() - 2])) line->back() = "W";
}

bool HasMoreThanAStreet(const std::vector<std::string>& line) {
  for (std::size_t i = 2; i < line.size(); ++i) {
    const bool route =
        line[i] == "RR" || (line[i].size() > 2 && line[i].starts_with("RR") && IsStreetDigit(line[i][2]));
    const bool code = IsPostalHalf(line[i], true) && i + 1 < line.size() && IsPostalHalf(line[i + 1], false);
    if (route || code) return true;
  }
  if (line.size() > 3 && (line.back() == "ONTARIO" || line.back() == "ON")) return true;
  // In `12 BLVD ST JOSEPH` the type stands before the name.
  const std::size_t street = NumbersBeforeStreet(line);
  if (street > 0 && street < line.size()) {
    const std::string& first = line[street];
    if (first == "BLVD" || first == "AVE" || first == "CH" || first == "RUE") return false;
  }
  std::size_t end = line.size();
  for (std::size_t i = 2; i < line.size(); ++i) {
    if (EndsStreet(line[i])) end = i;
  }
  if (end + 1 >= line.size() || line[end + 1] == "AND") return false;
  return !std::all_of(line.begin() + static_cast<std::ptrdiff_t>(end) + 1, line.end(), MayFollowStreetType);
}

}  // namespace accord::ctl
