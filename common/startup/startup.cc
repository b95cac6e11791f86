#include "common/startup/startup.h"

#include <csignal>
#include <cstdio>

#include "CLI/CLI.hpp"
#include "common/base/process.h"
#include "common/base/text_proto.h"

namespace accord {

Startup BeginProcess(int argc, char** argv, const std::string& about, const std::vector<Flag>& flags,
                     google::protobuf::Message* config) {
  Startup startup;
  CLI::App app(about);
  app.add_option("--config", startup.config_file, "Configuration in protobuf text format")->required();
  for (const Flag& flag : flags) app.add_flag(flag.name, *flag.given, flag.help);
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    startup.exit_code = app.exit(error);
    return startup;
  }
  ForbidCoreDumps();
  MakeNewFilesPrivate();
  RaiseFileLimit();
  std::signal(SIGPIPE, SIG_IGN);
  if (const absl::Status status = ReadTextProto(startup.config_file, config); !status.ok()) {
    std::fprintf(stderr, "%s\n", std::string(status.message()).c_str());
    startup.exit_code = 1;
  }
  return startup;
}

}  // namespace accord
