#include "services/strategy/money/approval_limit_service.h"

#include "absl/strings/str_cat.h"
#include "common/access/names.h"
#include "common/base/error.h"
#include "common/base/ids.h"
#include "services/strategy/money/amounts.h"
#include "services/strategy/money/approval_store.h"

namespace accord::strategy {
namespace {

// This gives the placement of a limit, which only the office reads.
storage::Placement ApprovalLimitPlacement(const v1::RuleSet& policy, const v1::ApprovalLimit& limit) {
  storage::Placement placement;
  placement.owner = OwnerOf(limit.name());
  placement.parties = {policy.office_agency()};
  return placement;
}

absl::Status CheckApprovalLimitOfAnother(const Caller& caller, const v1::ApprovalLimit& limit) {
  if (limit.agency() != caller.agency || limit.person() != caller.actor) return absl::OkStatus();
  return Refuse(rules::kOwnRecord, "Another director says how much you may approve.");
}

}  // namespace

void ApprovalLimitService::Register(host::Handlers* handlers) {
  using S = ApprovalLimitService;
  handlers->Bind("accord.strategy.v1.MoneyService", this, &S::Create, &S::Get, &S::List, &S::Revise);
}

ApprovalLimitService::Result ApprovalLimitService::Create(host::Call& call, Tx& tx,
                                                          const storage::Write& write,
                                                          const v1::CreateApprovalLimitRequest& request) {
  if (call.caller().agency != rules_->office_agency()) {
    return Refuse(rules::kNotTheOffice, "The coordination office says who may approve how much.");
  }
  v1::ApprovalLimit limit = request.approval_limit();
  ACCORD_RETURN_IF_ERROR(CheckApprovalLimitOfAnother(call.caller(), limit));
  ACCORD_RETURN_IF_ERROR(CheckAmount(*rules_, "approval_limit.amount_cents", limit.amount_cents()));
  limit.set_name(absl::StrCat(request.parent(), "/approvalLimits/", NewId(call.now())));
  ACCORD_RETURN_IF_ERROR(KeepApprovalLimit(tx, limit.agency(), limit.person(), limit.amount_cents()));
  ACCORD_RETURN_IF_ERROR(limits_.Insert(tx, &limit, write, ApprovalLimitPlacement(*rules_, limit)));
  return limit;
}

ApprovalLimitService::Result ApprovalLimitService::Get(host::Call& call, Tx& tx,
                                                       const v1::GetApprovalLimitRequest& request) {
  v1::ApprovalLimit limit;
  ACCORD_RETURN_IF_ERROR(limits_.Get(tx, request.name(), call.caller().agency, &limit));
  return limit;
}

absl::StatusOr<v1::ListApprovalLimitsResponse> ApprovalLimitService::List(
    host::Call& call, Tx& tx, const v1::ListApprovalLimitsRequest& request) {
  return limits_.ListInto(tx, {call.caller().agency, {}, request.page_size(), request.page_token(), ""},
                          &v1::ListApprovalLimitsResponse::mutable_approval_limits);
}

ApprovalLimitService::Result ApprovalLimitService::Revise(host::Call& call, Tx& tx,
                                                          const storage::Write& write,
                                                          const v1::ReviseApprovalLimitRequest& request) {
  v1::ApprovalLimit limit;
  ACCORD_RETURN_IF_ERROR(limits_.Get(tx, request.name(), call.caller().agency, &limit));
  ACCORD_RETURN_IF_ERROR(CheckApprovalLimitOfAnother(call.caller(), limit));
  ACCORD_RETURN_IF_ERROR(CheckAmount(*rules_, "amount_cents", request.amount_cents()));
  limit.set_amount_cents(request.amount_cents());
  limit.set_source_ref(request.source_ref());
  ACCORD_RETURN_IF_ERROR(ChangeApprovalLimit(tx, limit.agency(), limit.person(), limit.amount_cents()));
  ACCORD_RETURN_IF_ERROR(
      limits_.Update(tx, &limit, request.etag(), write, ApprovalLimitPlacement(*rules_, limit)));
  return limit;
}

}  // namespace accord::strategy
