#include "clients/accordctl/records/street_end.h"

#include <algorithm>
#include <cstddef>
#include <set>

#include "absl/strings/ascii.h"
#include "common/base/premises_table.h"

namespace accord::ctl {
namespace {

bool IsDigitOf(char c) { return absl::ascii_isdigit(static_cast<unsigned char>(c)); }

bool IsPostalHalf(const std::string& word, bool first) {
  return word.size() == 3 && IsDigitOf(word[1]) == first && IsDigitOf(word[0]) != first &&
         IsDigitOf(word[2]) != first;
}

// This says whether the folded word ends a street and is hardly a part of its name.
bool EndsStreet(const std::string& word) {
  static const auto& ends = *new std::set<std::string>{"ST",   "AVE",  "RD",    "BLVD", "CRES", "DR",
                                                       "LANE", "SDRD", "TLINE", "PKY",  "CRT"};
  return ends.contains(word);
}

// This says whether what stands behind the type may stand there: directions, numbers, another type, a corner.
bool MayFollowType(const std::string& word) {
  return IsDirection(word) || IsDigitOf(word.front()) || IsStreetType(word);
}

bool IsNumber(const std::string& word) { return std::all_of(word.begin(), word.end(), IsDigitOf); }
// This says whether it is a civic number such as `100` and `100A`, and not `21ST`.
bool IsCivic(const std::string& word) {
  return IsNumber(word) || (IsDigitOf(word.front()) && IsNumber(word.substr(0, word.size() - 1)));
}

}  // namespace

bool IsDirection(const std::string& word) {
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

std::size_t NumbersBefore(const std::vector<std::string>& line) {
  if (line.empty() || !IsDigitOf(line[0].front())) return 0;
  return line.size() > 1 && IsCivic(line[0]) && IsCivic(line[1]) ? 2 : 1;
}

void JoinCivicLetter(const std::vector<std::string>& folded, std::vector<std::string>* line) {
  const std::size_t at = NumbersBefore(*line);
  if (at == 0 || at + 1 >= line->size() || !IsNumber((*line)[at - 1])) return;
  const std::string& letter = (*line)[at];
  if (letter.size() != 1 || IsDigitOf(letter[0]) || letter == "O" || IsDirection(letter)) return;
  // What stands behind the letter in the street as it is folded: nothing but its type is of a street's name.
  std::size_t rest = NumbersBefore(folded) + 1;
  if (rest >= folded.size()) return;
  if (IsStreetType(folded[rest])) {
    ++rest;
    while (rest < folded.size() && IsDirection(folded[rest])) ++rest;
    if (rest == folded.size() || folded[rest] == "AND") return;
  }
  (*line)[at - 1] += letter;
  line->erase(line->begin() + static_cast<std::ptrdiff_t>(at));
}

void WestInFrench(std::vector<std::string>* line) {
  const std::size_t at = NumbersBefore(*line);
  if (at == 0 || line->size() < at + 3 || line->back() != "O") return;
  const std::string& first = (*line)[at];
  const bool type_first = IsStreetType(first) || PremisesForms("first").contains(first);
  if (type_first || IsStreetType((*line)[line->size() - 2])) line->back() = "W";
}

bool HasMoreThanAStreet(const std::vector<std::string>& line) {
  for (std::size_t i = 2; i < line.size(); ++i) {
    const bool route =
        line[i] == "RR" || (line[i].size() > 2 && line[i].starts_with("RR") && IsDigitOf(line[i][2]));
    const bool code = IsPostalHalf(line[i], true) && i + 1 < line.size() && IsPostalHalf(line[i + 1], false);
    if (route || code) return true;
  }
  if (line.size() > 3 && (line.back() == "ONTARIO" || line.back() == "ON")) return true;
  // In `12 BLVD ST JOSEPH` the type stands before the name.
  const std::size_t street = NumbersBefore(line);
  if (street > 0 && street < line.size()) {
    const std::string& first = line[street];
    if (first == "BLVD" || first == "AVE" || first == "CH" || first == "RUE") return false;
  }
  std::size_t end = line.size();
  for (std::size_t i = 2; i < line.size(); ++i) {
    if (EndsStreet(line[i])) end = i;
  }
  if (end + 1 >= line.size() || line[end + 1] == "AND") return false;
  return !std::all_of(line.begin() + static_cast<std::ptrdiff_t>(end) + 1, line.end(), MayFollowType);
}

}  // namespace accord::ctl
