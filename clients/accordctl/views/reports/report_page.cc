#include "clients/accordctl/views/reports/report_page.h"

#include "absl/strings/str_cat.h"
#include "clients/accordctl/core/session_language.h"
#include "clients/accordctl/views/page.h"
#include "clients/accordctl/views/reports/report_text.h"

namespace accord::ctl {
namespace {

const PageForm& ReportPageForm() {
  static const auto* form = new PageForm("report.html");
  return *form;
}

std::string ReportSentenceItem(const strategy::v1::RenderedReport& rendered,
                               const strategy::v1::ReportSentence& sentence,
                               const std::vector<FigureCheck>& checks) {
  std::string beside;
  for (const FigureCheck& check : checks) {
    if (check.sentence != sentence.code() || check.Agrees()) continue;
    beside += ReportPageForm().Part("check", {{"text", EscapedHtml(UnreconciledText(check))}});
  }
  return ReportPageForm().Part("sentence", {{"mark", EscapedHtml(SentenceMark(rendered, sentence))},
                                            {"prose", ForeignText(SentenceProse(sentence))},
                                            {"checks", beside},
                                            {"source", ForeignText(sentence.source_ref())}});
}

}  // namespace

std::string ReportPage(const strategy::v1::RenderedReport& rendered, const std::vector<FigureCheck>& checks) {
  const strategy::v1::ProgressReport& report = rendered.progress_report();
  const bool french = SpokenLanguage() == Language::kFrench;
  const std::string title = french ? report.title_fr() : report.title();
  std::string lines, links, sections;
  for (const std::string& line : ReportHeadLines(rendered)) {
    lines += ReportPageForm().Part("line", {{"text", ForeignText(line)}});
  }
  for (int i = 0; i < report.sections_size(); ++i) {
    const strategy::v1::ReportSection& section = report.sections(i);
    const std::string id = absl::StrCat("section-", i + 1);
    const std::string heading = ForeignText(french ? section.title_fr() : section.title());
    std::string sentences;
    for (const strategy::v1::ReportSentence& sentence : section.sentences()) {
      sentences += ReportSentenceItem(rendered, sentence, checks);
    }
    links += ReportPageForm().Part("link", {{"id", id}, {"title", heading}});
    sections += ReportPageForm().Part("section", {{"id", id}, {"title", heading}, {"sentences", sentences}});
  }
  return PageOf(title, {"page.css", "report.css"},
                ReportPageForm().Body({{"title", ForeignText(title)},
                                       {"lines", lines},
                                       {"links", links},
                                       {"sections", sections},
                                       {"digest", EscapedHtml(report.digest())}}));
}

}  // namespace accord::ctl
