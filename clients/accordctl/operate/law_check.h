// What a file of dated rows of law says, and what is wrong with it, before any service reads it.
#ifndef ACCORD_CLIENTS_ACCORDCTL_OPERATE_LAW_CHECK_H_
#define ACCORD_CLIENTS_ACCORDCTL_OPERATE_LAW_CHECK_H_

#include <google/protobuf/message.h>

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "accord/annotations/v1/law.pb.h"

namespace accord::ctl {

struct LawReport {
  // To which day the rows were compared with the law, and with what.
  annotations::v1::Currency currency;
  // How many rows there are of each mark.
  std::map<annotations::v1::LawMark, int> rows;
  // One sentence for each thing that is wrong.
  std::vector<std::string> faults;
};

// Every list of the rule set whose rows have a mark: a source, days that exist and are in order, and of one
// provision neither two rows for a day nor a day between two rows. A service checks more when it starts.
LawReport CheckLaw(const google::protobuf::Message& rule_set);

// Which rows begin or end after `from` and not after `to`, `YYYY-MM-DD`, in the order of their days: one
// sentence each.
std::vector<std::string> LawChanges(const google::protobuf::Message& rule_set, const std::string& from,
                                    const std::string& to);

// The rule set in a file in protobuf text format, which names its message in a line `# proto-message:`.
// INVALID_ARGUMENT if it names none that is a rule set with dated rows, or is none.
absl::StatusOr<std::unique_ptr<google::protobuf::Message>> ReadRuleSet(const std::string& file);

}  // namespace accord::ctl

#endif  // ACCORD_CLIENTS_ACCORDCTL_OPERATE_LAW_CHECK_H_
