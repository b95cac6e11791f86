// The dashboard as one page for a browser and for paper. It says every state in words, whatever the colours.
#include "absl/strings/str_cat.h"
#include "clients/accordctl/views/dashboard.h"
#include "clients/accordctl/views/views.h"

namespace accord::ctl {
namespace {

// Colours of text have at least 7:1 against their ground, in light and dark.
constexpr char kStyle[] = R"(<meta name="viewport" content="width=device-width, initial-scale=1">
<style>
:root { color-scheme: light dark; --ink: #1c2530; --paper: #fff; --line: #c3ccd6; --late: #7d1128; --ground: #fbe9ec; }
@media (prefers-color-scheme: dark) { :root { --ink: #e6ebf0; --paper: #14191f; --line: #3d4854; --late: #ffc2cc;
  --ground: #3a1820; } }
body { font: 16px/1.5 system-ui, sans-serif; color: var(--ink); background: var(--paper); margin: 2rem; }
h1 { font-size: 1.5rem; margin: 0 0 .25rem; } h2 { font-size: 1.15rem; margin: 1.6rem 0 .3rem; }
p { max-width: 60rem; margin: .4rem 0; } .wide { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; } caption { text-align: left; padding: .2rem 0; }
th { text-align: left; font-weight: 600; vertical-align: top; } td { vertical-align: top; }
th, td { padding: .35rem .8rem .35rem .3rem; border-bottom: 1px solid var(--line); }
tr.late { background: var(--ground); } tr.late .left { color: var(--late); font-weight: 700; }
code { font: .9em ui-monospace, monospace; overflow-wrap: anywhere; }
.wide:focus { outline: 3px solid currentColor; }
@media print { body { margin: 0; font-size: 10pt; } .wide { overflow: visible; } tr { break-inside: avoid; }
  thead { display: table-header-group; } tr.late { background: none; } tr.late td, tr.late th { border-left: 2pt solid; } }
</style></head><body>
)";

std::string Heading(Turn turn) {
  switch (turn) {
    case Turn::kMine:
      return "Mine";
    case Turn::kTeam:
      return "My team";
    case Turn::kUnassigned:
      return "Unassigned";
    case Turn::kOthers:
      break;
  }
  return "Overdue at others";
}

void Line(const Dashboard& dashboard, const Waiting& each, std::string* html) {
  const bool late = each.Overdue(dashboard.desk.now);
  absl::StrAppend(html, late ? "<tr class=\"late\">" : "<tr>", "<th scope=\"row\">", Escaped(each.what), " ",
                  Escaped(each.kind), "</th><td>");
  if (each.due) {
    absl::StrAppend(html, "<time datetime=\"", absl::FormatTime(absl::RFC3339_sec, *each.due, dashboard.zone),
                    "\">", Escaped(Moment(*each.due, dashboard.zone)), "</time>");
  } else {
    absl::StrAppend(html, "no time set");
  }
  absl::StrAppend(html, "</td><td class=\"left\">", each.due ? Escaped(Left(each, dashboard.desk.now)) : "",
                  "</td><td>", Escaped(each.state), "</td><td>",
                  Escaped(each.assignee.empty() ? "nobody" : each.assignee), "</td><td>", Escaped(each.note),
                  "</td><td><code>accordctl ", Escaped(each.next), "</code></td></tr>\n");
}

void Section(const Dashboard& dashboard, Turn turn, std::string* html) {
  std::string lines;
  int count = 0;
  for (const Waiting& each : dashboard.waiting) {
    if (each.turn != turn) continue;
    Line(dashboard, each, &lines);
    ++count;
  }
  if (count == 0 && turn == Turn::kOthers) return;
  const std::string heading = Heading(turn);
  absl::StrAppend(html, "<h2>", heading, " (", count, ")</h2>\n");
  if (count == 0) {
    absl::StrAppend(html, "<p>Nothing waits.</p>\n");
    return;
  }
  absl::StrAppend(html, "<div class=\"wide\" role=\"region\" aria-label=\"", heading,
                  "\" tabindex=\"0\"><table>\n<caption>", heading,
                  ", most urgent first</caption>\n<thead><tr><th scope=\"col\">To do</th>"
                  "<th scope=\"col\">Due</th><th scope=\"col\">Time left</th><th scope=\"col\">State</th>"
                  "<th scope=\"col\">Assignee</th><th scope=\"col\">Note</th>"
                  "<th scope=\"col\">Command to type next</th></tr></thead>\n<tbody>\n",
                  lines, "</tbody></table></div>\n");
}

}  // namespace

std::string AsPage(const Dashboard& dashboard) {
  const Desk& desk = dashboard.desk;
  const std::string whose = desk.actor.empty() ? desk.agency : absl::StrCat(desk.actor, ", ", desk.agency);
  std::string html = absl::StrCat(kPageHead, "<title>What waits for ", Escaped(whose), "</title>\n", kStyle);
  absl::StrAppend(&html, "<main>\n<h1>What waits for ", Escaped(whose), "</h1>\n<p>",
                  Escaped(Counts(dashboard)), ".</p>\n<p>As of <time datetime=\"",
                  absl::FormatTime(absl::RFC3339_sec, desk.now, dashboard.zone), "\">",
                  absl::FormatTime("%Y-%m-%d %H:%M %Z", desk.now, dashboard.zone), "</time>. ",
                  Escaped(ZoneLine(dashboard)), "</p>\n");
  for (const Unread& each : dashboard.unread) {
    absl::StrAppend(&html, "<p role=\"alert\"><strong>Not read:</strong> ", Escaped(each.kind), ", ",
                    Escaped(std::string(each.status.message())), "</p>\n");
  }
  for (const Turn turn : {Turn::kMine, Turn::kTeam, Turn::kUnassigned, Turn::kOthers}) {
    Section(dashboard, turn, &html);
  }
  absl::StrAppend(&html, "</main>\n</body></html>\n");
  return html;
}

}  // namespace accord::ctl
