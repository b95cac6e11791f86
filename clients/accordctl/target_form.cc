#include "clients/accordctl/target_form.h"

#include <map>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"

namespace accord::ctl {
namespace {

bool IsDigit(char c) { return absl::ascii_isdigit(static_cast<unsigned char>(c)); }
bool IsAlnum(char c) { return absl::ascii_isalnum(static_cast<unsigned char>(c)); }

// `text` without these characters.
std::string Without(const std::string& text, const std::string& separators) {
  std::string kept;
  for (char c : text) {
    if (separators.find(c) == std::string::npos) kept += c;
  }
  return kept;
}

bool All(const std::string& text, bool (*is)(char)) {
  for (char c : text) {
    if (!is(c)) return false;
  }
  return !text.empty();
}

const std::string& Abbreviated(const std::string& word) {
  static const auto& words = *new std::map<std::string, std::string>{
      {"STREET", "ST"},    {"AVENUE", "AVE"},     {"AV", "AVE"},        {"ROAD", "RD"},
      {"DRIVE", "DR"},     {"BOULEVARD", "BLVD"}, {"CRESCENT", "CRES"}, {"COURT", "CRT"},
      {"CT", "CRT"},       {"PLACE", "PL"},       {"LANE", "LANE"},     {"LN", "LANE"},
      {"HIGHWAY", "HWY"},  {"PARKWAY", "PKY"},    {"PKWY", "PKY"},      {"TERRACE", "TERR"},
      {"CIRCLE", "CIR"},   {"SQUARE", "SQ"},      {"TRAIL", "TRAIL"},   {"CONCESSION", "CONC"},
      {"NORTH", "N"},      {"SOUTH", "S"},        {"EAST", "E"},        {"WEST", "W"},
      {"NORTHEAST", "NE"}, {"NORTHWEST", "NW"},   {"SOUTHEAST", "SE"},  {"SOUTHWEST", "SW"}};
  const auto found = words.find(word);
  return found == words.end() ? word : found->second;
}

bool NamesUnit(const std::string& word) {
  return word == "UNIT" || word == "APT" || word == "APARTMENT" || word == "SUITE" || word == "STE" ||
         word == "ROOM" || word == "RM";
}

// Words of A-Z and 0-9; empty if there is a character that has no place in one.
std::vector<std::string> WordsOf(const std::string& text) {
  std::string spaced;
  for (char c : absl::AsciiStrToUpper(text)) {
    // St. Clair's is ST CLAIRS.
    if (c == '.' || c == '\'') continue;
    if (c == '#') {
      spaced += " UNIT ";
    } else if (IsAlnum(c)) {
      spaced += c;
    } else if (c == ' ' || c == ',' || c == '-' || c == '\t') {
      spaced += ' ';
    } else {
      return {};
    }
  }
  return absl::StrSplit(spaced, ' ', absl::SkipEmpty());
}

}  // namespace

absl::StatusOr<std::string> PhoneForm(const std::string& number) {
  const std::string plain = Without(number, " -.()\t");
  const bool international = !plain.empty() && plain[0] == '+';
  std::string digits = international ? plain.substr(1) : plain;
  if (!All(digits, IsDigit))
    return absl::InvalidArgumentError("a telephone number is digits, without extension");
  if (!international && digits.size() == 10) digits = "1" + digits;
  if (!international && (digits.size() != 11 || digits[0] != '1')) {
    return absl::InvalidArgumentError("write ten digits, or + and the country");
  }
  if (digits[0] == '0' || digits.size() < 8 || digits.size() > 15) {
    return absl::InvalidArgumentError("an international number has 8 to 15 digits and does not begin with 0");
  }
  // Neither area codes nor exchanges of North America begin with 0 or 1.
  if (digits[0] == '1' && (digits.size() != 11 || digits[1] < '2' || digits[4] < '2')) {
    return absl::InvalidArgumentError("this is no North American number");
  }
  return absl::StrCat("phone:+", digits);
}

absl::StatusOr<std::string> PlateForm(const std::string& province, const std::string& plate) {
  const std::string where = absl::AsciiStrToUpper(province);
  const std::string marks = absl::AsciiStrToUpper(Without(plate, " -."));
  const auto is_letter = [](char c) { return c >= 'A' && c <= 'Z'; };
  if (where.size() != 2 || !All(where, is_letter)) {
    return absl::InvalidArgumentError("the province or state is two letters, for example ON");
  }
  if (!All(marks, IsAlnum) || marks.size() > 8) {
    return absl::InvalidArgumentError("a plate is 1 to 8 letters and digits");
  }
  return absl::StrCat("plate:", where, ":", marks);
}

absl::StatusOr<std::string> HandleForm(const std::string& platform, const std::string& handle) {
  const std::string where = absl::AsciiStrToLower(platform);
  std::string name = absl::AsciiStrToLower(std::string(absl::StripAsciiWhitespace(handle)));
  if (!name.empty() && name[0] == '@') name.erase(0, 1);
  if (!All(where, IsAlnum)) {
    return absl::InvalidArgumentError("the platform is letters and digits, for example instagram");
  }
  const auto is_name = [](char c) { return IsAlnum(c) || c == '.' || c == '_' || c == '-'; };
  if (!All(name, is_name)) {
    return absl::InvalidArgumentError("a handle is letters, digits and . _ -, not a link");
  }
  return absl::StrCat("handle:", where, ":", name);
}

absl::StatusOr<std::string> PremisesForm(const std::string& postal_code, const std::string& street) {
  const std::string code = absl::AsciiStrToUpper(Without(postal_code, " -"));
  bool fits = code.size() == 6;
  for (std::size_t i = 0; fits && i < 6; ++i) fits = IsAlnum(code[i]) && IsDigit(code[i]) == (i % 2 == 1);
  if (!fits) return absl::InvalidArgumentError("a postal code is written like L4C 1A1");
  std::vector<std::string> unit, line;
  const std::vector<std::string> words = WordsOf(street);
  for (std::size_t i = 0; i < words.size(); ++i) {
    if (NamesUnit(words[i]) && unit.empty() && i + 1 < words.size()) {
      unit = {words[++i]};
    } else {
      line.push_back(Abbreviated(words[i]));
    }
  }
  if (line.size() < 2 || !IsDigit(line[0][0])) {
    return absl::InvalidArgumentError(
        "premises are a civic number and a street without accents, as in 4-12 Example Ave E; no city");
  }
  line.insert(line.begin(), unit.begin(), unit.end());
  return absl::StrCat("premises:", code, ":", absl::StrJoin(line, " "));
}

}  // namespace accord::ctl
