#include "common/base/opaque_reference.h"

#include <algorithm>
#include <cstddef>
#include <functional>
#include <iterator>
#include <set>
#include <string>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/str_split.h"
#include "absl/strings/string_view.h"
#include "common/base/field_refusal.h"

namespace accord {
namespace {

constexpr int kDaysOfAYear = 365;
constexpr int kFirstBirthYear = 1900;

// This gives true for a letter of any alphabet, since bytes beyond ASCII are parts of letters.
bool IsReferenceLetter(char c) {
  const auto byte = static_cast<unsigned char>(c);
  return absl::ascii_isalpha(byte) || byte >= 0x80;
}

// This gives true for two letters or more, with nothing between them but characters that occur within names.
bool IsReferenceWord(std::string_view word) {
  int letters = 0;
  for (const char c : word) {
    if (IsReferenceLetter(c)) {
      ++letters;
    } else if (c != '\'' && c != '-' && c != '.') {
      return false;
    }
  }
  return letters >= 2;
}

bool LooksLikeAName(std::string_view text) {
  // Codes such as `CAS_YORK_00123` are in capitals.
  const bool small = std::any_of(text.begin(), text.end(),
                                 [](char c) { return absl::ascii_islower(static_cast<unsigned char>(c)); });
  const char* between = small ? " \t,_" : " \t,";
  bool before = false;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find_first_of(between), text.size());
    if (end > 0) {
      const bool word = IsReferenceWord(text.substr(0, end));
      if (word && before) return true;
      before = word;
    }
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return false;
}

struct Digits {
  std::size_t begin, length;
  int value;
};

std::vector<Digits> DigitsInReference(std::string_view text) {
  std::vector<Digits> all;
  for (std::size_t i = 0; i < text.size();) {
    if (!absl::ascii_isdigit(static_cast<unsigned char>(text[i]))) {
      ++i;
      continue;
    }
    Digits run{i, 0, 0};
    for (; i < text.size() && absl::ascii_isdigit(static_cast<unsigned char>(text[i])); ++i, ++run.length) {
      // A longer run of digits cannot be part of a day, so its value is not needed.
      if (run.length < 8) run.value = run.value * 10 + (text[i] - '0');
    }
    all.push_back(run);
  }
  return all;
}

bool IsBirthDayInReference(int year, int month, int day, absl::CivilDay today) {
  const absl::CivilDay on(year, month, day);
  const bool exists = on.year() == year && on.month() == month && on.day() == day;
  return exists && year >= kFirstBirthYear && on <= today - kDaysOfAYear;
}

// This says whether the two runs are separated by a single mark.
bool AreJoinedInReference(std::string_view text, const Digits& first, const Digits& second) {
  const std::size_t mark = first.begin + first.length;
  return second.begin == mark + 1 && std::string_view("-/. ").find(text[mark]) != std::string_view::npos;
}

bool LooksLikeABirthDate(std::string_view text, absl::CivilDay today) {
  const std::vector<Digits> runs = DigitsInReference(text);
  // Eight digits are a day only if they are the only digits; otherwise they are part of
  // some number.
  if (runs.size() == 1 && runs[0].length == 8) {
    const int number = runs[0].value;
    return IsBirthDayInReference(number / 10000, number / 100 % 100, number % 100, today);
  }
  for (std::size_t i = 0; i + 2 < runs.size(); ++i) {
    const Digits &a = runs[i], &b = runs[i + 1], &c = runs[i + 2];
    if (!AreJoinedInReference(text, a, b) || !AreJoinedInReference(text, b, c) || b.length > 2) continue;
    if (a.length == 4 && c.length <= 2 && IsBirthDayInReference(a.value, b.value, c.value, today))
      return true;
    if (c.length != 4 || a.length > 2) continue;
    if (IsBirthDayInReference(c.value, b.value, a.value, today) ||
        IsBirthDayInReference(c.value, a.value, b.value, today)) {
      return true;
    }
  }
  return false;
}

// This says whether the digits have the form of a telephone or insurance number, `416-555-0199` or `046 454
// 286`: three digits, three more, and four or three.
bool LooksLikeANumberOfAPerson(std::string_view text) {
  const std::vector<Digits> runs = DigitsInReference(text);
  for (std::size_t i = 0; i + 2 < runs.size(); ++i) {
    const Digits &a = runs[i], &b = runs[i + 1], &c = runs[i + 2];
    const std::size_t end = a.begin + a.length;
    const bool joined = AreJoinedInReference(text, a, b) || text.substr(end, b.begin - end) == ") ";
    if (joined && AreJoinedInReference(text, b, c) && a.length == 3 && b.length == 3 &&
        (c.length == 3 || c.length == 4)) {
      return true;
    }
  }
  return false;
}

bool IsReferenceMonth(std::string_view word) {
  static const auto& months = *new std::set<std::string, std::less<>>{
      "jan",     "january", "janv", "janvier",  "feb",      "february",  "fev",       "fevrier",
      "mar",     "march",   "mars", "apr",      "april",    "avr",       "avril",     "may",
      "mai",     "jun",     "june", "juin",     "jul",      "july",      "juil",      "juillet",
      "aug",     "august",  "aout", "sep",      "sept",     "september", "septembre", "oct",
      "october", "octobre", "nov",  "november", "novembre", "dec",       "december",  "decembre"};
  return months.contains(absl::AsciiStrToLower(absl::string_view(word.data(), word.size())));
}

// This says whether the word makes a month's name beside it a date of birth: a day, or a year before
// this one.
bool IsReferenceDayOrPastYear(std::string_view word, absl::CivilDay today) {
  const std::vector<Digits> runs = DigitsInReference(word);
  if (runs.size() != 1 || runs[0].length != word.size()) return false;
  const bool year = word.size() == 4 && runs[0].value >= kFirstBirthYear && runs[0].value < today.year();
  return year || word.size() <= 2;
}

// This says whether the text has a month by its name beside its day or year (`apr-5-2010`), or a week of a
// year (`2010-W14-1`). A file number such as `MAR-004711` has neither.
bool LooksLikeADayInWords(std::string_view text, absl::CivilDay today) {
  std::string before;
  for (const absl::string_view part : absl::StrSplit(absl::string_view(text.data(), text.size()),
                                                     absl::ByAnyChar("-/. ,_"), absl::SkipEmpty())) {
    const std::string word(part);
    const bool dated = (IsReferenceMonth(word) && IsReferenceDayOrPastYear(before, today)) ||
                       (IsReferenceMonth(before) && IsReferenceDayOrPastYear(word, today));
    if (dated) return true;
    const bool week = word.size() == 3 && (word[0] == 'W' || word[0] == 'w') &&
                      DigitsInReference(word).size() == 1 && DigitsInReference(word)[0].length == 2;
    if (week && before.size() == 4 && DigitsInReference(before).size() == 1 &&
        DigitsInReference(before)[0].length == 4)
      return true;
    before = word;
  }
  return false;
}

// This divides a text where letters, digits and marks meet, and leaves out the marks.
std::vector<std::string> PartsOfReference(std::string_view text) {
  std::vector<std::string> parts;
  char before = ' ';
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (absl::ascii_isalnum(byte)) {
      const bool goes_on =
          absl::ascii_isalnum(static_cast<unsigned char>(before)) &&
          (absl::ascii_isdigit(byte) != 0) == (absl::ascii_isdigit(static_cast<unsigned char>(before)) != 0);
      if (!goes_on) parts.emplace_back();
      parts.back() += c;
    }
    before = c;
  }
  return parts;
}

// This says whether the text has a day, a month by its name and a past year side by side (`12avril2010`,
// `2010Apr12`), whatever stands between them.
bool LooksLikeADayWithItsMonth(std::string_view text, absl::CivilDay today) {
  const std::vector<std::string> parts = PartsOfReference(text);
  const auto dated = [&](const std::string& part, bool year) {
    return (part.size() == 4) == year && IsReferenceDayOrPastYear(part, today);
  };
  const auto at = [&](std::size_t i) { return i < parts.size() ? parts[i] : std::string(); };
  for (std::size_t i = 0; i < parts.size(); ++i) {
    if (!IsReferenceMonth(parts[i])) continue;
    const std::string before = i > 0 ? parts[i - 1] : "", after = at(i + 1);
    if ((dated(before, false) && dated(after, true)) || (dated(before, true) && dated(after, false)) ||
        (dated(after, false) && dated(at(i + 2), true))) {
      return true;
    }
  }
  return false;
}

// This says whether the text names a number that a person has of the state, with as many digits as such a
// number has: of social insurance, of health insurance, of a driver's licence, or a date of birth.
bool LooksLikeANamedNumber(std::string_view text) {
  struct Named {
    std::string_view word;
    std::size_t least, most;
  };
  constexpr Named kNamed[] = {{"sin", 9, 9},  {"nas", 9, 9}, {"ohip", 10, 12}, {"ramq", 8, 8},
                              {"dl", 14, 14}, {"dob", 6, 8}, {"ddn", 6, 8}};
  const std::vector<std::string> parts = PartsOfReference(text);
  std::size_t digits = 0;
  for (const Digits& run : DigitsInReference(text)) digits += run.length;
  return std::any_of(parts.begin(), parts.end(), [&](const std::string& part) {
    const std::string word = absl::AsciiStrToLower(part);
    return std::any_of(std::begin(kNamed), std::end(kNamed), [&](const Named& named) {
      return named.word == word && digits >= named.least && digits <= named.most;
    });
  });
}

// This says whether a system could have made the text: printable ASCII with a digit. Words alone are names,
// and some signs belong to addresses and paths.
bool CouldBeReferenceOfSystem(std::string_view text) {
  const bool printable = std::all_of(text.begin(), text.end(), [](char c) {
    return absl::ascii_isprint(static_cast<unsigned char>(c)) && c != '@' && c != '\\';
  });
  return text.empty() ||
         (printable && !DigitsInReference(text).empty() && text.find("..") == std::string_view::npos);
}

}  // namespace

absl::Status CheckOpaqueReference(const std::string& field, std::string_view reference,
                                  absl::CivilDay today) {
  const bool tells = LooksLikeAName(reference) || LooksLikeABirthDate(reference, today) ||
                     LooksLikeANumberOfAPerson(reference) || LooksLikeANamedNumber(reference) ||
                     LooksLikeADayInWords(reference, today) || LooksLikeADayWithItsMonth(reference, today);
  if (CouldBeReferenceOfSystem(reference) && !tells) return absl::OkStatus();
  return RefuseField(
      rules::kReferenceNamesPerson, field,
      "looks like a name, a date of birth or a number of a person; it is a number or code of your own "
      "system, in letters and digits of English, with at least one digit");
}

}  // namespace accord
