// This is what waits for those who support survivors. A line names the record and nobody: whoever sees the
// dashboard over a shoulder learns neither whom a notice is for nor how he or she is reached.
#include <algorithm>
#include <optional>
#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "clients/accordctl/core/texts.h"
#include "clients/accordctl/views/dashboard/dashboard.h"
#include "clients/accordctl/views/dashboard/waiting_line.h"
#include "common/access/names.h"
#include "common/base/clock.h"

namespace accord::ctl {
namespace {

namespace sup = supports::v1;

// The time is over at the end of the day; a day that is none bounds nothing.
std::optional<absl::Time> SupportsDueAtEndOf(const std::string& day) {
  const auto parsed = ParseDay(day);
  return parsed ? std::optional(EndOfDay(*parsed)) : std::nullopt;
}

}  // namespace

void AddWaiting(const Viewer& viewer, const sup::SupportReferral& referral, std::vector<Waiting>* waiting) {
  // The list is of what the viewer's agency has received; what it sent stands with its cases.
  if (OwnerOf(referral.name()) == viewer.agency) return;
  const bool sent = referral.state() == sup::SUPPORT_REFERRAL_STATE_SENT;
  if (!sent && referral.state() != sup::SUPPORT_REFERRAL_STATE_ACKNOWLEDGED) return;
  Waiting line = WaitingLine("support-referral", referral.name(),
                             ShortName(sup::SupportReferralState_descriptor(), referral.state()),
                             sent ? "acknowledge" : "answer", "advance");
  line.turn = Turn::kUnassigned;
  if (sent) line.due = SupportsDueAtEndOf(referral.acknowledge_by());
  waiting->push_back(std::move(line));
}

void AddWaiting(const Viewer& viewer, const sup::SurvivorNotice& notice, std::vector<Waiting>* waiting) {
  if (notice.state() != sup::SURVIVOR_NOTICE_STATE_OPEN) return;
  Waiting line = WaitingLine("survivor-notice", notice.name(),
                             ShortName(sup::SurvivorNoticeState_descriptor(), notice.state()),
                             "reach the survivor", "get");
  // Only those who work in the case are told of it.
  line.turn = viewer.actor.empty() ? Turn::kTeam : Turn::kMine;
  line.due = SupportsDueAtEndOf(notice.due_on());
  waiting->push_back(std::move(line));
}

// The program and managers decide on claims, and workers of their cases complete and deliver them. A claim
// that was sent back, or is to be delivered, waits at the agency that made it; no clock runs then.
void AddWaiting(const Viewer& viewer, const sup::BenefitClaim& claim, std::vector<Waiting>* waiting) {
  const bool incomplete = claim.state() == sup::BENEFIT_CLAIM_STATE_INCOMPLETE;
  if (incomplete || claim.state() == sup::BENEFIT_CLAIM_STATE_APPROVED) {
    if (OwnerOf(claim.name()) != viewer.agency) return;
    const std::string what = incomplete ? "complete" : "deliver";
    waiting->push_back(WaitingLine("benefit-claim", claim.name(),
                                   ShortName(sup::BenefitClaimState_descriptor(), claim.state()), what,
                                   what));
    return;
  }
  const bool requested = claim.state() == sup::BENEFIT_CLAIM_STATE_REQUESTED;
  if (!requested && claim.state() != sup::BENEFIT_CLAIM_STATE_ELIGIBLE) return;
  Waiting line = WaitingLine("benefit-claim", claim.name(),
                             ShortName(sup::BenefitClaimState_descriptor(), claim.state()),
                             requested ? "decide" : "approve or decline", requested ? "decide" : "approve");
  line.turn = Turn::kTeam;
  // Where no time is known nothing is due.
  line.due = SupportsDueAtEndOf(claim.decide_by());
  waiting->push_back(std::move(line));
}

void AddWaiting(const Viewer& /*viewer*/, const sup::BenefitPayment& payment, std::vector<Waiting>* waiting) {
  const bool due = payment.state() == sup::BENEFIT_PAYMENT_STATE_DUE;
  if (!due && payment.state() != sup::BENEFIT_PAYMENT_STATE_REVERSAL_PROPOSED) return;
  Waiting line = WaitingLine("benefit-payment", payment.name(),
                             ShortName(sup::BenefitPaymentState_descriptor(), payment.state()),
                             due ? "pay" : "confirm the reversal", due ? "pay" : "get");
  line.turn = Turn::kTeam;
  waiting->push_back(std::move(line));
}

void AddWaiting(const Viewer& viewer, const sup::RestrainingOrder& order, std::vector<Waiting>* waiting) {
  if (order.state() != sup::RESTRAINING_ORDER_STATE_GRANTED) return;
  const bool served = std::any_of(order.servings().begin(), order.servings().end(), [](const auto& each) {
    return each.document() == sup::SERVED_DOCUMENT_ORDER && each.struck_reason().empty();
  });
  Waiting line = WaitingLine("restraining-order", order.name(),
                             ShortName(sup::RestrainingOrderState_descriptor(), order.state()),
                             served ? "the order ends" : "serve the order", served ? "get" : "serve");
  const bool own = OwnerOf(order.name()) == viewer.agency;
  line.turn = own && !viewer.actor.empty() ? Turn::kMine : Turn::kTeam;
  if (served) {
    line.due = SupportsDueAtEndOf(order.expires_on());
  } else if (order.unserved_days() > 0) {
    // No source says within what time an order is to be served.
    line.note = Text("unserved for {{days}} d", {{"days", absl::StrCat(order.unserved_days())}});
  }
  waiting->push_back(std::move(line));
}

void AddWaiting(const Viewer& /*viewer*/, const sup::SupportDisclosure& disclosure,
                std::vector<Waiting>* waiting) {
  const bool of_order =
      !disclosure.ordered_to_accused_on().empty() && disclosure.told_of_accused_on().empty();
  if (!disclosure.survivor_told_on().empty() && !of_order) return;
  Waiting line = WaitingLine("support-disclosure", disclosure.name(), "open", "tell the survivor", "record");
  line.turn = Turn::kMine;
  waiting->push_back(std::move(line));
}

}  // namespace accord::ctl
