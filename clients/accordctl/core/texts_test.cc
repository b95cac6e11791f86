#include "clients/accordctl/core/texts.h"

#include <gmock/gmock.h>
#include <google/protobuf/descriptor.h>

#include <cstdlib>
#include <vector>

#include "absl/strings/str_replace.h"
#include "accord/intelligence/v1/resources.pb.h"
#include "accord/prosecution/v1/resources.pb.h"
#include "accord/prosecution/v1/rules.pb.h"
#include "accord/protocols/v1/dispute_service.pb.h"
#include "accord/protocols/v1/inspector_referral_service.pb.h"
#include "accord/protocols/v1/joint_investigation_service.pb.h"
#include "accord/protocols/v1/resources.pb.h"
#include "accord/supports/v1/resources.pb.h"
#include "accord/supports/v1/survivor_notice_service.pb.h"
#include "accord/training/v1/resources.pb.h"
#include "clients/accordctl/core/command_session.h"
#include "clients/accordctl/core/json.h"
#include "clients/accordctl/core/output.h"
#include "clients/accordctl/core/refusals.h"
#include "clients/accordctl/core/session_language.h"
#include "clients/accordctl/core/time_text.h"
#include "clients/accordctl/core/yaml_parser.h"
#include "clients/accordctl/views/dashboard/dashboard.h"
#include "clients/accordctl/views/page.h"
#include "common/access/names.h"
#include "common/base/clock.h"
#include "common/base/error.h"
#include "common/base/rules.h"
#include "common/testing/temp_dir.h"

namespace accord::ctl {
namespace {

namespace p = protocols::v1;
namespace i = intelligence::v1;
namespace c = prosecution::v1;
using ::testing::AllOf;
using ::testing::HasSubstr;

absl::Time Toronto(int month, int day, int hour, int minute) {
  return absl::FromCivil(absl::CivilSecond(2026, month, day, hour, minute), OntarioZone());
}

TEST(Texts, AreEnglishUnlessFrenchIsSpoken) {
  EXPECT_EQ(Text("{{count}} left", {{"count", "2"}}), "2 left");
  {
    const Speaking french(Language::kFrench);
    EXPECT_EQ(Text("{{count}} left", {{"count", "2"}}), "2 avant le plafond");
    const Speaking nobody_chose(Language::kNone);
    EXPECT_EQ(Text("Today"), "Today");
  }
  EXPECT_EQ(Text("Today"), "Today");
}

TEST(Texts, LookIntoNoValue) {
  const Speaking french(Language::kFrench);
  EXPECT_EQ(Text("asked by {{agency}}", {{"agency", "{{agency}}"}}), "demandé par {{agency}}");
}

TEST(Texts, ThatTheCatalogueDoesNotHaveStayEnglish) {
  const Speaking french(Language::kFrench);
  EXPECT_FALSE(HasText("of a later version"));
  EXPECT_EQ(Text("of a later version"), "of a later version");
}

TEST(Texts, OfAFormMayStandOnSeveralLines) {
  const std::string form = "<p>[[Skip to the\nprosecutions]]</p> [[{{months}} months]] [[";
  EXPECT_EQ(FormWithTexts(form), "<p>Skip to the\nprosecutions</p> {{months}} months [[");
  const Speaking french(Language::kFrench);
  EXPECT_EQ(FormWithTexts(form), "<p>Passer aux poursuites</p> {{months}} mois [[");
}

TEST(Texts, CountNoughtAsEachLanguageDoes) {
  EXPECT_EQ(Counted(0, "accused|one", "accused|many"), "0 accused");
  EXPECT_EQ(Counted(0, "day", "days"), "0 days");
  EXPECT_EQ(Counted(1, "completion", "completions"), "1 completion");
  EXPECT_EQ(Counted(1, "known already|one", "known already|many"), "1 known already");
  const Speaking french(Language::kFrench);
  EXPECT_EQ(Counted(0, "day", "days"), "0 jour");
  EXPECT_EQ(Counted(1, "accused|one", "accused|many"), "1 personne accusée");
  EXPECT_EQ(Counted(2, "accused|one", "accused|many"), "2 personnes accusées");
  EXPECT_EQ(Counted(1, "completion", "completions"), "1 réussite");
  EXPECT_EQ(Counted(2, "known already|one", "known already|many"), "2 déjà connues");
}

TEST(Texts, TellDaysAndInstantsAsFrenchDoesInCanada) {
  EXPECT_EQ(DayText("2026-11-27"), "2026-11-27");
  EXPECT_EQ(MomentText(Toronto(11, 27, 14, 5), OntarioZone()), "2026-11-27 14:05 EST");
  EXPECT_EQ(MomentText(Toronto(11, 28, 0, 0), OntarioZone(), true), "2026-11-27 24:00 EST");
  const Speaking french(Language::kFrench);
  EXPECT_EQ(DayText("2026-11-27"), "27 novembre 2026");
  EXPECT_EQ(DayText("2026-08-01"), "1er août 2026");
  EXPECT_EQ(DayText("no day"), "no day");
  EXPECT_EQ(MomentText(Toronto(11, 27, 14, 5), OntarioZone()), "27 novembre 2026, 14 h 05 HNE");
  EXPECT_EQ(MomentText(Toronto(7, 2, 9, 0), OntarioZone()), "2 juillet 2026, 9 h HAE");
  EXPECT_EQ(MomentText(Toronto(11, 28, 0, 0), OntarioZone()), "28 novembre 2026, 0 h HNE");
  EXPECT_EQ(MomentText(Toronto(11, 28, 0, 0), OntarioZone(), true), "27 novembre 2026, 24 h HNE");
}

// Views look up these texts by values of the data, which the check of the sources cannot see.
TEST(Texts, AreThereForEveryWordOfTheDataThatViewsShow) {
  const std::vector<const google::protobuf::EnumDescriptor*> enums = {
      c::Stage_descriptor(),
      c::DelayCause_descriptor(),
      c::DelayPosition_descriptor(),
      c::AdviceState_descriptor(),
      p::ReferralState_descriptor(),
      p::Urgency_descriptor(),
      p::NextDue_descriptor(),
      p::DisputeState_descriptor(),
      p::JointStepKind_descriptor(),
      p::JointInvestigationState_descriptor(),
      p::ProtocolState_descriptor(),
      p::InspectorReferralState_descriptor(),
      i::ReleaseState_descriptor(),
      i::InformationRequestState_descriptor(),
      i::RequestPriority_descriptor(),
      i::PurgeNoticeState_descriptor(),
      supports::v1::SupportReferralState_descriptor(),
      supports::v1::SurvivorNoticeState_descriptor(),
      training::v1::CertificateStatus_descriptor()};
  int words = 0;
  for (const auto* descriptor : enums) {
    for (int at = 0; at < descriptor->value_count(); ++at) {
      const int number = descriptor->value(at)->number();
      if (number == 0) continue;
      const std::string word = absl::StrReplaceAll(ShortName(descriptor, number), {{"_", " "}});
      EXPECT_TRUE(HasText(word)) << descriptor->full_name() << ": " << word;
      ++words;
    }
  }
  EXPECT_GT(words, 80);
  for (const Turn turn : {Turn::kMine, Turn::kTeam, Turn::kUnassigned, Turn::kOthers}) {
    EXPECT_TRUE(HasText(TurnName(turn))) << TurnName(turn);
  }
}

// This removes the variables that it sets in this process.
class InAnEnvironment {
 public:
  explicit InAnEnvironment(const char* language) { setenv("ACCORD_LANGUAGE", language, 1); }
  ~InAnEnvironment() { unsetenv("ACCORD_LANGUAGE"); }
};

class LanguageOfASession : public ::testing::Test {
 protected:
  LanguageOfASession() {
    unsetenv("ACCORD_LANGUAGE");
    Contexts contexts{.current = "york"};
    contexts.all["york"].address = "localhost:7400";
    contexts.all["york"].language = "fr";
    session_.contexts_file = directory_.path("accordctl.yaml");
    EXPECT_TRUE(WriteContexts(session_.contexts_file, contexts).ok());
  }

  const testing::TempDir directory_;
  CommandSession session_;
};

TEST_F(LanguageOfASession, IsWhatTheLineSaysOrElseTheEnvironmentOrElseTheContext) {
  EXPECT_EQ(session_.language(), Language::kFrench);
  const InAnEnvironment english("en");
  EXPECT_EQ(session_.language(), Language::kEnglish);
  EXPECT_EQ(session_.context()->language, "en");
  session_.given.language = "fr";
  EXPECT_EQ(session_.language(), Language::kFrench);
}

TEST_F(LanguageOfASession, IsSpokenWhileItsActionRunsAndNoLonger) {
  Language spoken = Language::kNone;
  session_.action = [&spoken] {
    spoken = SpokenLanguage();
    return absl::OkStatus();
  };
  EXPECT_TRUE(session_.Run().ok());
  EXPECT_EQ(spoken, Language::kFrench);
  EXPECT_EQ(SpokenLanguage(), Language::kEnglish);
}

TEST_F(LanguageOfASession, IsThatOfWhatIsRefusedBeforeAServiceIsAsked) {
  session_.action = [] { return Refuse(rules::kKeyEncrypted, "client.key: the private key is encrypted"); };
  EXPECT_THAT(PrintError(session_.Run(), Format::kTable),
              AllOf(HasSubstr("KEY_ENCRYPTED: " + std::string(rules::kKeyEncrypted.fr) + "\n"),
                    HasSubstr("  (en) client.key: the private key is encrypted\n")));
  session_.given.language = "en";
  EXPECT_THAT(PrintError(session_.Run(), Format::kTable),
              HasSubstr("KEY_ENCRYPTED: client.key: the private key is encrypted\n"));
}

TEST_F(LanguageOfASession, IsThatOfTheFaultsOfADocumentAndOfWhatIsToldOfThem) {
  session_.action = [] { return ParseYaml("a: [x\n", "referral.yaml").status(); };
  EXPECT_THAT(session_.Told(session_.Run()),
              HasSubstr(": un crochet qui a été ouvert n'est pas fermé avant ceci\n"));
  session_.action = [] { return RefuseFields({{"referral.protocol", "is required"}}); };
  EXPECT_THAT(session_.Told(session_.Run()), HasSubstr("  referral.protocol est obligatoire\n"));
  session_.given.language = "en";
  EXPECT_THAT(session_.Told(session_.Run()), HasSubstr("  referral.protocol is required\n"));
}

TEST_F(LanguageOfASession, ThatAccordDoesNotHaveIsRefused) {
  const InAnEnvironment other("de");
  EXPECT_TRUE(absl::IsInvalidArgument(session_.context().status()));
}

TEST(RefusalsForPeople, AreToldOnceWhereTheirMessageIsInFrenchItself) {
  const std::string said = "Aucun rapport n'a été publié.";
  const absl::Status own = LocalizedAs(Reword(accord::NotFound(), said), Language::kFrench, said);
  const std::string printed = PrintError(Localized(own, Language::kFrench), Format::kTable);
  EXPECT_THAT(printed, AllOf(HasSubstr("NOT_FOUND: " + said + "\n"), ::testing::Not(HasSubstr("(en)"))));
}

TEST(RefusalsForPeople, AreToldInFrenchBesideTheirEnglishMessage) {
  const absl::Status told = Localized(accord::NotFound(), Language::kFrench);
  const rules::Rule* rule = rules::FindRule("NOT_FOUND");
  ASSERT_NE(rule, nullptr);
  const std::string english(accord::NotFound().message()), french(rule->fr);
  EXPECT_THAT(PrintError(told, Format::kTable),
              AllOf(HasSubstr("NOT_FOUND: " + french), HasSubstr("  (en) " + english + "\n")));
  EXPECT_EQ(ParseJson(PrintError(told, Format::kJson))->value("localized_message", ""), french);
  const std::string plain = PrintError(accord::NotFound(), Format::kTable);
  EXPECT_THAT(plain, HasSubstr("NOT_FOUND: " + english + "\n"));
  EXPECT_EQ(PrintError(Localized(accord::NotFound(), Language::kEnglish), Format::kTable), plain);
}

}  // namespace
}  // namespace accord::ctl
