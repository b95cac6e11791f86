// This file has the main function of accordctl, the command line of Accord.
#include <algorithm>
#include <cstdlib>
#include <iostream>

#include "clients/accordctl/command_line.h"
#include "clients/accordctl/core/command_session.h"
#include "clients/accordctl/core/exit_code.h"
#include "clients/accordctl/core/screened_stream.h"
#include "clients/accordctl/core/session_language.h"
#include "clients/accordctl/core/standard_streams.h"
#include "clients/accordctl/core/texts.h"
#include "clients/accordctl/core/visible_text.h"
#include "clients/accordctl/records/help.h"
#include "clients/accordctl/records/line_mistakes.h"
#include "common/base/process.h"
#include "common/base/tls.h"
#include "common/grpclog/grpc_log.h"

int main(int argc, char** argv) {
  using namespace accord::ctl;
  OccupyStandardStreams();
  // gRPC's own log contains nothing that the status does not say.
  setenv("GRPC_VERBOSITY", "NONE", 0);
  // If the user turns the log on anyway, it must not show anything that came from a peer.
  accord::RouteGrpcLog();
  accord::RequireTls13();
  // New files are private, unless common/base/file.h says otherwise.
  accord::MakeNewFilesPrivate();
  CLI::App app("Work with Accord from the command line", "accordctl");
  CommandSession session;
  AddAllCommands(&app, &session);
  // The terminal only displays text from others and never obeys it.
  ScreenedStream out(&std::cout), err(&std::cerr, /*returns=*/true);
  const std::vector<std::string> words(argv + std::min(argc, 1), argv + argc);
  // Help and errors about the line are in the language that the line names.
  const Speaking speaking(LanguageOfMistakes(app, words, &session));
  if (words.empty()) {
    std::cerr << HelpFrontPage(app);
    return kUsage;
  }
  if (const std::string empty = EmptyWordText(app, words); !empty.empty()) {
    std::cerr << empty;
    return kUsage;
  }
  try {
    // Checks that refuse a value during parsing give the reason.
    app.parse(argc, argv);
  } catch (const CLI::Success& asked) {
    return ExitAfterOutput(&out, &std::cerr, app.exit(asked) == 0 ? kDone : kUsage);
  } catch (const CLI::ParseError& error) {
    std::cerr << MistakeText(app, words, error);
    return kUsage;
  }
  const absl::Status status = session.Run();
  if (!status.ok()) std::cerr << session.Told(status);
  return ExitAfterOutput(&out, &std::cerr, ExitCodeOf(status));
}
