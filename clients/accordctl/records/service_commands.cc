#include "clients/accordctl/records/service_commands.h"

#include <iostream>
#include <set>
#include <string>

#include "clients/accordctl/core/nouns.h"
#include "clients/accordctl/records/help.h"
#include "common/access/names.h"

namespace accord::ctl {

void AddServiceCommands(CLI::App* app, CommandSession* session) {
  std::set<std::string> services;
  for (const Command& command : Commands()) services.insert(ServiceInPath(command.method.path));
  for (const std::string& service : services) {
    if (service.empty() || FindNoun(service) != nullptr) continue;
    const auto own = app->get_subcommands([&](CLI::App* one) { return one->get_name() == service; });
    CLI::App* of_service =
        own.empty() ? AddCommand(app, session, service, "", nullptr)->group("") : own.front();
    of_service->require_subcommand(0, 1);
    of_service->callback([session, of_service, service] {
      if (!of_service->get_subcommands().empty()) return;
      session->action = [of_service, service] {
        std::cout << HelpServicePage(service, *of_service);
        return absl::OkStatus();
      };
    });
  }
}

}  // namespace accord::ctl
