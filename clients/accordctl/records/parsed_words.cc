#include "clients/accordctl/records/parsed_words.h"

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "clients/accordctl/records/descriptor_commands.h"

namespace accord::ctl {
namespace {

const CLI::Option* FindOption(const CLI::App* app, const std::string& word) {
  const std::string name = word.substr(0, word.find('='));
  for (const CLI::Option* option : OptionsOfCommand(app)) {
    if (option->check_name(name)) return option;
  }
  return nullptr;
}

}  // namespace

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

std::string PathOfCommand(const CLI::App* app) {
  const CLI::App* parent = app->get_parent();
  return parent == nullptr ? app->get_name() : absl::StrCat(PathOfCommand(parent), " ", app->get_name());
}

std::vector<const CLI::Option*> OptionsOfCommand(const CLI::App* app) {
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

}  // namespace accord::ctl
