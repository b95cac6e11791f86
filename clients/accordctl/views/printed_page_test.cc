#include "clients/accordctl/views/printed_page.h"

#include <gmock/gmock.h>

#include "accord/protocols/v1/resources.pb.h"
#include "clients/accordctl/testing/command_line_fixture.h"
#include "clients/accordctl/views/agency_names.h"
#include "clients/accordctl/views/printed_cells.h"
#include "common/base/clock.h"

namespace accord::ctl {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

class CellsInPrint : public ::testing::Test {
 protected:
  const PrintedFor whom_{
      "a reader", absl::UnixEpoch(), OntarioZone(), {{"ps-york", "York Police"}}, {"secret"}};
  const PrintedCells cells_{&whom_};
};

TEST_F(CellsInPrint, SayThatAFieldIsWithheldWhateverStoodInIt) {
  for (const std::string& cell :
       {cells_.Said("secret", ""), cells_.Said("secret", "text"), cells_.Code("secret", ""),
        cells_.Day("secret", ""), cells_.YesOrNo("secret", false), cells_.YesIf("secret", false),
        cells_.Moment("secret", {}), cells_.Word("secret", protocols::v1::Urgency_descriptor(), 0)}) {
    EXPECT_EQ(cell, "<em>withheld</em>");
  }
}

TEST_F(CellsInPrint, AreEmptyWhereThereIsNothingToSay) {
  EXPECT_THAT(cells_.Said("open", ""), IsEmpty());
  EXPECT_THAT(cells_.Code("open", ""), IsEmpty());
  EXPECT_THAT(cells_.Day("open", ""), IsEmpty());
  EXPECT_THAT(cells_.YesIf("open", false), IsEmpty());
  EXPECT_THAT(cells_.Moment("open", {}), IsEmpty());
  EXPECT_THAT(cells_.Word("open", protocols::v1::Urgency_descriptor(), 0), IsEmpty());
  EXPECT_THAT(cells_.Agency(""), IsEmpty());
  EXPECT_THAT(PrintedCells::Mark(""), IsEmpty());
}

TEST_F(CellsInPrint, NameAnAgencyAsPeopleDoWithItsId) {
  EXPECT_EQ(cells_.Agency("ps-york"), "<bdi>York Police</bdi> (<bdi>ps-york</bdi>)");
  EXPECT_EQ(cells_.Agency("ps-unknown"), "<bdi>ps-unknown</bdi>");
}

TEST_F(CellsInPrint, TakeNoMarkupFromAnybody) {
  EXPECT_EQ(cells_.Said("open", "<b>\nend"), "<bdi>&lt;b&gt;</bdi>\n<bdi>end</bdi>");
  EXPECT_EQ(cells_.Code("open", "<b>"), "<code>&lt;b&gt;</code>");
}

TEST_F(CellsInPrint, LeaveNothingBlankInARow) {
  PrintedDocument document{.title = "A title", .name = "agencies/a/records/b"};
  AddPart({.id = "part", .title = "A part", .heads = {"One", "Two"}, .rows = {{"first", ""}}}, &document);
  AddPart({.id = "empty", .title = "An empty part", .heads = {"One"}}, &document);
  EXPECT_THAT(PrintedPage(document, whom_),
              AllOf(HasSubstr("<tr><th scope=\"row\">first</th><td>-</td></tr>"),
                    Not(HasSubstr("An empty part")), HasSubstr("<li><code>secret</code></li>")));
}

TEST(NamesOfAgenciesOnPaper, AreThoseOfTheDayAndBothWhereNoSourcePrintsTheDay) {
  registry::v1::Agency agency;
  agency.set_display_name("Old");
  EXPECT_EQ(NamesOnDay(agency), "Old");
  agency.add_names_as_of("Old");
  agency.add_names_as_of("New");
  EXPECT_EQ(NamesOnDay(agency), "Old / New");
}

class PrintCommand : public CommandLine {};

TEST_F(PrintCommand, StandsBesideTheOtherCommandsOfItsNoun) {
  for (const char* noun : {"referral", "protocol", "accused", "completion-certificate"}) {
    EXPECT_THAT(Ran(noun), AllOf(HasSubstr("  print "), HasSubstr("Write "))) << noun;
    EXPECT_THAT(Said(std::string(noun) + " print --help"), AllOf(HasSubstr("NAME"), HasSubstr("--as-of")))
        << noun;
  }
}

}  // namespace
}  // namespace accord::ctl
