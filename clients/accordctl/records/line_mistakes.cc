#include "clients/accordctl/records/line_mistakes.h"

#include <algorithm>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "absl/strings/string_view.h"
#include "absl/strings/strip.h"
#include "clients/accordctl/core/command_example.h"
#include "clients/accordctl/core/nearest.h"
#include "clients/accordctl/core/nouns.h"
#include "clients/accordctl/core/proto_comments.h"
#include "clients/accordctl/core/request_line.h"
#include "clients/accordctl/core/texts.h"
#include "clients/accordctl/core/visible_text.h"
#include "clients/accordctl/core/wrap_text.h"
#include "clients/accordctl/records/command_tree.h"
#include "clients/accordctl/records/descriptor_commands.h"
#include "clients/accordctl/records/help.h"
#include "clients/accordctl/records/parsed_words.h"
#include "clients/accordctl/records/parser_faults.h"
#include "clients/accordctl/records/unknown_words.h"

namespace accord::ctl {
namespace {

bool TakesPositionals(const CLI::App* app) {
  return !app->get_options([](const CLI::Option* option) { return option->get_positional(); }).empty();
}

std::string MistakeHelpLine(const CLI::App* app) {
  return absl::StrCat("\n  ", Text("how it goes: {{line}}", {{"line", CommandTreePath(app) + " --help"}}),
                      "\n");
}

// This gives a command that does nothing without another word.
std::string MissingSubcommand(const CLI::App* app) {
  const std::string path = CommandTreePath(app);
  std::string out =
      Text("`{{command}}` wants one more word: {{words}}",
           {{"command", path},
            {"words", WrapText(absl::StrJoin(CommandTreeWords(app), ", "), kHelpWidth - 2, 4)}});
  const std::vector<const CLI::App*> under = CommandTreeChildren(app);
  if (!under.empty()) {
    const Command* command = CommandOf(under.front());
    absl::StrAppend(
        &out, "\n  ",
        Text("for example: {{line}}",
             {{"line", command != nullptr ? ExampleOfCommand(*command) : CommandTreePath(under.front())}}));
  }
  return out + "\n";
}

// This gives the line with what it cannot do without, and what tells the rest.
std::string MistakeUsageLine(const CLI::App* app) {
  std::string line = CommandTreePath(app);
  const auto required = app->get_options([](const CLI::Option* one) { return one->get_required(); });
  for (const CLI::Option* option : required) {
    const std::string name = option->get_name();
    absl::StrAppend(&line, " ",
                    option->get_positional() ? absl::AsciiStrToUpper(name) : absl::StrCat(name, " ..."));
  }
  return absl::StrCat("\n  ", Text("how it goes: {{line}}", {{"line", line}}), "\n  ",
                      Text("all there is to it: {{line}}", {{"line", CommandTreePath(app) + " --help"}}),
                      "\n");
}

std::string MissingName(const CLI::App* app) {
  const Command* command = CommandOf(app);
  if (command == nullptr)
    return Text("`{{command}}` wants a name", {{"command", CommandTreePath(app)}}) + MistakeUsageLine(app);
  const auto resource = ResourceOf(*command);
  std::string out = Text("which one? For example: {{line}}", {{"line", ExampleOfCommand(*command)}});
  if (resource) {
    absl::StrAppend(
        &out, "\n  ",
        Text("a name is {{pattern}}, or the last part of it", {{"pattern", resource->option.pattern()}}));
  }
  if (FindVerb(NounOf(*command), "list") != nullptr) {
    absl::StrAppend(&out, "\n  ",
                    Text("those you may see: {{line}}",
                         {{"line", absl::StrCat("accordctl ", NounOf(*command).word, " list")}}));
  }
  return out + "\n";
}

// CLI11 says "Could not convert: --limit = x".
std::string MistakenValue(const CLI::App* app, absl::string_view said) {
  absl::ConsumePrefix(&said, "Could not convert: ");
  const std::vector<std::string> parts = absl::StrSplit(said, absl::MaxSplits(" = ", 1));
  if (parts.size() < 2) return Shown(parts[0]) + MistakeHelpLine(app);
  return Text("{{option}} does not take `{{value}}`", {{"option", parts[0]}, {"value", Shown(parts[1])}}) +
         MistakeHelpLine(app);
}

// CLI11 says "--output: jsn not in {table,json}"; the nearest of them, or nothing.
std::string OptionNearestToMistake(const std::string& said) {
  const std::size_t value = said.find(": "), known = said.find(" not in {");
  if (value == std::string::npos || known == std::string::npos || known < value + 2) return "";
  const std::string list = said.substr(known + 9, said.find('}', known) - known - 9);
  return UnknownWordNearestText(
      Nearest(said.substr(value + 2, known - value - 2), absl::StrSplit(list, ',')));
}

}  // namespace

std::string MistakeText(const CLI::App& root, const std::vector<std::string>& words,
                        const CLI::ParseError& error) {
  const ParsedWords parsed = ParseWords(root, words);
  const bool wants_word = !CommandTreeChildren(parsed.app).empty() && !TakesPositionals(parsed.app);
  const bool says_nothing =
      parsed.rest.empty() && parsed.unknown_options.empty() && parsed.pending == nullptr;
  if (parsed.app == &root && says_nothing && error.get_name() == "RequiredError") return HelpFrontPage(root);
  const auto place = [&words](const std::string& word) {
    return std::find(words.begin(), words.end(), word) - words.begin();
  };
  // The word after an option that does not exist may be its value.
  const bool option_first =
      !parsed.unknown_options.empty() &&
      (parsed.rest.empty() || place(parsed.unknown_options.front()) < place(parsed.rest.front()));
  std::string out = "accordctl: ";
  if (wants_word && !parsed.rest.empty() && !option_first) {
    out += UnknownWordText(parsed.app, parsed.rest);
  } else if (!parsed.unknown_options.empty()) {
    const std::string& option = parsed.unknown_options.front();
    const auto behind = static_cast<std::size_t>(place(option)) + 1;
    out += UnknownOptionText(parsed.app, option, behind < words.size() ? words[behind] : "");
  } else if (wants_word && parsed.pending == nullptr && error.get_name() == "RequiredError") {
    out += MissingSubcommand(parsed.app);
  } else if (error.get_name() == "RequiredError" && absl::StartsWith(error.what(), "NAME")) {
    out += MissingName(parsed.app);
  } else if (error.get_name() == "RequiredError" && parsed.pending == nullptr) {
    const std::string what(absl::StripSuffix(error.what(), " is required"));
    // One option of a group is missing, whichever it is.
    const bool of_a_group = what == error.what() || absl::StrContains(what, " from [");
    absl::StrAppend(&out,
                    of_a_group ? ParserFault(error, CommandTreePath(parsed.app))
                               : Text("{{what}} is required", {{"what", Shown(what)}}),
                    MistakeUsageLine(parsed.app));
  } else if (parsed.pending != nullptr) {
    absl::StrAppend(&out,
                    Text("{{option}} wants a value behind it", {{"option", parsed.pending->get_name()}}),
                    MistakeHelpLine(parsed.app));
  } else if (error.get_name() == "ConversionError") {
    out += MistakenValue(parsed.app, error.what());
  } else {
    absl::StrAppend(&out, ParserFault(error, CommandTreePath(parsed.app)),
                    OptionNearestToMistake(error.what()), MistakeHelpLine(parsed.app));
  }
  return out;
}

std::string EmptyWordText(const CLI::App& root, const std::vector<std::string>& words) {
  const ParsedWords parsed = ParseWords(root, words);
  // Completion is asked of a word that nobody has begun.
  if (absl::StartsWith(parsed.app->get_name(), "__")) return "";
  std::string what;
  for (const auto& [option, value] : parsed.values) {
    if (value.empty()) what = option;
  }
  const bool word = std::count(parsed.rest.begin(), parsed.rest.end(), "") > 0;
  if (what.empty() && !word) return "";
  const Command* command = CommandOf(parsed.app);
  if (what.empty() && command != nullptr && TakesName(*command)) {
    return "accordctl: " + MissingName(parsed.app);
  }
  return absl::StrCat(
      "accordctl: ",
      Text("{{what}} is empty; is a variable of the shell not set?",
           {{"what", what.empty() ? Text("a word of the line") : what}}),
      "\n  ",
      Text("give it a value, or leave it out: {{line}}", {{"line", CommandTreePath(parsed.app) + " --help"}}),
      "\n");
}

Language LanguageOfMistakes(const CLI::App& root, const std::vector<std::string>& words,
                            CommandSession* session) {
  const ParsedWords parsed = ParseWords(root, words);
  for (const auto& [option, value] : parsed.values) {
    if (option == "--language") session->given.language = value;
    if (option == "--config") session->contexts_file = value;
    if (option == "--context") session->context_name = value;
  }
  return session->language();
}

}  // namespace accord::ctl
