#include "clients/accordctl/views/operations/access_review.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "clients/accordctl/core/json.h"
#include "clients/accordctl/core/table.h"
#include "clients/accordctl/core/texts.h"
#include "clients/accordctl/core/time_text.h"
#include "clients/accordctl/views/page.h"
#include "common/access/names.h"
#include "common/base/clock.h"

namespace accord::ctl {
namespace {

using registry::v1::ReviewedPerson;

std::string DayOfAct(const ReviewView& view, const std::string& actor) {
  const auto act = view.acts.find(actor);
  return act == view.acts.end() ? "" : FormatDay(OntarioDay(act->second));
}

// What is stored is of when somebody decided; what the log tells now is newer.
std::string LastActText(const ReviewView& view, const ReviewedPerson& person) {
  if (!view.log_read) return person.last_act().empty() ? Text("not known here") : DayText(person.last_act());
  const std::string day = DayOfAct(view, person.actor());
  return day.empty() ? Text("none since {{day}}", {{"day", DayText(view.since)}}) : DayText(day);
}

std::string DecisionName(const ReviewedPerson& person) {
  return ShortName(registry::v1::AccessDecision_descriptor(), person.decision());
}

std::string DecisionText(const ReviewedPerson& person) {
  if (person.decision() == registry::v1::ACCESS_DECISION_KEEP) return Text("keep");
  if (person.decision() == registry::v1::ACCESS_DECISION_DISABLE) return Text("disable");
  return Text("undecided");
}

std::vector<std::string> RoleNamesOf(const ReviewedPerson& person) {
  std::vector<std::string> names;
  for (const int role : person.roles()) names.push_back(RoleName(static_cast<Role>(role)));
  return names;
}

std::size_t IdleOf(const ReviewView& view) {
  if (!view.log_read) return 0;
  return static_cast<std::size_t>(
      std::count_if(view.review.people().begin(), view.review.people().end(),
                    [&](const ReviewedPerson& person) { return !view.acts.contains(person.actor()); }));
}

}  // namespace

void TakeActs(const audit::v1::ListEntriesResponse& page, const std::string& agency, LastActs* acts) {
  for (const audit::v1::Entry& entry : page.entries()) {
    const audit::v1::AuditRecord& record = entry.record();
    if (record.agency() != agency || record.actor().empty() || !record.has_time()) continue;
    if (record.decision() == audit::v1::DECISION_DENY) continue;
    const absl::Time at = FromProto(record.time());
    const auto [known, fresh] = acts->emplace(record.actor(), at);
    if (!fresh) known->second = std::max(known->second, at);
  }
}

bool AllActed(const ReviewView& view) {
  return std::all_of(view.review.people().begin(), view.review.people().end(),
                     [&](const ReviewedPerson& person) { return view.acts.contains(person.actor()); });
}

Json DecisionsOf(const ReviewView& view, bool keep_acting, bool disable_idle) {
  Json decisions = Json::array();
  for (const ReviewedPerson& person : view.review.people()) {
    if (person.decision() != registry::v1::ACCESS_DECISION_UNSPECIFIED) continue;
    if (person.actor() == view.self) continue;
    const std::string day = DayOfAct(view, person.actor());
    if (day.empty() ? !disable_idle : !keep_acting) continue;
    Json decision = {{"actor", person.actor()}, {"decision", day.empty() ? "disable" : "keep"}};
    if (!day.empty()) decision["last_act"] = day;
    decisions.push_back(std::move(decision));
  }
  return decisions;
}

std::string ReviewTable(const ReviewView& view) {
  std::vector<Row> rows = {TableHeadings({"PERSON", "ROLES", "DECISION", "LAST ACT"})};
  for (const ReviewedPerson& person : view.review.people()) {
    rows.push_back({person.actor(), absl::StrJoin(RoleNamesOf(person), ", "), DecisionText(person),
                    LastActText(view, person)});
  }
  std::string table = Table(rows);
  if (view.log_read) {
    absl::StrAppend(
        &table,
        Text("{{counted}} without an act since {{day}}",
             {{"counted", Counted(IdleOf(view), "person", "people")}, {"day", DayText(view.since)}}),
        "\n");
  }
  return table;
}

Json ReviewJson(const ReviewView& view) {
  Json people = Json::array();
  for (const ReviewedPerson& person : view.review.people()) {
    const std::string day = DayOfAct(view, person.actor());
    Json each = {{"actor", person.actor()},
                 {"roles", RoleNamesOf(person)},
                 {"decision", DecisionName(person)},
                 {"last_act", day.empty() ? Json() : Json(day)}};
    if (view.log_read) each["idle"] = day.empty();
    people.push_back(std::move(each));
  }
  return {{"name", view.review.name()},
          {"quarter", view.review.quarter()},
          {"state", ShortName(registry::v1::AccessReviewState_descriptor(), view.review.state())},
          {"since", view.since.empty() ? Json() : Json(view.since)},
          {"log_read", view.log_read},
          {"people", people}};
}

}  // namespace accord::ctl
