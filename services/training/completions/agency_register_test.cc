// These tests check the employers that lines of a roster name against the register as the service read it.
#include "services/training/completions/agency_register.h"

#include <string>
#include <vector>

#include "services/training/testing/fixture.h"

namespace accord::training {
namespace {

using ::testing::ElementsAre;

class RosterAgencies : public TrainingFixture {
 protected:
  RosterAgencies() {
    services_.HoldRostersAgainst(&agencies_);
    Approved(NewCourse("git"));
  }
  // This gives the errors of a roster whose second completion names a learner of this agency.
  std::vector<std::string> ErrorsOf(const std::string& agency) {
    const std::string file = absl::StrCat("learner,course,completed_on,learner_agency\n",
                                          "p1,git,2024-02-29,ps-york\n", "p2,git,2024-03-01,", agency, "\n");
    EXPECT_EQ(OpenImport(file, &import_), "");
    EXPECT_EQ(Append(&import_, 0, file), "");
    return Errors(import_);
  }
  // This plays the registry, which answers with one agency on each page.
  absl::StatusOr<registry::v1::ListAgenciesResponse> Page(const registry::v1::ListAgenciesRequest& request) {
    if (!reachable_) return absl::UnavailableError("the gateway does not answer");
    ++pages_;
    const std::size_t at = request.page_token().size();
    registry::v1::ListAgenciesResponse page;
    page.add_agencies()->set_name(absl::StrCat("agencies/", registered_.at(at)));
    if (at + 1 < registered_.size()) page.set_next_page_token(std::string(at + 1, '+'));
    return page;
  }

  bool reachable_ = true;
  int pages_ = 0;
  std::vector<std::string> registered_ = {"pc-opc", "ps-york"};
  AgencyRegister agencies_{[this](const auto& request) { return Page(request); }};
  v1::Import import_;
};

TEST_F(RosterAgencies, ALineThatNamesNoAgencyOfTheRegisterIsRefusedByItsNumber) {
  ASSERT_OK(agencies_.ReadIfDue());
  EXPECT_THAT(ErrorsOf("ps-nowhere"), ElementsAre("3 AGENCY_UNKNOWN"));
  EXPECT_EQ(Finish(&import_, true), "IMPORT_HAS_ERRORS");
  EXPECT_EQ(Finish(&import_, false), "");
  EXPECT_THAT(ErrorsOf("pc-opc"), ElementsAre());
  EXPECT_EQ(Finish(&import_, true), "");
}

TEST_F(RosterAgencies, AreReadAgainAfterALineThatNamesNone) {
  ASSERT_OK(agencies_.ReadIfDue());
  EXPECT_EQ(pages_, 2);
  ASSERT_OK(agencies_.ReadIfDue());
  EXPECT_EQ(pages_, 2) << "nobody was missed";
  EXPECT_THAT(ErrorsOf("ps-new"), ElementsAre("3 AGENCY_UNKNOWN"));
  EXPECT_EQ(Finish(&import_, false), "");
  registered_.push_back("ps-new");
  reachable_ = false;
  EXPECT_FALSE(agencies_.ReadIfDue().ok());
  EXPECT_FALSE(agencies_.MayHave("ps-new")) << "what was read before goes on";
  EXPECT_TRUE(agencies_.MayHave("ps-york"));
  reachable_ = true;
  ASSERT_OK(agencies_.ReadIfDue());
  EXPECT_THAT(ErrorsOf("ps-new"), ElementsAre());
  EXPECT_EQ(Finish(&import_, true), "");
}

TEST_F(RosterAgencies, MayBeAnyUntilTheRegisterWasRead) {
  reachable_ = false;
  EXPECT_FALSE(agencies_.ReadIfDue().ok());
  EXPECT_THAT(ErrorsOf("ps-nowhere"), ElementsAre());
  EXPECT_EQ(Finish(&import_, false), "");
}

}  // namespace
}  // namespace accord::training
