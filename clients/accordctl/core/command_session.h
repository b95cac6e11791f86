// This file is about what every command works with: the global options, and the connection if it needs one.
#ifndef ACCORD_CLIENTS_ACCORDCTL_CORE_COMMAND_SESSION_H_
#define ACCORD_CLIENTS_ACCORDCTL_CORE_COMMAND_SESSION_H_

#include <CLI/CLI.hpp>
#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "absl/time/time.h"
#include "clients/accordctl/core/client.h"
#include "clients/accordctl/core/json.h"
#include "clients/accordctl/core/output.h"
#include "common/base/language.h"

namespace accord::ctl {

struct CommandSession {
  std::string contexts_file = DefaultContextsFile();
  std::string context_name;
  // These are the options on the command line; each takes precedence over the context.
  Context given;
  std::string output = "table";
  double timeout_seconds = 10;
  // This says how long a renewal waits until the gateway knows the next certificate, which takes seconds;
  // tests wait for less.
  absl::Duration news = absl::Seconds(30);
  // Changes are only validated.
  bool dry_run = false;
  // With --again a file may create a record that it has created before (records/sent_files.h).
  bool sends_again = false;
  // A referral's indicators are stored as they are typed (records/indicator_words.h).
  bool keeps_as_typed = false;

  // The command on the line sets this, and it runs after the whole line was parsed.
  std::function<absl::Status()> action;

  // This runs the action. An exception, for example for a path that this system cannot look up, becomes an
  // error status.
  absl::Status Run() const;

  // This gives PrintError of Run's status, in the language of this session.
  std::string Told(const absl::Status& status) const;

  Format format() const;
  // It also returns INVALID_ARGUMENT for a language other than `en` and `fr`.
  absl::StatusOr<Context> context() const;
  // This gives the language of --language, or else $ACCORD_LANGUAGE, or else the context; kNone if none
  // is set.
  Language language() const;
  // This opens the connection at the first call.
  absl::StatusOr<Client*> client();
  absl::StatusOr<Client*> Reopen(const Context& context);

 private:
  std::unique_ptr<Client> client_;
};

// This adds the global options.
void AddGlobalOptions(CLI::App* app, CommandSession* session);
// Each of these adds its commands to the command line.
void AddDescriptorCommands(CLI::App* app, CommandSession* session);
void AddAccessReviewCommand(CLI::App* app, CommandSession* session);
void AddAgreementsCommand(CLI::App* app, CommandSession* session);
void AddBoardCommand(CLI::App* app, CommandSession* session);
void AddCertificateCommands(CLI::App* app, CommandSession* session);
// This adds its command under `watch`, which AddDescriptorCommands adds.
void AddChangesCommand(CLI::App* app, CommandSession* session);
void AddClaimsCommand(CLI::App* app, CommandSession* session);
void AddContinuityCommands(CLI::App* app, CommandSession* session);
void AddCoverageCommand(CLI::App* app, CommandSession* session);
void AddCatchmentCommands(CLI::App* app, CommandSession* session);
void AddDashboardCommand(CLI::App* app, CommandSession* session);
void AddFundsCommand(CLI::App* app, CommandSession* session);
void AddHandoverCommand(CLI::App* app, CommandSession* session);
void AddDeconflictCommand(CLI::App* app, CommandSession* session);
void AddContextCommands(CLI::App* app, CommandSession* session);
void AddMigrateCommands(CLI::App* app, CommandSession* session);
// This adds its commands under `migrate`, which AddMigrateCommands adds.
void AddRecordsExportCommands(CLI::App* migrate, CommandSession* session);
void AddPkiCommands(CLI::App* app, CommandSession* session);
void AddAgencyCommands(CLI::App* app, CommandSession* session);
void AddAccessCommands(CLI::App* app, CommandSession* session);
void AddAuditCommands(CLI::App* app, CommandSession* session);
void AddBreachCommands(CLI::App* app, CommandSession* session);
void AddPrintCertificateCommand(CLI::App* app, CommandSession* session);
void AddRosterCommands(CLI::App* app, CommandSession* session);
void AddAttachmentCommands(CLI::App* app, CommandSession* session);
void AddPrintCommands(CLI::App* app, CommandSession* session);
void AddStrategyCommands(CLI::App* app, CommandSession* session);
void AddOrdersCommand(CLI::App* app, CommandSession* session);
// These two add their commands under `strategy`, which AddStrategyCommands adds.
void AddFoundingReportCommands(CLI::App* strategy, CommandSession* session);
void AddCallRecordCommand(CLI::App* strategy, CommandSession* session);
void AddReportCommands(CLI::App* app, CommandSession* session);
void AddBackupCommands(CLI::App* app, CommandSession* session);
void AddDoctorCommand(CLI::App* app, CommandSession* session);
void AddLawCommands(CLI::App* app, CommandSession* session);
void AddRetentionCommands(CLI::App* app, CommandSession* session);
void AddRotateCommands(CLI::App* app, CommandSession* session);
void AddStatusCommand(CLI::App* app, CommandSession* session);
void AddCompletionCommands(CLI::App* app, CommandSession* session);
// Each is under `strategy`, which AddStrategyCommands adds.
void AddStrategyBoardCommand(CLI::App* strategy, CommandSession* session);
void AddEnvelopeCommand(CLI::App* strategy, CommandSession* session);
void AddStrategyExportCommands(CLI::App* strategy, CommandSession* session);

// This says what a handwritten command, which is not a single RPC, does with --dry-run. A command has
// kRefused if its steps depend on each other, or if it changes nothing at the server.
enum class DryRun { kRefused, kTaken };
// This adds a subcommand whose `run` becomes the session's action.
CLI::App* AddCommand(CLI::App* parent, CommandSession* session, const std::string& name,
                     const std::string& help, std::function<absl::Status()> run,
                     DryRun dry_run = DryRun::kRefused);

// This makes a new id for `request_id`.
std::string NewRequestId();

// This calls the command's RPC through the session's client, with a request given as JSON. In a dry run a
// change is only validated.
absl::StatusOr<MessagePtr> Invoke(CommandSession* session, const Command& command, const Json& request);
absl::StatusOr<MessagePtr> Invoke(CommandSession* session, const std::string& verb, const std::string& noun,
                                  const Json& request);

}  // namespace accord::ctl

#endif  // ACCORD_CLIENTS_ACCORDCTL_CORE_COMMAND_SESSION_H_
