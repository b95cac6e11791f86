#include "clients/accordctl/core/standard_streams.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <iostream>

#include "clients/accordctl/core/exit_code.h"
#include "clients/accordctl/core/screened_stream.h"

namespace accord::ctl {

void OccupyStandardStreams() {
  for (int stream = 0; stream <= 2; ++stream) {
    if (fcntl(stream, F_GETFD) != -1 || errno != EBADF) continue;
    // `open` gives the lowest free number, which is this one. It is opened in the wrong direction,
    // so that using it is an error.
    if (open("/dev/null", stream == 0 ? O_WRONLY : O_RDONLY) != stream) _exit(kOther);
  }
}

ExitCode ExitAfterOutput(ScreenedStream* out, std::ostream* err, ExitCode exit) {
  errno = 0;
  if (out->Finish() || exit != kDone) return exit;
  const int why = errno;
  *err
      << "accordctl: what was to be printed could not be written"
      << (why == 0 ? "" : std::string(": ") + std::strerror(why))
      << "\n  what was asked for is done; a line that only reads, such as --help, `get` or `list`, may be given "
         "again where there is room and a reader\n";
  return kOther;
}

void TellProgress(const std::string& line) {
  if (isatty(STDERR_FILENO) != 0) std::cerr << line << "\r" << std::flush;
}

}  // namespace accord::ctl
