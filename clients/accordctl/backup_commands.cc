// `accordctl backup` and `accordctl restore`.
#include "clients/accordctl/backup.h"
#include "clients/accordctl/session.h"
#include "common/base/error.h"

namespace accord::ctl {
namespace {

struct Options {
  std::vector<std::string> files;
  std::string folder;
  bool replace = false;
};

CLI::App* Described(CLI::App* command, const std::shared_ptr<Options>& options) {
  command->group("Administration");
  command->add_option("CONFIG", options->files, "Configuration files of the services")->required();
  return command;
}

}  // namespace

void AddBackupCommands(CLI::App* app, Session* session) {
  auto options = std::make_shared<Options>();
  Described(AddCommand(app, session, "backup",
                       "Copy every service's database while it serves; runs where the databases are",
                       [=]() -> absl::Status {
                         ACCORD_ASSIGN_OR_RETURN(const Deployment deployment, ReadDeployment(options->files));
                         return BackUp(deployment, options->folder);
                       }),
            options)
      ->add_option("--out", options->folder, "New folder for the backup")
      ->required();
  CLI::App* restore = Described(
      AddCommand(app, session, "restore", "Put a backup's databases back, with the services stopped",
                 [=]() -> absl::Status {
                   ACCORD_ASSIGN_OR_RETURN(const Deployment deployment, ReadDeployment(options->files));
                   return Restore(deployment, options->folder, options->replace);
                 }),
      options);
  restore->add_option("--from", options->folder, "Folder that `accordctl backup` made")->required();
  restore->add_flag("--replace", options->replace, "Replace databases that are not empty");
}

}  // namespace accord::ctl
