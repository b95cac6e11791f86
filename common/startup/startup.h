// How a process of Accord begins: its command line, its configuration, its signals.
#ifndef ACCORD_COMMON_STARTUP_STARTUP_H_
#define ACCORD_COMMON_STARTUP_STARTUP_H_

#include <google/protobuf/message.h>
#include <signal.h>

#include <initializer_list>
#include <optional>
#include <string>
#include <vector>

namespace accord {

// This is a flag of the command line; `given` becomes true if it is there.
struct Flag {
  std::string name, help;
  bool* given;
};

struct Startup {
  // With a value the process ends here, and this is its exit code.
  std::optional<int> exit_code;
  std::string config_file;
};

// Reads `--config FILE` and `flags` from the command line, and then that file strictly into `config`. From
// here on the process keeps its memory and its files to itself, may open as many files as it is allowed, and
// learns of a peer that is gone from an error and not from SIGPIPE. It ends with 0 after --help, with 1 for a
// bad configuration, and with another code for a bad command line; standard error says why.
Startup BeginProcess(int argc, char** argv, const std::string& about, const std::vector<Flag>& flags,
                     google::protobuf::Message* config);

// Signals that nothing but this hears of. It is made before there is a second thread.
class Signals {
 public:
  explicit Signals(std::initializer_list<int> signals);
  // Waits for the next one, and returns its number.
  int Await() const;
  // Says whether one came within a second.
  bool CameWithinASecond() const;

 private:
  sigset_t set_;
};

}  // namespace accord

#endif  // ACCORD_COMMON_STARTUP_STARTUP_H_
