// The life of a protocol once it was signed: into force, review, renewal, and its end.
#include <algorithm>

#include "absl/strings/str_cat.h"
#include "common/base/error.h"
#include "common/base/ids.h"
#include "common/storage/schedule.h"
#include "services/protocols/lifecycles.h"
#include "services/protocols/parties.h"
#include "services/protocols/protocol_checks.h"
#include "services/protocols/protocol_service.h"
#include "services/protocols/protocol_store.h"

namespace accord::protocols {
namespace {

using absl::StatusCode;
using v1::Protocol;

// The instant at which `text`, a day or empty, begins or is over.
std::optional<absl::Time> StartOf(const std::string& text) {
  const auto day = ParseDay(text);
  return day ? std::optional(EndOfDay(*day - 1)) : std::nullopt;
}
std::optional<absl::Time> EndOf(const std::string& text) {
  const auto day = ParseDay(text);
  return day ? std::optional(EndOfDay(*day)) : std::nullopt;
}

// When time itself moves the protocol next.
std::optional<absl::Time> NextInstant(const Protocol& protocol) {
  std::vector<std::optional<absl::Time>> instants;
  if (protocol.state() == v1::PROTOCOL_STATE_PARTIALLY_SIGNED && FullySigned(protocol)) {
    instants.push_back(StartOf(protocol.effective_from()));
  }
  if (Operative(protocol)) instants = {EndOf(protocol.terminates_on()), EndOf(protocol.effective_to())};
  if (protocol.state() == v1::PROTOCOL_STATE_IN_FORCE)
    instants.push_back(StartOf(protocol.next_review_due()));
  std::optional<absl::Time> next;
  for (const auto& instant : instants) {
    if (instant && (!next || *instant < *next)) next = instant;
  }
  return next;
}

void OpenReview(v1::ReviewKind kind, const std::string& reason, absl::Time now, Protocol* protocol) {
  auto* review = protocol->add_reviews();
  review->set_kind(kind);
  review->set_reason(reason);
  *review->mutable_start_time() = ToProto(now);
  for (auto& party : *protocol->mutable_parties()) party.clear_renewal_signed();
}

void CloseReview(v1::ReviewOutcome outcome, absl::Time now, Protocol* protocol) {
  if (protocol->reviews().empty()) return;
  auto* review = protocol->mutable_reviews(protocol->reviews_size() - 1);
  if (review->has_end_time()) return;
  review->set_outcome(outcome);
  *review->mutable_end_time() = ToProto(now);
}

bool FullyRenewed(const Protocol& protocol) {
  return std::all_of(protocol.parties().begin(), protocol.parties().end(), [](const auto& party) {
    return party.part() != v1::PARTY_PART_SIGNATORY || party.renewal_signed();
  });
}

}  // namespace

absl::Status ProtocolService::Keep(Tx& tx, const storage::Write& write, const std::string& etag,
                                   Protocol* protocol) {
  ACCORD_RETURN_IF_ERROR(protocols_.Update(tx, protocol, etag, write, PlacementOf(*protocol)));
  ACCORD_RETURN_IF_ERROR(Track(tx, *protocol));
  return storage::Schedule(tx, "protocol", protocol->name(), NextInstant(*protocol));
}

absl::Status ProtocolService::CheckRelations(host::Call& call, Tx& tx, const Protocol& protocol) {
  for (const std::string& name : {protocol.parent_protocol(), protocol.supersedes()}) {
    if (name.empty()) continue;
    Protocol related;
    ACCORD_RETURN_IF_ERROR(protocols_.Get(tx, name, call.caller().agency, &related));
    if (PartyOf(related, call.caller().agency) == nullptr) return NotFound();
  }
  return absl::OkStatus();
}

absl::Status ProtocolService::Supersede(Tx& tx, const storage::Write& write, const Protocol& successor) {
  Protocol old;
  ACCORD_RETURN_IF_ERROR(protocols_.GetAny(tx, successor.supersedes(), &old));
  if (!Operative(old)) return absl::OkStatus();
  ACCORD_RETURN_IF_ERROR(Advance(&old, "supersede"));
  old.set_superseded_by(successor.name());
  CloseReview(v1::REVIEW_OUTCOME_SUPERSEDE, write.now, &old);
  const std::string etag = old.etag();
  return Keep(tx, write, etag, &old);
}

absl::Status ProtocolService::BringIntoForce(Tx& tx, const storage::Write& write, Protocol* protocol) {
  const absl::CivilDay today = OntarioDay(write.now);
  const auto from = ParseDay(protocol->effective_from());
  if (!FullySigned(*protocol) || !from || today < *from) return absl::OkStatus();
  if (!protocol->supersedes().empty()) ACCORD_RETURN_IF_ERROR(Supersede(tx, write, *protocol));
  if (!protocol->parent_protocol().empty()) {
    Protocol parent;
    ACCORD_RETURN_IF_ERROR(protocols_.GetAny(tx, protocol->parent_protocol(), &parent));
    if (!Operative(parent)) {
      return Refuse(StatusCode::kFailedPrecondition, "PARENT_NOT_IN_FORCE",
                    "The protocol that this addendum adds to is not in force.");
    }
  }
  ACCORD_RETURN_IF_ERROR(Advance(protocol, "activate"));
  protocol->set_next_review_due(FormatDay(MonthsAfter(today, rules_->review_months())));
  return absl::OkStatus();
}

ProtocolService::Result ProtocolService::Review(host::Call& call, Tx& tx, const storage::Write& write,
                                                const v1::ReviewProtocolRequest& request) {
  const bool office = call.caller().kind == annotations::v1::AGENCY_KIND_COORDINATION_OFFICE;
  ACCORD_ASSIGN_OR_RETURN(Protocol protocol,
                          office ? Visible(call, tx, request.name()) : AsParty(call, tx, request.name()));
  if (request.kind() == v1::REVIEW_KIND_SCHEDULED ||
      (office && request.kind() != v1::REVIEW_KIND_TRIGGERED_LEGISLATIVE)) {
    return Refuse(
        StatusCode::kInvalidArgument, "REVIEW_KIND",
        "The calendar opens scheduled reviews; the office opens those that a change of the law calls for.");
  }
  ACCORD_RETURN_IF_ERROR(Advance(&protocol, "review"));
  OpenReview(request.kind(), request.reason(), call.now(), &protocol);
  return Store(call, tx, write, request.etag(), std::move(protocol));
}

ProtocolService::Result ProtocolService::Renew(host::Call& call, Tx& tx, const storage::Write& write,
                                               const v1::RenewProtocolRequest& request) {
  ACCORD_ASSIGN_OR_RETURN(Protocol protocol, AsParty(call, tx, request.name()));
  auto* party = MutablePartyOf(&protocol, call.caller().agency);
  if (party->part() != v1::PARTY_PART_SIGNATORY) {
    return Refuse(StatusCode::kPermissionDenied, "NOT_A_SIGNATORY",
                  "Only a signatory's own signing officer renews.");
  }
  ACCORD_RETURN_IF_ERROR(Advance(&protocol, "renew"));
  if (request.text_digest() != protocol.text_digest()) {
    return Refuse(StatusCode::kFailedPrecondition, "DIGEST_MISMATCH",
                  "This is not the protocol's text; read it again and renew its text_digest.");
  }
  if (party->renewal_signed()) {
    return Refuse(StatusCode::kFailedPrecondition, "ALREADY_SIGNED", "This agency has renewed.");
  }
  party->set_renewal_signed(true);
  if (FullyRenewed(protocol)) {
    ACCORD_RETURN_IF_ERROR(Advance(&protocol, "renewed"));
    CloseReview(v1::REVIEW_OUTCOME_RENEW, call.now(), &protocol);
    protocol.set_next_review_due(FormatDay(MonthsAfter(OntarioDay(call.now()), rules_->review_months())));
  }
  return Store(call, tx, write, request.etag(), std::move(protocol));
}

ProtocolService::Result ProtocolService::Terminate(host::Call& call, Tx& tx, const storage::Write& write,
                                                   const v1::TerminateProtocolRequest& request) {
  ACCORD_ASSIGN_OR_RETURN(Protocol protocol, AsParty(call, tx, request.name()));
  if (SignatoryOf(protocol, call.caller().agency) == nullptr) {
    return Refuse(StatusCode::kPermissionDenied, "NOT_A_SIGNATORY", "Only a signatory gives notice.");
  }
  ACCORD_RETURN_IF_ERROR(Advance(&protocol, "notice"));
  const absl::CivilDay earliest = OntarioDay(call.now()) + rules_->termination_notice_days();
  const absl::CivilDay last = ParseDay(request.terminates_on()).value_or(earliest);
  if (last < earliest) {
    return Refuse(StatusCode::kInvalidArgument, "NOTICE_TOO_SHORT",
                  absl::StrCat("With this notice it ends on ", FormatDay(earliest), " at the earliest."));
  }
  protocol.set_terminates_on(FormatDay(last));
  protocol.set_ended_by(call.caller().agency);
  protocol.set_end_reason(request.reason());
  return Store(call, tx, write, request.etag(), std::move(protocol));
}

absl::Status ProtocolService::PassTime(Tx& tx, const std::string& name, absl::Time now) {
  Protocol protocol;
  ACCORD_RETURN_IF_ERROR(protocols_.GetAny(tx, name, &protocol));
  const storage::Write write{"platform", "calendar", NewId(now), now};
  const std::string etag = protocol.etag();
  const auto over = [now](std::optional<absl::Time> at) { return at && *at <= now; };
  if (protocol.state() == v1::PROTOCOL_STATE_PARTIALLY_SIGNED) {
    const absl::Status status = BringIntoForce(tx, write, &protocol);
    // What stands in its way is for people to clear; looked at again tomorrow.
    if (!status.ok()) return storage::Schedule(tx, "protocol", name, EndOfDay(OntarioDay(now)));
  } else if (Operative(protocol) && over(EndOf(protocol.terminates_on()))) {
    ACCORD_RETURN_IF_ERROR(Advance(&protocol, "terminate"));
    CloseReview(v1::REVIEW_OUTCOME_TERMINATE, now, &protocol);
  } else if (Operative(protocol) && over(EndOf(protocol.effective_to()))) {
    ACCORD_RETURN_IF_ERROR(Advance(&protocol, "expire"));
  } else if (protocol.state() == v1::PROTOCOL_STATE_IN_FORCE && over(StartOf(protocol.next_review_due()))) {
    ACCORD_RETURN_IF_ERROR(Advance(&protocol, "review"));
    OpenReview(v1::REVIEW_KIND_SCHEDULED, "The day of its review has come.", now, &protocol);
  } else {
    return storage::Schedule(tx, "protocol", name, NextInstant(protocol));
  }
  const absl::Status kept = Keep(tx, write, etag, &protocol);
  if (absl::IsFailedPrecondition(kept))
    return storage::Schedule(tx, "protocol", name, EndOfDay(OntarioDay(now)));
  return kept;
}

}  // namespace accord::protocols
