// What a rule set says as dated rows, whichever service goes by it: what is wrong with it, what changes from
// one day to another, and what it said on an earlier day.
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
  // To which day the rows were compared with the law, and with what.
  annotations::v1::Currency currency;
  // How many rows there are of each mark.
  std::map<annotations::v1::LawMark, int> rows;
  // This is one sentence for each thing that is wrong.
  std::vector<std::string> faults;
};

// Every list of the rule set whose rows have a mark: a source, days that exist and are in order, and of one
// provision neither two rows for a day nor a day between two rows; and no number of days, months or minutes
// that no law would say. A service checks more when it starts, and when somebody proposes a rule set.
LawReport CheckLaw(const google::protobuf::Message& rule_set);

// Says which rows begin or end after `from` and not after `to`, `YYYY-MM-DD`, in the order of their days: one
// sentence each.
std::vector<std::string> LawChanges(const google::protobuf::Message& rule_set, const std::string& from,
                                    const std::string& to);

// The rule set as somebody who knew of nothing after this day, `YYYY-MM-DD`, would have written it: without
// the rows that begin later, and with no end for those that end later.
std::unique_ptr<google::protobuf::Message> RuleSetAsOf(const google::protobuf::Message& rule_set,
                                                       const std::string& day);

}  // namespace accord

#endif  // ACCORD_COMMON_BASE_LAW_CHECK_H_
