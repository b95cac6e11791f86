// These tests read documents on paper as text: what is said of a record, of what is withheld, and of what
// was signed.
#include <gmock/gmock.h>

#include "absl/strings/str_cat.h"
#include "clients/accordctl/core/session_language.h"
#include "clients/accordctl/core/texts.h"
#include "tests/pages/board_samples.h"
#include "tests/pages/document_samples.h"

namespace accord::ctl {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;

TEST(ReferralOnPaper, SaysForWhomAndWhenWithTheZone) {
  EXPECT_THAT(
      ReferralPage("few"),
      AllOf(HasSubstr("A copy for <bdi>worker, York Region Children&#39;s Aid Society</bdi>, as of"),
            HasSubstr("<time datetime=\"2026-11-26T16:30:00-05:00\">2026-11-26 16:30 EST</time>"),
            HasSubstr("Times are of America/Toronto (EST, UTC-05:00)."), HasSubstr("Days are Ontario's.")));
}

TEST(ReferralOnPaper, SaysOfAFieldThatItIsWithheldAndListsItAtTheEnd) {
  const std::string page = ReferralPage("few");
  EXPECT_THAT(page,
              HasSubstr("The sender&#39;s reference of the young person</th><td><em>withheld</em></td>"));
  EXPECT_THAT(page, AllOf(HasSubstr("<li><code>indigenous_identity</code></li>"),
                          HasSubstr("<li><code>subject_ref</code></li>")));
  // A field that is not masked and has no value gets no row.
  EXPECT_THAT(page, Not(HasSubstr("Statutory ground")));
  EXPECT_THAT(ReferralPage("many"), HasSubstr("Nothing of the record is withheld"));
}

TEST(ReferralOnPaper, TellsTheStateOfEachClockInWords) {
  EXPECT_THAT(
      ReferralPage("few"),
      AllOf(HasSubstr("acknowledge</th><td><time datetime=\"2026-11-26T12:30:00-05:00\">2026-11-26 12:30 "
                      "EST</time></td><td><span class=\"state\">done</span></td>"),
            HasSubstr("<td><span class=\"state\">overdue</span></td>"),
            HasSubstr("<td><span class=\"state\">running</span></td>"),
            HasSubstr("<td><span class=\"state\">dealt with</span></td>")));
}

TEST(ReferralOnPaper, KeepsTheLinesOfWhatTheReporterWrote) {
  EXPECT_THAT(
      ReferralPage("few"),
      HasSubstr("<bdi>She has not come back since Friday.</bdi>\n<bdi>A car was waiting for her.</bdi>"));
}

TEST(ReferralOnPaper, NumbersItsSheetsAndNamesTheRecordOnEach) {
  EXPECT_THAT(ReferralPage("few"),
              AllOf(HasSubstr("content: counter(page) \" / \" counter(pages);"),
                    HasSubstr("@bottom-left { content: \"agencies/cas-york/referrals/01m8a5dx\"; }")));
}

// No part of a name can end the string in the style sheet that holds it.
TEST(ReferralOnPaper, LetsNoNameIntoItsStyleButLettersDigitsAndSlashes) {
  const std::string page = ReferralPage("hostile");
  const std::size_t begin = page.rfind("@bottom-left { content: \"");
  ASSERT_NE(begin, std::string::npos);
  const std::string line = page.substr(begin, page.find('\n', begin) - begin);
  const std::string inside = line.substr(sizeof("@bottom-left { content: \"") - 1);
  EXPECT_EQ(inside.find_first_of("<>\\{}'&"), inside.rfind("\"; } }") + 3) << line;
}

TEST(ProtocolOnPaper, SaysWhoSignedThisTextAndUnderWhichDigest) {
  const std::string page = ProtocolPage();
  EXPECT_THAT(page, AllOf(HasSubstr("3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b8557"),
                          HasSubstr("<span class=\"state\">this text</span>"),
                          HasSubstr("<span class=\"state\">not signed</span>")));
  protocols::v1::Protocol changed = AProtocol();
  changed.set_text_digest(std::string(64, 'a'));
  EXPECT_THAT(PrintedPage(ProtocolDocument(changed, AReader()), AReader()),
              AllOf(HasSubstr("<span class=\"state\">another text</span>"), Not(HasSubstr(">this text<"))));
}

TEST(ProtocolOnPaper, SaysWhichPartsOfTheTextItLacks) {
  EXPECT_THAT(ProtocolPage(),
              AllOf(HasSubstr("Part 1: purpose</h2>"), HasSubstr("Who reads it: everybody."),
                    HasSubstr("<bdi>The parties work together.</bdi>\n<bdi>They answer at every hour.</bdi>"),
                    HasSubstr("Parts that this copy lacks</h2>"), HasSubstr("<bdi>interviews</bdi>"),
                    HasSubstr("<bdi>youth of 16 or 17 years</bdi>"), Not(HasSubstr("<bdi>purpose</bdi>"))));
}

TEST(ClockOnPaper, GivesTheThreeViewsWithTheirStateInWords) {
  EXPECT_THAT(ClockPage(),
              AllOf(HasSubstr("all that the Crown asserts"), HasSubstr("what the court found alone"),
                    HasSubstr("<span class=\"state\">above the ceiling</span>"),
                    HasSubstr("<td><em>withheld</em></td>"), HasSubstr("<bdi>OCJ</bdi>")));
}

TEST(ClockOnPaper, GivesPositionsAsThoseOfAPartyAndBesideTheClock) {
  EXPECT_THAT(ClockPage(), AllOf(HasSubstr("Questions about the delay</h2>"), HasSubstr("below ceiling</th>"),
                                 HasSubstr("defence</td>"), HasSubstr("They take nothing off the clock.")));
}

TEST(CertificateOnPaper, HasWhatVerifiesItAsFarAsItsReaderMayReadIt) {
  EXPECT_THAT(
      CertificatePage(),
      AllOf(HasSubstr("<code>ABCD2345</code>"), HasSubstr("Verification code</th><td><em>withheld</em></td>"),
            HasSubstr("<span class=\"state\">valid</span>"), HasSubstr("Ontario Police College")));
}

TEST(FrenchDocuments, TellStatesAndMomentsInFrench) {
  const Speaking french(Language::kFrench);
  EXPECT_THAT(
      ReferralPage("few"),
      AllOf(HasSubstr("<html lang=\"fr\">"), HasSubstr("Aiguillage d&#39;une jeune personne"),
            HasSubstr("26 novembre 2026, 16 h 30 HNE"), HasSubstr("<span class=\"state\">en retard</span>"),
            HasSubstr("<em>non communiqué</em>")));
  EXPECT_THAT(ProtocolPage(),
              AllOf(HasSubstr("<span class=\"state\">ce texte</span>"), HasSubstr("société d&#39;aide")));
}

}  // namespace
}  // namespace accord::ctl
