#include "clients/accordctl/records/unknown_words.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "clients/accordctl/core/command_example.h"
#include "clients/accordctl/core/field_rule.h"
#include "clients/accordctl/core/nearest.h"
#include "clients/accordctl/core/nouns.h"
#include "clients/accordctl/core/request_line.h"
#include "clients/accordctl/core/session_language.h"
#include "clients/accordctl/core/texts.h"
#include "clients/accordctl/core/visible_text.h"
#include "clients/accordctl/records/command_tree.h"
#include "clients/accordctl/records/descriptor_commands.h"
#include "clients/accordctl/records/parsed_words.h"

namespace accord::ctl {
namespace {

// This is what other programs call it, and the verb that it has here.
constexpr std::pair<const char*, const char*> kVerbsOfForeignWords[] = {{"list-revisions", "history"},
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

const Verb* VerbForUnknownWord(const Noun& noun, const std::string& word) {
  for (const auto& [elsewhere, here] : kVerbsOfForeignWords) {
    const Verb* verb = word == elsewhere ? FindVerb(noun, here) : nullptr;
    if (verb != nullptr) return verb;
  }
  return nullptr;
}

// Names that a service gives hold digits; an agency has any id.
bool UnknownWordMayBeName(const Noun& noun, const std::string& word) {
  return word.find_first_of("0123456789/") != std::string::npos || noun.word == "agency";
}

// So many words are told to whoever gave one that is not among them.
constexpr std::size_t kFewWords = 8;

// The example of a command, with the name that was typed already in the place of the one that it makes up.
std::string ExampleForUnknownWord(const Command& command, const std::string& name) {
  std::string example = ExampleOfCommand(command);
  if (name.empty() || !TakesName(command)) return example;
  const std::size_t begin = TypedCommand(command).size() + 1;
  return example.replace(begin, std::min(example.find(' ', begin), example.size()) - begin, Shown(name));
}

// This says how a field of the record is given that was taken for an option; it is empty if the word is no
// such field. `beside` is the word behind it.
std::string SetForUnknownOption(const CLI::App* app, const std::string& option, const std::string& beside) {
  const Command* command = CommandOf(app);
  if (command == nullptr) return "";
  const std::size_t equals = option.find('=');
  std::string name = option.substr(0, equals);
  name.erase(0, name.find_first_not_of('-'));
  std::replace(name.begin(), name.end(), '-', '_');
  const auto* field = RequestFileType(*command)->FindFieldByName(name);
  if (field == nullptr || FieldRuleOf(field).output_only()) return "";
  const bool alone = equals == std::string::npos && (beside.empty() || beside[0] == '-');
  const std::string value = alone ? "..." : equals == std::string::npos ? beside : option.substr(equals + 1);
  return "\n  " + Text("a field of the record is given so: {{line}}",
                       {{"line", absl::StrCat("--set ", name, "=", Shown(value))}});
}

}  // namespace

std::string UnknownWordNearestText(const std::vector<std::string>& near) {
  return near.empty() ? "" : "\n  " + Text("did you mean: {{words}}", {{"words", absl::StrJoin(near, ", ")}});
}

std::string UnknownWordText(const CLI::App* app, const std::vector<std::string>& words) {
  const std::string& word = words.front();
  const bool root = app->get_parent() == nullptr;
  const Noun* noun = root ? nullptr : FindNoun(app->get_name());
  const std::string path = CommandTreePath(app);
  const std::string shown = Shown(word);
  std::string out = root ? Text("there is no command or noun `{{word}}`", {{"word", shown}})
                    : noun != nullptr
                        ? Text("there is no `{{word}}` among what can be done with {{noun}}",
                               {{"word", shown},
                                {"noun", SpokenLanguage() == Language::kFrench ? "`" + noun->word + "`"
                                                                               : NounWithArticle(*noun)}})
                        : Text("`{{command}}` has no `{{word}}`", {{"command", path}, {"word", shown}});
  const Verb* meant = noun == nullptr ? nullptr : VerbForUnknownWord(*noun, word);
  const std::vector<std::string> near =
      meant != nullptr ? std::vector<std::string>() : Nearest(word, CommandTreeWords(app));
  if (meant != nullptr)
    absl::StrAppend(
        &out, "\n  ",
        Text("it is called so here: {{line}}",
             {{"line", ExampleForUnknownWord(*meant->command, words.size() > 1 ? words[1] : "")}}));
  absl::StrAppend(&out, UnknownWordNearestText(near));
  const std::vector<std::string> known = CommandTreeWords(app);
  if (!root && noun == nullptr && near.empty() && !known.empty() && known.size() <= kFewWords) {
    absl::StrAppend(&out, "\n  ", Text("it has: {{words}}", {{"words", absl::StrJoin(known, ", ")}}));
  }
  // Somebody may have written a record's name where the verb should be.
  if (noun != nullptr && meant == nullptr && near.empty() && UnknownWordMayBeName(*noun, word) &&
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

std::string UnknownOptionText(const CLI::App* app, const std::string& word, const std::string& beside) {
  std::vector<std::string> known;
  for (const CLI::Option* option : CommandTreeOptions(app)) {
    for (const std::string& name : option->get_lnames()) known.push_back(name);
  }
  const std::string name = word.substr(0, word.find('='));
  std::string out = Text("`{{command}}` has no option {{option}}",
                         {{"command", CommandTreePath(app)}, {"option", Shown(name)}});
  std::vector<std::string> near =
      Nearest(name.substr(std::min(name.find_first_not_of('-'), name.size())), known);
  for (std::string& one : near) one = "--" + one;
  const Command* command = CommandOf(app);
  if (name == "--filter" && command != nullptr &&
      command->request()->FindFieldByName("page_token") != nullptr) {
    return absl::StrCat(out, "\n  ",
                        Text("this list takes no filter; what narrows it: {{line}}",
                             {{"line", CommandTreePath(app) + " --help"}}),
                        "\n");
  }
  const std::string as_field = SetForUnknownOption(app, word, beside);
  return absl::StrCat(out, as_field.empty() ? UnknownWordNearestText(near) : as_field, "\n  ",
                      Text("all there are: {{line}}", {{"line", CommandTreePath(app) + " --help"}}), "\n");
}

}  // namespace accord::ctl
