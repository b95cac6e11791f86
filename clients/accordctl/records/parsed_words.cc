#include "clients/accordctl/records/parsed_words.h"

#include "clients/accordctl/records/command_tree.h"
#include "clients/accordctl/records/descriptor_commands.h"

namespace accord::ctl {
namespace {

const CLI::Option* FindParsedOption(const CLI::App* app, const std::string& word) {
  const std::string name = word.substr(0, word.find('='));
  for (const CLI::Option* option : CommandTreeOptions(app)) {
    if (option->check_name(name)) return option;
  }
  return nullptr;
}

}  // namespace

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
      const CLI::Option* option = FindParsedOption(parsed.app, word);
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
