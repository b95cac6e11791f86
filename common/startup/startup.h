// Every process of Accord starts here: it reads its command line and its configuration, and receives
// its signals.
#ifndef ACCORD_COMMON_STARTUP_STARTUP_H_
#define ACCORD_COMMON_STARTUP_STARTUP_H_

#include <google/protobuf/message.h>

#include <optional>
#include <string>
#include <vector>

#include "common/startup/signals.h"

namespace accord {

// This is a flag of the command line; `given` becomes true if it is present.
struct Flag {
  std::string name, help;
  bool* given;
};

struct Startup {
  // If this has a value, the process must end now with this exit code.
  std::optional<int> exit_code;
  std::string config_file;
};

// This reads `--config FILE` and `flags` from the command line, and then that file strictly into `config`. It
// also forbids core dumps, makes new files private, raises the limit of open files, and ignores SIGPIPE, so
// that a closed connection shows up as an error. The exit code is 0 after
// --help, 1 for a bad configuration, and another for a bad command line; standard error says why.
Startup BeginProcess(int argc, char** argv, const std::string& about, const std::vector<Flag>& flags,
                     google::protobuf::Message* config);

}  // namespace accord

#endif  // ACCORD_COMMON_STARTUP_STARTUP_H_
