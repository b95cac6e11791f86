#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "clients/accordctl/core/screened_stream.h"
#include "clients/accordctl/core/texts.h"
#include "clients/accordctl/views/documents/documents.h"
#include "clients/accordctl/views/printed_cells.h"
#include "common/access/names.h"
#include "common/base/clock.h"

namespace accord::ctl {
namespace {

using protocols::v1::Referral;

std::string AgeText(protocols::v1::AgeBand band) {
  switch (band) {
    case protocols::v1::AGE_BAND_UNDER_12:
      return Text("under 12 years");
    case protocols::v1::AGE_BAND_12_15:
      return Text("12 to 15 years");
    case protocols::v1::AGE_BAND_16_17:
      return Text("16 or 17 years");
    case protocols::v1::AGE_BAND_18_PLUS:
      return Text("18 years or more");
    default:
      return "";
  }
}

std::string ReferralClockText(protocols::v1::ReferralClock clock) {
  switch (clock) {
    case protocols::v1::REFERRAL_CLOCK_ACKNOWLEDGE:
      return Text("acknowledge");
    case protocols::v1::REFERRAL_CLOCK_ASSESSMENT:
      return Text("assess");
    case protocols::v1::REFERRAL_CLOCK_RESPONSE:
      return Text("respond");
    case protocols::v1::REFERRAL_CLOCK_COMPLETION:
      return Text("complete");
    case protocols::v1::REFERRAL_CLOCK_PLACE_OF_SAFETY:
      return Text("leave place of safety");
    default:
      return "";
  }
}

PrintedPart MatterOf(const Referral& referral, const PrintedCells& cells) {
  namespace v1 = protocols::v1;
  const std::string state = WordOf(v1::ReferralState_descriptor(), referral.state());
  return FactsPart(
      "matter", Text("What it is about"),
      {{Text("Kind of referral"), cells.Word("kind", v1::ReferralKind_descriptor(), referral.kind())},
       {Text("Sender"), cells.Agency(OwnerOf(referral.name()))},
       {Text("Receiver"), cells.Agency(referral.to_agency())},
       {Text("State"), PrintedCells::Mark(state)},
       {Text("Urgency"), cells.Word("urgency", v1::Urgency_descriptor(), referral.urgency())},
       {Text("Assignee"), cells.Said("assignee", referral.assignee())},
       {Text("Under the protocol"), cells.Code("protocol", referral.protocol())},
       {Text("Sent on"), cells.Moment("create_time", referral.create_time())},
       {Text("The facts were learnt on"), cells.Day("event_date", referral.event_date())},
       {Text("Age then"), cells.Said("age_band", AgeText(referral.age_band()))},
       {Text("The sender's reference of the young person"),
        cells.Code("subject_ref", referral.subject_ref())},
       {Text("Indigenous"), cells.Word("indigenous_identity", v1::IndigenousIdentity_descriptor(),
                                       referral.indigenous_identity())},
       {Text("Statutory ground"), cells.Code("ground_code", referral.ground_code())},
       {Text("The law obliged to report"),
        cells.YesOrNo("reporting_mandatory", referral.reporting_mandatory())},
       {Text("Lawful basis to share"), cells.Said("lawful_basis", referral.lawful_basis())},
       {Text("What was observed"), cells.Said("indicators", absl::StrJoin(referral.indicators(), "\n"))},
       {Text("A caregiver is suspected"), cells.YesIf("caregiver_suspect", referral.caregiver_suspect())},
       {Text("An agency whose staff is suspected"), cells.Agency(referral.implicated_agency())},
       {Text("Service asked for"), cells.Word("service", v1::ServiceKind_descriptor(), referral.service())},
       {Text("The receiver was telephoned"), cells.Moment("phone_contact_at", referral.phone_contact_at())}});
}

struct ClockRow {
  std::string what;
  const google::protobuf::Timestamp& due;
  const google::protobuf::Timestamp& done;
  std::string by;
};

// This says whether a clock runs is said in words; an unset moment is zero.
std::string ClockStateText(const ClockRow& clock, const PrintedFor& whom) {
  if (clock.done.seconds() != 0) return Text("done");
  return FromProto(clock.due) < whom.now ? Text("overdue") : Text("running");
}

PrintedPart ClocksOf(const Referral& referral, const PrintedCells& cells) {
  PrintedPart part{.id = "clocks", .title = Text("Clocks")};
  part.heads = {Text("To be done"), Text("Due"), Text("State"), Text("Done on"), Text("Done by")};
  const ClockRow clocks[] = {{Text("acknowledge"), referral.acknowledge_due(), referral.acknowledged_at(),
                              referral.acknowledged_by()},
                             {Text("assess"), referral.assessment_due(), referral.assessed_at(), ""},
                             {Text("respond"), referral.response_due(), referral.responded_at(), ""},
                             {Text("complete"), referral.completion_due(), referral.ended_at(), ""}};
  for (const ClockRow& clock : clocks) {
    if (clock.due.seconds() == 0) continue;
    part.rows.push_back({clock.what, cells.Moment("", clock.due),
                         PrintedCells::Mark(ClockStateText(clock, cells.whom())),
                         cells.Moment("", clock.done), cells.Said("", clock.by)});
  }
  return part;
}

PrintedPart DecisionsOf(const Referral& referral, const PrintedCells& cells) {
  namespace v1 = protocols::v1;
  return FactsPart(
      "decisions", Text("What was decided"),
      {{Text("Screened on"), cells.Moment("screened_at", referral.screened_at())},
       {Text("Screened by"), cells.Said("screened_by", referral.screened_by())},
       {Text("Why it goes on so"), cells.Said("outcome_reason", referral.outcome_reason())},
       {Text("At a place of safety until"),
        cells.Moment("place_of_safety_until", referral.place_of_safety_until())},
       {Text("What the investigation found"),
        cells.Word("outcome", v1::InvestigationOutcome_descriptor(), referral.outcome())},
       {Text("Supports that were offered"),
        cells.Said("supports_offered", absl::StrJoin(referral.supports_offered(), "\n"))},
       {Text("Joint investigation"), cells.Code("joint_investigation", referral.joint_investigation())},
       {Text("Sent on from"), cells.Code("redirected_from", referral.redirected_from())},
       {Text("Sent on as"), cells.Code("redirected_to", referral.redirected_to())},
       {Text("Why it ended"), cells.Said("end_reason", referral.end_reason())},
       {Text("Ended on"), cells.Moment("ended_at", referral.ended_at())}});
}

PrintedPart RemindersOf(const Referral& referral, const PrintedCells& cells) {
  PrintedPart part{.id = "reminders", .title = Text("Reminders")};
  part.heads = {Text("Reminder"), Text("Due"), Text("Set by"), Text("State")};
  for (const auto& flag : referral.flags()) {
    part.rows.push_back({cells.Said("flags.text", flag.text()), cells.Day("flags.due_on", flag.due_on()),
                         cells.Agency(flag.agency()),
                         PrintedCells::Mark(flag.cleared() ? Text("dealt with") : Text("open"))});
  }
  return part;
}

PrintedPart EscalationsOf(const Referral& referral, const PrintedCells& cells) {
  PrintedPart part{.id = "escalations", .title = Text("Clocks that ran out")};
  part.heads = {Text("Clock"), Text("Level"), Text("It ran out on"), Text("The level was reached on")};
  for (const auto& each : referral.escalations()) {
    part.rows.push_back({cells.Said("", ReferralClockText(each.clock())), absl::StrCat(each.level()),
                         cells.Moment("", each.due()), cells.Moment("", each.time())});
  }
  return part;
}

PrintedPart LateEntriesOf(const Referral& referral, const PrintedCells& cells) {
  PrintedPart part{.id = "late-entries", .title = Text("Acts that were entered later")};
  part.heads = {Text("Act"), Text("It happened on"), Text("It was entered on"), Text("Entered by")};
  for (const auto& each : referral.late_entries()) {
    part.rows.push_back({cells.Word("", protocols::v1::ReferralAct_descriptor(), each.act()),
                         cells.Moment("", each.happened_at()), cells.Moment("", each.entered_at()),
                         cells.Said("", each.entered_by())});
  }
  return part;
}

}  // namespace

PrintedDocument ReferralDocument(const Referral& referral, const PrintedFor& whom) {
  const PrintedCells cells(&whom);
  PrintedDocument document{.title = Text("Referral of a young person"), .name = referral.name()};
  AddPart(MatterOf(referral, cells), &document);
  AddPart({.id = "belief",
           .title = Text("What the reporter believes"),
           .text = cells.Said("reporter_belief", referral.reporter_belief())},
          &document);
  AddPart({.id = "wishes",
           .title = Text("What the young person wants"),
           .text = cells.Said("youth_wishes", referral.youth_wishes())},
          &document);
  AddPart(ClocksOf(referral, cells), &document);
  AddPart(DecisionsOf(referral, cells), &document);
  AddPart(RemindersOf(referral, cells), &document);
  AddPart(EscalationsOf(referral, cells), &document);
  AddPart(LateEntriesOf(referral, cells), &document);
  return document;
}

}  // namespace accord::ctl
