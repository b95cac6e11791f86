// This checks the employers in a roster against the registry, which the training service cannot read.
#ifndef ACCORD_CLIENTS_ACCORDCTL_VIEWS_ROSTERS_ROSTER_AGENCIES_H_
#define ACCORD_CLIENTS_ACCORDCTL_VIEWS_ROSTERS_ROSTER_AGENCIES_H_

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "clients/accordctl/core/command_session.h"
#include "clients/accordctl/views/rosters/roster_lines.h"

namespace accord::ctl {

// This collects every learner_agency that has the form of an id, with its first line. Values whose form the
// service refuses are skipped.
class RosterAgencies {
 public:
  explicit RosterAgencies(bool statements) : statements_(statements) {}
  // This adds one line, without its line feed.
  void Take(std::string_view line);
  const std::map<std::string, int64_t>& first_lines() const { return first_lines_; }

 private:
  const bool statements_;
  int64_t line_ = 0;
  // These are the index of the cell learner_agency, and the number of cells in the header.
  std::size_t column_ = 0, columns_ = 0;
  std::string last_;
  std::map<std::string, int64_t> first_lines_;
};

struct AgencyFaults {
  // This is false if this person cannot read the registry.
  bool checked = false;
  // This is such as `roster.csv:12: AGENCY_UNKNOWN: ...`, one for each agency that is not in the registry.
  std::vector<std::string> faults;
};
// This reads the whole roster; Rewind allows it to be read again.
AgencyFaults FaultsOfAgencies(CommandSession* session, bool statements, RosterLines* lines);

}  // namespace accord::ctl

#endif  // ACCORD_CLIENTS_ACCORDCTL_VIEWS_ROSTERS_ROSTER_AGENCIES_H_
