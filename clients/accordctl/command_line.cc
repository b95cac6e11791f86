#include "clients/accordctl/command_line.h"

#include "clients/accordctl/records/descriptor_commands.h"
#include "clients/accordctl/records/explain.h"
#include "clients/accordctl/records/help.h"
#include "clients/accordctl/records/service_commands.h"
#include "common/base/version.h"

namespace accord::ctl {

void AddAllCommands(CLI::App* app, CommandSession* session) {
  // Commands that are added later inherit this formatter.
  app->formatter(HelpPages());
  app->require_subcommand(1);
  app->set_version_flag("--version", "accordctl " + accord::Version(), "Say which version this is, and end");
  AddGlobalOptions(app, session);
  AddDashboardCommand(app, session);
  AddBoardCommand(app, session);
  AddCoverageCommand(app, session);
  AddContinuityCommands(app, session);
  AddCatchmentCommands(app, session);
  AddAgreementsCommand(app, session);
  AddAccessReviewCommand(app, session);
  AddHandoverCommand(app, session);
  AddRosterCommands(app, session);
  AddPrintCertificateCommand(app, session);
  AddAttachmentCommands(app, session);
  AddPrintCommands(app, session);
  AddStrategyCommands(app, session);
  AddOrdersCommand(app, session);
  AddReportCommands(app, session);
  AddClaimsCommand(app, session);
  AddFundsCommand(app, session);
  AddDeconflictCommand(app, session);
  AddExplainCommand(app, session);
  AddContextCommands(app, session);
  AddAgencyCommands(app, session);
  AddCertificateCommands(app, session);
  AddAccessCommands(app, session);
  AddAuditCommands(app, session);
  AddBreachCommands(app, session);
  AddMigrateCommands(app, session);
  AddPkiCommands(app, session);
  AddBackupCommands(app, session);
  AddDoctorCommand(app, session);
  AddLawCommands(app, session);
  AddRetentionCommands(app, session);
  AddRotateCommands(app, session);
  AddStatusCommand(app, session);
  AddCompletionCommands(app, session);
  AddDescriptorCommands(app, session);
  AddChangesCommand(app, session);
  AddNounCommands(app, session);
  AddServiceCommands(app, session);
}

}  // namespace accord::ctl
