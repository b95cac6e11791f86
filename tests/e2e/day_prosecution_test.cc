// These are the days of those who accompany a case through court: a counsel and a clerk of the Crown, and
// those who support the victim.
#include <string>

#include "tests/e2e/day.h"

namespace accord::e2e {
namespace {

using ::testing::AllOf;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::UnorderedElementsAre;

class CourtDays : public Day {
 protected:
  const Person counsel_{"cr-york", "counsel", "prosecution"};
  const Person clerk_{"cr-york", "clerk", "prosecution"};
  const Person coordinator_{"cr-phtpt", "coordinator", "prosecution"};
  const Person vwap_{"vs-vwap-newmarket", "worker", "victim_support"};
  const Person worker_{"vs-vcao-york", "worker", "victim_support"};

  std::string Opens(const std::string& number) {
    return Name(counsel_, absl::StrCat("case create ",
                                       Given({{"court_region", "central-east"},
                                              {"police_service", "ps-york"},
                                              {"information_number", number},
                                              {"team_flag", true},
                                              {"victims", nlohmann::json::array({{{"ref", "person-1"}}})}})));
  }
  void Assigns(const std::string& name) {
    Does(coordinator_,
         absl::StrCat("case assign-crown ", name, " --agency cr-york --crown counsel --mode lead"));
  }
  std::string Advance(const std::string& accused, const std::string& event) {
    return absl::StrCat("accused advance ", accused, " --event ", event, " --on ", Days(0));
  }
  // This gives what a person consents to from today on.
  static nlohmann::json Consent(const std::string& purpose) {
    return {{"purpose", purpose}, {"form_version", "2026-1"}, {"language", "en"},
            {"given_by", "self"}, {"given_on", Days(0)},      {"expires_on", Days(90)}};
  }
};

TEST_F(CourtDays, OfACrownsCounselAndClerk) {
  const std::string item = Opens("26-9101");
  EXPECT_THAT(Fails(coordinator_,
                    absl::StrCat("case assign-crown ", item, " --agency cr-york --crown counsl --mode lead")),
              HasSubstr("PERSON_UNKNOWN"));
  Assigns(item);
  // The clerk corrects the number of the information, and everybody finds the case by it.
  Does(clerk_, absl::StrCat("case correct ", item, " --information-number 26-9102 --reason 'misread'"));
  EXPECT_THAT(Names(counsel_, "case list --filter 'information_number = 26-9102'"), ElementsAre(item));
  EXPECT_THAT(Names(counsel_, "case list --filter 'information_number = 26-9101'"), IsEmpty());
  // The earlier number is in the history, which only that office can read.
  const auto history = Reads(counsel_, absl::StrCat("case history ", item));
  EXPECT_THAT(history.dump(), AllOf(HasSubstr(R"("before":"26-9101")"), HasSubstr(R"("after":"26-9102")"),
                                    HasSubstr(R"("actor":"clerk")")));
  EXPECT_THAT(Fails(coordinator_, absl::StrCat("case history ", item)), HasSubstr("NOT_THE_OWNER"));

  // One accused was entered twice, so the two are linked.
  const std::string charge = Given({{"accused_ref", "accused-1"},
                                    {"charge_date", Days(-100)},
                                    {"forum", "ocj"},
                                    {"counts", nlohmann::json::array({{{"section", "279.01(1)"},
                                                                       {"offence_from", Days(-130)},
                                                                       {"victim", "v1"},
                                                                       {"mode", "indictable"}}})}});
  const std::string accused = Name(counsel_, absl::StrCat("accused create --parent ", item, " ", charge));
  const std::string again = Name(counsel_, absl::StrCat("accused create --parent ", item, " ", charge));
  const std::string link = Name(
      counsel_, absl::StrCat("case-duplicate link ",
                             Given({{"record", again}, {"same_as", accused}, {"reason", "entered twice"}})));
  EXPECT_THAT(Names(counsel_, absl::StrCat("case-duplicate list --record ", again)), ElementsAre(link));

  // The words of events are listed, a wrong step is undone, and nobody concludes a charge without a sentence.
  EXPECT_THAT(Reads(counsel_, "stage-events list").dump(), HasSubstr("ACCUSED_EVENT_PLEAD_GUILTY"));
  Does(counsel_, Advance(accused, "hear_bail"));
  Does(counsel_, absl::StrCat("accused undo-stage ", accused, " --reason 'the other accused'"));
  Does(counsel_, Advance(accused, "hear_bail"));
  Does(clerk_, absl::StrCat("accused record-appearance ", accused, " --appearance '{\"on\": \"", Days(0),
                            "\", \"purpose\": \"plea\"}'"));
  Does(counsel_, Advance(accused, "plead_guilty"));
  Does(counsel_, absl::StrCat("accused record-disposition ", accused,
                              " --count 0 --disposition guilty_plea --on ", Days(0)));
  EXPECT_THAT(Fails(counsel_, Advance(accused, "conclude")), HasSubstr("SENTENCE_MISSING"));
  Does(counsel_, Advance(accused, "begin_sentencing"));
  const auto sentence = [&](const nlohmann::json& restitution) {
    const nlohmann::json order = {{"on", Days(0)}, {"sentence", "six years"}, {"restitution", restitution}};
    return absl::StrCat("accused record-sentence ", accused, " --order '", order.dump(), "'");
  };
  EXPECT_THAT(Fails(counsel_, sentence({{"considered", false}})), HasSubstr("RESTITUTION_NOT_CONSIDERED"));
  Does(counsel_, sentence({{"considered", true}, {"reason", "The victim asked for none."}}));
  EXPECT_THAT(Does(counsel_, absl::StrCat("accused print ", accused)), HasSubstr("<html"));
  EXPECT_EQ(Text(counsel_, Advance(accused, "conclude"), "stage"), "STAGE_CONCLUDED");
  EXPECT_THAT(Names(clerk_, absl::StrCat("accused list --case ", item)), UnorderedElementsAre(accused, again))
      << "who is concluded too";

  // The police service that brought the case reads the notes that are written for both, and no file.
  const std::string note = Name(
      counsel_, absl::StrCat("case-note create ",
                             Given({{"case", item}, {"readers", "both"}, {"text", "the plea was heard"}})));
  EXPECT_THAT(Names(kMember, absl::StrCat("case-note list --case ", item)), ElementsAre(note));
  EXPECT_THAT(Does(kMember, "case list-statuses -o json"), HasSubstr(accused));
  EXPECT_THAT(Fails(kMember, absl::StrCat("case get ", item)), HasSubstr("AGENCY_KIND_NOT_PERMITTED"));
  // The office that the police ask answers them.
  const std::string question =
      Name(kMember,
           absl::StrCat("advice-request create ",
                        Given({{"crown_agency", "cr-york"}, {"question", "May the phone be searched?"}})));
  EXPECT_THAT(Names(counsel_, "advice-request list --filter 'crown_agency = cr-york' --order-by create_time"),
              Contains(question));
  Does(counsel_, absl::StrCat("advice-request answer ", question, " --answer 'With a warrant.'"));
  EXPECT_THAT(Does(kMember, absl::StrCat("advice-request get ", question)), HasSubstr("With a warrant."));
  Does(coordinator_, "ceiling-alert list --order-by 'create_time desc'");
  EXPECT_THAT(Does(coordinator_, "board"), Not(IsEmpty()));
}

TEST_F(CourtDays, OfThoseWhoSupportAVictim) {
  // A link leads to the stage of the case until the survivor no longer wants it.
  const std::string item = Opens("26-9201");
  Assigns(item);
  const std::string link =
      Name(counsel_, absl::StrCat("link-token create ", Given({{"case", item},
                                                               {"victim", "v1"},
                                                               {"support_agency", "vs-vwap-newmarket"},
                                                               {"consent_on", Days(0)},
                                                               {"expires_on", Days(30)}})));
  EXPECT_THAT(Names(vwap_, "link-token list"), Contains(link));
  Does(vwap_, absl::StrCat("case get-linked ", link));
  EXPECT_THAT(Fails(vwap_, absl::StrCat("case get ", item)), HasSubstr("AGENCY_KIND_NOT_PERMITTED"));
  Does(vwap_, absl::StrCat("link-token revoke ", link));
  EXPECT_THAT(Fails(vwap_, absl::StrCat("case get-linked ", link)), HasSubstr("NOT_FOUND"));

  // Another agency helps as long as the survivor consents, and learns nothing of the case afterwards.
  const nlohmann::json survivor = {{"program", "vcao"},
                                   {"subject_ref", "survivor-1"},
                                   {"needs", "a safe bed"},
                                   {"safe_contact", {{"channel", "phone"}, {"reach", "416 555 0100"}}}};
  const std::string of =
      Name(worker_, absl::StrCat("support-case create ", Given(survivor), " --services-consent '",
                                 Consent("services").dump(), "'"));
  EXPECT_THAT(Names(worker_, "support-case list"), Contains(of));
  EXPECT_THAT(Names(worker_,
                    "support-case list --filter 'state = open AND program = vcao' "
                    "--order-by 'create_time desc'"),
              Contains(of));
  EXPECT_THAT(Names(worker_, "support-case list --filter 'state = closed'"), Not(Contains(of)));
  EXPECT_THAT(Fails(vwap_, absl::StrCat("support-case get ", of)), HasSubstr("NOT_FOUND"));
  nlohmann::json to_refer = Consent("referral");
  to_refer["recipient_agency"] = "vs-vwap-newmarket";
  to_refer["data"] = nlohmann::json::array({"needs"});
  const std::string consent =
      Name(worker_, absl::StrCat("consent create --parent ", of, " ", Given(to_refer)));
  const std::string sent =
      Name(worker_, absl::StrCat("support-referral send --consent ", consent, " --kind service"));
  EXPECT_THAT(Names(vwap_, "support-referral list"), Contains(sent));
  Does(vwap_, absl::StrCat("support-referral advance ", sent, " --event acknowledge"));
  EXPECT_THAT(Does(vwap_, absl::StrCat("support-referral get ", sent)),
              AllOf(HasSubstr("a safe bed"), Not(HasSubstr("survivor-1"))));
  Does(worker_, absl::StrCat("consent withdraw ", consent, " --withdrawal-channel oral"));
  EXPECT_THAT(Fails(vwap_, absl::StrCat("support-referral get ", sent)), HasSubstr("NOT_FOUND"));
  EXPECT_THAT(Names(vwap_, "support-referral list"), Not(Contains(sent)));

  // The survivor is notified in time, and the record keeps that this was done.
  const std::string notice =
      Name(worker_, absl::StrCat("survivor-notice plan --support-case ", of, " --due-on ", Days(3)));
  EXPECT_THAT(Names(worker_, absl::StrCat("survivor-notice list --support-case ", of)), ElementsAre(notice));
  Does(worker_, absl::StrCat("survivor-notice close ", notice, " --outcome reached"));
  Does(worker_, "dashboard");
}

}  // namespace
}  // namespace accord::e2e
