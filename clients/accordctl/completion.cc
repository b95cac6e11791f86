// Shell completion: the shell asks `accordctl __complete WORDS...`, the last word being the one begun.
#include <iostream>

#include "absl/strings/match.h"
#include "clients/accordctl/session.h"

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

const CLI::Option* FindOption(const CLI::App* app, const std::string& word) {
  for (; app != nullptr; app = app->get_parent()) {
    for (const CLI::Option* option : app->get_options()) {
      if (option->check_name(word)) return option;
    }
  }
  return nullptr;
}

// The values that an option's help lists after "One of:".
std::vector<std::string> ValuesOf(const CLI::Option* option) {
  const std::string& help = option->get_description();
  const std::size_t at = help.find("One of: ");
  if (at == std::string::npos) return {};
  std::string list = help.substr(at + 8);
  list = list.substr(0, list.find(" ("));
  return CLI::detail::split(list, ',');
}

void Complete(const CLI::App* app, const std::vector<std::string>& words) {
  const std::string begun = words.empty() ? "" : words.back();
  const CLI::Option* pending = nullptr;
  for (std::size_t i = 0; i + 1 < words.size(); ++i) {
    const std::string& word = words[i];
    if (pending != nullptr) {
      pending = nullptr;
    } else if (absl::StartsWith(word, "-")) {
      pending = FindOption(app, word);
      if (pending != nullptr && pending->get_expected_min() == 0) pending = nullptr;
    } else {
      const auto next = app->get_subcommands([&](const CLI::App* one) { return one->check_name(word); });
      if (!next.empty()) app = next.front();
    }
  }
  std::vector<std::string> offers;
  if (pending != nullptr) {
    for (const std::string& value : ValuesOf(pending)) offers.push_back(CLI::detail::trim_copy(value));
  } else if (absl::StartsWith(begun, "-")) {
    for (const CLI::App* at = app; at != nullptr; at = at->get_parent()) {
      for (const CLI::Option* option : at->get_options()) {
        for (const std::string& name : option->get_lnames()) offers.push_back("--" + name);
      }
    }
  } else {
    for (const CLI::App* command : app->get_subcommands([](const CLI::App*) { return true; })) {
      if (!absl::StartsWith(command->get_name(), "__")) offers.push_back(command->get_name());
    }
  }
  for (const std::string& offer : offers) {
    if (absl::StartsWith(offer, begun)) std::cout << offer << "\n";
  }
}

}  // namespace

void AddCompletionCommands(CLI::App* app, Session* session) {
  CLI::App* completion =
      AddCommand(app, session, "completion", "Shell completion: source <(accordctl completion bash)", nullptr)
          ->require_subcommand(1)
          ->group("Administration");
  const std::map<std::string, const char*> scripts = {{"bash", kBash}, {"zsh", kZsh}, {"fish", kFish}};
  for (const auto& [shell, script] : scripts) {
    AddCommand(completion, session, shell, "For " + shell, [script = script] {
      std::cout << script;
      return absl::OkStatus();
    });
  }
  auto words = std::make_shared<std::vector<std::string>>();
  AddCommand(app, session, "__complete", "",
             [=] {
               Complete(app, *words);
               return absl::OkStatus();
             })
      ->group("")
      ->add_option("WORDS", *words);
}

}  // namespace accord::ctl
