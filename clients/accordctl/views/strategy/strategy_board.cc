#include "clients/accordctl/views/strategy/strategy_board.h"

#include <algorithm>
#include <tuple>

#include "absl/strings/str_cat.h"
#include "clients/accordctl/core/json.h"
#include "clients/accordctl/core/message_json.h"
#include "clients/accordctl/core/texts.h"
#include "common/access/names.h"
#include "common/base/clock.h"

namespace accord::ctl {
namespace {

using strategy::v1::IndicatorTable;
using strategy::v1::Initiative;

bool IsDelivered(const Initiative& initiative) {
  return initiative.state() == strategy::v1::INITIATIVE_STATE_DELIVERED ||
         initiative.state() == strategy::v1::INITIATIVE_STATE_ONGOING;
}

// This gives what a report spoke of as being done.
AgainstReport CompareUnderway(const Initiative& initiative) {
  if (initiative.state() == strategy::v1::INITIATIVE_STATE_UNDERWAY) return AgainstReport::kAsReported;
  return IsDelivered(initiative) ? AgainstReport::kFurther : AgainstReport::kBehind;
}

// This gives what a report spoke of as planned.
AgainstReport ComparePlanned(const Initiative& initiative) {
  if (initiative.state() == strategy::v1::INITIATIVE_STATE_PLANNED) return AgainstReport::kAsReported;
  return initiative.state() == strategy::v1::INITIATIVE_STATE_DELAYED ? AgainstReport::kBehind
                                                                      : AgainstReport::kFurther;
}

void AddLateOf(const Initiative& initiative, const std::string& today, std::vector<LateItem>* late) {
  // What is over is late no more.
  if (IsDelivered(initiative) || initiative.state() == strategy::v1::INITIATIVE_STATE_ENDED) return;
  if (initiative.state() == strategy::v1::INITIATIVE_STATE_DELAYED) {
    late->push_back({LateItem::Kind::kInitiative, initiative.name(), initiative.title(), "", "",
                     initiative.state_since(), initiative.state_reason()});
  }
  for (const auto& milestone : initiative.milestones()) {
    // Days as text (YYYY-MM-DD) sort as days.
    if (milestone.due().empty() || !milestone.met_on().empty() || milestone.due() >= today) continue;
    late->push_back({LateItem::Kind::kMilestone, initiative.name(), initiative.title(), milestone.code(),
                     milestone.title(), milestone.due(), ""});
  }
}

const char* LateKindName(LateItem::Kind kind) {
  switch (kind) {
    case LateItem::Kind::kMilestone:
      return "milestone";
    case LateItem::Kind::kIndicator:
      return "indicator";
    default:
      return "initiative";
  }
}

Json JsonOfLate(const LateItem& late) {
  Json json = {{"kind", LateKindName(late.kind)}, {"record", late.record}};
  if (!late.milestone.empty()) json["milestone"] = late.milestone;
  // What is not known is null, and no word or number stands for it.
  json["since"] = late.day.empty() ? Json() : Json(late.day);
  if (!late.reason.empty()) json["reason"] = late.reason;
  return json;
}

Json JsonOfInitiative(const Initiative& initiative) {
  Json json = ToJson(initiative);
  json["against_report"] = CodeOf(AgainstReportOf(initiative));
  return json;
}

}  // namespace

AgainstReport AgainstReportOf(const Initiative& initiative) {
  if (initiative.tense_as_reported() == strategy::v1::REPORTED_TENSE_UNSPECIFIED) {
    return AgainstReport::kNotReported;
  }
  if (initiative.state() == strategy::v1::INITIATIVE_STATE_ENDED) return AgainstReport::kEnded;
  switch (initiative.tense_as_reported()) {
    case strategy::v1::REPORTED_TENSE_UNDERWAY:
      return CompareUnderway(initiative);
    case strategy::v1::REPORTED_TENSE_PLANNED:
      return ComparePlanned(initiative);
    default:
      break;
  }
  if (IsDelivered(initiative)) return AgainstReport::kAsReported;
  return initiative.state() == strategy::v1::INITIATIVE_STATE_UNDERWAY ? AgainstReport::kUnconfirmed
                                                                       : AgainstReport::kBehind;
}

std::string CodeOf(AgainstReport against) {
  switch (against) {
    case AgainstReport::kAsReported:
      return "as_reported";
    case AgainstReport::kFurther:
      return "further";
    case AgainstReport::kBehind:
      return "behind";
    case AgainstReport::kUnconfirmed:
      return "unconfirmed";
    case AgainstReport::kEnded:
      return "ended";
    default:
      return "not_reported";
  }
}

std::string WordsOf(AgainstReport against) {
  switch (against) {
    case AgainstReport::kAsReported:
      return Text("as reported");
    case AgainstReport::kFurther:
      return Text("further than reported");
    case AgainstReport::kBehind:
      return Text("behind what was reported");
    case AgainstReport::kUnconfirmed:
      return Text("reported as done, not confirmed as delivered");
    case AgainstReport::kEnded:
      return Text("ended since");
    default:
      return Text("no report spoke of it");
  }
}

std::vector<LateItem> LateOf(const StrategyBoard& board) {
  std::vector<LateItem> late;
  for (const auto* initiative : InitiativesOfStrategyBoard(board))
    AddLateOf(*initiative, FormatDay(board.today), &late);
  for (const IndicatorTable& table : board.tables) {
    if (table.overdue_since().empty()) continue;
    late.push_back({LateItem::Kind::kIndicator, table.indicator().name(), table.indicator().definition(), "",
                    "", table.overdue_since(), ""});
  }
  std::stable_sort(late.begin(), late.end(),
                   [](const LateItem& a, const LateItem& b) { return a.day < b.day; });
  return late;
}

std::string WordsOf(const LateItem& late) {
  switch (late.kind) {
    case LateItem::Kind::kMilestone:
      return Text("milestone not met");
    case LateItem::Kind::kIndicator:
      return Text("figure not verified");
    default:
      return Text("its ministry says that it is late");
  }
}

std::vector<const Initiative*> InitiativesOfStrategyBoard(const StrategyBoard& board) {
  std::vector<const Initiative*> order;
  for (const Initiative& initiative : board.initiatives) order.push_back(&initiative);
  std::sort(order.begin(), order.end(), [](const auto* a, const auto* b) {
    return std::make_tuple(static_cast<int>(a->pillar()), a->lead_ministry(), a->name()) <
           std::make_tuple(static_cast<int>(b->pillar()), b->lead_ministry(), b->name());
  });
  return order;
}

std::string BoardFigureWords(const strategy::v1::IndicatorFigure& figure) {
  if (figure.status() == strategy::v1::FIGURE_STATUS_SUPPRESSED) return Text("suppressed");
  if (!figure.has_value()) return figure.text();
  const TextValues value = {{"value", absl::StrCat(figure.value())}};
  switch (figure.qualifier()) {
    case strategy::v1::QUALIFIER_ABOUT:
      return Text("about {{value}}", value);
    case strategy::v1::QUALIFIER_CLOSE_TO:
      return Text("close to {{value}}", value);
    case strategy::v1::QUALIFIER_UP_TO:
      return Text("up to {{value}}", value);
    case strategy::v1::QUALIFIER_AT_LEAST:
      return Text("at least {{value}}", value);
    default:
      return absl::StrCat(figure.value());
  }
}

Json StrategyBoardJson(const StrategyBoard& board) {
  Json initiatives = Json::array(), late = Json::array(), indicators = Json::array();
  for (const auto* initiative : InitiativesOfStrategyBoard(board))
    initiatives.push_back(JsonOfInitiative(*initiative));
  for (const LateItem& item : LateOf(board)) late.push_back(JsonOfLate(item));
  for (const IndicatorTable& table : board.tables) indicators.push_back(ToJson(table));
  return {{"as_of", FormatDay(board.today)},
          {"initiatives", initiatives},
          {"late", late},
          {"indicators", indicators}};
}

}  // namespace accord::ctl
