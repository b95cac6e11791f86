#include "clients/accordctl/core/document_faults.h"

#include <yaml-cpp/exceptions.h>

#include <cstddef>
#include <utility>

namespace accord::ctl {
namespace {

constexpr char kBlanksOfYaml[] = " \t\r\n";

// Somebody wrote a sentence with a colon as it is spoken, or did not begin a field below the one before.
constexpr char kSecondColon[] =
    "there is a second colon: put a text with a colon into quotes, and begin each field below the one before";
constexpr char kOddColumn[] =
    "this line begins neither where the fields do nor where a text goes on: begin it like those before";
constexpr char kOpenBracket[] = "a bracket that was opened is not closed before this";
constexpr char kOddSign[] = "no value begins with this sign: put the text into quotes";
constexpr char kOpenQuotes[] = "the quotes of a text are not closed before this";

}  // namespace

bool AreQuotesClosed(const std::string& document, int begin) {
  const std::size_t mark = document.compare(0, 3, "\xef\xbb\xbf") == 0 ? 3 : 0;
  std::size_t at = mark + static_cast<std::size_t>(begin);
  // An anchor or a tag stands before the text.
  while (at < document.size() && (document[at] == '&' || document[at] == '!')) {
    at = document.find_first_not_of(kBlanksOfYaml, document.find_first_of(kBlanksOfYaml, at));
  }
  if (at >= document.size() || (document[at] != '"' && document[at] != '\'')) return true;
  const char quote = document[at];
  for (++at; at < document.size(); ++at) {
    if (quote == '"' && document[at] == '\\') {
      ++at;
    } else if (document[at] == quote) {
      // Two single quotes are one of the text.
      if (quote == '"' || document.compare(at, 2, "''") != 0) return true;
      ++at;
    }
  }
  return false;
}

std::string YamlFault(const std::string& said) {
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

}  // namespace accord::ctl
