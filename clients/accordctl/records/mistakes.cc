#include "clients/accordctl/records/mistakes.h"

#include <algorithm>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "absl/strings/string_view.h"
#include "absl/strings/strip.h"
#include "clients/accordctl/core/comments.h"
#include "clients/accordctl/core/nearest.h"
#include "clients/accordctl/core/nouns.h"
#include "clients/accordctl/core/request_line.h"
#include "clients/accordctl/core/screen.h"
#include "clients/accordctl/core/texts.h"
#include "clients/accordctl/records/descriptor_commands.h"
#include "clients/accordctl/records/help.h"
#include "clients/accordctl/records/parser_faults.h"

namespace accord::ctl {
namespace {

const CLI::Option* FindOption(const CLI::App* app, const std::string& word) {
  const std::string name = word.substr(0, word.find('='));
  for (const CLI::Option* option : AllOptionsOf(app)) {
    if (option->check_name(name)) return option;
  }
  return nullptr;
}

std::vector<const CLI::App*> CommandsUnder(const CLI::App* app) {
  return app->get_subcommands([](const CLI::App* one) {
    return !one->get_name().empty() && !absl::StartsWith(one->get_name(), "__");
  });
}

std::vector<std::string> WordsUnder(const CLI::App* app) {
  std::vector<std::string> words;
  for (const CLI::App* one : CommandsUnder(app)) words.push_back(one->get_name());
  return words;
}

std::string PathOf(const CLI::App* app) {
  const CLI::App* parent = app->get_parent();
  return parent == nullptr ? app->get_name() : absl::StrCat(PathOf(parent), " ", app->get_name());
}

bool TakesPositionals(const CLI::App* app) {
  return !app->get_options([](const CLI::Option* option) { return option->get_positional(); }).empty();
}

// The verb that other programs use, and the verb that it is here.
constexpr std::pair<const char*, const char*> kCalledHere[] = {{"list-revisions", "history"},
                                                               {"history", "list-revisions"},
                                                               {"log", "list-revisions"},
                                                               {"revisions", "list-revisions"},
                                                               {"versions", "list-revisions"},
                                                               {"changes", "list-revisions"},
                                                               {"log", "history"},
                                                               {"revisions", "history"},
                                                               {"versions", "history"},
                                                               {"changes", "history"},
                                                               {"show", "get"},
                                                               {"view", "get"},
                                                               {"read", "get"},
                                                               {"describe", "get"},
                                                               {"search", "list"},
                                                               {"find", "list"},
                                                               {"ls", "list"},
                                                               {"new", "create"},
                                                               {"add", "create"},
                                                               {"submit", "create"},
                                                               {"edit", "update"},
                                                               {"change", "update"},
                                                               {"modify", "update"}};

const Verb* CalledHere(const Noun& noun, const std::string& word) {
  for (const auto& [elsewhere, here] : kCalledHere) {
    const Verb* verb = word == elsewhere ? FindVerb(noun, here) : nullptr;
    if (verb != nullptr) return verb;
  }
  return nullptr;
}

// Whether the word may be a name: ids that a service gives contain digits; an agency may have
// any id.
bool MayBeAName(const Noun& noun, const std::string& word) {
  return word.find_first_of("0123456789/") != std::string::npos || noun.word == "agency";
}

// The most words that are listed for somebody who gave another one.
constexpr std::size_t kFewWords = 8;

std::string DidYouMean(const std::vector<std::string>& near) {
  return near.empty() ? "" : "\n  " + Text("did you mean: {{words}}", {{"words", absl::StrJoin(near, ", ")}});
}

std::string HelpOf(const CLI::App* app) {
  return absl::StrCat("\n  ", Text("how it goes: {{line}}", {{"line", PathOf(app) + " --help"}}), "\n");
}

// Gives the example of a command, with the name that was typed in place of the invented one.
std::string ExampleWith(const Command& command, const std::string& name) {
  std::string example = ExampleOf(command);
  if (name.empty() || !TakesName(command)) return example;
  const std::size_t begin = Typed(command).size() + 1;
  return example.replace(begin, std::min(example.find(' ', begin), example.size()) - begin, Shown(name));
}

// Gives the message if the first of these words is not a command where one is needed.
std::string UnknownWord(const CLI::App* app, const std::vector<std::string>& words) {
  const std::string& word = words.front();
  const bool root = app->get_parent() == nullptr;
  const Noun* noun = root ? nullptr : FindNoun(app->get_name());
  const std::string path = PathOf(app);
  const std::string shown = Shown(word);
  std::string out =
      root ? Text("there is no command or noun `{{word}}`", {{"word", shown}})
      : noun != nullptr
          ? Text("there is no `{{word}}` among what can be done with {{noun}}",
                 {{"word", shown},
                  {"noun", Spoken() == Language::kFrench ? "`" + noun->word + "`" : WithArticle(*noun)}})
          : Text("`{{command}}` has no `{{word}}`", {{"command", path}, {"word", shown}});
  const Verb* meant = noun == nullptr ? nullptr : CalledHere(*noun, word);
  const std::vector<std::string> near =
      meant != nullptr ? std::vector<std::string>() : Nearest(word, WordsUnder(app));
  if (meant != nullptr)
    absl::StrAppend(&out, "\n  ",
                    Text("it is called so here: {{line}}",
                         {{"line", ExampleWith(*meant->command, words.size() > 1 ? words[1] : "")}}));
  absl::StrAppend(&out, DidYouMean(near));
  const std::vector<std::string> known = WordsUnder(app);
  if (!root && noun == nullptr && near.empty() && !known.empty() && known.size() <= kFewWords) {
    absl::StrAppend(&out, "\n  ", Text("it has: {{words}}", {{"words", absl::StrJoin(known, ", ")}}));
  }
  // The user may have written a record's name in place of the verb.
  if (noun != nullptr && meant == nullptr && near.empty() && MayBeAName(*noun, word) &&
      FindVerb(*noun, "get") != nullptr) {
    absl::StrAppend(
        &out, "\n  ",
        Text("to read one of that name: {{line}}", {{"line", absl::StrCat(path, " get ", shown)}}));
  }
  const bool verb_first = noun == nullptr && !root && app->get_description().empty();
  if (verb_first && FindNoun(word) != nullptr) {
    absl::StrAppend(
        &out, "\n  ",
        Text("what can be done with it: {{line}}", {{"line", "accordctl " + FindNoun(word)->word}}));
  }
  return absl::StrCat(out, "\n  ",
                      Text("all there is: {{line}}", {{"line", path + (noun == nullptr ? " --help" : "")}}),
                      "\n");
}

// Gives the message for a command that needs another word.
std::string MissingWord(const CLI::App* app) {
  const std::string path = PathOf(app);
  std::string out =
      Text("`{{command}}` wants one more word: {{words}}",
           {{"command", path}, {"words", Wrap(absl::StrJoin(WordsUnder(app), ", "), kHelpWidth - 2, 4)}});
  const std::vector<const CLI::App*> under = CommandsUnder(app);
  if (!under.empty()) {
    const Command* command = CommandOf(under.front());
    absl::StrAppend(&out, "\n  ",
                    Text("for example: {{line}}",
                         {{"line", command != nullptr ? ExampleOf(*command) : PathOf(under.front())}}));
  }
  return out + "\n";
}

// Gives the line with its required parts, and the command that explains the rest.
std::string HowItGoes(const CLI::App* app) {
  std::string line = PathOf(app);
  const auto required = app->get_options([](const CLI::Option* one) { return one->get_required(); });
  for (const CLI::Option* option : required) {
    const std::string name = option->get_name();
    absl::StrAppend(&line, " ",
                    option->get_positional() ? absl::AsciiStrToUpper(name) : absl::StrCat(name, " ..."));
  }
  return absl::StrCat("\n  ", Text("how it goes: {{line}}", {{"line", line}}), "\n  ",
                      Text("all there is to it: {{line}}", {{"line", PathOf(app) + " --help"}}), "\n");
}

std::string MissingName(const CLI::App* app) {
  const Command* command = CommandOf(app);
  if (command == nullptr)
    return Text("`{{command}}` wants a name", {{"command", PathOf(app)}}) + HowItGoes(app);
  const auto resource = ResourceOf(*command);
  std::string out = Text("which one? For example: {{line}}", {{"line", ExampleOf(*command)}});
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
std::string ValueThatDoesNotFit(const CLI::App* app, absl::string_view said) {
  absl::ConsumePrefix(&said, "Could not convert: ");
  const std::vector<std::string> parts = absl::StrSplit(said, absl::MaxSplits(" = ", 1));
  if (parts.size() < 2) return Shown(parts[0]) + HelpOf(app);
  return Text("{{option}} does not take `{{value}}`", {{"option", parts[0]}, {"value", Shown(parts[1])}}) +
         HelpOf(app);
}

// CLI11 says "--output: jsn not in {table,json}"; gives the nearest of these, or nothing.
std::string NearestOfThese(const std::string& said) {
  const std::size_t value = said.find(": "), known = said.find(" not in {");
  if (value == std::string::npos || known == std::string::npos || known < value + 2) return "";
  const std::string list = said.substr(known + 9, said.find('}', known) - known - 9);
  return DidYouMean(Nearest(said.substr(value + 2, known - value - 2), absl::StrSplit(list, ',')));
}

// Gives how to set a field of the record that was written as an option; empty if the word is no
// such field. `beside` is the word after it.
std::string AsField(const CLI::App* app, const std::string& option, const std::string& beside) {
  const Command* command = CommandOf(app);
  if (command == nullptr) return "";
  const std::size_t equals = option.find('=');
  std::string name = option.substr(0, equals);
  name.erase(0, name.find_first_not_of('-'));
  std::replace(name.begin(), name.end(), '-', '_');
  const auto* field = FileType(*command)->FindFieldByName(name);
  if (field == nullptr || FieldRuleOf(field).output_only()) return "";
  const bool alone = equals == std::string::npos && (beside.empty() || beside[0] == '-');
  const std::string value = alone ? "..." : equals == std::string::npos ? beside : option.substr(equals + 1);
  return "\n  " + Text("a field of the record is given so: {{line}}",
                       {{"line", absl::StrCat("--set ", name, "=", Shown(value))}});
}

std::string UnknownOption(const CLI::App* app, const std::string& word, const std::string& beside) {
  std::vector<std::string> known;
  for (const CLI::Option* option : AllOptionsOf(app)) {
    for (const std::string& name : option->get_lnames()) known.push_back(name);
  }
  const std::string name = word.substr(0, word.find('='));
  std::string out =
      Text("`{{command}}` has no option {{option}}", {{"command", PathOf(app)}, {"option", Shown(name)}});
  std::vector<std::string> near =
      Nearest(name.substr(std::min(name.find_first_not_of('-'), name.size())), known);
  for (std::string& one : near) one = "--" + one;
  const Command* command = CommandOf(app);
  if (name == "--filter" && command != nullptr &&
      command->request()->FindFieldByName("page_token") != nullptr) {
    return absl::StrCat(
        out, "\n  ",
        Text("this list takes no filter; what narrows it: {{line}}", {{"line", PathOf(app) + " --help"}}),
        "\n");
  }
  const std::string as_field = AsField(app, word, beside);
  return absl::StrCat(out, as_field.empty() ? DidYouMean(near) : as_field, "\n  ",
                      Text("all there are: {{line}}", {{"line", PathOf(app) + " --help"}}), "\n");
}

}  // namespace

std::vector<const CLI::Option*> AllOptionsOf(const CLI::App* app) {
  std::vector<const CLI::Option*> options;
  const auto add = [&](const CLI::App& of) {
    const auto own = of.get_options();
    options.insert(options.end(), own.begin(), own.end());
  };
  for (; app != nullptr; app = app->get_parent()) {
    add(*app);
    // A group of options is a command without a name.
    for (const CLI::App* group :
         app->get_subcommands([](const CLI::App* one) { return one->get_name().empty(); })) {
      add(*group);
    }
  }
  return options;
}

ParsedWords ParseWords(const CLI::App& root, const std::vector<std::string>& words) {
  ParsedWords parsed;
  parsed.app = &root;
  bool only_words = false;
  for (const std::string& word : words) {
    if (parsed.pending != nullptr) {
      parsed.values.emplace_back(parsed.pending->get_name(false, false), word);
      parsed.pending = nullptr;
    } else if (word == "--") {
      only_words = true;
    } else if (!only_words && word.size() > 1 && word[0] == '-') {
      const CLI::Option* option = FindOption(parsed.app, word);
      const std::size_t equals = word.find('=');
      if (option == nullptr) {
        parsed.unknown_options.push_back(word);
      } else if (equals != std::string::npos) {
        parsed.values.emplace_back(option->get_name(false, false), word.substr(equals + 1));
      } else if (option->get_expected_min() > 0) {
        parsed.pending = option;
      }
    } else {
      const auto next =
          parsed.app->get_subcommands([&](const CLI::App* one) { return one->check_name(word); });
      if (!next.empty() && parsed.rest.empty()) {
        parsed.app = next.front();
        BuildOptions(parsed.app);
      } else {
        parsed.rest.push_back(word);
      }
    }
  }
  return parsed;
}

std::string Mistake(const CLI::App& root, const std::vector<std::string>& words,
                    const CLI::ParseError& error) {
  const ParsedWords parsed = ParseWords(root, words);
  const bool wants_word = !CommandsUnder(parsed.app).empty() && !TakesPositionals(parsed.app);
  const bool says_nothing =
      parsed.rest.empty() && parsed.unknown_options.empty() && parsed.pending == nullptr;
  if (parsed.app == &root && says_nothing && error.get_name() == "RequiredError") return FrontPage(root);
  const auto place = [&words](const std::string& word) {
    return std::find(words.begin(), words.end(), word) - words.begin();
  };
  // The word after an unknown option may be its value.
  const bool option_first =
      !parsed.unknown_options.empty() &&
      (parsed.rest.empty() || place(parsed.unknown_options.front()) < place(parsed.rest.front()));
  std::string out = "accordctl: ";
  if (wants_word && !parsed.rest.empty() && !option_first) {
    out += UnknownWord(parsed.app, parsed.rest);
  } else if (!parsed.unknown_options.empty()) {
    const std::string& option = parsed.unknown_options.front();
    const auto behind = static_cast<std::size_t>(place(option)) + 1;
    out += UnknownOption(parsed.app, option, behind < words.size() ? words[behind] : "");
  } else if (wants_word && parsed.pending == nullptr && error.get_name() == "RequiredError") {
    out += MissingWord(parsed.app);
  } else if (error.get_name() == "RequiredError" && absl::StartsWith(error.what(), "NAME")) {
    out += MissingName(parsed.app);
  } else if (error.get_name() == "RequiredError" && parsed.pending == nullptr) {
    const std::string what(absl::StripSuffix(error.what(), " is required"));
    // One option of a group is missing; it does not matter which.
    const bool of_a_group = what == error.what() || absl::StrContains(what, " from [");
    absl::StrAppend(&out,
                    of_a_group ? ParserFault(error, PathOf(parsed.app))
                               : Text("{{what}} is required", {{"what", Shown(what)}}),
                    HowItGoes(parsed.app));
  } else if (parsed.pending != nullptr) {
    absl::StrAppend(&out,
                    Text("{{option}} wants a value behind it", {{"option", parsed.pending->get_name()}}),
                    HelpOf(parsed.app));
  } else if (error.get_name() == "ConversionError") {
    out += ValueThatDoesNotFit(parsed.app, error.what());
  } else {
    absl::StrAppend(&out, ParserFault(error, PathOf(parsed.app)), NearestOfThese(error.what()),
                    HelpOf(parsed.app));
  }
  return out;
}

std::string EmptyWord(const CLI::App& root, const std::vector<std::string>& words) {
  const ParsedWords parsed = ParseWords(root, words);
  // Completion may be requested before a word is begun.
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
      "\n  ", Text("give it a value, or leave it out: {{line}}", {{"line", PathOf(parsed.app) + " --help"}}),
      "\n");
}

Language LanguageOfWords(const CLI::App& root, const std::vector<std::string>& words,
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
