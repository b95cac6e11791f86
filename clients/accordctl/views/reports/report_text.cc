#include "clients/accordctl/views/reports/report_text.h"

#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "absl/strings/strip.h"
#include "clients/accordctl/core/session_language.h"
#include "clients/accordctl/core/texts.h"
#include "clients/accordctl/core/time_text.h"
#include "clients/accordctl/core/visible_text.h"

namespace accord::ctl {
namespace {

namespace rp = strategy::v1;

bool IsReportedInFrench() { return SpokenLanguage() == Language::kFrench; }

// This writes digits in groups of three.
std::string ReportedDigits(int64_t number, const std::string& separator) {
  std::string digits = absl::StrCat(number);
  for (std::size_t at = digits.size(); at > 3;) {
    at -= 3;
    digits.insert(at, separator);
  }
  return digits;
}

// This gives `$6,650,000`, or `6 650 000 $` with spaces that do not break; there are cents only where there
// are some.
std::string ReportedMoney(int64_t cents) {
  const int64_t rest = cents % 100;
  const std::string two = absl::StrCat(rest < 10 ? "0" : "", rest);
  if (IsReportedInFrench()) {
    const std::string whole = ReportedDigits(cents / 100, "\u00a0");
    return absl::StrCat(whole, rest == 0 ? "" : absl::StrCat(",", two), "\u00a0$");
  }
  return absl::StrCat("$", ReportedDigits(cents / 100, ","), rest == 0 ? "" : absl::StrCat(".", two));
}

bool IsReportedMoney(const rp::ReportFigure& figure) {
  return figure.kind() == rp::REPORT_FIGURE_KIND_ENVELOPE_TOTAL ||
         figure.kind() == rp::REPORT_FIGURE_KIND_CONTRIBUTION;
}

std::string ReportedQualifierText(rp::Qualifier qualifier, const std::string& number) {
  switch (qualifier) {
    case rp::QUALIFIER_ABOUT:
      return Text("approximately {{number}}", {{"number", number}});
    case rp::QUALIFIER_CLOSE_TO:
      return Text("close to {{number}}", {{"number", number}});
    case rp::QUALIFIER_UP_TO:
      return Text("up to {{number}}", {{"number", number}});
    case rp::QUALIFIER_AT_LEAST:
      return Text("at least {{number}}", {{"number", number}});
    default:
      return number;
  }
}

// Sources are quoted in English; in French the number stands for them, as exact as they are.
std::string ReportedFigureText(const rp::ReportFigure& figure) {
  if (!figure.has_value()) return figure.as_stated();
  if (!IsReportedInFrench() && !figure.as_stated().empty()) return figure.as_stated();
  return ReportedQualifierText(figure.qualifier(), IsReportedMoney(figure) ? ReportedMoney(figure.value())
                                                                           : absl::StrCat(figure.value()));
}

// This closes the gaps that unknown figures leave in a text.
std::string WithClosedTextGaps(std::string text) {
  for (std::string before; before != text;) {
    before = text;
    text = absl::StrReplaceAll(before, {{"  ", " "}, {" .", "."}, {" ,", ","}});
  }
  return std::string(absl::StripAsciiWhitespace(text));
}

std::string ProvisionMark(const rp::Provision& provision) {
  const TextValues since = {{"day", DayText(provision.since())}};
  switch (provision.position()) {
    case rp::PROVISION_POSITION_IF_PASSED:
      return Text("if passed");
    case rp::PROVISION_POSITION_LAPSED:
      return Text("not passed: the bill lapsed on {{day}}", since);
    case rp::PROVISION_POSITION_PASSED:
      return Text("passed on {{day}}, without Royal Assent", since);
    case rp::PROVISION_POSITION_ASSENTED:
      return Text("Royal Assent on {{day}}, not in force", since);
    case rp::PROVISION_POSITION_IN_FORCE:
      return Text("in force since {{day}}", since);
    case rp::PROVISION_POSITION_REPEALED:
      return Text("repealed on {{day}}", since);
    default:
      return Text("not known whether it is in force");
  }
}

std::string ReportedTenseMark(rp::ReportedTense tense) {
  switch (tense) {
    case rp::REPORTED_TENSE_DONE:
      return Text("done");
    case rp::REPORTED_TENSE_UNDERWAY:
      return Text("under way");
    default:
      return Text("planned");
  }
}

}  // namespace

const rp::Provision* ProvisionOfSentence(const rp::RenderedReport& rendered,
                                         const rp::ReportSentence& sentence) {
  for (const rp::Provision& each : rendered.provisions()) {
    if (each.legislative_initiative() == sentence.legislative_initiative() &&
        each.section_range() == sentence.section_range()) {
      return &each;
    }
  }
  return nullptr;
}

std::string SentenceMark(const rp::RenderedReport& rendered, const rp::ReportSentence& sentence) {
  const rp::Provision* provision = ProvisionOfSentence(rendered, sentence);
  return provision == nullptr ? ReportedTenseMark(sentence.tense()) : ProvisionMark(*provision);
}

std::string SentenceProse(const rp::ReportSentence& sentence) {
  TextValues values;
  for (const rp::ReportFigure& figure : sentence.figures()) {
    values.emplace_back(figure.code(), ReportedFigureText(figure));
  }
  return WithClosedTextGaps(
      FormWithTextValues(IsReportedInFrench() ? sentence.text_fr() : sentence.text(), values));
}

std::vector<std::string> ReportHeadLines(const rp::RenderedReport& rendered) {
  const rp::ProgressReport& report = rendered.progress_report();
  std::vector<std::string> lines = {
      Text("As of {{day}}, edition {{edition}}.",
           {{"day", DayText(report.as_of())}, {"edition", absl::StrCat(report.edition())}})};
  if (rendered.as_of() != report.as_of()) {
    lines.push_back(Text("Bills are told of as of {{day}}.", {{"day", DayText(rendered.as_of())}}));
  }
  if (!report.restate_reason().empty()) {
    lines.push_back(
        Text("It restates the edition before: {{reason}}", {{"reason", report.restate_reason()}}));
  }
  return lines;
}

std::string UnreconciledText(const FigureCheck& check) {
  if (!check.counted) {
    return Text("UNRECONCILED: {{service}} could not be asked ({{reason}})",
                {{"service", check.service}, {"reason", check.reason}});
  }
  const std::string reported = check.reported ? absl::StrCat(*check.reported) : Text("no number");
  return Text(
      "UNRECONCILED: {{reported}} in the report, {{counted}} by {{service}}",
      {{"reported", reported}, {"service", check.service}, {"counted", absl::StrCat(*check.counted)}});
}

std::string ReportText(const rp::RenderedReport& rendered, const std::vector<FigureCheck>& checks) {
  const rp::ProgressReport& report = rendered.progress_report();
  std::string text = absl::StrCat(Shown(IsReportedInFrench() ? report.title_fr() : report.title()), "\n");
  for (const std::string& line : ReportHeadLines(rendered)) absl::StrAppend(&text, Shown(line), "\n");
  for (const rp::ReportSection& section : report.sections()) {
    absl::StrAppend(&text, "\n", Shown(IsReportedInFrench() ? section.title_fr() : section.title()), "\n");
    for (const rp::ReportSentence& sentence : section.sentences()) {
      absl::StrAppend(&text, "\n- [", SentenceMark(rendered, sentence), "] ", Shown(SentenceProse(sentence)),
                      "\n");
      for (const FigureCheck& check : checks) {
        if (check.sentence != sentence.code() || check.Agrees()) continue;
        absl::StrAppend(&text, "  ", Shown(UnreconciledText(check)), "\n");
      }
      absl::StrAppend(&text, "  ", Text("Source: {{source}}", {{"source", Shown(sentence.source_ref())}}),
                      "\n");
    }
  }
  absl::StrAppend(&text, "\n",
                  Text("SHA-256 of what the report says: {{digest}}", {{"digest", report.digest()}}), "\n");
  return text;
}

}  // namespace accord::ctl
