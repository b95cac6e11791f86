// `accordctl dashboard` shows what waits, once or whenever something changes.
#include <iostream>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "clients/accordctl/core/command_session.h"
#include "clients/accordctl/core/exit_code.h"
#include "clients/accordctl/core/file_to_write.h"
#include "clients/accordctl/core/json.h"
#include "clients/accordctl/core/texts.h"
#include "clients/accordctl/core/yaml_parser.h"
#include "clients/accordctl/core/yaml_writer.h"
#include "clients/accordctl/records/change_bell.h"
#include "clients/accordctl/records/changes.h"
#include "clients/accordctl/views/dashboard/dashboard.h"
#include "clients/accordctl/views/dashboard/dashboard_load.h"
#include "common/base/error.h"
#include "common/base/file.h"

namespace accord::ctl {
namespace {

// What changes together is shown together, this long after the first of it.
constexpr absl::Duration kTogether = absl::Milliseconds(500);

struct DashboardOptions {
  int within_days = 30;
  bool mine = false;
  std::string html_file;
  bool watch = false;
  int limit = 0;
};

std::string DashboardInFormat(const Dashboard& dashboard, Format format) {
  std::string names;
  switch (format) {
    case Format::kJson:
      return DumpJson(DashboardJson(dashboard), 2) + "\n";
    case Format::kYaml:
      return ToYaml(DashboardJson(dashboard)) + "\n";
    case Format::kName:
      for (const Waiting& each : dashboard.waiting) absl::StrAppend(&names, each.name, "\n");
      return names;
    case Format::kTable:
      break;
  }
  return DashboardTable(dashboard);
}

absl::Status ShowDashboard(CommandSession* session, const DashboardOptions& options) {
  ACCORD_ASSIGN_OR_RETURN(const Dashboard dashboard,
                          LoadDashboard(session, options.within_days, options.mine));
  if (options.html_file.empty()) {
    std::cout << DashboardInFormat(dashboard, session->format());
  } else {
    ACCORD_RETURN_IF_ERROR(WriteFile(options.html_file, DashboardPage(dashboard), FileKind::kPrivate));
    std::cout << Text("{{counts}}, in {{file}}",
                      {{"counts", DashboardCounts(dashboard)}, {"file", options.html_file}})
              << "\n";
  }
  // What was read is shown all the same; the exit code says that it is not everything.
  return dashboard.unread.empty() ? absl::OkStatus() : dashboard.unread.front().status;
}

// This shows it anew whenever something changes, until the feeds end, `limit` is reached or it cannot
// be read.
absl::Status WatchDashboard(CommandSession* session, const DashboardOptions& options) {
  ACCORD_RETURN_IF_ERROR(session->client().status());
  ChangeBell bell(session);
  absl::Status shown;
  for (int left = options.limit;; --left) {
    shown = ShowDashboard(session, options);
    if (left == 1 || (!shown.ok() && !IsTemporary(shown)) || !std::cout.flush().good()) break;
    if (!bell.Wait()) break;
    absl::SleepFor(kTogether);
    bell.Silence();
    if (options.html_file.empty()) std::cout << "\n";
  }
  const absl::Status followed = bell.Stop();
  return shown.ok() ? followed : shown;
}

}  // namespace

void AddDashboardCommand(CLI::App* app, CommandSession* session) {
  auto options = std::make_shared<DashboardOptions>();
  CLI::App* command = AddCommand(
      app, session, "dashboard", "Show what waits for you and your team, most urgent first",
      [=] { return options->watch ? WatchDashboard(session, *options) : ShowDashboard(session, *options); });
  command->group("Views")->footer("The purpose that you name decides which kinds of work are read.");
  command->add_option("--within", options->within_days, "List what is due within so many days [30]")
      ->check(CLI::Range(0, 3650));
  command->add_flag("--mine", options->mine, "List only what waits for you");
  command->add_option("--html", options->html_file, "Write a self-contained page to this file instead")
      ->check(FaultOfFileToWrite);
  command->add_flag("--watch", options->watch, "Show it again whenever something changes that concerns you");
  command->add_option("--limit", options->limit, "With --watch, end when it was shown so many times")
      ->check(CLI::Range(0, 1000000));
}

}  // namespace accord::ctl
