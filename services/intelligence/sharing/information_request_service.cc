#include "services/intelligence/sharing/information_request_service.h"

#include "absl/strings/str_cat.h"
#include "common/base/clock.h"
#include "common/base/error.h"
#include "common/base/ids.h"
#include "common/host/calls/derived.h"
#include "common/storage/records/schedule.h"
#include "services/intelligence/contains.h"
#include "services/intelligence/due_times.h"
#include "services/intelligence/lifecycles.h"
#include "services/intelligence/network/portfolio_store.h"
#include "services/intelligence/report_checks.h"

namespace accord::intelligence {
namespace {

using v1::InformationReply;
using v1::InformationRequest;

constexpr char kRequestKind[] = "information_request";

std::string ReplyName(const std::string& agency, const std::string& request) {
  return absl::StrCat("agencies/", agency, "/informationReplies/", request.substr(request.rfind('/') + 1));
}

storage::Placement ReplyPlacement(const InformationReply& reply, bool to_asker) {
  storage::Placement placement{reply.agency(), "", {reply.agency()}, {}};
  if (to_asker) placement.parties.push_back(OwnerOf(reply.information_request()));
  return placement;
}

}  // namespace

void InformationRequestService::Register(host::Handlers* handlers) {
  using S = InformationRequestService;
  host::Derived<InformationRequest> derived(handlers, "accord.intelligence.v1.RequestService",
                                            std::bind_front(&S::AddNextDue, this));
  derived.Bind(this, &S::Create, &S::Answer, &S::Get, &S::List, &S::Acknowledge, &S::Advance);
}

absl::Status InformationRequestService::AddNextDue(host::Call& call, Tx& tx, InformationRequest* asked) {
  // The request is open as long as an agency that was asked has not answered.
  if (!RequestLifecycle().Next(asked->state(), "answer_part").ok()) return absl::OkStatus();
  const std::string& agency = call.caller().agency;
  if (agency == OwnerOf(asked->name()) && AnswersTold(tx, *asked) == asked->to_size())
    return absl::OkStatus();
  if (Contains(asked->to(), agency)) {
    InformationReply own;
    const absl::Status read = replies_.Get(tx, ReplyName(agency, asked->name()), agency, &own);
    // Replies of others must not change the state before it is due, since that would tell when they answered.
    if (!absl::IsNotFound(read)) return read;
  }
  *asked->mutable_next_due() = asked->due();
  return absl::OkStatus();
}

absl::StatusOr<InformationRequest> InformationRequestService::Create(
    host::Call& call, Tx& tx, const storage::Write& write,
    const v1::CreateInformationRequestRequest& request) {
  InformationRequest asked = request.information_request();
  if (!Contains(rules_->predicate_offences(), asked.predicate_offence())) {
    return Refuse(rules::kPredicateUnknown, "A request is about one of the listed offences.");
  }
  ACCORD_RETURN_IF_ERROR(CheckNoSourceNamed(*rules_, asked.question()));
  ACCORD_RETURN_IF_ERROR(CheckNoSourceNamed(*rules_, asked.justification()));
  if (Contains(asked.to(), call.caller().agency)) {
    return Refuse(rules::kRequestToOneself, "Your own holdings need no request.");
  }
  asked.set_name(absl::StrCat(request.parent(), "/informationRequests/", NewId(call.now())));
  *asked.mutable_due() = ToProto(RequestDue(*rules_, asked.priority(), call.now()));
  asked.set_state(v1::INFORMATION_REQUEST_STATE_ISSUED);
  ACCORD_ASSIGN_OR_RETURN(const auto portfolio, Portfolio(tx));
  for (const auto& agency : asked.to()) {
    const auto covering = portfolio.find(agency);
    if (covering != portfolio.end() && !Contains(asked.positions(), covering->second)) {
      asked.add_positions(covering->second);
    }
  }
  ACCORD_RETURN_IF_ERROR(requests_.Insert(tx, &asked, write, PlacementOf(asked)));
  ACCORD_RETURN_IF_ERROR(storage::Schedule(tx, kRequestKind, asked.name(), FromProto(asked.due())));
  return asked;
}

storage::Placement InformationRequestService::PlacementOf(const InformationRequest& asked) const {
  const std::string asker = OwnerOf(asked.name());
  storage::Placement placement{
      asker, ShortName(v1::InformationRequestState_descriptor(), asked.state()), {asker}, {}};
  if (asker != rules_->bureau()) placement.parties.push_back(rules_->bureau());
  for (const auto& agency : asked.to()) {
    if (!Contains(placement.parties, agency)) placement.parties.push_back(agency);
  }
  return placement;
}

absl::StatusOr<InformationRequest> InformationRequestService::Asked(host::Call& call, Tx& tx,
                                                                    const std::string& name) {
  InformationRequest asked;
  ACCORD_RETURN_IF_ERROR(requests_.Get(tx, name, call.caller().agency, &asked));
  if (!Contains(asked.to(), call.caller().agency)) {
    return Refuse(rules::kNotAsked, "An agency that was asked does this.");
  }
  return asked;
}

absl::StatusOr<InformationRequest> InformationRequestService::Move(Tx& tx, InformationRequest asked,
                                                                   const std::string& event,
                                                                   const std::string& etag,
                                                                   const storage::Write& write) {
  ACCORD_ASSIGN_OR_RETURN(const int next, RequestLifecycle().Next(asked.state(), event));
  asked.set_state(static_cast<v1::InformationRequestState>(next));
  ACCORD_RETURN_IF_ERROR(requests_.Update(tx, &asked, etag, write, PlacementOf(asked)));
  return asked;
}

absl::StatusOr<InformationRequest> InformationRequestService::Acknowledge(
    host::Call& call, Tx& tx, const storage::Write& write,
    const v1::AcknowledgeInformationRequestRequest& request) {
  ACCORD_ASSIGN_OR_RETURN(InformationRequest asked, Asked(call, tx, request.name()));
  return Move(tx, std::move(asked), "acknowledge", request.etag(), write);
}

absl::StatusOr<InformationRequest> InformationRequestService::Advance(
    host::Call& call, Tx& tx, const storage::Write& write,
    const v1::AdvanceInformationRequestRequest& request) {
  const std::string& agency = call.caller().agency;
  InformationRequest asked;
  ACCORD_RETURN_IF_ERROR(requests_.Get(tx, request.name(), agency, &asked));
  const bool closes = request.event() == "close";
  if (!closes && request.event() != "decline") {
    return RefuseFields({{"event", "is close, by the asker, or decline, by the bureau"}});
  }
  if (agency != (closes ? OwnerOf(asked.name()) : rules_->bureau())) {
    return Refuse(
        closes ? rules::kNotTheAsker : rules::kNotTheBureau,
        closes ? "The asker closes its request." : "The bureau, which routes it, declines a request.");
  }
  return Move(tx, std::move(asked), request.event(), request.etag(), write);
}

int InformationRequestService::AnswersTold(Tx& tx, const InformationRequest& asked) {
  int answered = 0;
  for (const auto& agency : asked.to()) {
    InformationReply seen;
    answered += replies_.Get(tx, ReplyName(agency, asked.name()), OwnerOf(asked.name()), &seen).ok();
  }
  return answered;
}

absl::StatusOr<std::string> InformationRequestService::RequestOf(const Caller& caller, Tx& tx,
                                                                 const std::string& reply_name) {
  InformationReply reply;
  ACCORD_RETURN_IF_ERROR(replies_.Get(tx, reply_name, caller.agency, &reply));
  // A reply which says that nothing may be released is told to nobody else yet, because its time would tell
  // how long the agency considered it.
  if (reply.agency() != caller.agency && reply.answer() == kNoReleasableInformation) return NotFound();
  return reply.information_request();
}

absl::Status InformationRequestService::MoveByAnswers(Tx& tx, InformationRequest asked,
                                                      const std::string& etag, const storage::Write& write) {
  const int answered = AnswersTold(tx, asked);
  if (answered == 0) return absl::OkStatus();
  const std::string event = answered == asked.to_size() ? "answer_all" : "answer_part";
  return Move(tx, std::move(asked), event, etag, write).status();
}

absl::Status InformationRequestService::PassTime(Tx& tx, const std::string& name, absl::Time now) {
  InformationRequest asked;
  ACCORD_RETURN_IF_ERROR(requests_.GetAny(tx, name, &asked));
  ACCORD_RETURN_IF_ERROR(storage::Schedule(tx, kRequestKind, name, std::nullopt));
  // The request is open as long as an agency that was asked has not answered.
  if (!RequestLifecycle().Next(asked.state(), "answer_part").ok()) return absl::OkStatus();
  const storage::Write write{"platform", "calendar", NewId(now), now};
  for (const auto& agency : asked.to()) {
    InformationReply reply;
    const absl::Status read = replies_.GetAny(tx, ReplyName(agency, name), &reply);
    if (absl::IsNotFound(read)) {
      asked.set_overdue(true);
      continue;
    }
    ACCORD_RETURN_IF_ERROR(read);
    const std::string etag = reply.etag();
    ACCORD_RETURN_IF_ERROR(replies_.Update(tx, &reply, etag, write, ReplyPlacement(reply, true)));
  }
  const std::string etag = asked.etag();
  ACCORD_RETURN_IF_ERROR(requests_.Update(tx, &asked, etag, write, PlacementOf(asked)));
  const std::string now_etag = asked.etag();
  return MoveByAnswers(tx, std::move(asked), now_etag, write);
}

absl::StatusOr<InformationReply> InformationRequestService::Answer(
    host::Call& call, Tx& tx, const storage::Write& write,
    const v1::AnswerInformationRequestRequest& request) {
  const std::string& agency = call.caller().agency;
  ACCORD_ASSIGN_OR_RETURN(InformationRequest asked, Asked(call, tx, request.name()));
  // A request that is over takes no answer, not even one that would be told later.
  ACCORD_RETURN_IF_ERROR(RequestLifecycle().Next(asked.state(), "answer_part").status());
  ACCORD_RETURN_IF_ERROR(CheckNoSourceNamed(*rules_, request.answer()));
  InformationReply reply;
  // An agency replies once, since a second reply finds the name taken.
  reply.set_name(ReplyName(agency, asked.name()));
  reply.set_information_request(asked.name());
  reply.set_agency(agency);
  reply.set_answer(request.answer().empty() ? kNoReleasableInformation : request.answer());
  // The time that an agency took to say nothing would tell something, so the asker learns of the reply when
  // the answer is due.
  const bool due = call.now() >= FromProto(asked.due());
  const bool later = reply.answer() == kNoReleasableInformation && !due;
  ACCORD_RETURN_IF_ERROR(replies_.Insert(tx, &reply, write, ReplyPlacement(reply, !later)));
  // The others that were asked read the request as well. If a reply moved it before it is due, that would
  // tell them that somebody holds something, because a reply that says nothing moves it only then.
  if (due) {
    // The reply has no etag of the request, so that it is stored on the version that was just read.
    const std::string etag = asked.etag();
    ACCORD_RETURN_IF_ERROR(MoveByAnswers(tx, std::move(asked), etag, write));
  }
  return reply;
}

absl::StatusOr<InformationRequest> InformationRequestService::Get(
    host::Call& call, Tx& tx, const v1::GetInformationRequestRequest& request) {
  const std::string& caller = call.caller().agency;
  InformationRequest asked;
  ACCORD_RETURN_IF_ERROR(requests_.Get(tx, request.name(), caller, &asked));
  for (const auto& agency : asked.to()) {
    InformationReply reply;
    // The asker reads every reply, and an asked agency reads its own.
    if (!replies_.Get(tx, ReplyName(agency, asked.name()), caller, &reply).ok()) continue;
    if (caller != agency && reply.answer() == kNoReleasableInformation) {
      reply.clear_create_time();
      reply.clear_update_time();
      reply.clear_etag();
    }
    *asked.add_replies() = reply;
  }
  return asked;
}

absl::StatusOr<v1::ListInformationRequestsResponse> InformationRequestService::List(
    host::Call& call, Tx& tx, const v1::ListInformationRequestsRequest& request) {
  const storage::ListQuery query = storage::QueryOf(call.caller().agency, request);
  return requests_.ListInto(tx, query, &v1::ListInformationRequestsResponse::mutable_information_requests);
}

}  // namespace accord::intelligence
