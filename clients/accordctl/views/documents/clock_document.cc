#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "clients/accordctl/core/texts.h"
#include "clients/accordctl/views/documents/documents.h"
#include "clients/accordctl/views/printed_cells.h"
#include "common/access/names.h"

namespace accord::ctl {
namespace {

std::string CourtText(prosecution::v1::Forum forum) {
  return Text(absl::AsciiStrToUpper(ShortName(prosecution::v1::Forum_descriptor(), forum)));
}

PrintedPart ProsecutionOf(const prosecution::v1::Accused& accused, const PrintedCells& cells) {
  const prosecution::v1::JordanClock& clock = accused.clock();
  return FactsPart(
      "prosecution", Text("The prosecution"),
      {{Text("Number of the information"), cells.Said("", accused.information_number())},
       {Text("Police service"), cells.Agency(accused.police_service())},
       {Text("The Crown's reference of the accused"), cells.Said("accused_ref", accused.accused_ref())},
       {Text("Court region"), cells.Said("", accused.court_region())},
       {Text("Court"), cells.Said("", CourtText(accused.forum()))},
       {Text("Stage"), PrintedCells::Mark(WordOf(prosecution::v1::Stage_descriptor(), accused.stage()))},
       {Text("Crown who leads"), cells.Said("", accused.lead_crown())},
       {Text("Charged on"), cells.Day("", accused.charge_date())},
       {Text("The clock begins on"), cells.Day("", clock.start())},
       {accused.trial_ended() ? Text("The trial ended on") : Text("The trial is booked to end on"),
        cells.Day("", clock.end())},
       {Text("Months to the ceiling"), absl::StrCat(clock.ceiling_months())},
       {Text("Days to the ceiling"), absl::StrCat(clock.days_to_ceiling())},
       {Text("Charged before R. v. Jordan was decided"), cells.YesIf("", clock.transitional())},
       {Text("The Crown holds it to be particularly complex"),
        cells.YesIf("", accused.particular_complexity())}});
}

std::vector<std::string> ViewRow(const std::string& view, const prosecution::v1::ClockResult& result,
                                 const PrintedCells& cells) {
  const bool above = result.net_above_ceiling() || result.remaining_above_ceiling();
  return {view,
          absl::StrCat(result.total_days()),
          absl::StrCat(result.defence_days()),
          absl::StrCat(result.discrete_days()),
          absl::StrCat(result.remaining_days()),
          cells.Day("", result.ceiling()),
          PrintedCells::Mark(above ? Text("above the ceiling") : Text("below the ceiling"))};
}

PrintedPart ViewsOf(const prosecution::v1::Accused& accused, const PrintedCells& cells) {
  PrintedPart part{.id = "views", .title = Text("The clock in three views")};
  part.heads = {Text("View"),         Text("Total, in days"), Text("Defence delay"), Text("Discrete events"),
                Text("What remains"), Text("Ceiling"),        Text("State")};
  part.note = Text(
      "Each view takes other delays off. It is counted in days; what follows is for counsel and the "
      "court.");
  const prosecution::v1::JordanClock& clock = accused.clock();
  part.rows = {ViewRow(Text("what both sides agree on or the court found"), clock.conservative(), cells),
               ViewRow(Text("all that the Crown asserts"), clock.crown(), cells),
               ViewRow(Text("what the court found alone"), clock.as_found(), cells)};
  return part;
}

PrintedPart DelaysOf(const prosecution::v1::Accused& accused, const PrintedCells& cells) {
  PrintedPart part{.id = "delays", .title = Text("Delays")};
  part.heads = {Text("From"), Text("Until"), Text("Reason for the delay"), Text("Who holds so"),
                Text("Recorded in")};
  for (const auto& delay : accused.delays()) {
    part.rows.push_back({cells.Day("", delay.from()), cells.Day("", delay.to()),
                         cells.Word("", prosecution::v1::DelayCause_descriptor(), delay.cause()),
                         cells.Word("", prosecution::v1::DelayPosition_descriptor(), delay.position()),
                         cells.Said("delays.evidence_ref", delay.evidence_ref())});
  }
  return part;
}

PrintedPart ArgumentsOf(const prosecution::v1::Accused& accused, const PrintedCells& cells) {
  PrintedPart part{.id = "arguments", .title = Text("Questions about the delay")};
  part.heads = {Text("Question about the delay"), Text("Whose position"), Text("Holds so"), Text("Day"),
                Text("Recorded in")};
  part.note =
      Text("These are positions of the parties and decisions of the court. They take nothing off the clock.");
  for (const auto& argument : accused.delay_arguments()) {
    part.rows.push_back({cells.Word("", prosecution::v1::DelayQuestion_descriptor(), argument.question()),
                         cells.Word("", prosecution::v1::DelayParty_descriptor(), argument.party()),
                         cells.YesOrNo("", !argument.denied()), cells.Day("", argument.on()),
                         cells.Said("delay_arguments.evidence_ref", argument.evidence_ref())});
  }
  return part;
}

PrintedPart StagesOf(const prosecution::v1::Accused& accused, const PrintedCells& cells) {
  PrintedPart part{.id = "stages", .title = Text("Stages of the prosecution")};
  part.heads = {Text("Day"), Text("Stage"), Text("Recorded by")};
  for (const auto& stage : accused.stages()) {
    part.rows.push_back({cells.Day("", stage.on()),
                         cells.Word("", prosecution::v1::Stage_descriptor(), stage.stage()),
                         cells.Said("", stage.by())});
  }
  return part;
}

PrintedPart CourtsOf(const prosecution::v1::Accused& accused, const PrintedCells& cells) {
  PrintedPart part{.id = "courts", .title = Text("Courts")};
  part.heads = {Text("Since"), Text("Court")};
  part.note = Text("OCJ is the Ontario Court of Justice, SCJ the Superior Court of Justice.");
  for (const auto& forum : accused.forums()) {
    part.rows.push_back({cells.Day("", forum.on()), cells.Said("", CourtText(forum.forum()))});
  }
  return part;
}

}  // namespace

PrintedDocument ClockDocument(const prosecution::v1::Accused& accused, const PrintedFor& whom) {
  const PrintedCells cells(&whom);
  PrintedDocument document{.title = Text("Clock of a prosecution"), .name = accused.name()};
  AddPart(ProsecutionOf(accused, cells), &document);
  AddPart(ViewsOf(accused, cells), &document);
  AddPart(DelaysOf(accused, cells), &document);
  AddPart(ArgumentsOf(accused, cells), &document);
  AddPart(StagesOf(accused, cells), &document);
  AddPart(CourtsOf(accused, cells), &document);
  return document;
}

}  // namespace accord::ctl
