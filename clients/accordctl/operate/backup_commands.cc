// This file has `accordctl backup`, `accordctl restore` and `accordctl replay`.
#include "clients/accordctl/core/command_session.h"
#include "clients/accordctl/operate/backup.h"
#include "clients/accordctl/operate/replay.h"
#include "clients/accordctl/operate/restore.h"
#include "common/base/error.h"

namespace accord::ctl {
namespace {

struct BackupOptions {
  std::vector<std::string> files;
  std::string folder;
  bool replace = false, forget_log = false, closed = false;
  std::vector<std::string> only, whole, confirm;
};

absl::Status RunReplay(const BackupOptions& options) {
  ACCORD_ASSIGN_OR_RETURN(const Deployment deployment, ReadDeployment(options.files));
  if (options.closed) return ListClosed(deployment);
  for (const std::string& name : options.confirm) ACCORD_RETURN_IF_ERROR(ConfirmRecord(deployment, name));
  if (!options.confirm.empty()) return absl::OkStatus();
  return Replay(deployment, {{options.whole.begin(), options.whole.end()}});
}

CLI::App* AddDeploymentFiles(CLI::App* command, const std::shared_ptr<BackupOptions>& options) {
  command->group("Administration");
  command->add_option("CONFIG", options->files, "Configuration files of the services")->required();
  return command;
}

void AddReplayCommand(CLI::App* app, CommandSession* session) {
  auto options = std::make_shared<BackupOptions>();
  CLI::App* replay = AddDeploymentFiles(
      AddCommand(app, session, "replay",
                 "End again in restored databases what the audit log knows to have ended since",
                 [=] { return RunReplay(*options); }),
      options);
  replay
      ->add_option("--whole", options->whole,
                   "A service whose database came back by other means than `accordctl restore`")
      ->allow_extra_args(false);
  replay->add_option("--confirm", options->confirm, "Open this closed record again")->allow_extra_args(false);
  replay->add_flag("--closed", options->closed, "Only list what is closed");
}

}  // namespace

void AddBackupCommands(CLI::App* app, CommandSession* session) {
  auto options = std::make_shared<BackupOptions>();
  AddDeploymentFiles(AddCommand(app, session, "backup",
                                "Copy every service's database while it serves; runs where the databases are",
                                [=]() -> absl::Status {
                                  ACCORD_ASSIGN_OR_RETURN(const Deployment deployment,
                                                          ReadDeployment(options->files));
                                  return BackUp(deployment, options->folder);
                                }),
                     options)
      ->add_option("--out", options->folder, "New folder for the backup")
      ->required();
  CLI::App* restore = AddDeploymentFiles(
      AddCommand(app, session, "restore", "Put a backup's databases back, with the services stopped",
                 [=]() -> absl::Status {
                   ACCORD_ASSIGN_OR_RETURN(const Deployment deployment, ReadDeployment(options->files));
                   return RestoreBackup(
                       deployment, options->folder,
                       {options->replace, options->forget_log, {options->only.begin(), options->only.end()}});
                 }),
      options);
  restore->add_option("--from", options->folder, "Folder that `accordctl backup` made")->required();
  restore->add_flag("--replace", options->replace, "Replace databases that are not empty");
  restore->add_flag("--forget-log", options->forget_log,
                    "Replace even a log that knows more than the backup's");
  restore->add_option("--only", options->only, "Restore this service; the others are looked at")
      ->allow_extra_args(false);
  AddReplayCommand(app, session);
}

}  // namespace accord::ctl
