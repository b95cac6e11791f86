// This tests what an import of a roster says of what nobody checks.
#include <gmock/gmock.h>

#include <algorithm>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "accord/training/v1/completion_service.pb.h"
#include "clients/accordctl/command_line.h"
#include "clients/accordctl/core/texts.h"
#include "clients/accordctl/testing/answering_gateway.h"
#include "clients/accordctl/testing/fake_tls_gateway.h"
#include "common/base/file.h"
#include "common/testing/matchers.h"

namespace accord::ctl {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;

constexpr char kCompletionService[] = "/accord.training.v1.CompletionService/";

class RosterCommand : public ::testing::Test {
 protected:
  RosterCommand() {
    training::v1::Import import;
    import.set_name("agencies/ps-york/imports/01a");
    import.set_lines(1);
    import.set_accepted(1);
    for (const char* method : {"CreateImport", "AppendImport", "FinishImport"}) {
      gateway_.Answer(absl::StrCat(kCompletionService, method), import);
    }
    file_ = tls_gateway_.directory().path("roster.csv");
    EXPECT_OK(WriteFile(file_, "course,learner_agency,learner,completed_on\nbasics,nowhere,l1,2026-11-01\n",
                        FileKind::kPrivate));
  }
  // Gives what a line says on standard error.
  std::string Told(const std::string& line) {
    CommandSession session;
    session.contexts_file = tls_gateway_.contexts_file();
    CLI::App app("Work with Accord from the command line", "accordctl");
    AddAllCommands(&app, &session);
    std::vector<std::string> words = absl::StrSplit(line, ' ');
    std::reverse(words.begin(), words.end());
    app.parse(words);
    ::testing::internal::CaptureStdout();
    ::testing::internal::CaptureStderr();
    const absl::Status status = session.Run();
    ::testing::internal::GetCapturedStdout();
    const std::string told = ::testing::internal::GetCapturedStderr();
    EXPECT_OK(status);
    return told;
  }

  AnsweringGateway gateway_;
  FakeTlsGateway tls_gateway_{&gateway_};
  std::string file_;
};

TEST_F(RosterCommand, SaysThatAgenciesOfLearnersAreNotChecked) {
  EXPECT_THAT(Told("roster import --dry-run " + file_),
              AllOf(HasSubstr("a dry run: nothing was taken\n"),
                    HasSubstr("Not checked: whether each learner_agency is an agency of the register.\n")));
  EXPECT_THAT(Told("--language fr roster import " + file_), HasSubstr("Non vérifié"));
}

}  // namespace
}  // namespace accord::ctl
