// Shell completion: the shell asks `accordctl __complete WORDS...`, the last word being the one begun.
#include <algorithm>
#include <iostream>

#include "absl/strings/match.h"
#include "clients/accordctl/core/command_session.h"
#include "clients/accordctl/core/nouns.h"
#include "clients/accordctl/core/request_line.h"
#include "clients/accordctl/core/short_names.h"
#include "clients/accordctl/records/descriptor_commands.h"
#include "clients/accordctl/records/mistakes.h"

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

// The values that an option's help lists after "One of:".
std::vector<std::string> OptionValues(const CLI::Option* option) {
  const std::string& help = option->get_description();
  const std::size_t at = help.find("One of: ");
  if (at == std::string::npos) return {};
  std::string list = help.substr(at + 8);
  list = list.substr(0, std::min(list.find(" ("), list.find('\n')));
  return CLI::detail::split(list, ',');
}

// A completion that takes longer helps nobody.
constexpr double kNamesWithinSeconds = 2;

// The records that a command may be about, as they are typed. Nothing where they cannot be had: a completion
// has no way to say why.
std::vector<std::string> NamesFor(CommandSession* session, const ParsedWords& parsed) {
  const Command* command = CommandOf(parsed.app);
  if (command == nullptr || !TakesName(*command) || !parsed.rest.empty()) return {};
  for (const auto& [option, value] : parsed.values) {
    if (option == "--config") session->contexts_file = value;
    if (option == "--context") session->context_name = value;
    if (option == "--address") session->given.address = value;
    if (option == "--actor") session->given.actor = value;
    if (option == "--purpose") session->given.purpose = value;
    if (option == "--language") session->given.language = value;
  }
  session->timeout_seconds = kNamesWithinSeconds;
  const auto names = ListedNames(session, *command);
  return names.ok() ? ShortNames(*names) : std::vector<std::string>();
}

std::vector<std::string> OptionsFor(const CLI::App* app) {
  std::vector<std::string> offers;
  for (const CLI::Option* option : AllOptionsOf(app)) {
    for (const std::string& name : option->get_lnames()) offers.push_back("--" + name);
  }
  return offers;
}

std::vector<std::string> WordsFor(const CLI::App* app) {
  std::vector<std::string> offers;
  for (const CLI::App* command :
       app->get_subcommands([](const CLI::App* one) { return !one->get_name().empty(); })) {
    const bool root = app->get_parent() == nullptr;
    // What is left out of the help is not offered either, but for the nouns, which have a page of their own.
    const bool hidden = command->get_group().empty() && root && FindNoun(command->get_name()) == nullptr;
    if (!hidden) offers.push_back(command->get_name());
  }
  return offers;
}

void Complete(CommandSession* session, const CLI::App* app, std::vector<std::string> words) {
  const std::string begun = words.empty() ? "" : words.back();
  if (!words.empty()) words.pop_back();
  const ParsedWords parsed = ParseWords(*app, words);
  std::vector<std::string> offers;
  if (parsed.pending != nullptr) {
    for (const std::string& value : OptionValues(parsed.pending))
      offers.push_back(CLI::detail::trim_copy(value));
  } else if (absl::StartsWith(begun, "-")) {
    offers = OptionsFor(parsed.app);
  } else {
    offers = WordsFor(parsed.app);
    for (std::string& name : NamesFor(session, parsed)) {
      if (IsTypable(name)) offers.push_back(std::move(name));
    }
  }
  for (const std::string& offer : offers) {
    if (absl::StartsWith(offer, begun)) std::cout << offer << "\n";
  }
}

}  // namespace

void AddCompletionCommands(CLI::App* app, CommandSession* session) {
  CLI::App* completion =
      AddCommand(app, session, "completion",
                 "Print what completes words in a shell; source <(accordctl completion bash)", nullptr)
          ->require_subcommand(1)
          ->group("Administration");
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
