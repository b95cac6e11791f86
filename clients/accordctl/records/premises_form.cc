#include "clients/accordctl/records/premises_form.h"

#include <algorithm>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "clients/accordctl/core/visible_text.h"
#include "clients/accordctl/records/street_end.h"
#include "clients/accordctl/records/target_form.h"
#include "common/base/error.h"
#include "common/base/premises_table.h"

namespace accord::ctl {
namespace {

using Words = std::vector<std::string>;

bool IsPremisesDigit(char c) { return absl::ascii_isdigit(static_cast<unsigned char>(c)); }
bool BeginsWithDigit(const std::string& word) { return !word.empty() && IsPremisesDigit(word.front()); }
bool IsNumberedPremisesWord(const std::string& word) {
  return word.size() == 1 || std::any_of(word.begin(), word.end(), IsPremisesDigit);
}

// This gives a row's form by what is written; it is null if the kind has no such row.
const std::string* PremisesRow(const std::string& kind, const std::string& written) {
  const auto& forms = PremisesForms(kind);
  const auto found = forms.find(written);
  return found == forms.end() ? nullptr : &found->second;
}

// This gives words of A-Z and 0-9; it is empty if there is a character that has no place in one.
Words PremisesWords(std::string_view text) {
  std::string spaced;
  // It counts letters and digits since the last blank or full stop.
  std::size_t run = 0;
  while (!text.empty()) {
    const auto [code, size] = FirstCharacter(text);
    if (code == kNoCharacter) return {};
    const std::string character(text.substr(0, size));
    text.remove_prefix(size);
    const char c = absl::ascii_toupper(static_cast<unsigned char>(character[0]));
    const std::size_t before = spaced.size();
    if (const std::string* form = PremisesRow("letter", character); form != nullptr) {
      spaced += *form;
    } else if (size > 1) {
      return {};
    } else if (absl::ascii_isalnum(static_cast<unsigned char>(c))) {
      spaced += c;
    } else if (c == '#') {
      spaced += " UNIT ";
    } else if (c == '&') {
      spaced += " AND ";
    } else if (c == ' ' || c == ',' || c == '-' || c == '\t') {
      spaced += ' ';
    } else if (c == '.') {
      // It ends a word (`St.Clair`), or vanishes behind an initial (`J.F.`).
      if (run > 1) spaced += ' ';
    } else if (c != '\'') {
      // An apostrophe vanishes: St. Clair's is ST CLAIRS.
      return {};
    }
    const bool grew = spaced.size() > before;
    if (c == '.' || (grew && spaced.back() == ' ')) {
      run = 0;
    } else if (grew) {
      ++run;
    }
  }
  return absl::StrSplit(spaced, ' ', absl::SkipEmpty());
}

// `APT4` is APT and 4; 04 is 4.
Words SplitPremisesUnit(const Words& words) {
  Words apart;
  for (std::string word : words) {
    const auto digit =
        static_cast<std::size_t>(std::find_if(word.begin(), word.end(), IsPremisesDigit) - word.begin());
    const std::string letters = word.substr(0, digit);
    const bool glued = digit < word.size() && (PremisesRow("unit", letters) != nullptr ||
                                               PremisesRow("unit-with-name", letters) != nullptr);
    if (glued) {
      apart.push_back(letters);
      word.erase(0, digit);
    }
    while (word.size() > 1 && word[0] == '0' && IsPremisesDigit(word[1])) word.erase(0, 1);
    apart.push_back(std::move(word));
  }
  return apart;
}

// This takes the unit out of the line; it is empty if none is named.
std::string TakePremisesUnit(Words* line) {
  const auto at = [&](std::size_t i) { return i < line->size() ? (*line)[i] : std::string(); };
  const auto take = [&](std::size_t from, std::size_t count, std::string unit) {
    const auto begin = line->begin() + static_cast<std::ptrdiff_t>(from);
    line->erase(begin, begin + static_cast<std::ptrdiff_t>(count));
    return unit;
  };
  for (std::size_t i = 0; i < line->size(); ++i) {
    // A civic number and a street are no unit.
    std::size_t next = i + 1;
    while (PremisesRow("unit", at(next)) != nullptr ||
           PremisesRow("left-out-before-number", at(next)) != nullptr)
      ++next;
    const std::string named = at(next);
    if (named.empty()) break;
    const bool number = PremisesRow("unit-of-number", at(i)) != nullptr && IsNumberedPremisesWord(named);
    if (PremisesRow("unit", at(i)) != nullptr || number) return take(i, next + 1 - i, named);
    const std::string* name = PremisesRow("unit-with-name", at(i));
    if (name != nullptr && BeginsWithDigit(named)) return take(i, next + 1 - i, *name + named);
  }
  if (line->size() > 2) {
    const std::string* name = PremisesRow("unit-at-end", line->back());
    if (name != nullptr) return take(line->size() - 1, 1, *name);
    // In `A-12 King St` it is what stands before the civic number.
    const bool before = !BeginsWithDigit(at(0)) && IsNumberedPremisesWord(at(0)) && at(0).size() <= 4;
    if (before && BeginsWithDigit(at(1))) return take(0, 1, at(0));
  }
  return "";
}

// For `1RE`, `2E`, `3TH` this gives the number with the ending that English gives it; it is empty if it is
// no ordinal.
std::string PremisesOrdinal(const std::string& word) {
  static const auto& endings =
      *new std::vector<std::string>{"ST", "ND", "RD", "TH", "E", "ER", "RE", "ERE", "IEME", "EME"};
  const auto digits =
      static_cast<std::size_t>(std::find_if_not(word.begin(), word.end(), IsPremisesDigit) - word.begin());
  if (digits == 0 || digits > 4 ||
      std::find(endings.begin(), endings.end(), word.substr(digits)) == endings.end())
    return "";
  const int number = std::stoi(word.substr(0, digits));
  const bool teen = number % 100 > 10 && number % 100 < 14;
  const char* ending = teen               ? "TH"
                       : number % 10 == 1 ? "ST"
                       : number % 10 == 2 ? "ND"
                       : number % 10 == 3 ? "RD"
                                          : "TH";
  return absl::StrCat(number, ending);
}

// This gives the form of one or two words; it is null if they stand for themselves.
const std::string* AnyPremisesRow(const std::string& words) {
  for (const char* kind : {"number", "type", "direction", "word"}) {
    if (const std::string* form = PremisesRow(kind, words); form != nullptr) return form;
  }
  return nullptr;
}

// This writes `MC DONALD` and `O CONNOR` in one word, and `7 A` behind a highway; it is empty if the two
// stay apart.
std::string JoinedPremisesName(const Words& line, std::size_t i) {
  if (i == 0 || i + 1 >= line.size()) return "";
  const std::string& next = line[i + 1];
  const bool name = (line[i] == "MC" || line[i] == "O") && next.size() > 3 && !BeginsWithDigit(next) &&
                    PremisesRow("type", next) == nullptr && PremisesRow("direction", next) == nullptr;
  const std::string* before = PremisesRow("type", line[i - 1]);
  const bool highway = line[i - 1] == "HWY" || (before != nullptr && *before == "HWY");
  const bool letter = next.size() == 1 && !BeginsWithDigit(next) && !IsStreetDirection(next);
  return name || (highway && BeginsWithDigit(line[i]) && letter) ? absl::StrCat(line[i], next) : "";
}

// This gives the street, word by word; the longer of two ways to read it wins.
Words FoldedPremises(const Words& line) {
  Words folded;
  for (std::size_t i = 0; i < line.size(); ++i) {
    const std::string next = i + 1 < line.size() ? line[i + 1] : "";
    const std::string ordinal = i == 0 ? "" : PremisesOrdinal(line[i]);
    const std::string* pair = AnyPremisesRow(absl::StrCat(line[i], " ", next));
    const std::string* one = AnyPremisesRow(line[i]);
    if (line[i] == "CR" && BeginsWithDigit(next)) one = nullptr;
    // `CR 5` is a county's road, not a crescent, and `RR 5` behind the civic number a region's.
    if (const std::string both = JoinedPremisesName(line, i); !both.empty()) {
      folded.push_back(both);
      ++i;
    } else if (i == 1 && BeginsWithDigit(next) && (line[i] == "CR" || line[i] == "RR")) {
      folded.emplace_back(line[i] == "CR" ? "COUNTY" : "REGIONAL");
      folded.emplace_back("RD");
    } else if (pair != nullptr) {
      folded.push_back(*pair);
      ++i;
    } else if (PremisesRow("left-out-before-number", line[i]) != nullptr && BeginsWithDigit(next)) {
      continue;
    } else if (!ordinal.empty()) {
      folded.push_back(ordinal);
    } else {
      folded.push_back(one != nullptr ? *one : line[i]);
    }
  }
  return folded;
}

// This says whether it is a unit and nothing else, as `Apt 4` and `Bsmt` are.
bool IsPremisesUnitAlone(const std::string& part) {
  Words words = SplitPremisesUnit(PremisesWords(part));
  if (words.size() == 1 && PremisesRow("unit-at-end", words[0]) != nullptr) return true;
  return !TakePremisesUnit(&words).empty() && words.empty();
}

// This says whether something else than a unit follows the street behind a comma.
bool HasMoreBehindComma(const std::string& street) {
  std::string before;
  for (const auto& part : absl::StrSplit(street, ',')) {
    const std::string text(part);
    Words words = SplitPremisesUnit(PremisesWords(before));
    TakePremisesUnit(&words);
    const bool whole = words.size() > 1 && BeginsWithDigit(words[0]);
    if (whole && !SplitPremisesUnit(PremisesWords(text)).empty() && !IsPremisesUnitAlone(text)) return true;
    absl::StrAppend(&before, " ", text);
  }
  return false;
}

// In `911 # 1234 Fourth Line` the number for an emergency is the civic one.
void DropEmergencySign(Words* line) {
  if (line->size() > 3 && (*line)[0] == "911" && ((*line)[1] == "UNIT" || (*line)[1] == "NO")) {
    line->erase(line->begin(), line->begin() + 2);
  }
}

// This says whether it is a line such as `LOT 12 CONC 5`, where no house has a number.
bool ArePremisesLot(const Words& line) {
  return line.size() >= 4 && line[0] == "LOT" && BeginsWithDigit(line[1]) && line[2] == "CONC" &&
         BeginsWithDigit(line[3]);
}

}  // namespace

absl::StatusOr<std::string> PremisesForm(const std::string& postal_code, const std::string& street) {
  ACCORD_RETURN_IF_ERROR(CheckTargetSeen("postal code", postal_code));
  ACCORD_RETURN_IF_ERROR(CheckTargetSeen("street", street));
  std::string code = absl::AsciiStrToUpper(postal_code);
  std::erase_if(code, [](char c) { return c == ' ' || c == '-'; });
  bool fits = code.size() == 6;
  for (std::size_t i = 0; fits && i < 6; ++i) {
    fits =
        absl::ascii_isalnum(static_cast<unsigned char>(code[i])) && IsPremisesDigit(code[i]) == (i % 2 == 1);
  }
  if (!fits) return absl::InvalidArgumentError("a postal code is written like L4C 1A1");
  Words line = SplitPremisesUnit(PremisesWords(street));
  DropEmergencySign(&line);
  const std::string unit = TakePremisesUnit(&line);
  JoinCivicLetter(FoldedPremises(line), &line);
  line = FoldedPremises(line);
  WestOfFrenchStreet(&line);
  if (HasMoreBehindComma(street) || HasMoreThanAStreet(line)) {
    return absl::InvalidArgumentError(
        "behind the street stands a unit or nothing: no town, province, rural route, postal code or remark");
  }
  if (line.size() < 2 || (!BeginsWithDigit(line[0]) && !ArePremisesLot(line))) {
    return absl::InvalidArgumentError(
        "premises are a civic number and a street, as in 4-12 Example Ave E; no city, and no signs but . , - "
        "' # "
        "and &");
  }
  if (!unit.empty()) line.insert(line.begin(), unit);
  return absl::StrCat("premises:", code, ":", absl::StrJoin(line, " "));
}

}  // namespace accord::ctl
