// This is what of each kind of record waits, whose turn it is, and the command worth typing next.
#include <algorithm>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_replace.h"
#include "absl/strings/str_split.h"
#include "clients/accordctl/core/certificate_files.h"
#include "clients/accordctl/core/next_step.h"
#include "clients/accordctl/core/texts.h"
#include "clients/accordctl/views/dashboard/dashboard.h"
#include "clients/accordctl/views/page.h"
#include "common/access/names.h"
#include "common/base/clock.h"
#include "common/base/ids.h"

namespace accord::ctl {
namespace {

namespace p = protocols::v1;
namespace i = intelligence::v1;
namespace c = prosecution::v1;

template <class Record>
std::optional<absl::Time> DueOf(const Record& record) {
  return record.has_next_due() ? std::optional(FromProto(record.next_due())) : std::nullopt;
}

std::string Spaced(const std::string& text) { return absl::StrReplaceAll(text, {{"_", " "}}); }

template <class Record>
Waiting LineOf(const Record& record, const std::string& kind, const std::string& state) {
  Waiting line;
  line.kind = kind;
  line.name = record.name();
  line.state = Spaced(state);
  line.due = DueOf(record);
  return line;
}

// The viewer's agency does it.
void Ours(Waiting line, const std::string& what, const std::string& verb, std::vector<Waiting>* waiting) {
  line.what = what;
  line.next = absl::StrCat(line.kind, " ", verb);
  if (verb != "list") absl::StrAppend(&line.next, " ", line.name);
  waiting->push_back(std::move(line));
}

// Another agency does it, and has not in time.
void Theirs(const Viewer& viewer, Waiting line, const std::string& what, const std::string& verb,
            std::vector<Waiting>* waiting) {
  if (!line.Overdue(viewer.now)) return;
  line.turn = Turn::kOthers;
  Ours(std::move(line), what, verb, waiting);
}

Turn TurnOf(const Viewer& viewer, const std::string& assignee) {
  if (assignee.empty()) return Turn::kUnassigned;
  return !viewer.actor.empty() && assignee == viewer.actor ? Turn::kMine : Turn::kTeam;
}

std::string VerbFor(const p::Referral& referral) {
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

std::string NoteOf(const p::Referral& referral) {
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

// Gives the first step of the agreed order that nobody has taken.
std::string NextStep(const p::JointInvestigation& joint) {
  for (const int kind : joint.planned_order()) {
    const bool taken = std::any_of(joint.steps().begin(), joint.steps().end(),
                                   [kind](const auto& step) { return step.kind() == kind; });
    if (!taken) return Spaced(ShortName(p::JointStepKind_descriptor(), kind));
  }
  return "step";
}

}  // namespace

void NoteDepartedPeople(const std::set<std::string>& colleagues, std::vector<Waiting>* waiting) {
  if (colleagues.empty()) return;
  for (Waiting& line : *waiting) {
    std::vector<std::string> left;
    for (const std::string& each : line.people) {
      if (!colleagues.contains(each)) left.push_back(each);
    }
    if (left.empty()) continue;
    const std::string who = Text("{{people}} left", {{"people", absl::StrJoin(left, ", ")}});
    absl::StrAppend(&line.note, line.note.empty() ? "" : ", ", who);
    if (left.size() == line.people.size()) line.turn = Turn::kUnassigned;
  }
}

void AddWaiting(const Viewer& viewer, const p::Referral& referral, std::vector<Waiting>* waiting) {
  if (!referral.has_next_due()) return;
  Waiting line = LineOf(referral, "referral", ShortName(p::ReferralState_descriptor(), referral.state()));
  const std::string what = Spaced(ShortName(p::NextDue_descriptor(), referral.next_due_what()));
  line.note = NoteOf(referral);
  line.assignee = referral.assignee();
  const bool received = referral.to_agency() == viewer.agency;
  if (received) line.turn = TurnOf(viewer, referral.assignee());
  if (received && !referral.assignee().empty()) line.people = {referral.assignee()};
  // A flag is dealt with by whoever raised it, sender or receiver.
  if (received || referral.next_due_what() == p::NEXT_DUE_FLAG) {
    return Ours(std::move(line), what, VerbFor(referral), waiting);
  }
  if (OwnerOf(referral.name()) == viewer.agency) Theirs(viewer, std::move(line), what, "get", waiting);
}

void AddWaiting(const Viewer&, const p::Dispute& dispute, std::vector<Waiting>* waiting) {
  if (!dispute.has_next_due()) return;
  Waiting line = LineOf(dispute, "dispute", ShortName(p::DisputeState_descriptor(), dispute.state()));
  line.note =
      Text("level {{level}}, with {{one}} and {{other}}", {{"level", absl::StrCat(dispute.levels_size())},
                                                           {"one", std::string(OwnerOf(dispute.name()))},
                                                           {"other", dispute.with_agency()}});
  Ours(std::move(line), "resolve", "resolve", waiting);
}

void AddWaiting(const Viewer& viewer, const p::JointInvestigation& joint, std::vector<Waiting>* waiting) {
  if (!joint.has_next_due()) return;
  Waiting line =
      LineOf(joint, "joint-investigation", ShortName(p::JointInvestigationState_descriptor(), joint.state()));
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
      return Ours(std::move(line), "plan", "plan", waiting);
    case p::NEXT_DUE_STEP:
      return Ours(std::move(line), NextStep(joint), "record-step", waiting);
    default:
      return Ours(std::move(line), "conclude", "conclude", waiting);
  }
}

void AddWaiting(const Viewer& viewer, const p::InspectorReferral& referral, std::vector<Waiting>* waiting) {
  if (referral.state() == p::INSPECTOR_REFERRAL_STATE_CLOSED) return;
  Waiting line = LineOf(referral, "inspector-referral",
                        ShortName(p::InspectorReferralState_descriptor(), referral.state()));
  line.note = referral.sector();
  const bool submitted = referral.state() == p::INSPECTOR_REFERRAL_STATE_SUBMITTED;
  const std::string verb = submitted ? "acknowledge" : "close";
  line.assignee = referral.assignee();
  if (referral.to_agency() == viewer.agency) {
    line.turn = TurnOf(viewer, referral.assignee());
    if (!referral.assignee().empty()) line.people = {referral.assignee()};
    return Ours(std::move(line), verb, verb, waiting);
  }
  if (OwnerOf(referral.name()) == viewer.agency) Theirs(viewer, std::move(line), verb, "get", waiting);
}

void AddWaiting(const Viewer& viewer, const p::Protocol& protocol, std::vector<Waiting>* waiting) {
  if (!protocol.has_next_due()) return;
  const auto party =
      std::find_if(protocol.parties().begin(), protocol.parties().end(), [&](const auto& each) {
        return each.agency() == viewer.agency && each.part() == p::PARTY_PART_SIGNATORY;
      });
  if (party == protocol.parties().end()) return;
  Waiting line = LineOf(protocol, "protocol", ShortName(p::ProtocolState_descriptor(), protocol.state()));
  line.note = protocol.title();
  switch (protocol.next_due_what()) {
    case p::NEXT_DUE_SIGN:
      if (!party->signed_digest().empty()) return Theirs(viewer, std::move(line), "sign", "get", waiting);
      return Ours(std::move(line), "sign", "sign", waiting);
    case p::NEXT_DUE_REVIEW:
      return Ours(std::move(line), "review", "review", waiting);
    case p::NEXT_DUE_RENEW:
      if (party->renewal_signed()) return Theirs(viewer, std::move(line), "renew", "get", waiting);
      return Ours(std::move(line), "renew", "renew", waiting);
    default:
      return Ours(std::move(line), "replace", "get", waiting);
  }
}

void AddWaiting(const Viewer& viewer, const i::InformationRequest& asked, std::vector<Waiting>* waiting) {
  Waiting line =
      LineOf(asked, "information-request", ShortName(i::InformationRequestState_descriptor(), asked.state()));
  line.note = Text(ShortName(i::RequestPriority_descriptor(), asked.priority()));
  if (asked.state() == i::INFORMATION_REQUEST_STATE_ANSWERED && OwnerOf(asked.name()) == viewer.agency) {
    return Ours(std::move(line), "read and close", "get", waiting);
  }
  if (!asked.has_next_due()) return;
  if (std::find(asked.to().begin(), asked.to().end(), viewer.agency) == asked.to().end()) {
    return Theirs(viewer, std::move(line), "answer", "get", waiting);
  }
  const bool issued = asked.state() == i::INFORMATION_REQUEST_STATE_ISSUED;
  Ours(std::move(line), issued ? "acknowledge and answer" : "answer", issued ? "acknowledge" : "answer",
       waiting);
}

void AddWaiting(const Viewer& viewer, const i::ReleaseRequest& release, std::vector<Waiting>* waiting) {
  if (!release.has_next_due()) return;
  Waiting line = LineOf(release, "release-request", ShortName(i::ReleaseState_descriptor(), release.state()));
  line.note = release.urgent() ? Text("urgent") : "";
  const bool owner = OwnerOf(release.name()) == viewer.agency;
  if (release.state() == i::RELEASE_STATE_PROPOSED) {
    if (!owner) return;
    line.what = "confirm the emergency";
    line.next = absl::StrCat("emergency-release confirm ", line.name);
    waiting->push_back(std::move(line));
    return;
  }
  if (release.originator() == viewer.agency) return Ours(std::move(line), "decide", "decide", waiting);
  if (owner) Theirs(viewer, std::move(line), "decide", "list", waiting);
}

void AddWaiting(const Viewer& viewer, const i::PurgeNotice& notice, std::vector<Waiting>* waiting) {
  if (!notice.has_next_due()) return;
  Waiting line = LineOf(notice, "purge-notice", ShortName(i::PurgeNoticeState_descriptor(), notice.state()));
  if (OwnerOf(notice.name()) == viewer.agency) {
    return Ours(std::move(line), "destroy and confirm", "confirm", waiting);
  }
  Theirs(viewer, std::move(line), "destroy and confirm", "list", waiting);
}

void AddWaiting(const Viewer& viewer, const c::Accused& accused, std::vector<Waiting>* waiting) {
  Waiting line = LineOf(accused, "accused", ShortName(c::Stage_descriptor(), accused.stage()));
  line.assignee = accused.lead_crown();
  line.turn = TurnOf(viewer, accused.lead_crown());
  if (accused.lead_crown_agency() == viewer.agency && !accused.lead_crown().empty()) {
    line.people = {accused.lead_crown()};
  }
  // Two offices may call their people alike.
  if (line.turn == Turn::kMine && accused.lead_crown_agency() != viewer.agency) line.turn = Turn::kTeam;
  line.note =
      Text("{{count}} d to the ceiling", {{"count", absl::StrCat(accused.clock().days_to_ceiling())}});
  const bool tasks_first = accused.next_due_what() == c::NEXT_DUE_VICTIM_TASKS;
  if (accused.open_victim_tasks() > 0) {
    Waiting tasks = line;
    tasks.kind = "case";
    tasks.name = accused.name().substr(0, accused.name().rfind("/accused/"));
    tasks.note = Text("{{count}} open", {{"count", absl::StrCat(accused.open_victim_tasks())}});
    if (!tasks_first) tasks.due.reset();
    Ours(std::move(tasks), "tasks for victims", "get", waiting);
  }
  if (accused.next_due_what() == c::NEXT_DUE_COURT_DAY) {
    Ours(std::move(line), "day in court", "record-appearance", waiting);
  } else if (accused.next_due_what() == c::NEXT_DUE_CEILING) {
    Ours(std::move(line), "ceiling", "get", waiting);
  }
}

void AddWaiting(const Viewer&, const c::CeilingAlert& alert, std::vector<Waiting>* waiting) {
  if (!alert.has_next_due()) return;
  // The line has the accused's name, so that the board and several alerts about one ceiling are one line.
  Waiting line;
  line.kind = "accused";
  line.name = alert.accused();
  line.state = "alert";
  line.due = DueOf(alert);
  line.note = alert.trial_past_ceiling() ? Text("trial past the ceiling")
                                         : Text("{{count}} d alert", {{"count", absl::StrCat(alert.days())}});
  Ours(std::move(line), "ceiling", "get", waiting);
}

void AddWaiting(const Viewer& viewer, const c::AdviceRequest& advice, std::vector<Waiting>* waiting) {
  if (!advice.has_next_due()) return;
  Waiting line = LineOf(advice, "advice-request", ShortName(c::AdviceState_descriptor(), advice.state()));
  line.note = Text("asked by {{agency}}", {{"agency", std::string(OwnerOf(advice.name()))}});
  if (advice.crown_agency() == viewer.agency) return Ours(std::move(line), "answer", "answer", waiting);
  if (OwnerOf(advice.name()) == viewer.agency) Theirs(viewer, std::move(line), "answer", "get", waiting);
}

void AddWaiting(const Viewer& viewer, const training::v1::CompletionCertificate& certificate,
                std::vector<Waiting>* waiting) {
  if (!certificate.has_next_due() || certificate.learner_agency() != viewer.agency) return;
  Waiting line = LineOf(certificate, "completion-certificate",
                        ShortName(training::v1::CertificateStatus_descriptor(), certificate.status()));
  line.assignee = certificate.learner();
  line.turn = TurnOf(viewer, certificate.learner());
  line.note = certificate.course_title();
  Ours(std::move(line), "renew", "get", waiting);
}

void AddWaiting(const Viewer& viewer, const pki::Issued& certificate, std::vector<Waiting>* waiting) {
  if (viewer.now < RenewalDue(certificate)) return;
  // The URI is spiffe://DOMAIN/agency/AGENCY/system/SYSTEM.
  const std::vector<std::string> parts = absl::StrSplit(certificate.uri, '/');
  Waiting line;
  line.kind = "certificate";
  line.name = parts.size() != 7 ? ""
                                : absl::StrCat("agencies/", parts[4], "/systems/", parts[6], "/certificates/",
                                               Hex(certificate.fingerprint).substr(0, 32));
  line.what = "renew";
  line.state = "in force";
  line.due = certificate.not_after;
  line.next = "certificate renew";
  waiting->push_back(std::move(line));
}

}  // namespace accord::ctl
