// `accordctl report render` shows the progress report as of a day, for readers.
#include <algorithm>
#include <iostream>
#include <memory>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "clients/accordctl/core/command_session.h"
#include "clients/accordctl/core/file_to_write.h"
#include "clients/accordctl/core/instant.h"
#include "clients/accordctl/core/json.h"
#include "clients/accordctl/core/session_language.h"
#include "clients/accordctl/core/texts.h"
#include "clients/accordctl/core/time_text.h"
#include "clients/accordctl/core/who_may_call.h"
#include "clients/accordctl/views/reports/report_checks.h"
#include "clients/accordctl/views/reports/report_json.h"
#include "clients/accordctl/views/reports/report_page.h"
#include "clients/accordctl/views/reports/report_text.h"
#include "common/base/error.h"
#include "common/base/file.h"
#include "common/base/language.h"

namespace accord::ctl {
namespace {

struct RenderOptions {
  std::string as_of, known_at, html_file;
  bool with_checks = false;
};

absl::StatusOr<MessagePtr> AskForReport(CommandSession* session, const RenderOptions& options) {
  Json request = Json::object();
  request["as_of"] = options.as_of;
  if (!options.known_at.empty()) {
    ACCORD_ASSIGN_OR_RETURN(request["known_at"], InstantOf(options.known_at, "--known-at"));
  }
  auto answer = Invoke(session, "render", "progress-report", request);
  if (!absl::IsNotFound(answer.status())) return answer;
  const std::string said =
      Text("No report of {{day}} or before was published.", {{"day", DayText(options.as_of)}});
  return LocalizedAs(Reword(answer.status(), said), SpokenLanguage(), said);
}

// What is not reconciled is told beside the report, which is the same bytes whether or not it is.
void TellChecks(const std::vector<FigureCheck>& checks) {
  for (const FigureCheck& check : checks) {
    if (!check.Agrees()) {
      std::cerr << check.sentence << "." << check.figure << ": " << UnreconciledText(check) << "\n";
    }
  }
  const auto agree =
      std::count_if(checks.begin(), checks.end(), [](const FigureCheck& check) { return check.Agrees(); });
  std::cerr << Text("Compared with other services: {{all}}, of which {{agree}} agree.",
                    {{"all", absl::StrCat(checks.size())}, {"agree", absl::StrCat(agree)}})
            << "\n";
}

absl::Status RenderReport(CommandSession* session, const RenderOptions& options) {
  ACCORD_ASSIGN_OR_RETURN(const MessagePtr answer, AskForReport(session, options));
  const auto& rendered = dynamic_cast<const strategy::v1::RenderedReport&>(*answer);
  if (session->format() == Format::kName) {
    std::cout << rendered.progress_report().name() << "\n";
    return absl::OkStatus();
  }
  const std::vector<FigureCheck> checks = CheckFigures(session, rendered.progress_report());
  const std::vector<FigureCheck> beside = options.with_checks ? checks : std::vector<FigureCheck>();
  if (!options.with_checks) TellChecks(checks);
  if (!options.html_file.empty()) {
    ACCORD_RETURN_IF_ERROR(WriteFile(options.html_file, ReportPage(rendered, beside), FileKind::kPrivate));
    std::cout << options.html_file << "\n";
    return absl::OkStatus();
  }
  if (session->format() == Format::kTable) {
    std::cout << ReportText(rendered, beside);
  } else {
    std::cout << PrintDocument(ReportJson(rendered, beside, options.with_checks), session->format());
  }
  return absl::OkStatus();
}

}  // namespace

void AddReportCommands(CLI::App* app, CommandSession* session) {
  // The command stands below the noun, beside those that the protos give the reports of intelligence.
  CLI::App* report = AddCommand(app, session, "report", "", nullptr)->group("");
  auto options = std::make_shared<RenderOptions>();
  CLI::App* render =
      AddCommand(report, session, "render",
                 "Print the progress report on the strategy as of a day, section by section. Figures that "
                 "other services count as well are compared with theirs, and standard error tells which are "
                 "UNRECONCILED",
                 [=] { return RenderReport(session, *options); });
  render->add_option("--as-of", options->as_of, "The day, such as 2017-02-23")->required();
  render->add_option("--known-at", options->known_at,
                     "Only what was recorded by this instant, such as 2026-11-27T12:00:00Z");
  render->add_option("--html", options->html_file, "Write a page instead of printing the text")
      ->check(FaultOfFileToWrite);
  render->add_flag("--with-comparison", options->with_checks,
                   "Put what is UNRECONCILED into the text, the page or the data, beside its sentence");
  const Command* command = FindCommand("render", "progress-report");
  if (command != nullptr) render->footer(absl::StrCat("Who may: ", WhoMayCall(command->method), "."));
}

}  // namespace accord::ctl
