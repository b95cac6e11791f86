// These are the handlers of AccusedService that change the court before which an accused comes, and the day
// of the trial.
#include <string>
#include <utility>

#include "common/base/clock.h"
#include "common/base/error.h"
#include "services/prosecution/accused/accused_clock.h"
#include "services/prosecution/accused/accused_service.h"
#include "services/prosecution/cases/event_days.h"

namespace accord::prosecution {
namespace {

using v1::Accused;

}  // namespace

absl::Status AccusedService::AddForum(v1::Forum forum, const std::string& on, Accused* accused) {
  if (accused->forum() == forum) return absl::OkStatus();
  if (on <= accused->forums().rbegin()->on()) {
    return Refuse(rules::kForumsOverlap, "The accused came before the present court on that day or later.");
  }
  auto* change = accused->add_forums();
  change->set_forum(forum);
  change->set_on(on);
  accused->set_forum(forum);
  return absl::OkStatus();
}

AccusedService::Result AccusedService::ChangeForum(host::Call& call, Tx& tx, const storage::Write& write,
                                                   const v1::ChangeAccusedForumRequest& request) {
  ACCORD_ASSIGN_OR_RETURN(Opened opened, Open(call, tx, request.name()));
  ACCORD_RETURN_IF_ERROR(CheckPastDay("on", request.on(), call.now()));
  if (opened.accused.forum() == request.forum()) {
    return Refuse(rules::kForumUnchanged, "The accused is before this court already.");
  }
  ACCORD_RETURN_IF_ERROR(AddForum(request.forum(), request.on(), &opened.accused));
  return Keep(call, tx, write, request.etag(), std::move(opened));
}

AccusedService::Result AccusedService::BookTrial(host::Call& call, Tx& tx, const storage::Write& write,
                                                 const v1::BookAccusedTrialRequest& request) {
  ACCORD_ASSIGN_OR_RETURN(Opened opened, Open(call, tx, request.name()));
  if (opened.accused.trial_ended()) {
    return Refuse(rules::kTrialOver, "Evidence and argument have ended.");
  }
  ACCORD_RETURN_IF_ERROR(CheckDayOrder(
      {{"the charge", FormatDay(ClockStartOf(opened.accused))}, {"trial_end", request.trial_end()}}));
  opened.accused.set_trial_end(request.trial_end());
  return Keep(call, tx, write, request.etag(), std::move(opened));
}

}  // namespace accord::prosecution
