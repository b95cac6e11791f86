#include "services/prosecution/advice/advice_service.h"

#include "absl/strings/str_cat.h"
#include "common/access/names.h"
#include "common/base/error.h"
#include "common/base/ids.h"
#include "common/host/calls/derived.h"
#include "services/prosecution/cases/case_readers.h"
#include "services/prosecution/next_due.h"

namespace accord::prosecution {
namespace {

using v1::AdviceRequest;

storage::Placement AdvicePlacementOf(const AdviceRequest& advice) {
  storage::Placement placement;
  placement.owner = OwnerOf(advice.name());
  placement.state = ShortName(v1::AdviceState_descriptor(), advice.state());
  placement.parties = {placement.owner, ViewerInCapacity(advice.crown_agency(), "crown")};
  return placement;
}

std::string AdviceViewerOf(const Caller& caller) {
  return caller.kind == annotations::v1::AGENCY_KIND_CROWN ? ViewerInCapacity(caller.agency, "crown")
                                                           : caller.agency;
}

}  // namespace

void AdviceService::Register(host::Handlers* handlers) {
  using S = AdviceService;
  host::Derived<AdviceRequest> derived(handlers, "accord.prosecution.v1.AdviceService",
                                       [rules = rules_](host::Call&, Tx&, AdviceRequest* advice) {
                                         AddNextDue(*rules, advice);
                                         return absl::OkStatus();
                                       });
  derived.Bind(this, &S::Create, &S::Get, &S::List, &S::Answer);
}

AdviceService::Result AdviceService::Create(host::Call& call, Tx& tx, const storage::Write& write,
                                            const v1::CreateAdviceRequestRequest& request) {
  AdviceRequest advice = request.advice_request();
  advice.set_name(absl::StrCat(request.parent(), "/adviceRequests/", NewId(call.now())));
  advice.set_state(v1::ADVICE_STATE_REQUESTED);
  ACCORD_RETURN_IF_ERROR(advice_.Insert(tx, &advice, write, AdvicePlacementOf(advice)));
  return advice;
}

AdviceService::Result AdviceService::Get(host::Call& call, Tx& tx,
                                         const v1::GetAdviceRequestRequest& request) {
  AdviceRequest advice;
  ACCORD_RETURN_IF_ERROR(advice_.Get(tx, request.name(), AdviceViewerOf(call.caller()), &advice));
  return advice;
}

absl::StatusOr<v1::ListAdviceRequestsResponse> AdviceService::List(
    host::Call& call, Tx& tx, const v1::ListAdviceRequestsRequest& request) {
  const storage::ListQuery query = storage::QueryOf(AdviceViewerOf(call.caller()), request);
  return advice_.ListInto(tx, query, &v1::ListAdviceRequestsResponse::mutable_advice_requests);
}

AdviceService::Result AdviceService::Answer(host::Call& call, Tx& tx, const storage::Write& write,
                                            const v1::AnswerAdviceRequestRequest& request) {
  AdviceRequest advice;
  ACCORD_RETURN_IF_ERROR(advice_.Get(tx, request.name(), AdviceViewerOf(call.caller()), &advice));
  if (advice.state() != v1::ADVICE_STATE_REQUESTED) {
    return Refuse(rules::kAlreadyAnswered, "Advice is given once; the police service may ask again.");
  }
  advice.set_answer(request.answer());
  advice.set_answered_by(call.caller().actor);
  advice.set_state(v1::ADVICE_STATE_ANSWERED);
  ACCORD_RETURN_IF_ERROR(advice_.Update(tx, &advice, request.etag(), write, AdvicePlacementOf(advice)));
  return advice;
}

}  // namespace accord::prosecution
