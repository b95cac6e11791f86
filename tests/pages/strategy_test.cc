// These tests read the board of the strategy and an envelope as text; tests/pages/run.sh shows both pages to
// a browser.
#include <gmock/gmock.h>

#include "clients/accordctl/core/session_language.h"
#include "clients/accordctl/core/texts.h"
#include "tests/pages/board_samples.h"
#include "tests/pages/strategy_samples.h"

namespace accord::ctl {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;

std::string StrategyBoardOf(const std::string& kind) {
  return StrategyBoardPage(StrategyBoardSamples().at(kind));
}
std::string EnvelopeOf(const std::string& kind) { return EnvelopePage(EnvelopeSamples().at(kind)); }

TEST(StrategyBoardPage, ShowsTheStateBesideWhatTheReportSaidByPillarAndMinistry) {
  EXPECT_THAT(
      StrategyBoardOf("few"),
      AllOf(HasSubstr("<h2 id=\"prevention-title\">Prevention and community supports (1)</h2>"),
            HasSubstr(
                "<bdi>Ministry of Labour</bdi><br><small>with <bdi>Ministry of the Attorney General</bdi>"),
            HasSubstr("<span class=\"state underway\">underway</span></td><td>2026-01-05</td>"),
            HasSubstr("<td>as done<br><small lang=\"en\"><q><bdi>has completed</bdi></q></small>"),
            HasSubstr("reported as done, not confirmed as delivered"), HasSubstr("further than reported"),
            HasSubstr("no report spoke of it"),
            HasSubstr("<span class=\"state late\">behind what was reported</span>")));
}

TEST(StrategyBoardPage, SaysWhatIsLateSinceWhenAndWhy) {
  EXPECT_THAT(
      StrategyBoardOf("few"),
      AllOf(HasSubstr("What is late (3)"),
            HasSubstr("<small><bdi>A director is appointed</bdi></small></th><td>milestone not met</td>"
                      "<td>2026-11-25</td>"),
            HasSubstr("its ministry says that it is late</td><td></td>"
                      "<td><bdi>Applications came late.</bdi>"),
            HasSubstr("<td>figure not verified</td><td>2026-11-14</td>")));
}

TEST(StrategyBoardPage, DrawsFiguresBesideTheirWordsWithTargetAndQualifier) {
  const std::string page = StrategyBoardOf("few");
  EXPECT_THAT(page,
              AllOf(HasSubstr("role=\"img\" aria-label=\"Chart of the figures in people\""),
                    // Out of 600, 0 is the height of nothing, 450 is that of 30 out of 40, and 512 is that
                    // of 34.
                    HasSubstr("<rect class=\"exact\" x=\"2\" y=\"46\" width=\"10\" height=\"0\"/>"),
                    HasSubstr("<rect class=\"withheld\" x=\"16\" y=\"26\" width=\"10\" height=\"20\"/>"),
                    HasSubstr("<rect class=\"approximate\" x=\"30\" y=\"16\" width=\"10\" height=\"30\"/>"),
                    HasSubstr("<rect class=\"exact\" x=\"44\" y=\"12\" width=\"10\" height=\"34\"/>"),
                    HasSubstr("<path class=\"target\" d=\"M0 6H58\"/>")));
  EXPECT_THAT(page,
              AllOf(HasSubstr("<li>2026-01-01 to 2026-01-28: <bdi>0</bdi></li>"),
                    HasSubstr("2026-02-28: <bdi>suppressed</bdi>"),
                    HasSubstr("<bdi>about 450</bdi> <small>stated as <q lang=\"en\"><bdi>approximately 450"),
                    HasSubstr("<bdi>fewer than last year</bdi>")));
}

TEST(StrategyBoardPage, SaysThatThereIsNoAuthorisationAndDrawsNothingOfIt) {
  StrategyBoard board = StrategyBoardSamples().at("few");
  board.tables = {board.tables[1]};
  EXPECT_THAT(StrategyBoardPage(board),
              AllOf(HasSubstr("<em>No authorisation: the figures distinguish Indigenous people"),
                    Not(HasSubstr("<svg"))));
}

TEST(StrategyBoardPage, SaysThatThereIsNone) {
  EXPECT_THAT(StrategyBoardOf("none"), AllOf(HasSubstr("0 initiatives, as of 2026-11-26"),
                                             HasSubstr("There is none."), Not(HasSubstr("<table"))));
}

TEST(EnvelopePage, SaysWhatIsAnnouncedCommittedAndFreeToTheCent) {
  EXPECT_THAT(EnvelopeOf("few"),
              AllOf(HasSubstr("<th scope=\"row\">Announced</th><td>$6,650,000.00</td>"
                              "<td>up to <q lang=\"en\"><bdi>$6.65 million over four years</bdi></q></td>"),
                    HasSubstr("<th scope=\"row\">Committed</th><td>$100.05</td>"),
                    HasSubstr("<th scope=\"row\">Free</th><td>$6,649,899.95</td>"),
                    // In a year without a stated ceiling, no money is known to be free.
                    HasSubstr("<bdi>2017-18</bdi></th><td></td><td>$0.00</td><td></td>"),
                    HasSubstr("<span class=\"state planned\">only planned</span>"),
                    HasSubstr("<span class=\"state closed\">back in the envelope</span>")));
}

TEST(EnvelopePage, SaysThatThereIsNoYearAndNoAllocation) {
  EXPECT_THAT(EnvelopeOf("none"), AllOf(HasSubstr("There is none."), Not(HasSubstr("Fiscal year</th>"))));
}

TEST(StrategyPages, HoldNothingOfOthersButTheirText) {
  for (const std::string& page : {StrategyBoardOf("hostile"), EnvelopeOf("hostile")}) {
    EXPECT_THAT(page, AllOf(Not(HasSubstr("<script")), Not(HasSubstr("<img")), Not(HasSubstr("\u202e")),
                            Not(HasSubstr("\a")), HasSubstr("\\u202eright to left")));
  }
}

TEST(StrategyPages, SpeakFrench) {
  const Speaking french(Language::kFrench);
  EXPECT_THAT(
      StrategyBoardOf("few"),
      AllOf(HasSubstr("Ce qui est en retard (3)"), HasSubstr("annoncé comme fait, réalisation non confirmée"),
            HasSubstr("1er janvier 2026 au 28 janvier 2026\u00a0: <bdi>0</bdi>"),
            HasSubstr("<bdi>environ 450</bdi>")));
  EXPECT_THAT(EnvelopeOf("few"), HasSubstr("<td>6\u00a0650\u00a0000,00\u00a0$</td>"));
}

}  // namespace
}  // namespace accord::ctl
