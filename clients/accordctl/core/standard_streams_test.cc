#include "clients/accordctl/core/standard_streams.h"

#include <fcntl.h>
#include <gmock/gmock.h>
#include <unistd.h>

#include <csignal>
#include <fstream>
#include <sstream>

namespace accord::ctl {
namespace {

using ::testing::HasSubstr;

ExitCode PrintTo(std::ostream* out, ExitCode exit, std::string* said) {
  std::ostringstream err;
  ScreenedStream screened(out);
  *out << std::string(1 << 20, 'x') << "\n";
  const ExitCode printed = ExitAfterOutput(&screened, &err, exit);
  *said = err.str();
  return printed;
}

TEST(AFullDisk, IsNeverSuccess) {
  std::string said;
  std::ofstream full("/dev/full");
  EXPECT_EQ(PrintTo(&full, kDone, &said), kOther);
  EXPECT_THAT(said, HasSubstr("could not be written"));
  EXPECT_THAT(said, HasSubstr("a line that only reads, such as --help, `get` or `list`, may be given again"));
  std::ofstream again("/dev/full");
  EXPECT_EQ(PrintTo(&again, kNotFound, &said), kNotFound) << "the first fault is the one to tell";
}

TEST(AFullDisk, IsNoticedOfAFewBytesToo) {
  std::ofstream full("/dev/full");
  std::ostringstream err;
  ScreenedStream screened(&full);
  full << "agencies/cas-york\n";
  EXPECT_EQ(ExitAfterOutput(&screened, &err, kDone), kOther);
}

TEST(AClosedPipe, IsNeverSuccess) {
  int ends[2];
  ASSERT_EQ(pipe(ends), 0);
  close(ends[0]);
  // Some programs start this process with SIGPIPE ignored.
  const auto before = std::signal(SIGPIPE, SIG_IGN);
  std::ofstream pipe("/proc/self/fd/" + std::to_string(ends[1]));
  std::string said;
  EXPECT_EQ(PrintTo(&pipe, kDone, &said), kOther);
  std::signal(SIGPIPE, before);
  close(ends[1]);
}

TEST(AWholePrint, IsSuccess) {
  std::string said;
  std::ostringstream out;
  EXPECT_EQ(PrintTo(&out, kDone, &said), kDone);
  EXPECT_EQ(said, "");
}

// This runs in a child process, because its standard streams are closed.
TEST(AClosedStream, IsNotTakenByTheNextFile) {
  EXPECT_EXIT(
      {
        close(1);
        OccupyStandardStreams();
        const int next = open("/dev/null", O_RDWR);
        _exit(next > 2 && write(1, "x", 1) == -1 ? 42 : 0);
      },
      ::testing::ExitedWithCode(42), "");
}

}  // namespace
}  // namespace accord::ctl
