// This file is about the coordination office's board: each initiative beside what the report said about it,
// what is late, and the figures that may leave the service.
#ifndef ACCORD_CLIENTS_ACCORDCTL_VIEWS_STRATEGY_STRATEGY_BOARD_H_
#define ACCORD_CLIENTS_ACCORDCTL_VIEWS_STRATEGY_STRATEGY_BOARD_H_

#include <string>
#include <vector>

#include "absl/time/civil_time.h"
#include "accord/strategy/v1/indicator_tables.pb.h"
#include "accord/strategy/v1/resources.pb.h"
#include "clients/accordctl/core/json.h"
#include "clients/accordctl/core/yaml_parser.h"
#include "clients/accordctl/views/agency_names.h"
#include "clients/accordctl/views/page.h"

namespace accord::ctl {

struct StrategyBoard {
  std::vector<strategy::v1::Initiative> initiatives;
  std::vector<strategy::v1::IndicatorTable> tables;
  AgencyNames agencies;
  // This is the day in Ontario.
  absl::CivilDay today;
};

// This says how the state of an initiative compares with what the report said about it.
enum class AgainstReport { kNotReported, kAsReported, kFurther, kBehind, kUnconfirmed, kEnded };
AgainstReport AgainstReportOf(const strategy::v1::Initiative& initiative);
// This gives for example `as_reported` for programs, and `as reported` for people in the session's language.
std::string CodeOf(AgainstReport against);
std::string WordsOf(AgainstReport against);

// This is one item that is late.
struct LateItem {
  enum class Kind { kInitiative, kMilestone, kIndicator };
  Kind kind;
  // The name of the initiative or the indicator, and its title.
  std::string record, title;
  // These are the code and the title of the milestone; they are empty for other kinds.
  std::string milestone, milestone_title;
  // This is the day since which it is late, or on which it was due; it is empty if that is unknown.
  std::string day;
  // This is the reason, if its ministry has given one.
  std::string reason;
};
// This gives the late items in the order of their days; those without a day come first.
std::vector<LateItem> LateOf(const StrategyBoard& board);
// This gives what is late, in the session's language.
std::string WordsOf(const LateItem& late);

// This gives the initiatives ordered by pillar, ministry and name.
std::vector<const strategy::v1::Initiative*> InitiativesOfStrategyBoard(const StrategyBoard& board);
// This gives the figure in words: `about 450`, `suppressed`.
std::string BoardFigureWords(const strategy::v1::IndicatorFigure& figure);

Json StrategyBoardJson(const StrategyBoard& board);
// This returns the page as HTML.
std::string StrategyBoardPage(const StrategyBoard& board);

}  // namespace accord::ctl

#endif  // ACCORD_CLIENTS_ACCORDCTL_VIEWS_STRATEGY_STRATEGY_BOARD_H_
