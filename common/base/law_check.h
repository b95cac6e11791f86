// This checks a rule set that consists of dated rows, for any service. It finds what is wrong with the rule
// set, what changes between two days, and what it said on an earlier day.
#ifndef ACCORD_COMMON_BASE_LAW_CHECK_H_
#define ACCORD_COMMON_BASE_LAW_CHECK_H_

#include <google/protobuf/message.h>

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "accord/annotations/v1/law.pb.h"

namespace accord {

struct LawReport {
  // This says up to which day the rows were compared with the law, and with what source.
  annotations::v1::Currency currency;
  // These are the numbers of rows of each mark.
  std::map<annotations::v1::LawMark, int> rows;
  // There is one sentence for each fault.
  std::vector<std::string> faults;
};

// This checks every list of the rule set whose rows have a mark. Each row must have a source and existing
// days in order; one provision must have neither two rows for the same day nor a gap between rows; and a
// number of days, months or minutes must be one that a law could plausibly give. A service checks more when
// it starts and when somebody proposes a rule set.
LawReport CheckLaw(const google::protobuf::Message& rule_set);

// This gives one sentence for each row that begins or ends after the day `from` and not after `to`
// (`YYYY-MM-DD`), in the order of the days.
std::vector<std::string> LawChanges(const google::protobuf::Message& rule_set, const std::string& from,
                                    const std::string& to);

// This gives the rule set as somebody who knew of nothing after this day (`YYYY-MM-DD`) would have written
// it: rows that begin later are removed, and rows that end later have no end.
std::unique_ptr<google::protobuf::Message> RuleSetAsOf(const google::protobuf::Message& rule_set,
                                                       const std::string& day);

}  // namespace accord

#endif  // ACCORD_COMMON_BASE_LAW_CHECK_H_
