#include "services/protocols/agreements/dispute_service.h"

#include <algorithm>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "common/base/error.h"
#include "common/base/ids.h"
#include "common/host/calls/derived.h"
#include "common/host/calls/earlier_step.h"
#include "common/storage/records/schedule.h"
#include "services/protocols/lifecycles.h"
#include "services/protocols/next_due.h"
#include "services/protocols/parties.h"
#include "services/protocols/referral_viewers.h"

namespace accord::protocols {
namespace {

using v1::Dispute;

// Each side may give this many answers, so that neither uses up what the other may say.
constexpr int kMostAnswers = 50;

storage::Placement PlacementOf(const Dispute& dispute) {
  storage::Placement placement;
  placement.owner = OwnerOf(dispute.name());
  placement.state = ShortName(v1::DisputeState_descriptor(), dispute.state());
  placement.parties = {placement.owner, dispute.with_agency()};
  placement.fields["state"] = placement.state;
  return placement;
}

}  // namespace

void DisputeService::Register(host::Handlers* handlers) {
  using S = DisputeService;
  host::Derived<Dispute> derived(handlers, "accord.protocols.v1.DisputeService",
                                 [](host::Call&, Tx&, Dispute* dispute) {
                                   SetNextDue(DueOf(*dispute), dispute);
                                   return absl::OkStatus();
                                 });
  derived.Bind(this, &S::Create, &S::Get, &S::List, &S::Escalate, &S::Answer, &S::Resolve);
}

absl::Status DisputeService::CheckAbout(host::Call& call, Tx& tx, const Dispute& dispute) {
  const std::string& agency = call.caller().agency;
  std::vector<std::string> concerned;
  if (absl::StrContains(dispute.about(), "/referrals/")) {
    v1::Referral referral;
    ACCORD_RETURN_IF_ERROR(referrals_.Get(tx, dispute.about(), agency, &referral));
    // An agency that only follows the referral has no part in the dispute between its two sides.
    concerned = SidesOf(referral);
  } else {
    v1::Protocol protocol;
    ACCORD_RETURN_IF_ERROR(protocols_.Get(tx, dispute.about(), agency, &protocol));
    // Nobody of another party reads a dispute, which would climb to its last level unanswered.
    for (const auto& party : protocol.parties()) {
      if (IsSociety(party.capacity()) || IsPolice(party.capacity())) concerned.push_back(party.agency());
    }
  }
  const auto has = [&](const std::string& who) {
    return std::find(concerned.begin(), concerned.end(), who) != concerned.end();
  };
  if (dispute.with_agency() != agency && has(agency) && has(dispute.with_agency())) return absl::OkStatus();
  return Refuse(rules::kOtherSide,
                "with_agency is another society or police service of the same referral or protocol.");
}

bool DisputeService::NextLevel(absl::Time now, Dispute* dispute) const {
  const int level = dispute->levels_size() + 1;
  const auto due = rules_->DisputeDue(level, now);
  if (!due) return false;
  auto* next = dispute->add_levels();
  next->set_level(level);
  *next->mutable_start_time() = ToProto(now);
  *next->mutable_due() = ToProto(*due);
  return true;
}

std::optional<absl::Time> DisputeService::NextInstant(const Dispute& dispute) const {
  if (dispute.state() != v1::DISPUTE_STATE_OPEN || dispute.levels().rbegin()->lapsed()) return std::nullopt;
  return FromProto(dispute.levels().rbegin()->due());
}

DisputeService::Result DisputeService::Create(host::Call& call, Tx& tx, const storage::Write& write,
                                              const v1::CreateDisputeRequest& request) {
  Dispute dispute = request.dispute();
  ACCORD_RETURN_IF_ERROR(CheckAbout(call, tx, dispute));
  dispute.set_name(absl::StrCat(request.parent(), "/disputes/", NewId(call.now())));
  dispute.set_state(v1::DISPUTE_STATE_OPEN);
  NextLevel(call.now(), &dispute);
  ACCORD_RETURN_IF_ERROR(disputes_.Insert(tx, &dispute, write, PlacementOf(dispute)));
  ACCORD_RETURN_IF_ERROR(storage::Schedule(tx, "dispute", dispute.name(), NextInstant(dispute)));
  return dispute;
}

DisputeService::Result DisputeService::Keep(Tx& tx, const storage::Write& write, const std::string& etag,
                                            Dispute dispute) {
  ACCORD_RETURN_IF_ERROR(disputes_.Update(tx, &dispute, etag, write, PlacementOf(dispute)));
  ACCORD_RETURN_IF_ERROR(storage::Schedule(tx, "dispute", dispute.name(), NextInstant(dispute)));
  return dispute;
}

DisputeService::Result DisputeService::Moved(host::Call& call, Tx& tx, const std::string& name,
                                             const std::string& event) {
  Dispute dispute;
  ACCORD_RETURN_IF_ERROR(disputes_.Get(tx, name, call.caller().agency, &dispute));
  const auto next = DisputeLifecycle().Next(dispute.state(), event);
  if (!next.ok()) {
    return host::ExplainRefusedStep(next.status(), DisputeLifecycle(), event, call.caller(), tx, &disputes_,
                                    dispute);
  }
  dispute.set_state(static_cast<v1::DisputeState>(*next));
  return dispute;
}

DisputeService::Result DisputeService::Get(host::Call& call, Tx& tx, const v1::GetDisputeRequest& request) {
  Dispute dispute;
  ACCORD_RETURN_IF_ERROR(disputes_.Get(tx, request.name(), call.caller().agency, &dispute));
  return dispute;
}

absl::StatusOr<v1::ListDisputesResponse> DisputeService::List(host::Call& call, Tx& tx,
                                                              const v1::ListDisputesRequest& request) {
  storage::ListQuery query = storage::QueryOf(call.caller().agency, request);
  if (request.state() != v1::DISPUTE_STATE_UNSPECIFIED) {
    query.filters.emplace_back("state", ShortName(v1::DisputeState_descriptor(), request.state()));
  }
  return disputes_.ListInto(tx, query, &v1::ListDisputesResponse::mutable_disputes);
}

DisputeService::Result DisputeService::Escalate(host::Call& call, Tx& tx, const storage::Write& write,
                                                const v1::EscalateDisputeRequest& request) {
  ACCORD_ASSIGN_OR_RETURN(Dispute dispute, Moved(call, tx, request.name(), "escalate"));
  if (!NextLevel(call.now(), &dispute)) {
    return Refuse(rules::kLastLevel, "There is no level above this one.");
  }
  auto* level = dispute.mutable_levels(dispute.levels_size() - 1);
  level->set_reason(request.reason());
  level->set_agency(call.caller().agency);
  level->set_actor(call.caller().actor);
  return Keep(tx, write, request.etag(), std::move(dispute));
}

DisputeService::Result DisputeService::Answer(host::Call& call, Tx& tx, const storage::Write& write,
                                              const v1::AnswerDisputeRequest& request) {
  ACCORD_ASSIGN_OR_RETURN(Dispute dispute, Moved(call, tx, request.name(), "answer"));
  const std::string& agency = call.caller().agency;
  const auto written = std::count_if(dispute.answers().begin(), dispute.answers().end(),
                                     [&](const auto& each) { return each.agency() == agency; });
  if (written >= kMostAnswers) {
    return Refuse(rules::kRecordFull, "Your agency has answered this dispute as often as it may.");
  }
  auto* answer = dispute.add_answers();
  answer->set_text(request.answer());
  answer->set_agency(agency);
  answer->set_actor(call.caller().actor);
  *answer->mutable_time() = ToProto(call.now());
  // The time of the present level continues, so nothing is scheduled again.
  ACCORD_RETURN_IF_ERROR(disputes_.Update(tx, &dispute, request.etag(), write, PlacementOf(dispute)));
  return dispute;
}

DisputeService::Result DisputeService::Resolve(host::Call& call, Tx& tx, const storage::Write& write,
                                               const v1::ResolveDisputeRequest& request) {
  ACCORD_ASSIGN_OR_RETURN(Dispute dispute, Moved(call, tx, request.name(), "resolve"));
  dispute.set_resolution(request.resolution());
  return Keep(tx, write, request.etag(), std::move(dispute));
}

absl::Status DisputeService::PassTime(Tx& tx, const std::string& name, absl::Time now) {
  Dispute dispute;
  ACCORD_RETURN_IF_ERROR(disputes_.GetAny(tx, name, &dispute));
  const auto next = NextInstant(dispute);
  if (!next || *next > now) return storage::Schedule(tx, "dispute", name, next);
  dispute.mutable_levels()->rbegin()->set_lapsed(true);
  NextLevel(now, &dispute);
  const std::string etag = dispute.etag();
  return Keep(tx, {"platform", "calendar", NewId(now), now}, etag, std::move(dispute)).status();
}

}  // namespace accord::protocols
