// `accordctl access-review people`: whom a review lists, when each of them acted last as the log tells, and
// what was decided on each of them.
#ifndef ACCORD_CLIENTS_ACCORDCTL_VIEWS_OPERATIONS_ACCESS_REVIEW_H_
#define ACCORD_CLIENTS_ACCORDCTL_VIEWS_OPERATIONS_ACCESS_REVIEW_H_

#include <map>
#include <string>

#include "absl/time/time.h"
#include "accord/audit/v1/audit_service.pb.h"
#include "accord/registry/v1/resources.pb.h"
#include "clients/accordctl/core/output.h"

namespace accord::ctl {

// When each person of one agency acted last, by actor id, as far as the log was read.
using LastActs = std::map<std::string, absl::Time>;

// Adds what a page of the log tells of the people of this agency. What was refused is no act.
void TakeActs(const audit::v1::ListEntriesResponse& page, const std::string& agency, LastActs* acts);

struct ReviewView {
  registry::v1::AccessReview review;
  LastActs acts;
  // The log was read from this day on, `YYYY-MM-DD`; who is not in `acts` did nothing since.
  std::string since;
  // The log tells an agency's acts to that agency alone. False: nothing is known of anybody's acts.
  bool log_read = false;
  // The actor id of whoever calls, of the same agency: nobody decides about himself or herself.
  std::string self;
};

// Whether everybody whom the review lists is among those who acted, so that nothing older has to be read.
bool AllActed(const ReviewView& view);

// Decisions for a request, on those on whom nobody has decided, but for whoever calls: to keep those who
// acted, and to disable those who did not.
Json DecisionsOf(const ReviewView& view, bool keep_acting, bool disable_idle);

// Gives a table with a line behind it that says how many did not act.
std::string ReviewTable(const ReviewView& view);
Json ReviewJson(const ReviewView& view);

}  // namespace accord::ctl

#endif  // ACCORD_CLIENTS_ACCORDCTL_VIEWS_OPERATIONS_ACCESS_REVIEW_H_
