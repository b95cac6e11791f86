// In these tests a person leaves an agency and no work is lost, by the real accordctl against the
// real processes.
#include <string>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "tests/e2e/context_case.h"

namespace accord::e2e {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

class Leaving : public ContextCase {
 protected:
  Leaving() : society_(EnrolSociety()), police_(EnrolPolice()) {
    ctl_.SetContext("office", stack_.console_files(), "admin", "administration");
    ctl_.SetContext("member", identities_.at("ps-york"), "member", "criminal_investigation");
    ctl_.SetContext("supervisor", identities_.at("ps-york"), "supervisor", "criminal_investigation");
  }
  // The policy reaches the gateway a moment later.
  bool MemberIsLetIn(bool expected) const {
    return Eventually([&] { return (As("member", "referral list").code == 0) == expected; });
  }

  AgencyClient society_, police_;
};

TEST_F(Leaving, TheWorkOfAPersonWhoIsDisabledIsShownAndGoesToAColleague) {
  const Protocol protocol = Agree(society_, police_);
  const Referral sent = Must(
      society_.Call<Referral>(kReferrals + "CreateReferral", "worker", "child_protection", Letter(protocol)));
  Did("member", absl::StrCat("referral assign ", sent.name(), " --assignee member"));
  EXPECT_THAT(Did("supervisor", "colleagues list"), HasSubstr("police_member"));
  EXPECT_THAT(Did("supervisor", "dashboard"), Not(HasSubstr("member left")));

  Did("office", "actor disable agencies/ps-york/actors/member");
  ASSERT_TRUE(MemberIsLetIn(false));
  EXPECT_THAT(Did("supervisor", "colleagues list"), Not(HasSubstr("police_member")));
  EXPECT_THAT(Did("supervisor", "dashboard"), HasSubstr("member left"));
  // Nobody who may not act is assigned anything.
  const Ran back = As("supervisor", absl::StrCat("referral assign ", sent.name(), " --assignee member"));
  EXPECT_THAT(back.said, HasSubstr("PERSON_UNKNOWN"));

  const std::string words = "handover --from member --to supervisor";
  EXPECT_THAT(Did("supervisor", words + " --dry-run"), HasSubstr("would go to supervisor"));
  const std::string given = Did("supervisor", words);
  EXPECT_THAT(given, HasSubstr(sent.name()));
  EXPECT_THAT(given, HasSubstr("given to supervisor"));
  EXPECT_THAT(Did("supervisor", words), HasSubstr("nobody has to take anything over"));
  EXPECT_THAT(Did("supervisor", absl::StrCat("referral get ", sent.name(), " -o json")),
              HasSubstr("\"assignee\": \"supervisor\""));

  Did("office", "actor enable agencies/ps-york/actors/member");
  EXPECT_TRUE(MemberIsLetIn(true));
}

TEST_F(Leaving, ACrownsCaseGoesToAColleagueAlsoIfItIsOnNoBoard) {
  Enrol("cr-york", {{"counsel", ROLE_CROWN_COUNSEL}, {"colleague", ROLE_CROWN_COUNSEL}});
  Enrol("cr-phtpt", {{"coordinator", ROLE_CROWN_COORDINATOR}});
  ctl_.SetContext("counsel", identities_.at("cr-york"), "counsel", "prosecution");
  ctl_.SetContext("coordinator", identities_.at("cr-phtpt"), "coordinator", "prosecution");
  // The record is not flagged, and has no accused.
  const std::string name(absl::StripAsciiWhitespace(
      Did("counsel",
          "case create --json '{\"court_region\": \"central-east\", \"police_service\": \"ps-york\", "
          "\"information_number\": \"26-77\", \"victims\": [{\"ref\": \"p-77\"}]}' -o name")));
  Did("coordinator", absl::StrCat("assign crown ", name, " --agency cr-york --crown counsel --mode lead"));
  const std::string given = Did("coordinator", "handover --from counsel --to colleague --agency cr-york");
  EXPECT_THAT(given, HasSubstr(name));
  EXPECT_THAT(given, HasSubstr("given to colleague"));
  EXPECT_THAT(Did("coordinator", absl::StrCat("case get ", name, " -o json")),
              HasSubstr("\"crown\": \"colleague\""));
}

TEST_F(Leaving, AnAgencyIsReachedByItsDeskAndItsPeopleByNameAmongThemselves) {
  Did("office", "actor set-display-name agencies/ps-york/actors/member --display-name 'J. Roy'");
  EXPECT_THAT(Did("supervisor", "colleagues list --role police_member"), HasSubstr("J. Roy"));
  EXPECT_THAT(Did("office", "actor get agencies/ps-york/actors/member -o json"), Not(HasSubstr("Roy")));
  Did("office",
      "agency set-duty-contacts ps-york --duty-contacts "
      "'{\"role\": \"police_supervisor\", \"reach\": \"905-555-0100\"}'");
  EXPECT_THAT(Did("supervisor", "duty-contacts list --role police_supervisor"), HasSubstr("905-555-0100"));
  EXPECT_THAT(Did("supervisor", "duty-contacts list --role cas_supervisor"), Not(HasSubstr("905-555-0100")));
}

}  // namespace
}  // namespace accord::e2e
