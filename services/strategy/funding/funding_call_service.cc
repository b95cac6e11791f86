#include "services/strategy/funding/funding_call_service.h"

#include <algorithm>
#include <optional>
#include <set>
#include <utility>

#include "absl/strings/str_cat.h"
#include "common/access/names.h"
#include "common/base/error.h"
#include "common/base/field_refusal.h"
#include "common/base/ids.h"
#include "common/storage/records/schedule.h"
#include "services/strategy/funding/call_lock_store.h"
#include "services/strategy/funding/call_rules.h"
#include "services/strategy/funding/call_steps.h"
#include "services/strategy/funding/panel_rules.h"
#include "services/strategy/lifecycles.h"
#include "services/strategy/money/balance_store.h"
#include "services/strategy/office_staff.h"

namespace accord::strategy {
namespace {

constexpr int kMaxExtensions = 64;

bool IsCallBeingWritten(const v1::FundingCall& funding_call) {
  return funding_call.state() == v1::FUNDING_CALL_STATE_DRAFT ||
         funding_call.state() == v1::FUNDING_CALL_STATE_SCHEDULED;
}

// This gives the agencies that read the call before it opens, which are also those that see its panel.
std::set<std::string> CallReadersBeforeOpening(const v1::RuleSet& policy,
                                               const v1::FundingCall& funding_call) {
  std::set<std::string> agencies = {policy.office_agency(), OwnerOf(funding_call.name()),
                                    funding_call.owner_ministry()};
  agencies.insert(funding_call.co_approvers().begin(), funding_call.co_approvers().end());
  for (const v1::PanelMember& member : funding_call.panel()) agencies.insert(member.agency());
  return agencies;
}

absl::Status CheckAskedToCoApprove(const Caller& caller, const v1::FundingCall& funding_call) {
  const auto& asked = funding_call.co_approvers();
  if (std::find(asked.begin(), asked.end(), caller.agency) != asked.end()) return absl::OkStatus();
  return Refuse(rules::kNotAsked, "A design partner that the call names agrees to it.");
}

void TakeBackCoApproval(const std::string& agency, v1::FundingCall* funding_call) {
  auto* given = funding_call->mutable_co_approvals();
  given->erase(std::remove_if(given->begin(), given->end(),
                              [&](const v1::CallCoApproval& each) { return each.agency() == agency; }),
               given->end());
}

}  // namespace

storage::Placement FundingCallPlacement(const v1::RuleSet& policy, const v1::FundingCall& funding_call) {
  storage::Placement placement;
  placement.owner = OwnerOf(funding_call.name());
  placement.state = ShortName(v1::FundingCallState_descriptor(), funding_call.state());
  if (IsCallBeingWritten(funding_call)) {
    const std::set<std::string> writers = CallReadersBeforeOpening(policy, funding_call);
    placement.parties.assign(writers.begin(), writers.end());
  } else {
    placement.parties = {std::string(storage::kEverybody)};
  }
  return placement;
}

v1::FundingCall FundingCallShownTo(const Caller& caller, const v1::RuleSet& policy,
                                   v1::FundingCall funding_call) {
  // Tie-breaks name applications, and a colleague of a panel member may have written one of them.
  if (!ActsForOffice(caller) && PanelMemberOf(funding_call, caller) == nullptr) {
    funding_call.clear_tie_breaks();
  }
  if (!CallReadersBeforeOpening(policy, funding_call).contains(caller.agency)) {
    funding_call.clear_panel();
    funding_call.clear_concurrences();
  }
  return funding_call;
}

void FundingCallService::Register(host::Handlers* handlers) {
  using S = FundingCallService;
  handlers->Bind("accord.strategy.v1.FundingCallService", this, &S::Create, &S::Get, &S::List, &S::Revise,
                 &S::CoApprove, &S::WithdrawCoApproval, &S::Publish, &S::Extend, &S::Cancel);
}

absl::Status FundingCallService::CheckAndComplete(host::Call& call, Tx& tx, v1::FundingCall* funding_call) {
  const Caller& caller = call.caller();
  if (caller.kind == annotations::v1::AGENCY_KIND_MINISTRY &&
      funding_call->owner_ministry() != caller.agency) {
    return Refuse(rules::kNotTheOwner, "A ministry writes its own calls.");
  }
  ACCORD_RETURN_IF_ERROR(CheckFundingCall(*rules_, *funding_call));
  std::set<std::string> partners(funding_call->co_approvers().begin(), funding_call->co_approvers().end());
  if (!funding_call->fund().empty()) {
    v1::Fund fund;
    ACCORD_RETURN_IF_ERROR(funds_.Get(tx, funding_call->fund(), caller.agency, &fund));
    // Partners with which the fund is delivered are added, so that nobody leaves them out by oversight.
    if (fund.delivery() == v1::FUND_DELIVERY_WITH_INDIGENOUS_PARTNERS) {
      partners.insert(fund.design_partners().begin(), fund.design_partners().end());
    }
  }
  if (!funding_call->envelope().empty()) {
    v1::Envelope envelope;
    ACCORD_RETURN_IF_ERROR(envelopes_.Get(tx, funding_call->envelope(), caller.agency, &envelope));
    if (funding_call->available_cents() > envelope.total_cents()) {
      return RefuseField(rules::kAmountInvalid, "funding_call.available_cents",
                         "must be at most the envelope's total");
    }
  }
  funding_call->clear_co_approvers();
  for (const std::string& partner : partners) funding_call->add_co_approvers(partner);
  funding_call->set_criteria_digest(CriteriaDigest(*funding_call));
  return absl::OkStatus();
}

FundingCallService::Result FundingCallService::Create(host::Call& call, Tx& tx, const storage::Write& write,
                                                      const v1::CreateFundingCallRequest& request) {
  v1::FundingCall funding_call = request.funding_call();
  ACCORD_RETURN_IF_ERROR(CheckAndComplete(call, tx, &funding_call));
  funding_call.set_name(absl::StrCat(request.parent(), "/fundingCalls/", NewId(call.now())));
  funding_call.set_state(v1::FUNDING_CALL_STATE_DRAFT);
  ACCORD_RETURN_IF_ERROR(
      calls_.Insert(tx, &funding_call, write, FundingCallPlacement(*rules_, funding_call)));
  ACCORD_RETURN_IF_ERROR(MakeCallLock(tx, funding_call.name()));
  return funding_call;
}

FundingCallService::Result FundingCallService::Get(host::Call& call, Tx& tx,
                                                   const v1::GetFundingCallRequest& request) {
  v1::FundingCall funding_call;
  ACCORD_RETURN_IF_ERROR(calls_.Get(tx, request.name(), call.caller().agency, &funding_call));
  CloseCallWhenDue(clock_->Now(), &funding_call);
  return FundingCallShownTo(call.caller(), *rules_, std::move(funding_call));
}

absl::StatusOr<v1::ListFundingCallsResponse> FundingCallService::List(
    host::Call& call, Tx& tx, const v1::ListFundingCallsRequest& request) {
  const storage::ListQuery query{call.caller().agency, {}, request.page_size(), request.page_token(), ""};
  ACCORD_ASSIGN_OR_RETURN(auto response,
                          calls_.ListInto(tx, query, &v1::ListFundingCallsResponse::mutable_funding_calls));
  for (v1::FundingCall& funding_call : *response.mutable_funding_calls()) {
    CloseCallWhenDue(clock_->Now(), &funding_call);
    funding_call = FundingCallShownTo(call.caller(), *rules_, std::move(funding_call));
  }
  return response;
}

FundingCallService::Result FundingCallService::ReadLocked(host::Call& call, Tx& tx, const std::string& name) {
  ACCORD_RETURN_IF_ERROR(LockCall(tx, name));
  v1::FundingCall funding_call;
  ACCORD_RETURN_IF_ERROR(calls_.Get(tx, name, call.caller().agency, &funding_call));
  CloseCallWhenDue(clock_->Now(), &funding_call);
  return funding_call;
}

FundingCallService::Result FundingCallService::Moved(host::Call& call, Tx& tx, const std::string& name,
                                                     const std::string& event) {
  ACCORD_ASSIGN_OR_RETURN(v1::FundingCall funding_call, ReadLocked(call, tx, name));
  ACCORD_ASSIGN_OR_RETURN(const int next, FundingCallLifecycle().Next(funding_call.state(), event));
  funding_call.set_state(static_cast<v1::FundingCallState>(next));
  return funding_call;
}

absl::Status FundingCallService::ScheduleNextInstant(Tx& tx, const v1::FundingCall& funding_call) {
  std::optional<absl::Time> at;
  if (funding_call.state() == v1::FUNDING_CALL_STATE_SCHEDULED) at = FromProto(funding_call.opens_at());
  if (funding_call.state() == v1::FUNDING_CALL_STATE_OPEN) at = FromProto(funding_call.closes_at());
  return storage::Schedule(tx, kFundingCallDue, funding_call.name(), at);
}

FundingCallService::Result FundingCallService::Keep(host::Call& call, Tx& tx, const storage::Write& write,
                                                    const std::string& etag, v1::FundingCall funding_call) {
  ACCORD_RETURN_IF_ERROR(
      calls_.Update(tx, &funding_call, etag, write, FundingCallPlacement(*rules_, funding_call)));
  ACCORD_RETURN_IF_ERROR(ScheduleNextInstant(tx, funding_call));
  return FundingCallShownTo(call.caller(), *rules_, std::move(funding_call));
}

FundingCallService::Result FundingCallService::Revise(host::Call& call, Tx& tx, const storage::Write& write,
                                                      const v1::ReviseFundingCallRequest& request) {
  v1::FundingCall funding_call = request.funding_call();
  ACCORD_ASSIGN_OR_RETURN(const v1::FundingCall before, ReadLocked(call, tx, funding_call.name()));
  const bool published = before.state() == v1::FUNDING_CALL_STATE_SCHEDULED;
  // From its opening on the call stays as it was published, even if the sweeper has not opened it yet.
  if (!IsCallBeingWritten(before) || (published && clock_->Now() >= FromProto(before.opens_at()))) {
    return Refuse(rules::kCriteriaFrozen, "Leave an open call as it is, and write another one.");
  }
  ACCORD_ASSIGN_OR_RETURN(const int next, FundingCallLifecycle().Next(before.state(), kRevise));
  ACCORD_RETURN_IF_ERROR(CheckAndComplete(call, tx, &funding_call));
  *funding_call.mutable_create_time() = before.create_time();
  funding_call.set_state(static_cast<v1::FundingCallState>(next));
  // An approval of other criteria, or of another panel, does not count for these.
  if (!published && funding_call.criteria_digest() == before.criteria_digest()) {
    *funding_call.mutable_co_approvals() = before.co_approvals();
  }
  return Keep(call, tx, write, request.funding_call().etag(), std::move(funding_call));
}

FundingCallService::Result FundingCallService::CoApprove(host::Call& call, Tx& tx,
                                                         const storage::Write& write,
                                                         const v1::CoApproveFundingCallRequest& request) {
  ACCORD_ASSIGN_OR_RETURN(v1::FundingCall funding_call, Moved(call, tx, request.name(), kCoApprove));
  ACCORD_RETURN_IF_ERROR(CheckAskedToCoApprove(call.caller(), funding_call));
  if (request.criteria_digest() != funding_call.criteria_digest()) {
    return Refuse(rules::kCoApprovalStale, "Read the criteria as they are now, and agree to those.");
  }
  TakeBackCoApproval(call.caller().agency, &funding_call);
  v1::CallCoApproval* given = funding_call.add_co_approvals();
  given->set_agency(call.caller().agency);
  given->set_person(call.caller().actor);
  given->set_criteria_digest(funding_call.criteria_digest());
  *given->mutable_approved_at() = ToProto(call.now());
  return Keep(call, tx, write, request.etag(), std::move(funding_call));
}

FundingCallService::Result FundingCallService::WithdrawCoApproval(
    host::Call& call, Tx& tx, const storage::Write& write,
    const v1::WithdrawFundingCallCoApprovalRequest& request) {
  ACCORD_ASSIGN_OR_RETURN(v1::FundingCall funding_call, Moved(call, tx, request.name(), kWithdrawCoApproval));
  ACCORD_RETURN_IF_ERROR(CheckAskedToCoApprove(call.caller(), funding_call));
  TakeBackCoApproval(call.caller().agency, &funding_call);
  return Keep(call, tx, write, request.etag(), std::move(funding_call));
}

FundingCallService::Result FundingCallService::Publish(host::Call& call, Tx& tx, const storage::Write& write,
                                                       const v1::PublishFundingCallRequest& request) {
  ACCORD_ASSIGN_OR_RETURN(v1::FundingCall funding_call, Moved(call, tx, request.name(), kPublish));
  if (FromProto(funding_call.opens_at()) <= clock_->Now()) {
    return RefuseField(rules::kDatesContradict, "funding_call.opens_at", "must come after now");
  }
  if (!IsCallCoApproved(funding_call)) {
    return Refuse(rules::kCoApprovalMissing, "Each design partner agrees to these criteria first.");
  }
  ACCORD_RETURN_IF_ERROR(SetBalanceTotal(tx, funding_call.name(), funding_call.available_cents()));
  return Keep(call, tx, write, request.etag(), std::move(funding_call));
}

FundingCallService::Result FundingCallService::Extend(host::Call& call, Tx& tx, const storage::Write& write,
                                                      const v1::ExtendFundingCallRequest& request) {
  ACCORD_ASSIGN_OR_RETURN(v1::FundingCall funding_call, Moved(call, tx, request.name(), kExtend));
  if (FromProto(request.closes_at()) <= FromProto(funding_call.closes_at())) {
    return RefuseField(rules::kDatesContradict, "closes_at", "must come after the closing so far");
  }
  if (funding_call.extensions_size() >= kMaxExtensions) {
    return RefuseFields({{"closes_at", "must not be moved again: this was done as often as it can be"}});
  }
  v1::CallExtension* extension = funding_call.add_extensions();
  *extension->mutable_closed_at_before() = funding_call.closes_at();
  extension->set_reason(request.reason());
  *funding_call.mutable_closes_at() = request.closes_at();
  return Keep(call, tx, write, request.etag(), std::move(funding_call));
}

FundingCallService::Result FundingCallService::Cancel(host::Call& call, Tx& tx, const storage::Write& write,
                                                      const v1::CancelFundingCallRequest& request) {
  ACCORD_ASSIGN_OR_RETURN(v1::FundingCall funding_call, Moved(call, tx, request.name(), kCancel));
  funding_call.set_state_reason(request.reason());
  return Keep(call, tx, write, request.etag(), std::move(funding_call));
}

absl::Status FundingCallService::PassTime(Tx& tx, const std::string& name, absl::Time now) {
  ACCORD_RETURN_IF_ERROR(LockCall(tx, name));
  v1::FundingCall funding_call;
  ACCORD_RETURN_IF_ERROR(calls_.GetAny(tx, name, &funding_call));
  std::string event;
  if (funding_call.state() == v1::FUNDING_CALL_STATE_SCHEDULED && now >= FromProto(funding_call.opens_at())) {
    event = IsCallCoApproved(funding_call) ? kOpenByTime : kVoid;
  } else if (funding_call.state() == v1::FUNDING_CALL_STATE_OPEN &&
             now >= FromProto(funding_call.closes_at())) {
    event = kClose;
  }
  if (!event.empty()) {
    ACCORD_ASSIGN_OR_RETURN(const int next, FundingCallLifecycle().Next(funding_call.state(), event));
    funding_call.set_state(static_cast<v1::FundingCallState>(next));
    const std::string etag = funding_call.etag();
    const storage::Write write{"platform", "calendar", NewId(now), now};
    ACCORD_RETURN_IF_ERROR(
        calls_.Update(tx, &funding_call, etag, write, FundingCallPlacement(*rules_, funding_call)));
  }
  return ScheduleNextInstant(tx, funding_call);
}

}  // namespace accord::strategy
