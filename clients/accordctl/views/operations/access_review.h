// `accordctl access-review people` shows the people in a review, when each of them last acted according to
// the log, and what was decided about each.
#ifndef ACCORD_CLIENTS_ACCORDCTL_VIEWS_OPERATIONS_ACCESS_REVIEW_H_
#define ACCORD_CLIENTS_ACCORDCTL_VIEWS_OPERATIONS_ACCESS_REVIEW_H_

#include <map>
#include <string>

#include "absl/time/time.h"
#include "accord/audit/v1/audit_service.pb.h"
#include "accord/registry/v1/resources.pb.h"
#include "clients/accordctl/core/json.h"
#include "clients/accordctl/core/output.h"

namespace accord::ctl {

// This tells when each person of one agency last acted, by actor id, as far as the log was read.
using LastActs = std::map<std::string, absl::Time>;

// This adds the acts of this agency's people from a page of the log. A refused call does not count as an act.
void TakeActs(const audit::v1::ListEntriesResponse& page, const std::string& agency, LastActs* acts);

struct ReviewView {
  registry::v1::AccessReview review;
  LastActs acts;
  // The log was read from this day on, `YYYY-MM-DD`; people who are not in `acts` have done
  // nothing since.
  std::string since;
  // This is false if nothing is known about acts, because the log shows an agency's acts only to that agency.
  bool log_read = false;
  // This is the caller's actor id in the same agency: people may not decide about themselves.
  std::string self;
};

// This says whether everybody in the review is among those who acted, so that no older entries need be read.
bool AllActed(const ReviewView& view);

// This gives decisions about the people for whom there is none yet, except the caller: to keep those who
// acted, and to disable those who did not.
Json DecisionsOf(const ReviewView& view, bool keep_acting, bool disable_idle);

// This gives a table with a line behind it that says how many did not act.
std::string ReviewTable(const ReviewView& view);
Json ReviewJson(const ReviewView& view);

}  // namespace accord::ctl

#endif  // ACCORD_CLIENTS_ACCORDCTL_VIEWS_OPERATIONS_ACCESS_REVIEW_H_
