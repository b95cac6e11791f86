// This file says what time itself does to a protocol, which comes into force, is reviewed, is terminated
// or expires.
#include <optional>
#include <string>
#include <vector>

#include "common/base/error.h"
#include "common/base/ids.h"
#include "common/storage/records/schedule.h"
#include "services/protocols/agreements/operative_protocol.h"
#include "services/protocols/agreements/protocol_reviews.h"
#include "services/protocols/agreements/protocol_service.h"
#include "services/protocols/agreements/protocol_signatures.h"
#include "services/protocols/lifecycles.h"

namespace accord::protocols {
namespace {

using v1::Protocol;

// This gives the instant at which the day `text` begins; it is nullopt if `text` is empty.
std::optional<absl::Time> CalendarStartOf(const std::string& text) {
  const auto day = ParseDay(text);
  return day ? std::optional(EndOfDay(*day - 1)) : std::nullopt;
}

// This gives the instant at which the day `text` is over; it is nullopt if `text` is empty.
std::optional<absl::Time> CalendarEndOf(const std::string& text) {
  const auto day = ParseDay(text);
  return day ? std::optional(EndOfDay(*day)) : std::nullopt;
}

}  // namespace

std::optional<absl::Time> ProtocolService::NextInstant(const Protocol& protocol) {
  std::vector<std::optional<absl::Time>> instants;
  if (protocol.state() == v1::PROTOCOL_STATE_PARTIALLY_SIGNED && FullySigned(protocol)) {
    instants.push_back(CalendarStartOf(protocol.effective_from()));
  }
  if (Operative(protocol))
    instants = {CalendarEndOf(protocol.terminates_on()), CalendarEndOf(protocol.effective_to())};
  if (protocol.state() == v1::PROTOCOL_STATE_IN_FORCE)
    instants.push_back(CalendarStartOf(protocol.next_review_due()));
  std::optional<absl::Time> next;
  for (const auto& instant : instants) {
    if (instant && (!next || *instant < *next)) next = instant;
  }
  return next;
}

absl::Status ProtocolService::PassTime(Tx& tx, const std::string& name, absl::Time now) {
  Protocol protocol;
  ACCORD_RETURN_IF_ERROR(protocols_.GetAny(tx, name, &protocol));
  const storage::Write write{"platform", "calendar", NewId(now), now};
  const std::string etag = protocol.etag();
  const auto over = [now](std::optional<absl::Time> at) { return at && *at <= now; };
  const absl::CivilDay today = OntarioDay(now);
  bool ended = false;
  if (protocol.state() == v1::PROTOCOL_STATE_PARTIALLY_SIGNED && IsDueInForce(protocol, today)) {
    const absl::Status may = CheckMayEnterIntoForce(tx, protocol, today);
    // People have to remove the obstacle. The protocol is looked at again tomorrow, and nothing is written.
    if (absl::IsFailedPrecondition(may)) return storage::Schedule(tx, "protocol", name, EndOfDay(today));
    ACCORD_RETURN_IF_ERROR(may);
    ACCORD_RETURN_IF_ERROR(BringIntoForce(tx, write, &protocol));
  } else if (Operative(protocol) && over(CalendarEndOf(protocol.terminates_on()))) {
    ACCORD_RETURN_IF_ERROR(AdvanceProtocol(&protocol, "terminate"));
    CloseReview(v1::REVIEW_OUTCOME_TERMINATE, now, &protocol);
    ended = true;
  } else if (Operative(protocol) && over(CalendarEndOf(protocol.effective_to()))) {
    ACCORD_RETURN_IF_ERROR(AdvanceProtocol(&protocol, "expire"));
    // Nobody decided the review, so it ends without an outcome.
    CloseReview(v1::REVIEW_OUTCOME_UNSPECIFIED, now, &protocol);
    ended = true;
  } else if (protocol.state() == v1::PROTOCOL_STATE_IN_FORCE &&
             over(CalendarStartOf(protocol.next_review_due()))) {
    ACCORD_RETURN_IF_ERROR(AdvanceProtocol(&protocol, "review"));
    OpenReview(v1::REVIEW_KIND_SCHEDULED, "The day of its review has come.", now, &protocol);
  } else {
    return storage::Schedule(tx, "protocol", name, NextInstant(protocol));
  }
  // A refusal from here on rolls everything back.
  ACCORD_RETURN_IF_ERROR(Keep(tx, write, etag, &protocol));
  return ended ? EndAddenda(tx, write, protocol) : absl::OkStatus();
}

}  // namespace accord::protocols
