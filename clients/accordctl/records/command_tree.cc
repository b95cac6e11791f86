#include "clients/accordctl/records/command_tree.h"

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"

namespace accord::ctl {

std::vector<const CLI::App*> CommandTreeChildren(const CLI::App* app) {
  return app->get_subcommands([](const CLI::App* one) {
    return !one->get_name().empty() && !absl::StartsWith(one->get_name(), "__");
  });
}

std::vector<std::string> CommandTreeWords(const CLI::App* app) {
  std::vector<std::string> words;
  for (const CLI::App* one : CommandTreeChildren(app)) words.push_back(one->get_name());
  return words;
}

std::string CommandTreePath(const CLI::App* app) {
  const CLI::App* parent = app->get_parent();
  return parent == nullptr ? app->get_name() : absl::StrCat(CommandTreePath(parent), " ", app->get_name());
}

std::vector<const CLI::Option*> CommandTreeOptions(const CLI::App* app) {
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

}  // namespace accord::ctl
