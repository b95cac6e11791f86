// The employers that a roster names, held against the register, which the service of training does not have.
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

// Collects every learner_agency that has the form of an id, with the line where it stands first. What the
// service refuses by its form is passed over.
class RosterAgencies {
 public:
  explicit RosterAgencies(bool statements) : statements_(statements) {}
  // Takes one line more, without its line feed.
  void Take(std::string_view line);
  const std::map<std::string, int64_t>& first_lines() const { return first_lines_; }

 private:
  const bool statements_;
  int64_t line_ = 0;
  // Which cell of a line is learner_agency, and how many the header has.
  std::size_t column_ = 0, columns_ = 0;
  std::string last_;
  std::map<std::string, int64_t> first_lines_;
};

struct AgencyFaults {
  // False if this person cannot read the register.
  bool checked = false;
  // `roster.csv:12: AGENCY_UNKNOWN: ...`, one for each agency that the register does not have.
  std::vector<std::string> faults;
};
// Reads the whole roster; Rewind lets it be read again.
AgencyFaults FaultsOfAgencies(CommandSession* session, bool statements, RosterLines* lines);

}  // namespace accord::ctl

#endif  // ACCORD_CLIENTS_ACCORDCTL_VIEWS_ROSTERS_ROSTER_AGENCIES_H_
