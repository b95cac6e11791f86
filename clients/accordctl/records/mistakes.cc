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
#include "clients/accordctl/records/descriptor_commands.h"
#include "clients/accordctl/records/help.h"

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

// This is what other programs call it, and the verb that it has here.
constexpr std::pair<const char*, const char*> kCalledHere[] = {{"history", "list-revisions"},
                                                               {"log", "list-revisions"},
                                                               {"revisions", "list-revisions"},
                                                               {"versions", "list-revisions"},
                                                               {"changes", "list-revisions"},
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
    if (word == elsewhere) return FindVerb(noun, here);
  }
  return nullptr;
}

// Names that a service gives hold digits; an agency has any id.
bool MayBeAName(const Noun& noun, const std::string& word) {
  return word.find_first_of("0123456789/") != std::string::npos || noun.word == "agency";
}

// A word that stands where a command is wanted, and is none.
std::string UnknownWord(const CLI::App* app, const std::string& word) {
  const bool root = app->get_parent() == nullptr;
  const Noun* noun = root ? nullptr : FindNoun(app->get_name());
  const std::string path = PathOf(app);
  const std::string shown = Shown(word);
  std::string out = root              ? absl::StrCat("there is no command or noun `", shown, "`")
                    : noun != nullptr ? absl::StrCat("there is no `", shown, "` among what can be done with ",
                                                     WithArticle(*noun))
                                      : absl::StrCat("`", path, "` has no `", shown, "`");
  const Verb* meant = noun == nullptr ? nullptr : CalledHere(*noun, word);
  const std::vector<std::string> near =
      meant != nullptr ? std::vector<std::string>() : Nearest(word, WordsUnder(app));
  if (meant != nullptr) absl::StrAppend(&out, "\n  it is called so here: ", ExampleOf(*meant->command));
  if (!near.empty()) absl::StrAppend(&out, "\n  did you mean: ", absl::StrJoin(near, ", "));
  // A name where the verb should be.
  if (noun != nullptr && meant == nullptr && near.empty() && MayBeAName(*noun, word) &&
      FindVerb(*noun, "get") != nullptr) {
    absl::StrAppend(&out, "\n  to read one of that name: ", path, " get ", shown);
  }
  const bool verb_first = noun == nullptr && !root && app->get_description().empty();
  if (verb_first && FindNoun(word) != nullptr) {
    absl::StrAppend(&out, "\n  what can be done with it: accordctl ", FindNoun(word)->word);
  }
  return absl::StrCat(out, "\n  all there is: ", path, root || noun == nullptr ? " --help" : "", "\n");
}

// Gives a command that does nothing without another word.
std::string MissingWord(const CLI::App* app) {
  const std::string path = PathOf(app);
  std::string out = absl::StrCat(
      "`", path, "` wants one more word: ", Wrap(absl::StrJoin(WordsUnder(app), ", "), kHelpWidth - 2, 4));
  const std::vector<const CLI::App*> under = CommandsUnder(app);
  if (!under.empty()) {
    const Command* command = CommandOf(under.front());
    absl::StrAppend(&out,
                    "\n  for example: ", command != nullptr ? ExampleOf(*command) : PathOf(under.front()));
  }
  return out + "\n";
}

// The line with what it cannot do without, and what tells the rest.
std::string HowItGoes(const CLI::App* app) {
  std::string line = PathOf(app);
  const auto required = app->get_options([](const CLI::Option* one) { return one->get_required(); });
  for (const CLI::Option* option : required) {
    const std::string name = option->get_name();
    absl::StrAppend(&line, " ",
                    option->get_positional() ? absl::AsciiStrToUpper(name) : absl::StrCat(name, " ..."));
  }
  return absl::StrCat("\n  how it goes: ", line, "\n  all there is to it: ", PathOf(app), " --help\n");
}

std::string MissingName(const CLI::App* app) {
  const Command* command = CommandOf(app);
  if (command == nullptr) return absl::StrCat("`", PathOf(app), "` wants a name", HowItGoes(app));
  const auto resource = ResourceOf(*command);
  std::string out = absl::StrCat("which one? For example: ", ExampleOf(*command));
  if (resource) {
    absl::StrAppend(&out, "\n  a name is ", resource->option.pattern(), ", or the last part of it");
  }
  if (FindVerb(NounOf(*command), "list") != nullptr) {
    absl::StrAppend(&out, "\n  those you may see: accordctl ", NounOf(*command).word, " list");
  }
  return out + "\n";
}

// CLI11 says "Could not convert: --limit = x".
std::string ValueThatDoesNotFit(const CLI::App* app, absl::string_view said) {
  absl::ConsumePrefix(&said, "Could not convert: ");
  const std::vector<std::string> parts = absl::StrSplit(said, absl::MaxSplits(" = ", 1));
  if (parts.size() < 2) return absl::StrCat(Shown(parts[0]), "\n  how it goes: ", PathOf(app), " --help\n");
  return absl::StrCat(parts[0], " does not take `", Shown(parts[1]), "`\n  how it goes: ", PathOf(app),
                      " --help\n");
}

// CLI11 says "--output: jsn not in {table,json}"; the nearest of them, or nothing.
std::string NearestOfThese(const std::string& said) {
  const std::size_t value = said.find(": "), known = said.find(" not in {");
  if (value == std::string::npos || known == std::string::npos || known < value + 2) return "";
  const std::string list = said.substr(known + 9, said.find('}', known) - known - 9);
  const std::vector<std::string> near =
      Nearest(said.substr(value + 2, known - value - 2), absl::StrSplit(list, ','));
  return near.empty() ? "" : absl::StrCat("\n  did you mean: ", absl::StrJoin(near, ", "));
}

std::string UnknownOption(const CLI::App* app, const std::string& word) {
  std::vector<std::string> known;
  for (const CLI::Option* option : AllOptionsOf(app)) {
    for (const std::string& name : option->get_lnames()) known.push_back(name);
  }
  const std::string name = word.substr(0, word.find('='));
  std::string out = absl::StrCat("`", PathOf(app), "` has no option ", Shown(name));
  std::vector<std::string> near =
      Nearest(name.substr(std::min(name.find_first_not_of('-'), name.size())), known);
  for (std::string& one : near) one = "--" + one;
  if (!near.empty()) absl::StrAppend(&out, "\n  did you mean: ", absl::StrJoin(near, ", "));
  return absl::StrCat(out, "\n  all there are: ", PathOf(app), " --help\n");
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
  // What follows an option that there is not may be its value.
  const bool option_first =
      !parsed.unknown_options.empty() &&
      (parsed.rest.empty() || place(parsed.unknown_options.front()) < place(parsed.rest.front()));
  std::string out = "accordctl: ";
  if (wants_word && !parsed.rest.empty() && !option_first) {
    out += UnknownWord(parsed.app, parsed.rest.front());
  } else if (!parsed.unknown_options.empty()) {
    out += UnknownOption(parsed.app, parsed.unknown_options.front());
  } else if (wants_word && parsed.pending == nullptr && error.get_name() == "RequiredError") {
    out += MissingWord(parsed.app);
  } else if (error.get_name() == "RequiredError" && absl::StartsWith(error.what(), "NAME")) {
    out += MissingName(parsed.app);
  } else if (error.get_name() == "RequiredError" && parsed.pending == nullptr) {
    absl::StrAppend(&out, Shown(error.what()), HowItGoes(parsed.app));
  } else if (parsed.pending != nullptr) {
    absl::StrAppend(&out, parsed.pending->get_name(),
                    " wants a value behind it\n  how it goes: ", PathOf(parsed.app), " --help\n");
  } else if (error.get_name() == "ConversionError") {
    out += ValueThatDoesNotFit(parsed.app, error.what());
  } else {
    absl::StrAppend(&out, Shown(error.what()), NearestOfThese(error.what()),
                    "\n  how it goes: ", PathOf(parsed.app), " --help\n");
  }
  return out;
}

std::string EmptyWord(const CLI::App& root, const std::vector<std::string>& words) {
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
  return absl::StrCat("accordctl: ", what.empty() ? "a word of the line" : what,
                      " is empty; is a variable of the shell not set?\n  give it a value, or leave it out: ",
                      PathOf(parsed.app), " --help\n");
}

}  // namespace accord::ctl
