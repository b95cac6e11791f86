// When access to a youth record ends, who says so, and what time then does (YCJA s. 119).
#include <algorithm>
#include <optional>

#include "common/base/error.h"
#include "common/base/field_refusal.h"
#include "common/base/ids.h"
#include "common/storage/records/schedule.h"
#include "services/protocols/referrals/referral_clocks.h"
#include "services/protocols/referrals/referral_end.h"
#include "services/protocols/referrals/referral_service.h"

namespace accord::protocols {
namespace {

using v1::Referral;
using v1::YouthRecord;

bool Same(const YouthRecord& a, const YouthRecord& b) {
  return a.disposition() == b.disposition() && a.counted_from() == b.counted_from();
}

bool BySame(const YouthRecord& a, const YouthRecord& b) {
  return a.recorded_by() == b.recorded_by() && a.recorded_by_agency() == b.recorded_by_agency();
}

// One person's word, of effect at once: the first of its kind, with an end that leaves time to object.
bool Suffices(const Referral& referral, const YouthRecord& said, absl::CivilDay today, int alone_days) {
  return !referral.has_youth_record() && referral.proposed_youth_records().empty() &&
         *ParseDay(said.access_ends_on()) > today + alone_days;
}

// Another person's word that says the same; nullptr if there is none.
const YouthRecord* SaidBefore(const Referral& referral, const YouthRecord& said) {
  const auto& proposed = referral.proposed_youth_records();
  const auto found = std::find_if(proposed.begin(), proposed.end(), [&](const YouthRecord& each) {
    return Same(each, said) && !BySame(each, said);
  });
  return found == proposed.end() ? nullptr : &*found;
}

// When a record is looked at again whose end has come and waits: tomorrow, or when a clock is missed.
std::optional<absl::Time> WhileItWaits(const Rules& rules, const Referral& referral, absl::Time now) {
  return std::min(NextEscalation(rules, referral).value_or(absl::InfiniteFuture()), now + absl::Hours(24));
}

void Propose(const YouthRecord& said, Referral* referral) {
  for (auto& each : *referral->mutable_proposed_youth_records()) {
    if (!BySame(each, said)) continue;
    each = said;
    return;
  }
  *referral->add_proposed_youth_records() = said;
}

}  // namespace

ReferralService::Result ReferralService::RecordYouthRecord(
    host::Call& call, Tx& tx, const storage::Write& write,
    const v1::RecordReferralYouthRecordRequest& request) {
  ACCORD_ASSIGN_OR_RETURN(Referral referral, Visible(call, tx, request.name()));
  if (!referral.redirected_to().empty()) {
    return Refuse(rules::kSentOn,
                  "It was sent on: say it of the referral in redirected_to, whose receiver reads it there.");
  }
  const absl::CivilDay today = OntarioDay(call.now());
  const absl::CivilDay counted_from = *ParseDay(request.record().counted_from());
  ACCORD_RETURN_IF_ERROR(CheckDayHasCome("record.counted_from", request.record().counted_from(), today,
                                         rules::kCountedFromInFuture));
  const auto ends = rules_->YouthAccessEnd(request.record().disposition(), counted_from);
  if (!ends) {
    return Refuse(rules::kDispositionUnknown, "No rule says how long such a record may be seen.");
  }
  YouthRecord said = request.record();
  said.set_access_ends_on(FormatDay(*ends));
  said.set_rule_set(rules_->digest());
  for (auto& note : rules_->YouthRecordNotes(said.disposition(), counted_from)) {
    said.add_law_notes(std::move(note));
  }
  said.set_recorded_by(call.caller().actor);
  said.set_recorded_by_agency(call.caller().agency);
  if (referral.has_youth_record() && Same(referral.youth_record(), said)) {
    return Refuse(rules::kAlreadyRecorded, "This is what the record says.");
  }
  const YouthRecord* first = SaidBefore(referral, said);
  if (first != nullptr || Suffices(referral, said, today, rules_->youth_record_alone_days())) {
    YouthRecord agreed = first != nullptr ? *first : said;
    if (first != nullptr) {
      agreed.set_confirmed_by(said.recorded_by());
      agreed.set_confirmed_by_agency(said.recorded_by_agency());
    }
    *referral.mutable_youth_record() = std::move(agreed);
    referral.clear_proposed_youth_records();
  } else {
    Propose(said, &referral);
  }
  return Keep(tx, write, request.etag(), std::move(referral));
}

absl::StatusOr<bool> ReferralService::DecidedOnward(Tx& tx, const Referral& referral) {
  if (referral.redirected_to().empty()) return false;
  Referral onward;
  const absl::Status found = referrals_.GetAny(tx, referral.redirected_to(), &onward);
  if (absl::IsNotFound(found)) return false;
  ACCORD_RETURN_IF_ERROR(found);
  return onward.has_youth_record();
}

absl::Status ReferralService::PassTime(Tx& tx, const std::string& name, absl::Time now) {
  Referral referral;
  ACCORD_RETURN_IF_ERROR(referrals_.GetAny(tx, name, &referral));
  ACCORD_ASSIGN_OR_RETURN(const bool onward, DecidedOnward(tx, referral));
  bool waits = false;
  for (const Ending& ending : EndsOf(*rules_, referral)) {
    if (ending.at > now) continue;
    // The referral that it was sent on as may have another last day by now. When that one ends, it takes the
    // whole family with it, so this one waits.
    if (onward && ending.end == storage::End::kSealed) {
      waits = true;
      continue;
    }
    const absl::Status ended = family_.End(tx, referral, ending, now);
    if (RuleOf(ended) != rules::kLegalHold.reason) return ended;
    // Nothing was written. A referral under a legal hold is still worked on, and its clocks continue.
    waits = true;
    break;
  }
  if (!Escalate(*rules_, now, &referral)) {
    const auto next = waits ? WhileItWaits(*rules_, referral, now) : NextInstant(*rules_, referral);
    return storage::Schedule(tx, "referral", name, next);
  }
  const std::string etag = referral.etag();
  return Keep(tx, {"platform", "calendar", NewId(now), now}, etag, std::move(referral)).status();
}

}  // namespace accord::protocols
