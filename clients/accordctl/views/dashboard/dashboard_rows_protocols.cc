// This file is about the lines for referrals, disputes, joint investigations and protocols: what waits, whose
// turn it is, and the command worth typing next.
#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "clients/accordctl/core/texts.h"
#include "clients/accordctl/views/dashboard/dashboard.h"
#include "clients/accordctl/views/dashboard/waiting_line.h"
#include "clients/accordctl/views/page.h"
#include "common/access/names.h"

namespace accord::ctl {
namespace {

namespace p = protocols::v1;

std::string VerbForReferral(const p::Referral& referral) {
  switch (referral.next_due_what()) {
    case p::NEXT_DUE_ACKNOWLEDGE:
      return "acknowledge";
    case p::NEXT_DUE_ASSESS:
      return "record-assessment";
    case p::NEXT_DUE_RESPOND:
      return "record-response";
    case p::NEXT_DUE_FLAG:
      return "clear-flag";
    case p::NEXT_DUE_COMPLETE:
      if (referral.state() == p::REFERRAL_STATE_SUBMITTED) return "acknowledge";
      return referral.state() == p::REFERRAL_STATE_ACKNOWLEDGED ? "screen" : "close";
    default:
      return "get";
  }
}

std::string NoteOfReferral(const p::Referral& referral) {
  std::vector<std::string> notes = {Text(ShortName(p::Urgency_descriptor(), referral.urgency()))};
  int level = 0;
  for (const auto& each : referral.escalations()) level = std::max(level, each.level());
  if (level > 0) {
    notes.push_back(Text("escalated to level {{level}}", {{"level", absl::StrCat(level)}}));
  }
  const auto flags = std::count_if(referral.flags().begin(), referral.flags().end(),
                                   [](const auto& flag) { return !flag.cleared(); });
  if (flags > 0) notes.push_back(Counted(static_cast<std::size_t>(flags), "flag", "flags"));
  return absl::StrJoin(notes, ", ");
}

// This gives the first step of the agreed order that nobody has taken.
std::string NextJointStep(const p::JointInvestigation& joint) {
  for (const int kind : joint.planned_order()) {
    const bool taken = std::any_of(joint.steps().begin(), joint.steps().end(),
                                   [kind](const auto& step) { return step.kind() == kind; });
    if (!taken) return WaitingWords(ShortName(p::JointStepKind_descriptor(), kind));
  }
  return "step";
}

}  // namespace

void AddWaiting(const Viewer& viewer, const p::Referral& referral, std::vector<Waiting>* waiting) {
  if (!referral.has_next_due()) return;
  Waiting line =
      WaitingLineOf(referral, "referral", ShortName(p::ReferralState_descriptor(), referral.state()));
  const std::string what = WaitingWords(ShortName(p::NextDue_descriptor(), referral.next_due_what()));
  line.note = NoteOfReferral(referral);
  line.assignee = referral.assignee();
  const bool received = referral.to_agency() == viewer.agency;
  if (received) line.turn = TurnOfAssignee(viewer, referral.assignee());
  if (received && !referral.assignee().empty()) line.people = {referral.assignee()};
  // A flag is dealt with by whoever raised it, sender or receiver.
  if (received || referral.next_due_what() == p::NEXT_DUE_FLAG) {
    return AddOwnTurn(std::move(line), what, VerbForReferral(referral), waiting);
  }
  if (OwnerOf(referral.name()) == viewer.agency)
    AddOverdueAtOthers(viewer, std::move(line), what, "get", waiting);
}

void AddWaiting(const Viewer&, const p::Dispute& dispute, std::vector<Waiting>* waiting) {
  if (!dispute.has_next_due()) return;
  Waiting line = WaitingLineOf(dispute, "dispute", ShortName(p::DisputeState_descriptor(), dispute.state()));
  line.note =
      Text("level {{level}}, with {{one}} and {{other}}", {{"level", absl::StrCat(dispute.levels_size())},
                                                           {"one", std::string(OwnerOf(dispute.name()))},
                                                           {"other", dispute.with_agency()}});
  AddOwnTurn(std::move(line), "resolve", "resolve", waiting);
}

void AddWaiting(const Viewer& viewer, const p::JointInvestigation& joint, std::vector<Waiting>* waiting) {
  if (!joint.has_next_due()) return;
  Waiting line = WaitingLineOf(joint, "joint-investigation",
                               ShortName(p::JointInvestigationState_descriptor(), joint.state()));
  line.turn = Turn::kUnassigned;
  std::vector<std::string> team;
  for (const auto& member : joint.team()) {
    if (member.agency() == viewer.agency) team.push_back(member.actor());
  }
  if (!team.empty()) line.turn = Turn::kTeam;
  if (std::find(team.begin(), team.end(), viewer.actor) != team.end()) line.turn = Turn::kMine;
  line.assignee = absl::StrJoin(team, ", ");
  line.people = team;
  switch (joint.next_due_what()) {
    case p::NEXT_DUE_PLAN:
      return AddOwnTurn(std::move(line), "plan", "plan", waiting);
    case p::NEXT_DUE_STEP:
      return AddOwnTurn(std::move(line), NextJointStep(joint), "record-step", waiting);
    default:
      return AddOwnTurn(std::move(line), "conclude", "conclude", waiting);
  }
}

void AddWaiting(const Viewer& viewer, const p::InspectorReferral& referral, std::vector<Waiting>* waiting) {
  if (referral.state() == p::INSPECTOR_REFERRAL_STATE_CLOSED) return;
  Waiting line = WaitingLineOf(referral, "inspector-referral",
                               ShortName(p::InspectorReferralState_descriptor(), referral.state()));
  line.note = referral.sector();
  const bool submitted = referral.state() == p::INSPECTOR_REFERRAL_STATE_SUBMITTED;
  const std::string verb = submitted ? "acknowledge" : "close";
  line.assignee = referral.assignee();
  if (referral.to_agency() == viewer.agency) {
    line.turn = TurnOfAssignee(viewer, referral.assignee());
    if (!referral.assignee().empty()) line.people = {referral.assignee()};
    return AddOwnTurn(std::move(line), verb, verb, waiting);
  }
  if (OwnerOf(referral.name()) == viewer.agency)
    AddOverdueAtOthers(viewer, std::move(line), verb, "get", waiting);
}

void AddWaiting(const Viewer& viewer, const p::Protocol& protocol, std::vector<Waiting>* waiting) {
  if (!protocol.has_next_due()) return;
  const auto party =
      std::find_if(protocol.parties().begin(), protocol.parties().end(), [&](const auto& each) {
        return each.agency() == viewer.agency && each.part() == p::PARTY_PART_SIGNATORY;
      });
  if (party == protocol.parties().end()) return;
  Waiting line =
      WaitingLineOf(protocol, "protocol", ShortName(p::ProtocolState_descriptor(), protocol.state()));
  line.note = protocol.title();
  switch (protocol.next_due_what()) {
    case p::NEXT_DUE_SIGN:
      if (!party->signed_digest().empty())
        return AddOverdueAtOthers(viewer, std::move(line), "sign", "get", waiting);
      return AddOwnTurn(std::move(line), "sign", "sign", waiting);
    case p::NEXT_DUE_REVIEW:
      return AddOwnTurn(std::move(line), "review", "review", waiting);
    case p::NEXT_DUE_RENEW:
      if (party->renewal_signed())
        return AddOverdueAtOthers(viewer, std::move(line), "renew", "get", waiting);
      return AddOwnTurn(std::move(line), "renew", "renew", waiting);
    default:
      return AddOwnTurn(std::move(line), "replace", "get", waiting);
  }
}

}  // namespace accord::ctl
