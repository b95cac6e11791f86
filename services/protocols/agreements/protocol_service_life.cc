// The life of a protocol once it was signed: into force, review, renewal, and its end.
#include <algorithm>

#include "absl/strings/str_cat.h"
#include "common/base/error.h"
#include "common/base/ids.h"
#include "common/storage/records/schedule.h"
#include "services/protocols/agreements/protocol_checks.h"
#include "services/protocols/agreements/protocol_service.h"
#include "services/protocols/lifecycles.h"
#include "services/protocols/parties.h"
#include "services/protocols/protocol_store.h"

namespace accord::protocols {
namespace {

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

// Says when time itself moves the protocol next.
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

// Whether all have signed and the day of effect has come.
bool Ripe(const Protocol& protocol, absl::CivilDay today) {
  const auto from = ParseDay(protocol.effective_from());
  return FullySigned(protocol) && from && today >= *from;
}

// The earliest day applies; each agency's own words are kept beside it.
absl::Status AddNotice(const host::Call& call, const std::string& day, const std::string& reason,
                       Protocol* protocol) {
  const bool first = protocol->terminates_on().empty();
  if (!first && day > protocol->terminates_on()) {
    return Refuse(rules::kNoticeStands, "Notice was given for an earlier day, and stands.");
  }
  const auto& notices = protocol->notices();
  const bool said = std::any_of(notices.begin(), notices.end(), [&](const auto& notice) {
    return notice.agency() == call.caller().agency && notice.terminates_on() == day;
  });
  if (said) return absl::OkStatus();
  auto* notice = protocol->add_notices();
  notice->set_agency(call.caller().agency);
  notice->set_reason(reason);
  notice->set_terminates_on(day);
  *notice->mutable_time() = ToProto(call.now());
  if (!first && day == protocol->terminates_on()) return absl::OkStatus();
  protocol->set_terminates_on(day);
  protocol->set_ended_by(call.caller().agency);
  protocol->set_end_reason(reason);
  return absl::OkStatus();
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
    if (SignatoryOf(related, OwnerOf(protocol.name())) == nullptr) {
      return Refuse(rules::kNotASignatory, "Only a signatory of a protocol adds to it or replaces it.");
    }
    if (name == protocol.parent_protocol()) ACCORD_RETURN_IF_ERROR(CheckAddendum(protocol, related));
    if (name == protocol.supersedes()) ACCORD_RETURN_IF_ERROR(CheckSuccessor(protocol, related));
  }
  return CheckReplacesNoBase(tx, protocol);
}

absl::Status ProtocolService::CheckReplacesNoBase(Tx& tx, const Protocol& protocol) {
  if (protocol.supersedes().empty()) return absl::OkStatus();
  // The parent may itself add to another protocol. All of them end with the lowest one, and this protocol
  // would too.
  std::string base = protocol.parent_protocol();
  while (!base.empty()) {
    if (base == protocol.supersedes()) {
      return Refuse(rules::kParentSuperseded,
                    "An addendum does not replace the protocol that it adds to, nor what that one adds to.");
    }
    Protocol above;
    ACCORD_RETURN_IF_ERROR(protocols_.GetAny(tx, base, &above));
    base = above.parent_protocol();
  }
  return absl::OkStatus();
}

absl::Status ProtocolService::MayEnter(Tx& tx, const Protocol& protocol, absl::CivilDay today) {
  const auto last = ParseDay(protocol.effective_to());
  if (last && *last < today) {
    return Refuse(rules::kOverBeforeForce,
                  "The day in effective_to has passed: the lead changes it, and the parties sign that text.");
  }
  ACCORD_RETURN_IF_ERROR(CheckReplacesNoBase(tx, protocol));
  if (!protocol.supersedes().empty()) {
    Protocol old;
    ACCORD_RETURN_IF_ERROR(protocols_.GetAny(tx, protocol.supersedes(), &old));
    ACCORD_RETURN_IF_ERROR(CheckSuccessor(protocol, old));
    if (Operative(old)) {
      ACCORD_RETURN_IF_ERROR(ProtocolLifecycle().Next(old.state(), "supersede").status());
    }
  }
  if (!protocol.parent_protocol().empty()) {
    Protocol parent;
    ACCORD_RETURN_IF_ERROR(protocols_.GetAny(tx, protocol.parent_protocol(), &parent));
    ACCORD_RETURN_IF_ERROR(CheckAddendum(protocol, parent));
    ACCORD_ASSIGN_OR_RETURN(const bool in_force, StandsOn(tx, &protocols_, parent, today));
    if (!in_force) {
      return Refuse(rules::kParentNotInForce, "The protocol that this addendum adds to is not in force.");
    }
  }
  return MayOccupy(tx, protocol);
}

absl::Status ProtocolService::Supersede(Tx& tx, const storage::Write& write, const Protocol& successor) {
  Protocol old;
  ACCORD_RETURN_IF_ERROR(protocols_.GetAny(tx, successor.supersedes(), &old));
  if (!Operative(old)) return absl::OkStatus();
  ACCORD_RETURN_IF_ERROR(Advance(&old, "supersede"));
  old.set_superseded_by(successor.name());
  CloseReview(v1::REVIEW_OUTCOME_SUPERSEDE, write.now, &old);
  const std::string etag = old.etag();
  ACCORD_RETURN_IF_ERROR(Keep(tx, write, etag, &old));
  return EndAddenda(tx, write, old);
}

absl::Status ProtocolService::EndAddenda(Tx& tx, const storage::Write& write, const Protocol& base) {
  // What is operative is of everybody's reading.
  const std::string everybody(storage::kEverybody);
  ACCORD_ASSIGN_OR_RETURN(
      auto addenda, protocols_.ListEvery<Protocol>(tx, {everybody, {{"parent", base.name()}}, 0, "", ""}));
  for (Protocol& addendum : addenda) {
    if (!Operative(addendum)) continue;
    ACCORD_RETURN_IF_ERROR(Advance(&addendum, "terminate"));
    addendum.set_end_reason("The protocol that it adds to has ended.");
    CloseReview(v1::REVIEW_OUTCOME_TERMINATE, write.now, &addendum);
    const std::string etag = addendum.etag();
    ACCORD_RETURN_IF_ERROR(Keep(tx, write, etag, &addendum));
    ACCORD_RETURN_IF_ERROR(EndAddenda(tx, write, addendum));
  }
  return absl::OkStatus();
}

absl::Status ProtocolService::BringIntoForce(Tx& tx, const storage::Write& write, Protocol* protocol) {
  const absl::CivilDay today = OntarioDay(write.now);
  if (!Ripe(*protocol, today)) return absl::OkStatus();
  // Everything that may be refused comes before the first change.
  ACCORD_RETURN_IF_ERROR(MayEnter(tx, *protocol, today));
  ACCORD_RETURN_IF_ERROR(Advance(protocol, "activate"));
  if (!protocol->supersedes().empty()) ACCORD_RETURN_IF_ERROR(Supersede(tx, write, *protocol));
  protocol->set_next_review_due(FormatDay(MonthsAfter(today, rules_->review_months())));
  return absl::OkStatus();
}

ProtocolService::Result ProtocolService::Review(host::Call& call, Tx& tx, const storage::Write& write,
                                                const v1::ReviewProtocolRequest& request) {
  const bool office = call.caller().kind == annotations::v1::AGENCY_KIND_COORDINATION_OFFICE;
  ACCORD_ASSIGN_OR_RETURN(Protocol protocol, Visible(call, tx, request.name()));
  if (request.kind() == v1::REVIEW_KIND_SCHEDULED ||
      (office && request.kind() != v1::REVIEW_KIND_TRIGGERED_LEGISLATIVE)) {
    return Refuse(
        rules::kReviewKind,
        "The calendar opens scheduled reviews; the office opens those that a change of the law calls for.");
  }
  ACCORD_RETURN_IF_ERROR(Advance(&protocol, "review"));
  OpenReview(request.kind(), request.reason(), call.now(), &protocol);
  return Store(call, tx, write, request.etag(), std::move(protocol));
}

ProtocolService::Result ProtocolService::Renew(host::Call& call, Tx& tx, const storage::Write& write,
                                               const v1::RenewProtocolRequest& request) {
  ACCORD_ASSIGN_OR_RETURN(Protocol protocol, Visible(call, tx, request.name()));
  auto* party = MutablePartyOf(&protocol, call.caller().agency);
  ACCORD_RETURN_IF_ERROR(Advance(&protocol, "renew"));
  if (request.text_digest() != protocol.text_digest()) {
    return Refuse(rules::kDigestMismatch,
                  "This is not the protocol's text; read it again and renew its text_digest.");
  }
  if (party->renewal_signed()) {
    return Refuse(rules::kAlreadySigned, "This agency has renewed.");
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
  ACCORD_ASSIGN_OR_RETURN(Protocol protocol, Visible(call, tx, request.name()));
  ACCORD_RETURN_IF_ERROR(Advance(&protocol, "notice"));
  const absl::CivilDay today = OntarioDay(call.now());
  const absl::CivilDay earliest = today + rules_->termination_notice_days();
  const absl::CivilDay last = ParseDay(request.terminates_on()).value_or(earliest);
  if (last < earliest) {
    return Refuse(rules::kNoticeTooShort,
                  absl::StrCat("With this notice it ends on ", FormatDay(earliest), " at the earliest."));
  }
  if (last > today + rules_->termination_notice_most_days()) {
    return Refuse(
        rules::kNoticeTooLong,
        absl::StrCat("Notice is given ", rules_->termination_notice_most_days(), " days ahead at the most."));
  }
  ACCORD_RETURN_IF_ERROR(AddNotice(call, FormatDay(last), request.reason(), &protocol));
  return Store(call, tx, write, request.etag(), std::move(protocol));
}

absl::Status ProtocolService::PassTime(Tx& tx, const std::string& name, absl::Time now) {
  Protocol protocol;
  ACCORD_RETURN_IF_ERROR(protocols_.GetAny(tx, name, &protocol));
  const storage::Write write{"platform", "calendar", NewId(now), now};
  const std::string etag = protocol.etag();
  const auto over = [now](std::optional<absl::Time> at) { return at && *at <= now; };
  const absl::CivilDay today = OntarioDay(now);
  bool ended = false;
  if (protocol.state() == v1::PROTOCOL_STATE_PARTIALLY_SIGNED && Ripe(protocol, today)) {
    const absl::Status may = MayEnter(tx, protocol, today);
    // People have to remove the obstacle. The protocol is looked at again tomorrow, and nothing is written.
    if (absl::IsFailedPrecondition(may)) return storage::Schedule(tx, "protocol", name, EndOfDay(today));
    ACCORD_RETURN_IF_ERROR(may);
    ACCORD_RETURN_IF_ERROR(BringIntoForce(tx, write, &protocol));
  } else if (Operative(protocol) && over(EndOf(protocol.terminates_on()))) {
    ACCORD_RETURN_IF_ERROR(Advance(&protocol, "terminate"));
    CloseReview(v1::REVIEW_OUTCOME_TERMINATE, now, &protocol);
    ended = true;
  } else if (Operative(protocol) && over(EndOf(protocol.effective_to()))) {
    ACCORD_RETURN_IF_ERROR(Advance(&protocol, "expire"));
    // Nobody decided the review, so it ends without an outcome.
    CloseReview(v1::REVIEW_OUTCOME_UNSPECIFIED, now, &protocol);
    ended = true;
  } else if (protocol.state() == v1::PROTOCOL_STATE_IN_FORCE && over(StartOf(protocol.next_review_due()))) {
    ACCORD_RETURN_IF_ERROR(Advance(&protocol, "review"));
    OpenReview(v1::REVIEW_KIND_SCHEDULED, "The day of its review has come.", now, &protocol);
  } else {
    return storage::Schedule(tx, "protocol", name, NextInstant(protocol));
  }
  // A refusal from here on rolls everything back.
  ACCORD_RETURN_IF_ERROR(Keep(tx, write, etag, &protocol));
  return ended ? EndAddenda(tx, write, protocol) : absl::OkStatus();
}

}  // namespace accord::protocols
