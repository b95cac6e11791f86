#include "clients/accordctl/exchange/iati.h"

#include <gmock/gmock.h>

#include <algorithm>

#include "clients/accordctl/testing/exchange_samples.h"
#include "common/testing/matchers.h"

namespace accord::ctl {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using testing::Must;
using ::testing::Not;
using testing::RefusedBy;

// This gives the part of a document between one text and the next occurrence of the other.
std::string Between(const std::string& xml, const std::string& begin, const std::string& end) {
  const std::size_t from = xml.find(begin);
  if (from == std::string::npos) return "";
  return xml.substr(from, xml.find(end, from) - from);
}

TEST(Iati, SaysOfEachInitiativeItsLeadItsStatusAndItsKnownDays) {
  const IatiDocument document = Must(IatiDocumentOf(SampleIati()));
  EXPECT_EQ(document.activities, 2u);
  const std::string training = Between(document.xml, "initiatives-training", "</iati-activity>");
  EXPECT_THAT(training,
              AllOf(HasSubstr("<participating-org ref=\"agencies-min-mol\" type=\"10\" role=\"2\">"),
                    HasSubstr("<narrative>Ministry of Labour</narrative>"),
                    HasSubstr("<participating-org ref=\"agencies-min-mag\" type=\"10\" role=\"4\">"),
                    HasSubstr("<activity-status code=\"2\"/>"),
                    HasSubstr("<activity-date type=\"2\" iso-date=\"2016-06-30\"/>")));
  const std::string delivered = Between(document.xml, "initiatives-delivered", "</iati-activity>");
  EXPECT_THAT(delivered, AllOf(HasSubstr("<activity-status code=\"3\"/>"),
                               HasSubstr("<activity-date type=\"4\" iso-date=\"2017-02-01\"/>")));
}

TEST(Iati, MakesUpNoDayAndSaysOfTheOneThatItIsGivenWhatItIs) {
  IatiInput input = SampleIati();
  const IatiDocument without = Must(IatiDocumentOf(input));
  EXPECT_EQ(without.undated, 1u);
  EXPECT_THAT(without.xml, Not(HasSubstr("initiatives-undated")));
  input.undated_as_of = "2017-02-23";
  const IatiDocument document = Must(IatiDocumentOf(input));
  EXPECT_EQ(document.undated, 0u);
  const std::string undated = Between(document.xml, "initiatives-undated", "</iati-activity>");
  EXPECT_THAT(undated, AllOf(HasSubstr("<activity-date type=\"1\" iso-date=\"2017-02-23\">"),
                             HasSubstr("on which day it begins or began is not known.")));
  // A known day is written unchanged.
  EXPECT_THAT(document.xml, HasSubstr("<activity-date type=\"2\" iso-date=\"2016-06-30\"/>"));
  input.undated_as_of.clear();
  input.initiatives = {AnInitiative("undated", strategy::v1::INITIATIVE_STATE_PLANNED, "")};
  EXPECT_THAT(IatiDocumentOf(input), RefusedBy(rules::kExportEmpty));
}

TEST(Iati, TellsZeroAboutAndWithheldApart) {
  const IatiDocument document = Must(IatiDocumentOf(SampleIati()));
  EXPECT_THAT(Between(document.xml, "2016-01-28", "</period>"), HasSubstr("<actual value=\"0\"/>"));
  const std::string suppressed = Between(document.xml, "2016-02-28", "</period>");
  EXPECT_THAT(suppressed,
              AllOf(HasSubstr("<actual>"), HasSubstr("The figure is withheld"), Not(HasSubstr("value="))));
  const std::string about = Between(document.xml, "2016-03-28", "</period>");
  EXPECT_THAT(about, AllOf(HasSubstr("<actual>"), HasSubstr("<narrative>approximately 450</narrative>"),
                           Not(HasSubstr("value="))));
  EXPECT_THAT(Between(document.xml, "2016-04-28", "</period>"), HasSubstr("fewer than before"));
  EXPECT_THAT(Between(document.xml, "2016-05-28", "</period>"),
              AllOf(HasSubstr("<actual value=\"512\"/>"), HasSubstr("<target value=\"600\">")));
}

TEST(Iati, SaysByWhichEarlierDefinitionAFigureWasCounted) {
  IatiInput input = SampleIati();
  strategy::v1::Indicator* indicator = input.tables[0].mutable_indicator();
  auto* first = indicator->add_definitions();
  first->set_version(1);
  first->set_text("Everybody who was asked");
  indicator->set_definition_version(2);
  input.tables[0].mutable_figures(0)->set_definition_version(2);
  const IatiDocument document = Must(IatiDocumentOf(input));
  EXPECT_THAT(Between(document.xml, "2016-01-28", "</period>"), Not(HasSubstr("earlier definition")));
  EXPECT_THAT(
      Between(document.xml, "2016-03-28", "</period>"),
      HasSubstr("approximately 450. It was counted by an earlier definition: Everybody who was asked"));
  EXPECT_THAT(Between(document.xml, "2016-05-28", "</period>"),
              AllOf(HasSubstr("<actual value=\"512\">"), HasSubstr("Everybody who was asked")));
  indicator->clear_definitions();
  EXPECT_THAT(Between(Must(IatiDocumentOf(input)).xml, "2016-05-28", "</period>"),
              HasSubstr("which was not kept"));
}

TEST(Iati, SaysThatThereIsNoAuthorisationWhereOneIsNeeded) {
  const IatiDocument document = Must(IatiDocumentOf(SampleIati()));
  const std::string restricted = Between(document.xml, "What is measured of first-nations", "</result>");
  EXPECT_THAT(restricted, AllOf(HasSubstr("no agreement of their governing body is in force"),
                                Not(HasSubstr("<period>"))));
}

TEST(Iati, CountsWhatItLeavesOut) {
  const IatiDocument document = Must(IatiDocumentOf(SampleIati()));
  EXPECT_EQ(document.results, 2u);
  EXPECT_EQ(document.without_activity, 1u);
  EXPECT_THAT(document.xml, Not(HasSubstr("homelessness")));
}

TEST(Iati, HoldsTextsOfOthersAsTextAndNoneThatIsNotOfTheList) {
  IatiInput input = SampleIati();
  input.initiatives[0].set_title(HostileText());
  input.names["min-mol"] = HostileText();
  const std::string xml = Must(IatiDocumentOf(input)).xml;
  EXPECT_THAT(xml, AllOf(Not(HasSubstr("<script")), Not(HasSubstr("\a")), Not(HasSubstr("\u202e")),
                         HasSubstr("=1+1&lt;/narrative&gt;&lt;script&gt;"),
                         Not(HasSubstr("the address of a person"))));
}

TEST(Iati, IsTheSameBytesInWhateverOrderItIsRead) {
  IatiInput turned = SampleIati();
  std::reverse(turned.initiatives.begin(), turned.initiatives.end());
  EXPECT_EQ(Must(IatiDocumentOf(turned)).xml, Must(IatiDocumentOf(SampleIati())).xml);
}

}  // namespace
}  // namespace accord::ctl
