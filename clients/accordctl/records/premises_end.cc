#include "clients/accordctl/records/premises_end.h"

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

// Whether the folded word ends a street and is hardly ever a part of its name.
bool EndsStreet(const std::string& word) {
  static const auto& ends = *new std::set<std::string>{"ST",   "AVE",  "RD",    "BLVD", "CRES", "DR",
                                                       "LANE", "SDRD", "TLINE", "PKY",  "CRT"};
  return ends.contains(word);
}

// Whether the words may follow the street type: directions, numbers, another type, a corner.
bool MayFollowType(const std::string& word) {
  static const auto& types = *new std::set<std::string>([] {
    std::set<std::string> all;
    for (const auto& [written, form] : PremisesForms("type")) all.insert(form);
    for (const auto& [written, form] : PremisesForms("ending")) all.insert(written);
    return all;
  }());
  return IsDirection(word) || IsDigitOf(word.front()) || types.contains(word);
}

}  // namespace

bool IsDirection(const std::string& word) {
  static const auto& forms = *new std::set<std::string>{"N", "S", "E", "W", "NE", "NW", "SE", "SW"};
  return forms.contains(word);
}

bool HasMoreThanAStreet(const std::vector<std::string>& line) {
  for (std::size_t i = 2; i < line.size(); ++i) {
    const bool route =
        line[i] == "RR" || (line[i].size() > 2 && line[i].starts_with("RR") && IsDigitOf(line[i][2]));
    const bool code = IsPostalHalf(line[i], true) && i + 1 < line.size() && IsPostalHalf(line[i + 1], false);
    if (route || code) return true;
  }
  if (line.size() > 3 && (line.back() == "ONTARIO" || line.back() == "ON")) return true;
  // `12 BLVD ST JOSEPH`: the type precedes the name.
  if (line.size() > 1 && (line[1] == "BLVD" || line[1] == "AVE" || line[1] == "CH" || line[1] == "RUE")) {
    return false;
  }
  std::size_t end = line.size();
  for (std::size_t i = 2; i < line.size(); ++i) {
    if (EndsStreet(line[i])) end = i;
  }
  if (end + 1 >= line.size() || line[end + 1] == "AND") return false;
  return !std::all_of(line.begin() + static_cast<std::ptrdiff_t>(end) + 1, line.end(), MayFollowType);
}

}  // namespace accord::ctl
