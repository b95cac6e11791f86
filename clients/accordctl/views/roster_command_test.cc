// This tests what an import of a roster says of what nobody checks.
#include <gmock/gmock.h>

#include <string>

#include "absl/strings/str_cat.h"
#include "accord/training/v1/completion_service.pb.h"
#include "clients/accordctl/core/texts.h"
#include "clients/accordctl/testing/against_a_gateway.h"
#include "common/base/file.h"
#include "common/testing/matchers.h"

namespace accord::ctl {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;

constexpr char kCompletionService[] = "/accord.training.v1.CompletionService/";

class RosterCommand : public AgainstAGateway {
 protected:
  RosterCommand() {
    training::v1::Import import;
    import.set_name("agencies/ps-york/imports/01a");
    import.set_lines(1);
    import.set_accepted(1);
    for (const char* method : {"CreateImport", "AppendImport", "FinishImport"}) {
      gateway_.Answer(absl::StrCat(kCompletionService, method), import);
    }
    file_ = path("roster.csv");
    EXPECT_OK(WriteFile(file_, "course,learner_agency,learner,completed_on\nbasics,nowhere,l1,2026-11-01\n",
                        FileKind::kPrivate));
  }
  // Gives what a line says on standard error.
  std::string Told(const std::string& line) {
    const Said said = Run(line);
    EXPECT_OK(said.status);
    return said.err;
  }
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
