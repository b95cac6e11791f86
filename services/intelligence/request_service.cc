#include "services/intelligence/request_service.h"

#include "absl/strings/str_cat.h"
#include "common/base/clock.h"
#include "common/base/error.h"
#include "common/base/ids.h"
#include "services/intelligence/intelligence_store.h"

namespace accord::intelligence {
namespace {

using absl::StatusCode;
using v1::InformationReply;
using v1::InformationRequest;

std::string ReplyName(const std::string& agency, const std::string& request) {
  return absl::StrCat("agencies/", agency, "/informationReplies/", request.substr(request.rfind('/') + 1));
}

}  // namespace

void RequestService::Register(host::Handlers* handlers) {
  using S = RequestService;
  handlers->Bind("accord.intelligence.v1.RequestService", this, &S::Create, &S::Answer, &S::Get, &S::List);
}

absl::StatusOr<InformationRequest> RequestService::Create(
    host::Call& call, Tx& tx, const storage::Write& write,
    const v1::CreateInformationRequestRequest& request) {
  if (request.parent() != "agencies/" + call.caller().agency) return NotFound();
  InformationRequest asked = request.information_request();
  if (!Has(rules_->predicate_offences(), asked.predicate_offence())) {
    return Refuse(StatusCode::kInvalidArgument, "PREDICATE_UNKNOWN",
                  "A request is about one of the listed offences.");
  }
  if (Has(asked.to(), call.caller().agency)) {
    return Refuse(StatusCode::kInvalidArgument, "REQUEST_TO_ONESELF", "Your own holdings need no request.");
  }
  asked.set_name(absl::StrCat(request.parent(), "/informationRequests/", NewId(call.now())));
  *asked.mutable_due() = ToProto(RequestDue(*rules_, asked.priority(), call.now()));
  storage::Placement placement{call.caller().agency, "", {call.caller().agency}, {}};
  if (call.caller().agency != rules_->bureau()) placement.parties.push_back(rules_->bureau());
  ACCORD_ASSIGN_OR_RETURN(const auto portfolio, Portfolio(tx));
  for (const auto& agency : asked.to()) {
    if (Has(placement.parties, agency)) continue;
    placement.parties.push_back(agency);
    if (const auto covering = portfolio.find(agency);
        covering != portfolio.end() && !Has(asked.positions(), covering->second)) {
      asked.add_positions(covering->second);
    }
  }
  ACCORD_RETURN_IF_ERROR(requests_.Insert(tx, &asked, write, placement));
  return asked;
}

absl::StatusOr<InformationReply> RequestService::Answer(host::Call& call, Tx& tx, const storage::Write& write,
                                                        const v1::AnswerInformationRequestRequest& request) {
  const std::string& agency = call.caller().agency;
  InformationRequest asked;
  ACCORD_RETURN_IF_ERROR(requests_.Get(tx, request.name(), agency, &asked));
  if (!Has(asked.to(), agency)) {
    return Refuse(StatusCode::kPermissionDenied, "NOT_ASKED", "An agency that was asked answers.");
  }
  InformationReply reply;
  // One for an agency: the name is taken by the second.
  reply.set_name(ReplyName(agency, asked.name()));
  reply.set_information_request(asked.name());
  reply.set_agency(agency);
  reply.set_answer(request.answer().empty() ? kNoReleasableInformation : request.answer());
  const std::string asker = OwnerOf(asked.name());
  ACCORD_RETURN_IF_ERROR(replies_.Insert(tx, &reply, write, {agency, "", {agency, asker}, {}}));
  return reply;
}

absl::StatusOr<InformationRequest> RequestService::Get(host::Call& call, Tx& tx,
                                                       const v1::GetInformationRequestRequest& request) {
  const std::string& caller = call.caller().agency;
  InformationRequest asked;
  ACCORD_RETURN_IF_ERROR(requests_.Get(tx, request.name(), caller, &asked));
  for (const auto& agency : asked.to()) {
    InformationReply reply;
    // The asker reads every reply, an asked agency its own.
    if (replies_.Get(tx, ReplyName(agency, asked.name()), caller, &reply).ok()) *asked.add_replies() = reply;
  }
  return asked;
}

absl::StatusOr<v1::ListInformationRequestsResponse> RequestService::List(
    host::Call& call, Tx& tx, const v1::ListInformationRequestsRequest& request) {
  const storage::ListQuery query{call.caller().agency, {}, request.page_size(), request.page_token(), ""};
  return requests_.ListInto(tx, query, &v1::ListInformationRequestsResponse::mutable_information_requests);
}

}  // namespace accord::intelligence
