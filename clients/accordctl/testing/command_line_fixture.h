// This file is about a whole command line, for tests of what it prints.
#ifndef ACCORD_CLIENTS_ACCORDCTL_TESTING_COMMAND_LINE_FIXTURE_H_
#define ACCORD_CLIENTS_ACCORDCTL_TESTING_COMMAND_LINE_FIXTURE_H_

#include <gmock/gmock.h>

#include <sstream>
#include <string>
#include <vector>

#include "absl/strings/str_split.h"
#include "clients/accordctl/command_line.h"
#include "clients/accordctl/core/command_session.h"
#include "clients/accordctl/records/line_mistakes.h"

namespace accord::ctl {

// This is a whole command line, as in the main function. It is built once, because that takes long and tests
// only parse with it.
class CommandLine : public ::testing::Test {
 protected:
  CommandLine() : app_("Work with Accord from the command line", "accordctl") {
    AddAllCommands(&app_, &session_);
  }

  // This gives what is printed for a line: help, or the error. It is empty if the line can be run.
  std::string Said(const std::string& line) {
    std::vector<std::string> words = absl::StrSplit(line, ' ', absl::SkipEmpty());
    std::vector<std::string> reversed(words.rbegin(), words.rend());
    std::ostringstream out;
    try {
      app_.parse(reversed);
    } catch (const CLI::Success& asked) {
      app_.exit(asked, out, out);
    } catch (const CLI::ParseError& error) {
      out << MistakeText(app_, words, error);
    }
    return out.str();
  }
  // This gives what a line prints that needs no gateway.
  std::string Ran(const std::string& line) {
    const std::string said = Said(line);
    EXPECT_EQ(said, "") << line;
    ::testing::internal::CaptureStdout();
    const absl::Status status = session_.action ? session_.action() : absl::OkStatus();
    const std::string out = ::testing::internal::GetCapturedStdout();
    EXPECT_TRUE(status.ok()) << status;
    return out;
  }

  CLI::App app_;
  CommandSession session_;
};

}  // namespace accord::ctl

#endif  // ACCORD_CLIENTS_ACCORDCTL_TESTING_COMMAND_LINE_FIXTURE_H_
