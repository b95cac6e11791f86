#include "clients/accordctl/views/operations/continuity.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "clients/accordctl/core/refusals.h"
#include "clients/accordctl/core/texts.h"
#include "clients/accordctl/core/time_text.h"
#include "clients/accordctl/views/page.h"
#include "clients/accordctl/views/printed_cells.h"
#include "clients/accordctl/views/printed_page.h"
#include "common/access/names.h"

namespace accord::ctl {
namespace {

const PageForm& OutageForm() {
  static const auto* form = new PageForm("continuity.html");
  return *form;
}

std::string OutageTime(absl::Time at, absl::TimeZone zone) {
  return OutageForm().Part("time", {{"instant", absl::FormatTime(absl::RFC3339_sec, at, zone)},
                                    {"text", EscapedHtml(DashboardMoment(at, zone))}});
}

std::string DeadlinesOf(const Dashboard& dashboard) {
  std::vector<const Waiting*> open;
  for (const Waiting& each : dashboard.waiting) {
    if (each.due) open.push_back(&each);
  }
  if (open.empty()) return OutageForm().Part("no-deadlines");
  std::stable_sort(open.begin(), open.end(),
                   [](const Waiting* a, const Waiting* b) { return *a->due < *b->due; });
  std::string rows;
  for (const Waiting* each : open) {
    rows += OutageForm().Part(
        "deadline", {{"due", OutageTime(*each->due, dashboard.zone)},
                     {"what", EscapedHtml(Text(each->what))},
                     {"kind", EscapedHtml(Text(each->kind))},
                     {"record", EscapedHtml(each->name)},
                     {"state", EscapedHtml(Text(each->state))},
                     {"assignee", EscapedHtml(each->assignee.empty() ? Text("nobody") : each->assignee)},
                     {"note", EscapedHtml(each->note)}});
  }
  return OutageForm().Part("deadlines", {{"rows", rows}});
}

std::string DesksOf(const OutagePack& pack) {
  if (pack.desks.empty()) return OutageForm().Part("no-desks");
  std::string rows;
  for (const registry::v1::AgencyDutyContact& desk : pack.desks) {
    const std::string role = WordOf(annotations::v1::Role_descriptor(), desk.role());
    rows += OutageForm().Part(
        "desk", {{"agency", ForeignText(desk.display_name().empty() ? desk.agency() : desk.display_name())},
                 {"role", EscapedHtml(role)},
                 {"reach", ForeignText(desk.reach())},
                 {"hours", desk.hours().empty() ? Text("at any time") : ForeignText(desk.hours())}});
  }
  return OutageForm().Part("desks", {{"rows", rows}});
}

}  // namespace

std::string OutagePage(const OutagePack& pack) {
  const Dashboard& dashboard = pack.dashboard;
  std::string unread;
  for (const Unread& each : dashboard.unread) {
    unread += OutageForm().Part(
        "unread", {{"kind", EscapedHtml(each.kind)}, {"why", EscapedHtml(ReasonText(each.status))}});
  }
  return PageOf(
      Text("For an outage, as of {{now}}", {{"now", MomentText(dashboard.viewer.now, dashboard.zone)}}),
      {"page.css", "printed.css"},
      OutageForm().Body({{"now", OutageTime(dashboard.viewer.now, dashboard.zone)},
                         {"reader", ForeignText(pack.reader)},
                         {"zone", EscapedHtml(DashboardZoneLine(dashboard))},
                         {"unread", unread},
                         {"deadlines", DeadlinesOf(dashboard)},
                         {"desks", DesksOf(pack)}}));
}

}  // namespace accord::ctl
