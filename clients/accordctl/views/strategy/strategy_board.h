// This is what the coordination office's board says: each initiative beside what the report said of it, what
// is late, and the figures as they may leave the service.
#ifndef ACCORD_CLIENTS_ACCORDCTL_VIEWS_STRATEGY_STRATEGY_BOARD_H_
#define ACCORD_CLIENTS_ACCORDCTL_VIEWS_STRATEGY_STRATEGY_BOARD_H_

#include <string>
#include <vector>

#include "absl/time/civil_time.h"
#include "accord/strategy/v1/indicator_tables.pb.h"
#include "accord/strategy/v1/resources.pb.h"
#include "clients/accordctl/core/document.h"
#include "clients/accordctl/views/page.h"

namespace accord::ctl {

struct StrategyBoard {
  std::vector<strategy::v1::Initiative> initiatives;
  std::vector<strategy::v1::IndicatorTable> tables;
  AgencyNames agencies;
  // This is the day in Ontario.
  absl::CivilDay today;
};

// This says how the state of an initiative stands to what the report said of it.
enum class AgainstReport { kNotReported, kAsReported, kFurther, kBehind, kUnconfirmed, kEnded };
AgainstReport AgainstReportOf(const strategy::v1::Initiative& initiative);
// It is for example `as_reported` for programs, and `as reported` for people in the language that is spoken.
std::string CodeOf(AgainstReport against);
std::string WordsOf(AgainstReport against);

// It is one thing that is late.
struct LateItem {
  enum class Kind { kInitiative, kMilestone, kIndicator };
  Kind kind;
  // It is the name of the initiative or the indicator, and what people call it.
  std::string record, title;
  // These are the code and the title of the milestone, and empty for other kinds.
  std::string milestone, milestone_title;
  // It is late since this day, or it was due on it; empty means that nobody knows.
  std::string day;
  // It says why, if its ministry has said so.
  std::string reason;
};
// They are in the order of their days, and those without a day come first.
std::vector<LateItem> LateOf(const StrategyBoard& board);
// Gives what is late, in the language that is spoken.
std::string WordsOf(const LateItem& late);

// They are ordered by pillar, ministry and name.
std::vector<const strategy::v1::Initiative*> InOrderOf(const StrategyBoard& board);
// The figure in words: `about 450`, `suppressed`.
std::string FigureText(const strategy::v1::IndicatorFigure& figure);

Json StrategyBoardJson(const StrategyBoard& board);
// This returns the page as HTML.
std::string StrategyBoardPage(const StrategyBoard& board);

}  // namespace accord::ctl

#endif  // ACCORD_CLIENTS_ACCORDCTL_VIEWS_STRATEGY_STRATEGY_BOARD_H_
