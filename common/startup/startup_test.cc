#include "common/startup/startup.h"

#include <gtest/gtest.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <fstream>

#include "accord/host/v1/config.pb.h"
#include "common/testing/temp_dir.h"

namespace accord {
namespace {

// Runs in a child process, because permissions that are given up cannot be regained. The exit code
// says what `holds` returned.
template <class Fn>
int InChild(Fn holds) {
  const pid_t child = fork();
  if (child == 0) _exit(holds());
  int status = 0;
  waitpid(child, &status, 0);
  return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

class Beginning : public ::testing::Test {
 protected:
  std::string File(const std::string& text) {
    const std::string path = directory_.path("config.textproto");
    std::ofstream(path) << text;
    return path;
  }
  Startup Begin(std::vector<std::string> words) {
    words.insert(words.begin(), "accord-test");
    std::vector<char*> arguments;
    for (std::string& word : words) arguments.push_back(word.data());
    return BeginProcess(static_cast<int>(arguments.size()), arguments.data(), "A test of Accord.",
                        {{"--check-config", "Read the configuration and stop", &check_}}, &config_);
  }

  testing::TempDir directory_;
  host::v1::ServiceConfig config_;
  bool check_ = false;
};

TEST_F(Beginning, ReadsTheConfigurationAndTheFlagsThatWereGiven) {
  const std::string file = File("rules_file: \"rules\"");
  EXPECT_EQ(InChild([&] {
              const Startup startup = Begin({"--config", file, "--check-config"});
              return !startup.exit_code && startup.config_file == file && check_ &&
                             config_.rules_file() == "rules"
                         ? 0
                         : 2;
            }),
            0);
  EXPECT_EQ(InChild([&] { return !Begin({"--config", file}).exit_code && !check_ ? 0 : 2; }), 0);
}

TEST_F(Beginning, KeepsItsMemoryToItselfAndOutlivesAPeerThatIsGone) {
  const std::string file = File("");
  EXPECT_EQ(InChild([&] {
              Begin({"--config", file});
              int ends[2];
              if (pipe(ends) != 0) return 2;
              close(ends[0]);
              const bool written = write(ends[1], "x", 1) == 1;
              return !written && prctl(PR_GET_DUMPABLE) == 0 ? 0 : 2;
            }),
            0);
}

TEST_F(Beginning, EndsWithOneForAConfigurationThatItCannotRead) {
  const std::string unknown = File("no_such_field: 1");
  EXPECT_EQ(InChild([&] { return Begin({"--config", unknown}).exit_code.value_or(0); }), 1);
  EXPECT_EQ(InChild([&] { return Begin({"--config", unknown + ".missing"}).exit_code.value_or(0); }), 1);
}

TEST_F(Beginning, EndsForACommandLineThatItDoesNotKnow) {
  const std::string file = File("");
  const auto ends = [&](const std::vector<std::string>& words) {
    return InChild([&] { return Begin(words).exit_code.value_or(0) > 1 ? 3 : 2; }) == 3;
  };
  EXPECT_TRUE(ends({})) << "no configuration";
  EXPECT_TRUE(ends({"--config", file, "--chek-config"})) << "no such flag";
  EXPECT_EQ(InChild([&] { return Begin({"--help"}).exit_code.value_or(2); }), 0);
}

TEST(Signals, AreHeardOneByOne) {
  EXPECT_EQ(InChild([] {
              const Signals signals({SIGTERM, SIGHUP});
              raise(SIGHUP);
              if (signals.Await() != SIGHUP) return 2;
              raise(SIGTERM);
              return signals.CameWithinASecond() ? 0 : 3;
            }),
            0);
}

}  // namespace
}  // namespace accord
