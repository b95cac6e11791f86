#include "clients/accordctl/views/strategy/call_record.h"

#include <cstdint>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "clients/accordctl/core/table.h"
#include "clients/accordctl/core/texts.h"
#include "clients/accordctl/views/page.h"
#include "clients/accordctl/views/printed_cells.h"

namespace accord::ctl {
namespace {

namespace st = strategy::v1;

// This writes a whole number of cents in dollars, as both languages read them without a sign or separators.
std::string CallRecordDollars(int64_t cents) {
  const std::string rest = absl::StrCat(cents % 100);
  return absl::StrCat(cents / 100, ".", rest.size() == 1 ? "0" : "", rest);
}

std::string CallRecordRankText(const st::RecordedApplication& application) {
  if (!application.has_rank()) return "";
  const std::string rank = absl::StrCat(application.rank());
  return application.tied() ? Text("{{rank}}, tied", {{"rank", rank}}) : rank;
}

std::string CallRecordTieText(const st::RecordedApplication& application) {
  return application.told_apart_by() == "panel" ? Text("the panel") : application.told_apart_by();
}

// This gives a code or a word of the record as a cell of a page.
std::string CallRecordTextCell(const std::string& text) { return text.empty() ? "" : ForeignText(text); }

PrintedPart CallRecordCriteria(const st::FundingCall& funding_call) {
  PrintedPart part{.id = "criteria", .title = Text("The criteria")};
  part.heads = {Text("Criterion"), Text("What is looked at"), Text("Most points"), Text("Weight of 10000")};
  for (const st::FundingCriterion& criterion : funding_call.criteria()) {
    part.rows.push_back({CallRecordTextCell(criterion.code()), CallRecordTextCell(criterion.text()),
                         absl::StrCat(criterion.max_points()), absl::StrCat(criterion.weight_bp())});
  }
  return part;
}

PrintedPart CallRecordDeclarations(const st::FundingCallRecord& record) {
  return FactsPart("declarations", Text("Declarations of conflicts"),
                   {{Text("No conflict"), absl::StrCat(record.declarations_none())},
                    {Text("Waiting for a ruling"), absl::StrCat(record.declarations_waiting())},
                    {Text("Cleared by the director"), absl::StrCat(record.declarations_cleared())},
                    {Text("Take no part"), absl::StrCat(record.declarations_recused())}});
}

PrintedPart CallRecordOrder(const st::FundingCallRecord& record) {
  PrintedPart part{.id = "order", .title = Text("The order")};
  part.heads = {
      Text("Rank"),          Text("Organisation"), Text("Project"),         Text("Score out of 10000"),
      Text("Told apart by"), Text("The panel"),    Text("Recommended ($)"), Text("Approved ($)")};
  part.note = Text("A score is a fraction in its lowest terms: nothing is rounded.");
  for (const st::RecordedApplication& each : record.applications()) {
    part.rows.push_back({EscapedHtml(CallRecordRankText(each)), CallRecordTextCell(each.applicant_title()),
                         CallRecordTextCell(each.project_title()), EscapedHtml(ScoreText(each)),
                         CallRecordTextCell(CallRecordTieText(each)),
                         EscapedHtml(RecommendationText(each.recommendation())),
                         each.has_recommended_cents() ? CallRecordDollars(each.recommended_cents()) : "",
                         each.has_awarded_cents() ? CallRecordDollars(each.awarded_cents()) : ""});
  }
  return part;
}

PrintedPart CallRecordPoints(const st::FundingCallRecord& record) {
  PrintedPart part{.id = "points", .title = Text("The points of each scorer")};
  part.heads = {Text("Organisation"), Text("Scorer"), Text("Points"), Text("Counts")};
  for (const st::RecordedApplication& each : record.applications()) {
    for (const st::RecordedAssessment& assessment : each.assessments()) {
      std::vector<std::string> points;
      for (const st::CriterionScore& score : assessment.scores()) {
        points.push_back(absl::StrCat(score.criterion(), " ", score.points()));
      }
      part.rows.push_back(
          {CallRecordTextCell(each.applicant_title()),
           CallRecordTextCell(absl::StrCat(assessment.scorer(), ", ", assessment.scorer_agency())),
           CallRecordTextCell(absl::StrJoin(points, ", ")),
           EscapedHtml(assessment.recused() ? Text("no") : Text("yes"))});
    }
  }
  return part;
}

PrintedPart CallRecordTies(const st::FundingCall& funding_call) {
  PrintedPart part{.id = "ties", .title = Text("Ties that the panel broke")};
  part.heads = {Text("Comes first"), Text("Comes after it"), Text("Reason"), Text("Recorded by")};
  for (const st::TieBreak& tie : funding_call.tie_breaks()) {
    part.rows.push_back({CallRecordTextCell(tie.ahead()), CallRecordTextCell(tie.behind()),
                         CallRecordTextCell(tie.reason()), CallRecordTextCell(tie.person())});
  }
  return part;
}

PrintedPart CallRecordLate(const st::FundingCallRecord& record) {
  PrintedPart part{.id = "late", .title = Text("Admitted after the closing, by two people")};
  part.heads = {Text("Organisation"), Text("Reason")};
  for (const st::RecordedApplication& each : record.applications()) {
    if (!each.admitted_late()) continue;
    part.rows.push_back({CallRecordTextCell(each.applicant_title()), CallRecordTextCell(each.late_reason())});
  }
  return part;
}

}  // namespace

std::string ScoreText(const st::RecordedApplication& application) {
  if (!application.has_rank()) return "";
  const std::string numerator = absl::StrCat(application.score_numerator());
  if (application.score_denominator() == 1) return numerator;
  return absl::StrCat(numerator, "/", application.score_denominator());
}

std::string RecommendationText(st::Recommendation recommendation) {
  switch (recommendation) {
    case st::RECOMMENDATION_RECOMMENDED:
      return Text("recommends it");
    case st::RECOMMENDATION_NOT_RECOMMENDED:
      return Text("does not recommend it");
    default:
      return "";
  }
}

std::vector<Row> CallRecordRows(const st::FundingCallRecord& record) {
  std::vector<Row> rows = {
      TableHeadings({"RANK", "SCORE", "ORGANISATION", "PROJECT", "TOLD APART BY", "SCORES IN", "THE PANEL"})};
  for (const st::RecordedApplication& each : record.applications()) {
    rows.push_back({CallRecordRankText(each), ScoreText(each), each.applicant_title(), each.project_title(),
                    CallRecordTieText(each),
                    absl::StrCat(each.assessments_submitted(), "/", each.assessments_needed()),
                    RecommendationText(each.recommendation())});
  }
  return rows;
}

PrintedDocument CallRecordDocument(const st::FundingCallRecord& record, const PrintedFor& whom) {
  const st::FundingCall& funding_call = record.funding_call();
  const PrintedCells cells(&whom);
  PrintedDocument document{.title = Text("The record of a call for applications"),
                           .name = funding_call.name()};
  AddPart(FactsPart("call", Text("The call"),
                    {{Text("Title of the call"), cells.Said("", funding_call.title())},
                     {Text("Ministry"), cells.Agency(funding_call.owner_ministry())},
                     {Text("Opened"), cells.Moment("", funding_call.opens_at())},
                     {Text("Closed"), cells.Moment("", funding_call.closes_at())},
                     {Text("Money of the call ($)"), CallRecordDollars(funding_call.available_cents())},
                     {Text("SHA-256 of the guide"), cells.Code("", funding_call.guide_digest())},
                     {Text("SHA-256 of the criteria"), cells.Code("", funding_call.criteria_digest())},
                     {Text("SHA-256 of the order"), cells.Code("", record.order_sha256())}}),
          &document);
  AddPart(CallRecordCriteria(funding_call), &document);
  AddPart(CallRecordDeclarations(record), &document);
  AddPart(CallRecordOrder(record), &document);
  AddPart(CallRecordPoints(record), &document);
  AddPart(CallRecordTies(funding_call), &document);
  AddPart(CallRecordLate(record), &document);
  return document;
}

}  // namespace accord::ctl
