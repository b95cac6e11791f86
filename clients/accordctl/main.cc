// accordctl: the command line of Accord.
#include <cstdlib>
#include <iostream>

#include "clients/accordctl/screen.h"
#include "clients/accordctl/session.h"
#include "clients/accordctl/streams.h"
#include "common/base/process.h"
#include "common/base/tls.h"
#include "common/grpclog/grpc_log.h"

namespace {

constexpr char kFooter[] =
    "Names are resource names (agencies/cas-york/referrals/...). `accordctl VERB --help` lists what a verb "
    "works "
    "on, `accordctl VERB NOUN --help` its options.\n"
    "Exit codes: 0 done; 2 wrong use; 3 refused; 4 not found, or not yours to see; 5 conflict (changed "
    "meanwhile, "
    "exists, wrong state); 6 invalid, also a file or certificate of this side; 7 try again (nobody answers, "
    "too "
    "slow, over quota); 8 verification "
    "failed; 1 "
    "anything else, also output that could not be written.\n"
    "Example: accordctl --actor member --purpose criminal_investigation acknowledge referral "
    "agencies/cas-york/referrals/01j...";

}  // namespace

int main(int argc, char** argv) {
  using namespace accord::ctl;
  OccupyStandardStreams();
  // gRPC's own log says nothing that the status does not.
  setenv("GRPC_VERBOSITY", "NONE", 0);
  // What somebody turns on all the same tells nothing that came from a peer.
  accord::RouteGrpcLog();
  accord::RequireTls13();
  // What is written is for this user, unless the file says otherwise (common/base/file.h).
  accord::PrivateFiles();
  CLI::App app("Work with Accord from the command line", "accordctl");
  app.footer(kFooter);
  app.require_subcommand(1);
  app.get_formatter()->column_width(36);
  Session session;
  AddGlobals(&app, &session);
  AddDescriptorCommands(&app, &session);
  AddBoardCommand(&app, &session);
  AddCoverageCommand(&app, &session);
  AddRosterCommands(&app, &session);
  AddDashboardCommand(&app, &session);
  AddDeconflictCommand(&app, &session);
  AddContextCommands(&app, &session);
  AddAgencyCommands(&app, &session);
  AddAccessCommands(&app, &session);
  AddAuditCommands(&app, &session);
  AddPkiCommands(&app, &session);
  AddBackupCommands(&app, &session);
  AddDoctorCommand(&app, &session);
  AddRotateCommands(&app, &session);
  AddStatusCommand(&app, &session);
  AddCompletionCommands(&app, &session);
  // Whatever others wrote, a terminal only shows it.
  Screened out(&std::cout), err(&std::cerr, /*returns=*/true);
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    return Printed(&out, &std::cerr, app.exit(error) == 0 ? kDone : kUsage);
  }
  const absl::Status status = session.action ? session.action() : absl::OkStatus();
  if (!status.ok()) std::cerr << PrintError(status, session.format());
  return Printed(&out, &std::cerr, ExitOf(status));
}
