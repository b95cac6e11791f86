#include "clients/accordctl/core/yaml_faults.h"

#include <yaml-cpp/exceptions.h>

#include <algorithm>
#include <cstddef>
#include <cstring>
#include <utility>

#include "absl/strings/str_cat.h"
#include "clients/accordctl/core/texts.h"

namespace accord::ctl {
namespace {

constexpr char kBlanksOfYaml[] = " \t\r\n";

// The text has a colon in a sentence without quotes, or a field is not aligned with the one before.
constexpr char kSecondColon[] =
    "there is a second colon: put a text with a colon into quotes, and begin each field below the one before";
constexpr char kOddColumn[] =
    "this line begins neither where the fields do nor where a text goes on: begin it like those before";
constexpr char kOpenBracket[] = "a bracket that was opened is not closed before this";
constexpr char kOddSign[] = "no value begins with this sign: put the text into quotes";
constexpr char kOpenQuotes[] = "the quotes of a text are not closed before this";

// JSON writes a character above U+FFFF as two escapes.
constexpr char kHalfCharacter[] =
    "\\u writes half a character here: write the character itself, or one \\U of eight digits, as \\U0001F600";

constexpr char kTab[] = "a tab indents this line: begin it with blanks, as YAML wants";
constexpr char kKeyIsNoWord[] = "a key must be a word";

bool HasTabFault(const std::string& document, int line) {
  std::size_t begin = 0;
  for (; line > 0; --line) {
    begin = document.find('\n', begin);
    if (begin == std::string::npos) return false;
    ++begin;
  }
  const std::size_t text = document.find_first_not_of(" \t", begin);
  const std::string blanks = document.substr(begin, text == std::string::npos ? text : text - begin);
  return blanks.find('\t') != std::string::npos;
}

// This says whether more brackets open than close, so that the text after one of them was taken for a key.
bool HasBracketFault(const std::string& document) {
  const auto count = [&](char bracket) { return std::count(document.begin(), document.end(), bracket); };
  return count('[') + count('{') > count(']') + count('}');
}

}  // namespace

std::size_t FindLoneReturnFault(const std::string& document) {
  const std::size_t at = document.find('\r');
  const bool alone = at != std::string::npos && document.find('\n') == std::string::npos;
  // Blanks have no meaning in JSON, or at the end of a text.
  const std::size_t first = document.find_first_not_of(" \t\r\xef\xbb\xbf");
  if (!alone || first == std::string::npos || document[first] == '{' || document[first] == '[') {
    return std::string::npos;
  }
  return document.find_first_not_of(kBlanksOfYaml, at) == std::string::npos ? std::string::npos : at;
}

bool HasQuotesFault(const std::string& document, int begin) {
  const std::size_t mark = document.compare(0, 3, "\xef\xbb\xbf") == 0 ? 3 : 0;
  std::size_t at = mark + static_cast<std::size_t>(begin);
  // An anchor or a tag may precede the text.
  while (at < document.size() && (document[at] == '&' || document[at] == '!')) {
    at = document.find_first_not_of(kBlanksOfYaml, document.find_first_of(kBlanksOfYaml, at));
  }
  if (at >= document.size() || (document[at] != '"' && document[at] != '\'')) return false;
  const char quote = document[at];
  for (++at; at < document.size(); ++at) {
    if (quote == '"' && document[at] == '\\') {
      ++at;
    } else if (document[at] == quote) {
      // Two single quotes stand for one in the text.
      if (quote == '"' || document.compare(at, 2, "''") != 0) return false;
      ++at;
    }
  }
  return true;
}

std::string YamlFaultText(const std::string& said, const std::string& document, int line) {
  if (HasTabFault(document, line)) return kTab;
  if (said.compare(0, std::strlen(YAML::ErrorMsg::INVALID_UNICODE), YAML::ErrorMsg::INVALID_UNICODE) == 0) {
    return kHalfCharacter;
  }
  if (said == kKeyIsNoWord && HasBracketFault(document)) return kOpenBracket;
  static const std::pair<const char*, const char*> told[] = {
      {YAML::ErrorMsg::MAP_VALUE, kSecondColon},       {YAML::ErrorMsg::END_OF_MAP, kOddColumn},
      {YAML::ErrorMsg::END_OF_SEQ, kOddColumn},        {YAML::ErrorMsg::END_OF_MAP_FLOW, kOpenBracket},
      {YAML::ErrorMsg::END_OF_SEQ_FLOW, kOpenBracket}, {YAML::ErrorMsg::EOF_IN_SCALAR, kOpenQuotes},
      {YAML::ErrorMsg::DOC_IN_SCALAR, kOpenQuotes},    {YAML::ErrorMsg::UNKNOWN_TOKEN, kOddSign},
  };
  for (const auto& [theirs, ours] : told) {
    if (said == theirs) return ours;
  }
  return said;
}

absl::Status YamlFaultAt(const std::string& path, int line, int column, const std::string& what) {
  return absl::InvalidArgumentError(absl::StrCat(path, ":", line + 1, ":", column + 1, ": ", Text(what)));
}

absl::Status YamlFaultAtByte(const std::string& path, const std::string& text, std::size_t byte,
                             const std::string& what) {
  const auto end = text.begin() + static_cast<std::ptrdiff_t>(byte);
  const std::size_t line_begin = byte == 0 ? std::string::npos : text.rfind('\n', byte - 1);
  return YamlFaultAt(path, static_cast<int>(std::count(text.begin(), end, '\n')),
                     static_cast<int>(line_begin == std::string::npos ? byte : byte - line_begin - 1), what);
}

}  // namespace accord::ctl
