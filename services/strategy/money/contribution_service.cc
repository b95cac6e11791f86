#include "services/strategy/money/contribution_service.h"

#include "absl/strings/str_cat.h"
#include "common/access/names.h"
#include "common/base/error.h"
#include "common/base/ids.h"
#include "services/strategy/lifecycles.h"
#include "services/strategy/money/amounts.h"
#include "services/strategy/placements.h"

namespace accord::strategy {
namespace {

storage::Placement ContributionPlacement(const v1::Contribution& contribution) {
  return PublicPlacement(contribution.name(),
                         ShortName(v1::ContributionState_descriptor(), contribution.state()));
}

}  // namespace

void ContributionService::Register(host::Handlers* handlers) {
  using S = ContributionService;
  handlers->Bind("accord.strategy.v1.MoneyService", this, &S::Create, &S::Get, &S::List, &S::Advance);
}

ContributionService::Result ContributionService::Create(host::Call& call, Tx& tx, const storage::Write& write,
                                                        const v1::CreateContributionRequest& request) {
  v1::Contribution contribution = request.contribution();
  if (contribution.has_amount_cents()) {
    ACCORD_RETURN_IF_ERROR(CheckAmount(*rules_, "contribution.amount_cents", contribution.amount_cents()));
  }
  contribution.set_name(absl::StrCat(request.parent(), "/contributions/", NewId(call.now())));
  contribution.set_state(v1::CONTRIBUTION_STATE_PLANNED);
  ACCORD_RETURN_IF_ERROR(
      contributions_.Insert(tx, &contribution, write, ContributionPlacement(contribution)));
  return contribution;
}

ContributionService::Result ContributionService::Get(host::Call& call, Tx& tx,
                                                     const v1::GetContributionRequest& request) {
  v1::Contribution contribution;
  ACCORD_RETURN_IF_ERROR(contributions_.Get(tx, request.name(), call.caller().agency, &contribution));
  return contribution;
}

absl::StatusOr<v1::ListContributionsResponse> ContributionService::List(
    host::Call& call, Tx& tx, const v1::ListContributionsRequest& request) {
  return contributions_.ListInto(tx,
                                 {call.caller().agency, {}, request.page_size(), request.page_token(), ""},
                                 &v1::ListContributionsResponse::mutable_contributions);
}

ContributionService::Result ContributionService::Advance(host::Call& call, Tx& tx,
                                                         const storage::Write& write,
                                                         const v1::AdvanceContributionRequest& request) {
  v1::Contribution contribution;
  ACCORD_RETURN_IF_ERROR(contributions_.Get(tx, request.name(), call.caller().agency, &contribution));
  ACCORD_ASSIGN_OR_RETURN(const int next,
                          ContributionLifecycle().Next(contribution.state(), request.event()));
  contribution.set_state(static_cast<v1::ContributionState>(next));
  if (request.has_amount_cents()) {
    ACCORD_RETURN_IF_ERROR(CheckAmount(*rules_, "amount_cents", request.amount_cents()));
    contribution.set_amount_cents(request.amount_cents());
  }
  contribution.set_source_ref(request.source_ref());
  ACCORD_RETURN_IF_ERROR(
      contributions_.Update(tx, &contribution, request.etag(), write, ContributionPlacement(contribution)));
  return contribution;
}

}  // namespace accord::strategy
