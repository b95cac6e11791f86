// This fixture takes reports on observations and bills the whole way to being published.
#ifndef ACCORD_SERVICES_STRATEGY_TESTING_REPORT_FIXTURE_H_
#define ACCORD_SERVICES_STRATEGY_TESTING_REPORT_FIXTURE_H_

#include <string>
#include <utility>

#include "services/strategy/testing/fixture.h"

namespace accord::strategy {

class ReportFixture : public StrategyFixture {
 protected:
  explicit ReportFixture(const std::string& dsn = "") : StrategyFixture(dsn) {}

  // This adds a figure and its place in both texts.
  static v1::ReportFigure* AddFigure(const std::string& code, v1::ReportFigureKind kind,
                                     v1::ReportSentence* sentence) {
    v1::ReportFigure* figure = sentence->add_figures();
    figure->set_code(code);
    figure->set_kind(kind);
    sentence->set_text(absl::StrCat(sentence->text(), " {{", code, "}}"));
    sentence->set_text_fr(absl::StrCat(sentence->text_fr(), " {{", code, "}}"));
    return figure;
  }
  static v1::ReportSentence* SentenceOf(v1::CreateProgressReportRequest* request) {
    return request->mutable_progress_report()->mutable_sections(0)->mutable_sentences(0);
  }
  static const v1::ReportFigure& FigureOf(const v1::ProgressReport& report, int at = 0) {
    return report.sections(0).sentences(0).figures(at);
  }
  // This makes a report with the one figure of this indicator.
  static v1::CreateProgressReportRequest ReportOn(const v1::Indicator& indicator,
                                                  const std::string& id = "progress") {
    v1::CreateProgressReportRequest request = NewReport(id);
    AddFigure("inspectors", v1::REPORT_FIGURE_KIND_OBSERVED, SentenceOf(&request))
        ->set_indicator(indicator.name());
    return request;
  }
  v1::ProgressReport DraftOf(const v1::CreateProgressReportRequest& request) {
    return Must(Call<v1::ProgressReport>(staff_, request));
  }
  std::string Confirm(const Caller& caller, v1::ProgressReport* report) {
    v1::ConfirmProgressReportRequest request;
    request.set_digest(report->digest());
    return Move(caller, report, request);
  }
  std::string Approve(const Caller& caller, v1::ProgressReport* report) {
    v1::ApproveProgressReportRequest request;
    request.set_digest(report->digest());
    return Move(caller, report, request);
  }
  std::string Publish(const Caller& caller, v1::ProgressReport* report) {
    return Move(caller, report, v1::PublishProgressReportRequest());
  }
  std::string Restate(const Caller& caller, const std::string& id, v1::ProgressReport* report) {
    v1::RestateProgressReportRequest request;
    request.set_progress_report_id(id);
    request.set_reason("two were counted twice");
    return Move(caller, report, request);
  }
  // This writes the same text once more, so that its figures are read anew.
  std::string Rewrite(const Caller& caller, v1::ProgressReport* report) {
    v1::ReviseProgressReportRequest request;
    request.set_title(report->title());
    request.set_title_fr(report->title_fr());
    *request.mutable_sections() = report->sections();
    return Move(caller, report, request);
  }
  // This takes a report that the Ministry of Labour alone has to confirm the rest of its way.
  void Finish(v1::ProgressReport* report) {
    ASSERT_EQ(Confirm(mol_, report), "");
    ASSERT_EQ(Approve(director_, report), "");
    ASSERT_EQ(Publish(staff_, report), "");
  }
  v1::ProgressReport Published(const v1::CreateProgressReportRequest& request) {
    v1::ProgressReport report = DraftOf(request);
    Finish(&report);
    return report;
  }
  std::string ReadReport(const std::string& name, const Caller& caller, v1::ProgressReport* read = nullptr) {
    v1::GetProgressReportRequest request;
    request.set_name(name);
    return Rule(Call<v1::ProgressReport>(caller, request), read);
  }
  std::string Render(const std::string& as_of, v1::RenderedReport* rendered = nullptr) {
    v1::RenderProgressReportRequest request;
    request.set_as_of(as_of);
    return Rule(Call<v1::RenderedReport>(police_, request), rendered);
  }
  std::string RenderKnownAt(absl::Time known_at, const std::string& as_of,
                            v1::RenderedReport* rendered = nullptr) {
    v1::RenderProgressReportRequest request;
    request.set_as_of(as_of);
    *request.mutable_known_at() = ToProto(known_at);
    return Rule(Call<v1::RenderedReport>(police_, request), rendered);
  }
};

}  // namespace accord::strategy

#endif  // ACCORD_SERVICES_STRATEGY_TESTING_REPORT_FIXTURE_H_
