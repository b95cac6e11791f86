// This is the handler of ReferralService that records when access to a youth record ends, and who says so
// (YCJA s. 119).
#include <algorithm>

#include "common/base/error.h"
#include "common/base/field_refusal.h"
#include "services/protocols/oversight/emergency_service.h"
#include "services/protocols/referrals/referral_family.h"
#include "services/protocols/referrals/referral_queries.h"
#include "services/protocols/referrals/referral_service.h"

namespace accord::protocols {
namespace {

using v1::Referral;
using v1::YouthRecord;

bool SaysTheSame(const YouthRecord& a, const YouthRecord& b) {
  return a.disposition() == b.disposition() && a.counted_from() == b.counted_from();
}

bool IsBySamePerson(const YouthRecord& a, const YouthRecord& b) {
  return a.recorded_by() == b.recorded_by() && a.recorded_by_agency() == b.recorded_by_agency();
}

// This says whether one person's word takes effect at once: it is the first of its kind, and its end leaves
// time to object.
bool SufficesAlone(const Referral& referral, const YouthRecord& said, absl::CivilDay today, int alone_days) {
  return !referral.has_youth_record() && referral.proposed_youth_records().empty() &&
         *ParseDay(said.access_ends_on()) > today + alone_days;
}

// This gives another person's word that says the same; it is nullptr if there is none.
const YouthRecord* SaidByAnother(const Referral& referral, const YouthRecord& said) {
  const auto& proposed = referral.proposed_youth_records();
  const auto found = std::find_if(proposed.begin(), proposed.end(), [&](const YouthRecord& each) {
    return SaysTheSame(each, said) && !IsBySamePerson(each, said);
  });
  return found == proposed.end() ? nullptr : &*found;
}

void ProposeYouthRecord(const YouthRecord& said, Referral* referral) {
  for (auto& each : *referral->mutable_proposed_youth_records()) {
    if (!IsBySamePerson(each, said)) continue;
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
  if (referral.has_youth_record() && SaysTheSame(referral.youth_record(), said)) {
    return Refuse(rules::kAlreadyRecorded, "This is what the record says.");
  }
  const YouthRecord* first = SaidByAnother(referral, said);
  if (first != nullptr || SufficesAlone(referral, said, today, rules_->youth_record_alone_days())) {
    YouthRecord agreed = first != nullptr ? *first : said;
    if (first != nullptr) {
      agreed.set_confirmed_by(said.recorded_by());
      agreed.set_confirmed_by_agency(said.recorded_by_agency());
    }
    *referral.mutable_youth_record() = std::move(agreed);
    referral.clear_proposed_youth_records();
  } else {
    ProposeYouthRecord(said, &referral);
  }
  return Keep(tx, write, request.etag(), std::move(referral));
}

}  // namespace accord::protocols
