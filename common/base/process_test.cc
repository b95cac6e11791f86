#include "common/base/process.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <string>

namespace accord {
namespace {

// Runs in a child process, because the permissions that are given up cannot be regained.
int InChild(int (*holds)()) {
  const pid_t child = fork();
  if (child == 0) _exit(holds());
  int status = 0;
  waitpid(child, &status, 0);
  return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

TEST(ForbidCoreDumps, LeavesNoCoreAndNobodyReadsTheMemory) {
  EXPECT_EQ(InChild([] {
              ForbidCoreDumps();
              rlimit limit{1, 1};
              getrlimit(RLIMIT_CORE, &limit);
              return limit.rlim_cur == 0 && limit.rlim_max == 0 && prctl(PR_GET_DUMPABLE) == 0 ? 0 : 1;
            }),
            0);
}

TEST(MakeNewFilesPrivate, AreTheUsersAloneWhateverTheirMode) {
  EXPECT_EQ(InChild([] {
              MakeNewFilesPrivate();
              char folder[] = "/tmp/accord-process-XXXXXX";
              if (mkdtemp(folder) == nullptr) return 1;
              const std::string path = std::string(folder) + "/file";
              const int fd = open(path.c_str(), O_CREAT | O_RDWR | O_CLOEXEC, 0666);
              struct stat found {};
              const bool done = fd >= 0 && fstat(fd, &found) == 0;
              unlink(path.c_str());
              rmdir(folder);
              return done && (found.st_mode & 0777) == 0600 ? 0 : 1;
            }),
            0);
}

}  // namespace
}  // namespace accord
