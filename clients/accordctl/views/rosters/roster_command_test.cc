// This tests what an import of a roster says of the agencies of learners.
#include <gmock/gmock.h>

#include <string>

#include "absl/strings/str_cat.h"
#include "accord/registry/v1/registry_service.pb.h"
#include "accord/training/v1/completion_service.pb.h"
#include "clients/accordctl/core/texts.h"
#include "clients/accordctl/testing/against_a_gateway.h"
#include "clients/accordctl/views/rosters/roster_agencies.h"
#include "common/base/error.h"
#include "common/base/file.h"
#include "common/testing/matchers.h"

namespace accord::ctl {
namespace {

using accord::testing::RefusedBy;
using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::Pair;

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
  // This gives what a line says on standard error.
  std::string Told(const std::string& line) {
    const Said said = Run(line);
    EXPECT_OK(said.status);
    return said.err;
  }
  std::string file_;
};

TEST_F(RosterCommand, RefusesAnAgencyThatTheRegisterDoesNotHaveByTheLineAndTakesNothing) {
  registry::v1::ListAgenciesResponse register_of;
  for (const char* id : {"ps-york", "ps-durham"}) {
    register_of.add_agencies()->set_name(absl::StrCat("agencies/", id));
  }
  gateway_.Answer("/accord.registry.v1.RegistryService/ListAgencies", register_of);
  EXPECT_OK(WriteFile(file_,
                      "course,\"learner_agency\",learner,completed_on\r\nbasics,ps-york,l1,2026-11-01\r\n"
                      "\"basics\",ps-yrok,l2,2026-11-01\r\nbasics,nowhere,l3,2026-11-01\r\n"
                      "basics,ps-yrok,l4,2026-11-01\r\nbasics,ps-durham,l5,2026-11-01\r\n",
                      FileKind::kPrivate));
  const Said said = Run("roster import " + file_);
  EXPECT_THAT(said.status, RefusedBy(rules::kRosterHasErrors));
  EXPECT_THAT(said.out, AllOf(HasSubstr("   2 errors\n"),
                              HasSubstr(file_ + ":3: AGENCY_UNKNOWN: the register has no agency ps-yrok; "
                                                "did you mean ps-york?\n"),
                              HasSubstr(file_ + ":4: AGENCY_UNKNOWN: the register has no agency nowhere; "
                                                "`accordctl agency list` shows all that it has\n"),
                              Not(HasSubstr(":2: ")), Not(HasSubstr(":5: ")), Not(HasSubstr(":6: "))));
  training::v1::FinishImportRequest finished;
  ASSERT_TRUE(finished.ParseFromString(gateway_.sent(absl::StrCat(kCompletionService, "FinishImport"))));
  EXPECT_FALSE(finished.commit());
  // The line that is right is taken, and nothing is left unchecked.
  EXPECT_OK(WriteFile(file_, "course,learner_agency,learner,completed_on\nbasics,ps-york,l1,2026-11-01\n",
                      FileKind::kPrivate));
  const Said right = Run("roster import " + file_);
  EXPECT_OK(right.status);
  EXPECT_THAT(right.err, AllOf(HasSubstr("all of it is taken\n"), Not(HasSubstr("Not checked"))));
  ASSERT_TRUE(finished.ParseFromString(gateway_.sent(absl::StrCat(kCompletionService, "FinishImport"))));
  EXPECT_TRUE(finished.commit());
}

TEST_F(RosterCommand, RefusesAFileThatIsOnlyAHeaderBeforeAnythingIsSent) {
  EXPECT_OK(WriteFile(file_, "course,learner_agency,learner,completed_on\n", FileKind::kPrivate));
  const Said said = Run("roster import " + file_);
  EXPECT_TRUE(absl::IsInvalidArgument(said.status)) << said.status;
  EXPECT_THAT(std::string(said.status.message()),
              AllOf(HasSubstr(file_ + ":1: is the only line"),
                    HasSubstr("is it the file that the other system wrote?")));
  EXPECT_THAT(gateway_.asked(), ::testing::IsEmpty());
}

TEST_F(RosterCommand, FindsTheAgenciesOfStatementsToo) {
  RosterAgencies agencies(/*statements=*/true);
  agencies.Take(R"({"actor":{"account":{"homePage":"https://lms.example/agencies/ps-york","name":"p1"}}})");
  for (const char* other : {"", "[]", "7", "{", R"({"actor":{"account":{"homePage":7}}})"})
    agencies.Take(other);
  agencies.Take(R"({"actor":{"account":{"homePage":"ps-durham"}}})");
  EXPECT_THAT(agencies.first_lines(), ElementsAre(Pair("ps-durham", 7), Pair("ps-york", 1)));
}

TEST_F(RosterCommand, SaysWhereTheRegisterCannotBeReadThatAgenciesAreNotChecked) {
  EXPECT_THAT(Told("roster import --dry-run " + file_),
              AllOf(HasSubstr("a dry run: nothing was taken\n"),
                    HasSubstr("Not checked: whether each learner_agency is an agency of the register.\n")));
  EXPECT_THAT(Told("--language fr roster import " + file_), HasSubstr("Non vérifié"));
}

}  // namespace
}  // namespace accord::ctl
