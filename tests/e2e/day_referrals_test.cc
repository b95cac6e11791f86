// These are the days of those who work with referrals: the intake of a society and its supervisor, and the
// police supervisor who screens what arrives.
#include <signal.h>

#include <cstdlib>
#include <string>

#include "common/testing/files.h"
#include "tests/e2e/day.h"

namespace accord::e2e {
namespace {

using ::testing::AllOf;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::UnorderedElementsAre;

class ReferralDays : public Day {
 protected:
  // This gives what a worker of the society sends to the police.
  std::string Sends(const std::string& subject, const std::string& urgency = "h12") {
    return Name(kWorker, absl::StrCat("referral create ", Letter(York().name(), subject, urgency)));
  }
};

TEST_F(ReferralDays, OfASocietysIntakeAndItsSupervisor) {
  // The grounds that a referral may have are listed, and a person's name is refused as a subject's reference.
  EXPECT_THAT(Does(kWorker, "grounds list"), HasSubstr("child_sex_trafficking"));
  EXPECT_THAT(Fails(kWorker, absl::StrCat("referral create ", Letter(York().name(), "Jane Roe 2010-05-01"))),
              HasSubstr("REFERENCE_NAMES_PERSON"));
  const std::string first = Sends("intake-1", "h48"), second = Sends("intake-1");
  EXPECT_THAT(Names(kWorker, "referral list --subject-ref intake-1"), UnorderedElementsAre(first, second));

  // The urgency was wrong. It is corrected with a reason, and the history of the referral says so.
  EXPECT_THAT(Fails(kWorker, absl::StrCat("referral correct ", first, " --set urgency=h12")),
              HasSubstr("REASON_REQUIRED"));
  Does(kWorker, absl::StrCat("referral correct ", first, " --set urgency=h12 --reason 'read again'"));
  const auto corrected = Reads(kWorker, absl::StrCat("referral get ", first));
  EXPECT_EQ(corrected.value("urgency", ""), "URGENCY_H12");
  ASSERT_TRUE(corrected.contains("amendments"));
  EXPECT_EQ(corrected["amendments"][0].value("reason", ""), "read again");
  const auto history = Reads(kWorker, absl::StrCat("referral list-revisions ", first));
  ASSERT_EQ(history.size(), 2u);
  ASSERT_TRUE(history[1].contains("changes"));
  std::string urgency;
  for (const auto& change : history[1]["changes"]) {
    if (change.value("path", "") != "urgency") continue;
    urgency = absl::StrCat(change.value("before", ""), " then ", change.value("after", ""));
  }
  EXPECT_EQ(urgency, "h48 then h12");

  // A person who only wants to see what is urgent reads nothing else of the referral.
  for (const auto& row : Reads(kWorker, "referral list --read-mask urgency")) {
    EXPECT_NE(row.value("urgency", ""), "");
    EXPECT_EQ(row.value("reporter_belief", ""), "");
  }

  // Both referrals are about the same night. They are linked, and the link can be undone.
  const std::string link = Name(
      kWorker, absl::StrCat("duplicate link ",
                            Given({{"referral", second}, {"same_as", first}, {"reason", "sent twice"}})));
  EXPECT_THAT(Names(kMember, absl::StrCat("duplicate list --same-as ", first)), ElementsAre(link));
  Does(kSocietySupervisor, absl::StrCat("duplicate unlink ", link, " --reason 'another night'"));

  // A telephone call is recorded for both sides, and a note for one's own agency alone.
  const std::string called = Name(
      kWorker, absl::StrCat("note create ",
                            Given({{"about", first},
                                   {"readers", "both"},
                                   {"text", "the duty desk was told"},
                                   {"phone_contact", {{"called_at", AMinuteAgo()}, {"reached", true}}}})));
  const std::string own = Name(
      kWorker, absl::StrCat("note create ",
                            Given({{"about", first}, {"readers", "own_agency"}, {"text", "ask the aunt"}})));
  EXPECT_THAT(called, HasSubstr("/notes/both-"));
  EXPECT_THAT(own, HasSubstr("/notes/own-"));
  EXPECT_THAT(Names(kMember, absl::StrCat("note list --about ", first)), ElementsAre(called));
  EXPECT_THAT(Fails(kMember, absl::StrCat("note get ", own)), HasSubstr("NOT_FOUND"));

  // The supervisor sees the most urgent referral first, keeps a list, counts, and prints one on paper.
  EXPECT_THAT(Names(kSocietySupervisor,
                    "referral list --filter 'urgency = h12 AND to_agency = ps-york' "
                    "--order-by acknowledge_due"),
              AllOf(Contains(first), Contains(second)));
  EXPECT_THAT(
      Names(kSocietySupervisor, "referral list --filter 'urgency = h48' --order-by 'create_time desc'"),
      Not(Contains(first)));
  EXPECT_THAT(Fails(kSocietySupervisor, "referral list --filter 'subject_ref = intake-1'"),
              HasSubstr("FIELD_INVALID"));
  const std::string kept =
      Name(kSocietySupervisor,
           absl::StrCat("referral-filter create ", Given({{"title", "new ones"}, {"state", "submitted"}})));
  EXPECT_THAT(Names(kSocietySupervisor, absl::StrCat("referral list --filter ", kept)), Contains(first));
  Does(kSocietySupervisor, absl::StrCat("referral-filter delete ", kept));
  Does(kSocietySupervisor, "referral count");
  Does(kSocietySupervisor, absl::StrCat("referral count --from ", Days(-30), " --to ", Days(0)));
  EXPECT_THAT(Does(kSocietySupervisor, absl::StrCat("referral print ", first)),
              AllOf(HasSubstr("<html"), HasSubstr(first.substr(first.rfind('/') + 1))));
  // An agency that has no part in it finds nothing.
  EXPECT_THAT(Fails(kOtherMember, absl::StrCat("referral get ", first)), HasSubstr("NOT_FOUND"));
}

TEST_F(ReferralDays, OfAPoliceSupervisor) {
  York();
  // The watch begins before anything arrives.
  const Ran begun =
      ctl_(absl::StrCat("--context ps-york --actor supervisor --purpose criminal_investigation "
                        "watch changes --kind referral -o name >",
                        Path("told"), " 2>", Path("told-errors"), " & echo $!; true"));
  const pid_t watch = std::atoi(begun.said.c_str());
  ASSERT_GT(watch, 0) << begun.said;
  const auto told = [&](const std::string& name) {
    return accord::testing::Slurp(Path("told")).find(name) != std::string::npos;
  };
  std::string referral;
  EXPECT_TRUE(Eventually(
      [&] {
        referral = Sends("screened-1");
        return told("/referrals/");
      },
      absl::Minutes(1)))
      << accord::testing::Slurp(Path("told-errors"));
  EXPECT_TRUE(Eventually([&] { return told(referral); })) << "nobody had to look";
  kill(watch, SIGTERM);

  // The person on duty takes the referral, and nobody can assign it to a person who does not exist.
  EXPECT_THAT(Names(kMember, "referral list --sent-to-us --order-by acknowledge_due"), Contains(referral));
  EXPECT_THAT(Does(kMember, "dashboard"), HasSubstr("accordctl referral acknowledge " + referral));
  Does(kMember, absl::StrCat("referral acknowledge ", referral));
  EXPECT_THAT(Fails(kSupervisor, absl::StrCat("referral assign ", referral, " --assignee wroker")),
              HasSubstr("PERSON_UNKNOWN"));
  EXPECT_THAT(Does(kSupervisor, "colleagues list --role police_member"), HasSubstr("member"));
  Does(kSupervisor, absl::StrCat("referral assign ", referral, " --assignee member"));
  EXPECT_THAT(Names(kSupervisor, "referral list --filter 'assignee = member AND state = acknowledged'"),
              Contains(referral));

  // A wrong screening is undone and made again.
  Does(kSupervisor,
       absl::StrCat("referral screen ", referral, " --outcome no_further_action --reason 'nothing new'"));
  Does(kSupervisor, absl::StrCat("referral undo-step ", referral, " --reason 'the wrong one'"));
  Does(kSupervisor, absl::StrCat("referral screen ", referral, " --outcome joint --reason 'a second phone'"));

  // Both agencies investigate, each by its own people.
  const std::string joint =
      Name(kSupervisor, absl::StrCat("joint-investigation create ", Given({{"referral", referral}})));
  Does(kSupervisor,
       absl::StrCat("joint-investigation plan ", joint, " --order child_interview --order safety_plan"));
  Does(kSupervisor, absl::StrCat("joint-investigation join ", joint, " --actor member"));
  EXPECT_THAT(Fails(kSupervisor, absl::StrCat("joint-investigation join ", joint, " --actor nobody")),
              HasSubstr("PERSON_UNKNOWN"));
  Does(kWorker,
       absl::StrCat("joint-investigation record-step ", joint, " --step '{\"kind\": \"safety_plan\"}'"));
  EXPECT_EQ(Reads(kMember, absl::StrCat("joint-investigation get ", joint))["steps"].size(), 2u)
      << "the planning meeting, and the society's step";
  Does(kSupervisor, absl::StrCat("joint-investigation conclude ", joint, " --outcome suspected"));
  Does(kSupervisor,
       absl::StrCat("referral close ", referral,
                    " --supports-offered 'an outreach worker' --investigation-outcome suspected"));
  EXPECT_EQ(
      Text(kSupervisor, absl::StrCat("referral reopen ", referral, " --reason 'a second witness'"), "state"),
      "REFERRAL_STATE_ACKNOWLEDGED");

  // Police who bring a youth to a place of safety start the clock of that referral themselves.
  const std::string report =
      Name(kMember, absl::StrCat("referral create ", Given({{"protocol", York().name()},
                                                            {"kind", "duty_to_report"},
                                                            {"to_agency", "cas-york"},
                                                            {"subject_ref", "brought-1"},
                                                            {"age_band", "16_17"},
                                                            {"urgency", "h12"},
                                                            {"ground_code", "sexual_exploitation"},
                                                            {"reporter_belief", "taken from a motel"},
                                                            {"lawful_basis", "CYFSA s. 125"},
                                                            {"indigenous_identity", "not_asked"},
                                                            {"event_date", Days(0)}})));
  Does(kMember, absl::StrCat("referral record-place-of-safety ", report, " --brought-at ", AMinuteAgo()));
  EXPECT_NE(Text(kWorker, absl::StrCat("referral get ", report), "place_of_safety_until"), "");
  // The police see the stage of the cases that they brought.
  Does(kSupervisor, "case list-statuses");
}

}  // namespace
}  // namespace accord::e2e
