#include "services/strategy/reports/report_content.h"

#include <algorithm>
#include <cstddef>
#include <optional>
#include <set>

#include "absl/strings/str_cat.h"
#include "common/access/names.h"
#include "common/base/digest.h"
#include "common/base/encoding.h"
#include "common/base/error.h"

namespace accord::strategy {
namespace {

// This gives the codes of the places for figures in a text, such as {{code}}. The result is nullopt if a
// place does not end.
std::optional<std::set<std::string>> FigurePlacesInContent(const std::string& text) {
  std::set<std::string> places;
  for (std::size_t at = text.find("{{"); at != std::string::npos; at = text.find("{{", at)) {
    const std::size_t end = text.find("}}", at);
    if (end == std::string::npos) return std::nullopt;
    places.insert(text.substr(at + 2, end - at - 2));
    at = end + 2;
  }
  return places;
}

// This gives one letter for each record that a figure names. LettersOfAskedRecords gives the letters that a
// kind of figure requires.
std::string LettersOfNamedRecords(const v1::ReportFigure& figure) {
  std::string named;
  if (!figure.indicator().empty()) named += 'i';
  if (!figure.envelope().empty()) named += 'e';
  if (!figure.office_role().empty()) named += 'r';
  if (!figure.fund().empty()) named += 'f';
  if (!figure.contributor().empty()) named += 'c';
  return named;
}

std::string LettersOfAskedRecords(v1::ReportFigureKind kind) {
  switch (kind) {
    case v1::REPORT_FIGURE_KIND_OBSERVED:
    case v1::REPORT_FIGURE_KIND_TARGET:
      return "i";
    case v1::REPORT_FIGURE_KIND_ENVELOPE_TOTAL:
      return "e";
    case v1::REPORT_FIGURE_KIND_COALITIONS:
    case v1::REPORT_FIGURE_KIND_ORGANISATIONS:
      return "f";
    case v1::REPORT_FIGURE_KIND_CONTRIBUTION:
      return "fc";
    case v1::REPORT_FIGURE_KIND_EXPERIENCE:
      return "r";
    default:
      return "none";
  }
}

absl::Status CheckFiguresInContent(const v1::ReportSentence& sentence) {
  std::set<std::string> codes;
  for (const v1::ReportFigure& figure : sentence.figures()) {
    if (!codes.insert(figure.code()).second) {
      return Refuse(rules::kFigureUnbound, "Give each figure of a sentence a code of its own.");
    }
    if (LettersOfNamedRecords(figure) != LettersOfAskedRecords(figure.kind())) {
      return Refuse(rules::kFigureUnbound, "Name what the kind of the figure asks for, and nothing else.");
    }
  }
  const std::optional<std::set<std::string>> english = FigurePlacesInContent(sentence.text());
  const std::optional<std::set<std::string>> french = FigurePlacesInContent(sentence.text_fr());
  if (!english || !french || *english != codes || *french != codes) {
    return Refuse(rules::kFigureUnbound, "Give each figure a place in both texts, and each place a figure.");
  }
  return absl::OkStatus();
}

// This hashes each piece with its length before it, so that no two reports have the same sequence of pieces.
class ReportDigestPieces {
 public:
  void Add(const std::string& piece) {
    pieces_.Add(absl::StrCat(piece.size(), ":"));
    pieces_.Add(piece);
  }
  std::string Finish() { return Hex(pieces_.Finish()); }

 private:
  Sha256Pieces pieces_;
};

void AddFigureToReportDigest(const v1::ReportFigure& figure, ReportDigestPieces* pieces) {
  pieces->Add("figure");
  pieces->Add(figure.code());
  pieces->Add(ShortName(v1::ReportFigureKind_descriptor(), figure.kind()));
  pieces->Add(figure.has_value() ? absl::StrCat(figure.value()) : "none");
  pieces->Add(ShortName(v1::Qualifier_descriptor(), figure.qualifier()));
  pieces->Add(figure.as_stated());
  pieces->Add(figure.source_ref());
}

void AddSentenceToReportDigest(const v1::ReportSentence& sentence, ReportDigestPieces* pieces) {
  pieces->Add("sentence");
  pieces->Add(sentence.code());
  pieces->Add(sentence.text());
  pieces->Add(sentence.text_fr());
  pieces->Add(ShortName(v1::ReportedTense_descriptor(), sentence.tense()));
  pieces->Add(sentence.ministry());
  pieces->Add(sentence.section_range());
  pieces->Add(sentence.source_ref());
  for (const v1::ReportFigure& figure : sentence.figures()) AddFigureToReportDigest(figure, pieces);
}

}  // namespace

absl::Status CheckSentences(const v1::ProgressReport& report) {
  std::set<std::string> codes;
  for (const v1::ReportSection& section : report.sections()) {
    for (const v1::ReportSentence& sentence : section.sentences()) {
      if (!codes.insert(sentence.code()).second) {
        return RefuseFields({{"sections", "must have sentences with codes of their own"}});
      }
      if (sentence.legislative_initiative().empty() != sentence.section_range().empty()) {
        return RefuseFields({{"sections", "must name a bill together with the part that is meant"}});
      }
      ACCORD_RETURN_IF_ERROR(CheckFiguresInContent(sentence));
    }
  }
  return absl::OkStatus();
}

absl::Status CheckTense(const v1::ReportSentence& sentence, const v1::Initiative& initiative,
                        const std::string& as_of) {
  // The enum has the tenses in the order from done to planned.
  int furthest = v1::REPORTED_TENSE_PLANNED;
  if (initiative.tense_as_reported() != v1::REPORTED_TENSE_UNSPECIFIED) {
    furthest = initiative.tense_as_reported();
  }
  // Days that are written as YYYY-MM-DD sort as texts in the order of time.
  const bool by_then = !initiative.state_since().empty() && initiative.state_since() <= as_of;
  const bool delivered = initiative.state() == v1::INITIATIVE_STATE_DELIVERED ||
                         initiative.state() == v1::INITIATIVE_STATE_ONGOING;
  const bool begun = delivered || initiative.state() == v1::INITIATIVE_STATE_UNDERWAY ||
                     initiative.state() == v1::INITIATIVE_STATE_DELAYED;
  if (by_then && begun) furthest = std::min<int>(furthest, v1::REPORTED_TENSE_UNDERWAY);
  if (by_then && delivered) furthest = v1::REPORTED_TENSE_DONE;
  if (static_cast<int>(sentence.tense()) >= furthest) return absl::OkStatus();
  return Refuse(rules::kTenseContradicted, "Say no more of an initiative than was so on the report's day.");
}

void NameMinistries(v1::ProgressReport* report) {
  std::set<std::string> ministries;
  for (const v1::ReportSection& section : report->sections()) {
    for (const v1::ReportSentence& sentence : section.sentences()) ministries.insert(sentence.ministry());
  }
  report->clear_ministries();
  for (const std::string& ministry : ministries) report->add_ministries(ministry);
}

std::string ReportDigest(const v1::ProgressReport& report) {
  ReportDigestPieces pieces;
  pieces.Add(report.as_of());
  pieces.Add(absl::StrCat(report.edition()));
  pieces.Add(report.restate_reason());
  pieces.Add(report.title());
  pieces.Add(report.title_fr());
  for (const v1::ReportSection& section : report.sections()) {
    pieces.Add("section");
    pieces.Add(section.title());
    pieces.Add(section.title_fr());
    for (const v1::ReportSentence& sentence : section.sentences())
      AddSentenceToReportDigest(sentence, &pieces);
  }
  return pieces.Finish();
}

}  // namespace accord::strategy
