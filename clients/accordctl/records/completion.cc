// This file completes words in a shell: the shell runs `accordctl __complete WORDS...`, where the last word
// is the one being typed.
#include <algorithm>
#include <iostream>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "clients/accordctl/core/command_session.h"
#include "clients/accordctl/core/enum_meanings.h"
#include "clients/accordctl/core/field_paths.h"
#include "clients/accordctl/core/kebab_case.h"
#include "clients/accordctl/core/listed_names.h"
#include "clients/accordctl/core/lookup_words.h"
#include "clients/accordctl/core/name_form.h"
#include "clients/accordctl/core/nouns.h"
#include "clients/accordctl/core/proto_comments.h"
#include "clients/accordctl/core/request_line.h"
#include "clients/accordctl/core/short_names.h"
#include "clients/accordctl/records/command_tree.h"
#include "clients/accordctl/records/descriptor_commands.h"
#include "clients/accordctl/records/parsed_words.h"
#include "common/access/vocabulary.h"

namespace accord::ctl {
namespace {

constexpr char kBash[] = R"(_accordctl() {
  local IFS=$'\n'
  COMPREPLY=($(accordctl __complete -- "${COMP_WORDS[@]:1:COMP_CWORD}" 2>/dev/null))
}
complete -o default -F _accordctl accordctl
)";
constexpr char kZsh[] = R"(#compdef accordctl
_accordctl() {
  local -a found
  found=("${(@f)$(accordctl __complete -- "${(@)words[2,CURRENT]}" 2>/dev/null)}")
  compadd -a found
}
compdef _accordctl accordctl
)";
constexpr char kFish[] =
    R"(complete -c accordctl -f -a '(accordctl __complete -- (commandline -opc)[2..] (commandline -ct))'
)";

// This gives the values that an option's help lists after "One of:".
std::vector<std::string> CompletedOptionValues(const CLI::Option* option) {
  const std::string& help = option->get_description();
  const std::size_t at = help.find("One of: ");
  if (at == std::string::npos) return {};
  std::string list = help.substr(at + 8);
  list = list.substr(0, std::min(list.find(" ("), list.find('\n')));
  return CLI::detail::split(list, ',');
}

// A completion that takes longer is useless.
constexpr double kNamesWithinSeconds = 2;

// This takes from the line which gateway to ask, and as whom.
void TakeContextForCompletion(const ParsedWords& parsed, CommandSession* session) {
  for (const auto& [option, value] : parsed.values) {
    if (option == "--config") session->contexts_file = value;
    if (option == "--context") session->context_name = value;
    if (option == "--address") session->given.address = value;
    if (option == "--actor") session->given.actor = value;
    if (option == "--purpose") session->given.purpose = value;
    if (option == "--language") session->given.language = value;
  }
  session->timeout_seconds = kNamesWithinSeconds;
}

// This gives the command whose names the line takes: its own, or the one that reads a document before it
// is printed.
const Command* CommandOfCompletedNames(const CLI::App* app) {
  const Command* command = CommandOf(app);
  const bool prints = command == nullptr && app->get_parent() != nullptr && app->get_name() == "print";
  return prints ? FindCommand("get", app->get_parent()->get_name()) : command;
}

// This gives the names of records that a command may be about, as they are typed. It is empty if they cannot
// be read, because completion has no way to say why.
std::vector<std::string> CompletedNames(CommandSession* session, const ParsedWords& parsed) {
  const Command* command = CommandOfCompletedNames(parsed.app);
  if (command == nullptr || !TakesName(*command) || !parsed.rest.empty()) return {};
  TakeContextForCompletion(parsed, session);
  const auto names = ListedNames(session, *command);
  return names.ok() ? ShortNames(*names) : std::vector<std::string>();
}

// This gives the words of a field: those of its enum, or those that its look-up gives this caller.
std::vector<std::string> CompletedFieldWords(CommandSession* session, const ParsedWords& parsed,
                                             const FieldDescriptor* field) {
  std::vector<std::string> words;
  if (field == nullptr) return words;
  if (const auto* type = EnumWordsOf(*field); type != nullptr) {
    for (const EnumMeaning& meaning : EnumMeanings(type)) words.push_back(meaning.value);
    return words;
  }
  if (LookupOf(*field) == nullptr) return words;
  TakeContextForCompletion(parsed, session);
  const auto listed = LookedUpWords(session, *field);
  if (listed.ok()) words = *listed;
  std::erase_if(words, [](const std::string& word) { return !IsTypableName(word); });
  return words;
}

// This gives what may follow an option: the values in its help, the words of the field that it sets or, with
// `--set`, those of the field at the path, each with the path before it.
std::vector<std::string> CompletedValues(CommandSession* session, const ParsedWords& parsed,
                                         const std::string& begun) {
  std::vector<std::string> values;
  for (const std::string& value : CompletedOptionValues(parsed.pending)) {
    values.push_back(CLI::detail::trim_copy(value));
  }
  const Command* command = CommandOf(parsed.app);
  if (!values.empty() || command == nullptr) return values;
  const std::vector<std::string>& names = parsed.pending->get_lnames();
  const auto is_called = [&](const std::string& name) {
    return std::find(names.begin(), names.end(), name) != names.end();
  };
  const std::size_t equals = begun.find('=');
  if (is_called("set") && equals != std::string::npos) {
    const std::string path = begun.substr(0, equals);
    const FieldDescriptor* field = FieldAtPath(RequestFileType(*command), path);
    // A field beside the resource belongs to the request.
    if (field == nullptr) field = FieldAtPath(command->request(), path);
    for (const std::string& word : CompletedFieldWords(session, parsed, field)) {
      values.push_back(absl::StrCat(path, "=", word));
    }
    return values;
  }
  for (int i = 0; i < command->request()->field_count(); ++i) {
    const FieldDescriptor* field = command->request()->field(i);
    if (is_called(KebabCase(field->name()))) return CompletedFieldWords(session, parsed, field);
  }
  return values;
}

// Bash splits `--set FIELD=VALUE` at the equals sign. This joins the three words and returns what
// was joined before the value, because completions leave it out.
std::string JoinedAssignment(std::vector<std::string>* words) {
  const std::size_t count = words->size();
  if (count < 3) return "";
  const std::size_t sign = words->back() == "=" ? count - 1 : count - 2;
  if (sign < 2 || (*words)[sign] != "=" || (*words)[sign - 2] != "--set") return "";
  const std::string before = (*words)[sign - 1] + "=";
  const std::string value = sign + 1 < count ? words->back() : "";
  words->resize(sign - 1);
  words->push_back(before + value);
  return before;
}

std::vector<std::string> CompletedOptions(const CLI::App* app) {
  std::vector<std::string> offers;
  for (const CLI::Option* option : CommandTreeOptions(app)) {
    for (const std::string& name : option->get_lnames()) offers.push_back("--" + name);
  }
  return offers;
}

std::vector<std::string> CompletedWords(const CLI::App* app) {
  std::vector<std::string> offers;
  for (const CLI::App* command :
       app->get_subcommands([](const CLI::App* one) { return !one->get_name().empty(); })) {
    const bool root = app->get_parent() == nullptr;
    // Commands that the help leaves out are not offered, except the nouns, which have a page of
    // their own.
    const bool hidden = command->get_group().empty() && root && FindNoun(command->get_name()) == nullptr;
    if (!hidden) offers.push_back(command->get_name());
  }
  return offers;
}

void Complete(CommandSession* session, const CLI::App* app, std::vector<std::string> words) {
  const std::string joined = JoinedAssignment(&words);
  const std::string begun = words.empty() ? "" : words.back();
  if (!words.empty()) words.pop_back();
  const ParsedWords parsed = ParseWords(*app, words);
  std::vector<std::string> offers;
  if (parsed.pending != nullptr) {
    offers = CompletedValues(session, parsed, begun);
  } else if (absl::StartsWith(begun, "-")) {
    offers = CompletedOptions(parsed.app);
  } else {
    offers = CompletedWords(parsed.app);
    for (std::string& name : CompletedNames(session, parsed)) {
      if (IsTypableName(name)) offers.push_back(std::move(name));
    }
  }
  for (const std::string& offer : offers) {
    if (absl::StartsWith(offer, begun)) std::cout << offer.substr(joined.size()) << "\n";
  }
}

}  // namespace

void AddCompletionCommands(CLI::App* app, CommandSession* session) {
  CLI::App* completion =
      AddCommand(app, session, "completion", "Print what completes words in a shell", nullptr)
          ->require_subcommand(1)
          ->group("Administration");
  completion->footer("A shell reads it so: source <(accordctl completion bash)");
  const std::map<std::string, const char*> scripts = {{"bash", kBash}, {"zsh", kZsh}, {"fish", kFish}};
  for (const auto& [shell, script] : scripts) {
    AddCommand(completion, session, shell, "Print the completion for " + shell, [script = script] {
      std::cout << script;
      return absl::OkStatus();
    });
  }
  auto words = std::make_shared<std::vector<std::string>>();
  AddCommand(app, session, "__complete", "",
             [=] {
               Complete(session, app, *words);
               return absl::OkStatus();
             })
      ->group("")
      ->add_option("WORDS", *words);
}

}  // namespace accord::ctl
