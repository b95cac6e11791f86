// `accordctl dashboard`: what waits for one worker, most urgent first.
#include <algorithm>
#include <iostream>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "accord/protocols/v1/service.pb.h"
#include "clients/accordctl/session.h"
#include "common/access/names.h"
#include "common/base/clock.h"
#include "common/base/error.h"

namespace accord::ctl {
namespace {

using protocols::v1::Referral;

bool Open(const Referral& referral) {
  switch (referral.state()) {
    case protocols::v1::REFERRAL_STATE_CLOSED:
    case protocols::v1::REFERRAL_STATE_REDIRECTED:
    case protocols::v1::REFERRAL_STATE_REVOKED:
    case protocols::v1::REFERRAL_STATE_REJECTED:
      return false;
    default:
      return true;
  }
}

// The clock that runs out first.
absl::Time Due(const Referral& referral) {
  absl::Time due = FromProto(referral.completion_due());
  if (!referral.has_acknowledged_at()) due = std::min(due, FromProto(referral.acknowledge_due()));
  if (!referral.has_assessed_at()) due = std::min(due, FromProto(referral.assessment_due()));
  if (!referral.has_responded_at()) due = std::min(due, FromProto(referral.response_due()));
  if (referral.has_place_of_safety_until()) due = std::min(due, FromProto(referral.place_of_safety_until()));
  return due;
}

std::string Left(absl::Duration left) {
  const bool late = left < absl::ZeroDuration();
  const int64_t minutes = absl::ToInt64Minutes(late ? -left : left);
  const std::string amount = minutes >= 2880  ? absl::StrCat(minutes / 1440, " d")
                             : minutes >= 120 ? absl::StrCat(minutes / 60, " h")
                                              : absl::StrCat(minutes, " min");
  return late ? absl::StrCat(amount, " overdue") : absl::StrCat("in ", amount);
}

absl::Status Dashboard(Session* session) {
  ACCORD_ASSIGN_OR_RETURN(const Context context, session->context());
  std::vector<Referral> open;
  std::string token;
  do {
    Json request = {{"page_size", 500}, {"sent_to_us", true}};
    if (!token.empty()) request["page_token"] = token;
    ACCORD_ASSIGN_OR_RETURN(const MessagePtr page, Invoke(session, "list", "referrals", request));
    const auto& listed = dynamic_cast<const protocols::v1::ListReferralsResponse&>(*page);
    std::copy_if(listed.referrals().begin(), listed.referrals().end(), std::back_inserter(open), Open);
    token = listed.next_page_token();
  } while (!token.empty());
  std::sort(open.begin(), open.end(), [](const auto& a, const auto& b) { return Due(a) < Due(b); });

  const absl::Time now = absl::Now();
  int mine = 0, overdue = 0, waiting = 0, this_week = 0;
  std::vector<Row> rows = {{"DUE", "STATE", "URGENCY", "ASSIGNEE", "ESCALATED", "FLAGS", "NAME"}};
  Json json = Json::array();
  for (const Referral& referral : open) {
    const absl::Time due = Due(referral);
    const bool is_mine = !context.actor.empty() && referral.assignee() == context.actor;
    mine += is_mine;
    overdue += due < now;
    waiting += !referral.has_acknowledged_at();
    this_week += due >= now && due < now + absl::Hours(24 * 7);
    int level = 0;
    for (const auto& escalation : referral.escalations()) level = std::max(level, escalation.level());
    const auto flags = std::count_if(referral.flags().begin(), referral.flags().end(),
                                     [](const auto& flag) { return !flag.cleared(); });
    const std::string state = ShortName(protocols::v1::ReferralState_descriptor(), referral.state());
    const std::string urgency = ShortName(protocols::v1::Urgency_descriptor(), referral.urgency());
    rows.push_back({Left(due - now), state, urgency, referral.assignee().empty() ? "-" : referral.assignee(),
                    level == 0 ? "-" : absl::StrCat("level ", level), flags == 0 ? "-" : absl::StrCat(flags),
                    referral.name()});
    json.push_back({{"name", referral.name()},
                    {"due", absl::FormatTime(due, absl::UTCTimeZone())},
                    {"state", state},
                    {"mine", is_mine},
                    {"overdue", due < now},
                    {"escalation_level", level}});
  }
  if (session->format() == Format::kJson) {
    std::cout << Dump(json, 2) << "\n";
    return absl::OkStatus();
  }
  std::cout << mine << " mine   " << overdue << " overdue   " << waiting << " awaiting acknowledgement   "
            << this_week << " due this week\n\n"
            << (open.empty() ? std::string("nothing is open\n") : Table(rows));
  return absl::OkStatus();
}

}  // namespace

void AddDashboardCommand(CLI::App* app, Session* session) {
  AddCommand(app, session, "dashboard", "Open referrals that your agency received, most urgent first", [=] {
    return Dashboard(session);
  })->group("Views");
}

}  // namespace accord::ctl
