// These tests read the pages of accordctl as text. tests/pages/run.sh also shows them to a browser.
#include <gmock/gmock.h>

#include <cstdlib>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "clients/accordctl/core/session_language.h"
#include "clients/accordctl/core/texts.h"
#include "clients/accordctl/core/training_mark.h"
#include "common/base/file.h"
#include "common/testing/temp_dir.h"
#include "tests/pages/board_samples.h"
#include "tests/pages/document_samples.h"
#include "tests/pages/pilot_samples.h"
#include "tests/pages/strategy_samples.h"

namespace accord::ctl {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;

std::string Board(const std::string& kind) { return BoardPage(BoardSamples().at(kind)); }
std::string CoverageOf(const std::string& kind) { return CoveragePage(CoverageSamples().at(kind)); }

TEST(BoardPage, NamesInformationPoliceServiceAndReferenceInsteadOfAnId) {
  EXPECT_THAT(Board("few"),
              HasSubstr("<tr><th scope=\"row\"><bdi>accused-1</bdi></th><td><bdi>26-4711</bdi></td>"
                        "<td><bdi>York Regional Police</bdi></td>"));
}

TEST(BoardPage, SaysThatAReferenceIsWithheldAndNamesAnUnknownAgencyByItsId) {
  EXPECT_THAT(Board("few"), AllOf(HasSubstr("<em>withheld</em></th><td><bdi>26-0816</bdi>"),
                                  HasSubstr("<bdi>ps-unknown</bdi>")));
}

TEST(BoardPage, GroupsByWhatIsLeftAndSaysItInWords) {
  EXPECT_THAT(Board("few"),
              AllOf(HasSubstr("Past the ceiling (1)"), HasSubstr("Ceiling within 30 days (2)"),
                    HasSubstr("Ceiling in 31 to 90 days (1)"), HasSubstr("Ceiling in 91 to 180 days (1)"),
                    HasSubstr("Ceiling in more than 180 days (1)"), HasSubstr(">12 days past<"),
                    HasSubstr(">Today<"), HasSubstr(">30 days left<")));
}

TEST(BoardPage, TellsWhatATimelineDraws) {
  EXPECT_THAT(Board("few"), AllOf(HasSubstr("<li>2026-05-10: to 2026-07-09, waiver, agreed</li>"),
                                  HasSubstr("<li>2026-07-29: to 2026-08-28, discrete event, disputed</li>"),
                                  HasSubstr("<li>2027-01-05: end of the trial, as booked</li>"),
                                  HasSubstr("<li>2026-11-14: ceiling</li>")));
}

TEST(BoardPage, SaysOnceThatNobodyComparedTheLawForToday) {
  BoardView board = BoardSamples().at("few");
  const std::string note = "Nobody has compared the rule set with the law after 2026-06-17.";
  EXPECT_THAT(BoardPage(board), Not(HasSubstr("lang=\"en\"><bdi>Nobody")));
  for (auto& accused : board.accused) accused.mutable_clock()->set_law_note(note);
  const std::string page = BoardPage(board);
  const std::string shown = "<p lang=\"en\"><bdi>" + note + "</bdi></p>\n</header>";
  EXPECT_THAT(page, HasSubstr(shown));
  EXPECT_EQ(page.find(shown), page.rfind("Nobody has compared") - std::string("<p lang=\"en\"><bdi>").size());
}

TEST(BoardPage, SaysThatThereIsNone) {
  EXPECT_THAT(Board("none"),
              AllOf(HasSubstr("No open prosecution is yours to see."), Not(HasSubstr("<table"))));
}

TEST(CoveragePage, SaysWhereNothingIsAgreed) {
  const std::string page = CoverageOf("few");
  EXPECT_THAT(
      page, HasSubstr("2 of 5 known overlaps have a protocol; in 1 nothing was ever agreed, and 1 lapsed."));
  EXPECT_THAT(page, HasSubstr("<td class=\"cell none\"><span aria-hidden=\"true\">NO</span>"
                              "<span class=\"unseen\">Nothing agreed</span></td>"));
  EXPECT_THAT(page,
              HasSubstr("<span class=\"state none\">Nothing agreed</span></td><td><bdi>york, simcoe</bdi>"));
}

TEST(CoveragePage, TakesAStateThatItDoesNotKnowForNothingAgreed) {
  Coverage coverage = CoverageSamples().at("none");
  coverage.cells.emplace_back().set_state(static_cast<protocols::v1::CoverageState>(77));
  EXPECT_THAT(CoveragePage(coverage), HasSubstr("Nothing agreed (1)"));
}

TEST(CoveragePage, SaysThatThereIsNone) {
  EXPECT_THAT(CoverageOf("none"),
              AllOf(HasSubstr("No society and police service are known to share territory."),
                    Not(HasSubstr("<table"))));
}

TEST(PageFiles, HoldNothingOfOthersButTheirText) {
  for (const std::string& page : {Board("hostile"), CoverageOf("hostile"), ReferralPage("hostile")}) {
    EXPECT_THAT(page, AllOf(Not(HasSubstr("<script")), Not(HasSubstr("<img")), Not(HasSubstr("\u202e")),
                            Not(HasSubstr("\a")), HasSubstr("\\u202eright to left")));
  }
}

// This writes the pages for the browser into the folder that ACCORD_PAGES_OUT names.
TEST(PageFiles, AreWholeAndEveryPlaceOfTheirFormsIsFilled) {
  const char* named = std::getenv("ACCORD_PAGES_OUT");
  const testing::TempDir own;
  const std::string dir = absl::StrCat(named == nullptr ? own.path() : named, "/");
  const auto keep = [&](const std::string& name, const std::string& page) {
    const std::string begin =
        absl::StrCat("<!doctype html>\n<html lang=\"", std::string(TagOf(SpokenLanguage())), "\">");
    EXPECT_THAT(page, AllOf(::testing::StartsWith(begin), ::testing::EndsWith("</body>\n</html>\n")));
    // Hostile text contains the names of templates' places, which stay text.
    if (name.find("hostile") == std::string::npos) {
      EXPECT_THAT(page, AllOf(Not(HasSubstr("{{")), Not(HasSubstr("[[")))) << name;
    }
    ASSERT_TRUE(WriteFile(absl::StrCat(dir, name, ".html"), page, FileKind::kPrivate).ok());
  };
  for (const auto& [kind, board] : BoardSamples()) keep("board-" + kind, BoardPage(board));
  for (const auto& [kind, coverage] : CoverageSamples()) keep("coverage-" + kind, CoveragePage(coverage));
  for (const auto& [kind, sample] : ReferralSamples()) keep("referral-" + kind, ReferralPage(kind));
  for (const auto& [kind, board] : StrategyBoardSamples()) keep("strategy-" + kind, StrategyBoardPage(board));
  for (const auto& [kind, view] : EnvelopeSamples()) keep("envelope-" + kind, EnvelopePage(view));
  const auto keep_others = [&](const std::string& language) {
    keep("protocol-few" + language, ProtocolPage());
    keep("clock-few" + language, ClockPage());
    keep("certificate-few" + language, CertificatePage());
    keep("dashboard-few" + language, DashboardSample());
    keep("agreements-few" + language, AgreementsSample());
    keep("continuity-few" + language, OutageSample());
    keep("orders-few" + language, OrdersSample());
    keep("catchments-few" + language, CatchmentsSample());
    keep("claims-few" + language, ClaimsSample());
    MarkAsTraining(true);
    keep("training-few" + language, OutageSample());
    MarkAsTraining(false);
  };
  keep_others("");
  const Speaking french(Language::kFrench);
  keep("board-few-fr", Board("few"));
  keep("coverage-few-fr", CoverageOf("few"));
  keep("referral-few-fr", ReferralPage("few"));
  keep("strategy-few-fr", StrategyBoardPage(StrategyBoardSamples().at("few")));
  keep("envelope-few-fr", EnvelopePage(EnvelopeSamples().at("few")));
  keep_others("-fr");
}

TEST(FrenchPages, TellStatesDaysAndDatesInFrench) {
  const Speaking french(Language::kFrench);
  EXPECT_THAT(
      Board("few"),
      AllOf(HasSubstr("Plafond dépassé (1)"), HasSubstr(">12 jours de dépassement<"),
            HasSubstr(">Aujourd'hui<"), HasSubstr("<li>14 novembre 2026\u00a0: plafond</li>"),
            HasSubstr("<li>10 mai 2026\u00a0: jusqu&#39;au 9 juillet 2026, renonciation, reconnu</li>")));
  EXPECT_THAT(CoverageOf("few"), HasSubstr("2 sur 5 chevauchements connus sont couverts par un protocole;"));
}

// A text that was put into a page without the catalogue would be there in English.
TEST(FrenchPages, HoldNoEnglishTextOfTheCatalogue) {
  const char* root = std::getenv("ACCORD_SOURCE_DIR");
  ASSERT_NE(root, nullptr);
  const auto catalogue = ReadFile(absl::StrCat(root, "/clients/accordctl/core/data/texts.tsv"));
  ASSERT_TRUE(catalogue.ok()) << catalogue.status();
  const Speaking french(Language::kFrench);
  std::vector<std::string> pages = {
      Board("few"),         Board("none"),  CoverageOf("few"), CoverageOf("none"), ReferralPage("few"),
      ReferralPage("none"), ProtocolPage(), ClockPage(),       CertificatePage(),  DashboardSample(),
      AgreementsSample(),   OutageSample(), OrdersSample(),    CatchmentsSample(), ClaimsSample()};
  for (const char* kind : {"few", "none"}) {
    pages.push_back(StrategyBoardPage(StrategyBoardSamples().at(kind)));
    pages.push_back(EnvelopePage(EnvelopeSamples().at(kind)));
  }
  int looked_for = 0;
  const std::vector<std::string> lines = absl::StrSplit(*catalogue, '\n');
  for (const std::string& line : lines) {
    const std::string english = line.substr(0, line.find('\t'));
    // A short word may be the same in both languages, and so may one that the French text contains. A text
    // with places is nowhere as it is in the catalogue.
    if (english.size() < 12 || english[0] == '#' || english.find("{{") != std::string::npos) continue;
    if (line.find(english, english.size()) != std::string::npos) continue;
    for (const std::string& page : pages) EXPECT_THAT(page, Not(HasSubstr(english)));
    ++looked_for;
  }
  EXPECT_GT(looked_for, 50);
}

}  // namespace
}  // namespace accord::ctl
