#include "clients/accordctl/records/parser_faults.h"

#include <optional>
#include <utility>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "clients/accordctl/core/texts.h"
#include "clients/accordctl/core/visible_text.h"

namespace accord::ctl {
namespace {

// This gives the text before a mark and the text after it; it is nullopt if the mark is not there.
std::optional<std::pair<std::string, std::string>> SplitFaultAt(const std::string& text, std::size_t at,
                                                                const std::string& mark) {
  if (at == std::string::npos) return std::nullopt;
  return std::pair(text.substr(0, at), text.substr(at + mark.size()));
}
std::optional<std::pair<std::string, std::string>> SplitFaultAt(const std::string& text,
                                                                const std::string& mark) {
  return SplitFaultAt(text, text.find(mark), mark);
}
std::optional<std::pair<std::string, std::string>> SplitFaultAtLast(const std::string& text,
                                                                    const std::string& mark) {
  return SplitFaultAt(text, text.rfind(mark), mark);
}

// This turns `a,b}` into `a, b`: the text before the closing bracket.
std::string SpacedList(const std::string& text, char bracket) {
  const std::vector<std::string> each =
      absl::StrSplit(text.substr(0, text.find(bracket)), ',', absl::SkipEmpty());
  return absl::StrJoin(each, ", ");
}

// Too few or too many options of a group are given: "Exactly 1 option from [--phone,--plate] is
// required", or "Requires at most 1 options be given from [--add,--retire]".
std::optional<std::string> GroupFault(const std::string& said) {
  const auto options = SplitFaultAt(said, " from [");
  if (!options) return std::nullopt;
  const TextValues values = {{"options", SpacedList(options->second, ']')}};
  if (absl::StartsWith(said, "Exactly 1 ")) return Text("give exactly one of {{options}}", values);
  if (absl::StartsWith(said, "Requires at most 1 "))
    return Text("give no more than one of {{options}}", values);
  return std::nullopt;
}

// A check refused a value: "--output: jsn not in {table,json}", "--within: Value x not in range 0
// to 9", or the words of accordctl's own check.
std::optional<std::string> CheckFault(const std::string& said) {
  const auto option = SplitFaultAt(said, ": ");
  if (!option) return std::nullopt;
  if (const auto list = SplitFaultAtLast(option->second, " not in {")) {
    return Text("{{option}} wants one of {{values}}, not `{{value}}`",
                {{"option", option->first},
                 {"values", SpacedList(list->second, '}')},
                 {"value", Shown(list->first)}});
  }
  const auto range = SplitFaultAtLast(option->second, " not in range ");
  const auto ends = range ? SplitFaultAt(range->second, " to ") : std::nullopt;
  const auto value = range ? SplitFaultAt(range->first, "Value ") : std::nullopt;
  if (!ends || !value) return std::nullopt;
  return Text("{{option}} wants a number from {{first}} to {{last}}, not `{{value}}`",
              {{"option", option->first},
               {"first", ends->first},
               {"last", ends->second},
               {"value", Shown(value->second)}});
}

std::optional<std::string> ParserFaultText(const CLI::ParseError& error, const std::string& command) {
  const std::string said = error.what();
  // This error carries the name of the command.
  if (dynamic_cast<const CLI::ExtrasError*>(&error) != nullptr) {
    const auto words = SplitFaultAt(said, " not expected: ");
    if (!words) return std::nullopt;
    return Text("`{{command}}` does not take `{{words}}`",
                {{"command", command}, {"words", Shown(words->second)}});
  }
  if (error.get_name() == "RequiresError") {
    const auto options = SplitFaultAt(said, " requires ");
    if (!options) return std::nullopt;
    return Text("with {{option}}, give {{other}}, too",
                {{"option", options->first}, {"other", options->second}});
  }
  if (error.get_name() == "ArgumentMismatch") {
    const auto option = SplitFaultAt(said, ": At Most 1 required");
    if (!option) return std::nullopt;
    return Text("{{what}} is given more than once: give it once", {{"what", option->first}});
  }
  if (error.get_name() == "RequiredError") return GroupFault(said);
  return error.get_name() == "ValidationError" ? CheckFault(said) : std::nullopt;
}

}  // namespace

std::string ParserFault(const CLI::ParseError& error, const std::string& command) {
  return ParserFaultText(error, command).value_or(Shown(error.what()));
}

}  // namespace accord::ctl
