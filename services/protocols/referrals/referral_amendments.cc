#include "services/protocols/referrals/referral_amendments.h"

#include <google/protobuf/util/field_mask_util.h>
#include <google/protobuf/util/message_differencer.h>

#include <algorithm>
#include <set>

#include "common/base/clock.h"
#include "common/base/error.h"
#include "common/base/field_refusal.h"
#include "common/base/months.h"

namespace accord::protocols {
namespace {

using v1::Referral;

// Each side may amend a referral this often by corrections, undoing and reopening; the number is our choice.
// It is counted for each side, so that neither uses up the other's.
constexpr int kMostAmendmentsOfASide = 50;

const std::set<std::string>& ChoosingFields() {
  static const std::set<std::string> kFields = {"age_band", "event_date", "urgency", "ground_code",
                                                "existing_order"};
  return kFields;
}

// The referral with nothing but this field.
Referral Only(const std::string& field, const Referral& referral) {
  Referral only;
  google::protobuf::FieldMask mask;
  mask.add_paths(field);
  google::protobuf::util::FieldMaskUtil::MergeOptions options;
  google::protobuf::util::FieldMaskUtil::MergeMessageTo(referral, mask, options, &only);
  return only;
}

absl::Status CheckComplete(const Referral& referral) {
  if (referral.age_band() == v1::AGE_BAND_UNSPECIFIED) {
    return Refuse(rules::kFieldRequired, "age_band cannot be empty.");
  }
  if (referral.urgency() == v1::URGENCY_UNSPECIFIED) {
    return Refuse(rules::kFieldRequired, "urgency cannot be empty.");
  }
  if (!ParseDay(referral.event_date())) return Refuse(rules::kFieldRequired, "event_date cannot be empty.");
  return absl::OkStatus();
}

absl::Status CheckGround(const Rules& law, const Referral& referral, absl::CivilDay event_day) {
  if (referral.ground_code().empty()) {
    if (referral.kind() != v1::REFERRAL_KIND_DUTY_TO_REPORT) return absl::OkStatus();
    return Refuse(rules::kGroundRequired, "A duty to report names its ground.");
  }
  if (law.GroundOn(referral.ground_code(), event_day) != nullptr) return absl::OkStatus();
  return Refuse(rules::kGroundNotInForce, "No such ground was in force on event_date.");
}

// How a society screened it must be what it could have screened it as by these facts.
absl::Status CheckScreened(const v1::AgeRule& age, const Referral& referral) {
  // The clock of the assessment is a society's alone.
  if (!referral.has_assessment_due()) return absl::OkStatus();
  const bool protects =
      referral.state() == v1::REFERRAL_STATE_JOINT || referral.state() == v1::REFERRAL_STATE_CAS_LEAD;
  const bool excludes = referral.state() == v1::REFERRAL_STATE_NOT_ELIGIBLE_CFSA;
  const bool eligible = Eligible(age, referral.existing_order());
  if (eligible ? !excludes : !protects) return absl::OkStatus();
  return Refuse(rules::kScreeningContradicted,
                "By the corrected facts it could not have been screened as it was: the receiver undoes the "
                "screening first.");
}

absl::Status CheckMeasures(const Rules& law, const Referral& referral, absl::CivilDay event_day) {
  const bool measures = referral.has_voluntary_agreement() || referral.has_brought_at();
  if (measures && referral.age_band() != v1::AGE_BAND_16_17) {
    return Refuse(rules::kAgeBand, "An agreement or a place of safety is recorded, which is for 16 and 17.");
  }
  if (!referral.has_voluntary_agreement()) return absl::OkStatus();
  const absl::CivilDay last = MonthsAfter(event_day, law.voluntary_agreement_most_months());
  if (referral.voluntary_agreement().ends_on() <= FormatDay(last)) return absl::OkStatus();
  return Refuse(
      rules::kAgreementTooLong,
      "With this event_date the agreement that is recorded would outlast the youth's 18th birthday.");
}

}  // namespace

bool Correctable(const Referral& referral, const std::string& field) {
  static const std::set<std::string> kFirstSendersWords = {"reporter_belief", "indicators", "youth_wishes",
                                                           "caregiver_suspect"};
  if (field == "phone_contact_at" || field == "indigenous_identity") return true;
  return referral.redirected_from().empty() && (kFirstSendersWords.contains(field) || ChoosesLaw(field));
}

bool ChoosesLaw(const std::string& field) { return ChoosingFields().contains(field); }

std::set<std::string> ChangedFields(const std::set<std::string>& fields, const Referral& before,
                                    const Referral& after) {
  std::set<std::string> changed;
  for (const std::string& field : fields) {
    if (google::protobuf::util::MessageDifferencer::Equals(Only(field, before), Only(field, after))) continue;
    changed.insert(field);
  }
  return changed;
}

absl::Status FollowLaw(const Rules& law, absl::CivilDay today, Referral* referral) {
  ACCORD_RETURN_IF_ERROR(CheckComplete(*referral));
  const absl::CivilDay event_day = *ParseDay(referral->event_date());
  ACCORD_RETURN_IF_ERROR(CheckDayHasCome("referral.event_date", referral->event_date(), today));
  ACCORD_RETURN_IF_ERROR(CheckGround(law, *referral, event_day));
  const v1::AgeRule& age = law.Age(referral->age_band(), event_day);
  ACCORD_RETURN_IF_ERROR(CheckScreened(age, *referral));
  ACCORD_RETURN_IF_ERROR(CheckMeasures(law, *referral, event_day));
  TakeLaw(age, referral);
  referral->set_rule_set(law.digest());
  return absl::OkStatus();
}

void TakeLaw(const v1::AgeRule& age, Referral* referral) {
  referral->set_reporting_mandatory(age.reporting() == v1::REPORTING_MANDATORY);
  referral->clear_law_notes();
  if (referral->existing_order() && !age.doubt_under_order().empty()) {
    referral->add_law_notes(age.doubt_under_order());
  }
}

absl::Time WorkStart(const Referral& referral) {
  absl::Time start = FromProto(referral.create_time());
  for (const auto& amendment : referral.amendments()) {
    if (amendment.kind() == v1::AMENDMENT_KIND_REOPENING) start = FromProto(amendment.time());
  }
  return start;
}

absl::Status CheckMayAmend(const Referral& referral, const std::string& agency) {
  const auto& amendments = referral.amendments();
  const auto own = std::count_if(amendments.begin(), amendments.end(),
                                 [&](const auto& amendment) { return amendment.agency() == agency; });
  if (own < kMostAmendmentsOfASide) return absl::OkStatus();
  return Refuse(rules::kRecordFull, "Your agency has mended this referral as often as it may.");
}

v1::ReferralAmendment* AddAmendment(v1::AmendmentKind kind, const Caller& caller, absl::Time now,
                                    const std::string& reason, Referral* referral) {
  auto* amendment = referral->add_amendments();
  amendment->set_kind(kind);
  amendment->set_reason(reason);
  amendment->set_agency(caller.agency);
  amendment->set_actor(caller.actor);
  *amendment->mutable_time() = ToProto(now);
  return amendment;
}

void NoteClocks(const Referral& before, const Referral& after, v1::ReferralAmendment* amendment) {
  const auto note = [&](v1::ReferralClock clock, bool had, const google::protobuf::Timestamp& was,
                        const google::protobuf::Timestamp& is) {
    if (!had || FromProto(was) == FromProto(is)) return;
    auto* noted = amendment->add_clocks_before();
    noted->set_clock(clock);
    *noted->mutable_due() = was;
  };
  note(v1::REFERRAL_CLOCK_ACKNOWLEDGE, before.has_acknowledge_due(), before.acknowledge_due(),
       after.acknowledge_due());
  note(v1::REFERRAL_CLOCK_ASSESSMENT, before.has_assessment_due(), before.assessment_due(),
       after.assessment_due());
  note(v1::REFERRAL_CLOCK_RESPONSE, before.has_response_due(), before.response_due(), after.response_due());
  note(v1::REFERRAL_CLOCK_COMPLETION, before.has_completion_due(), before.completion_due(),
       after.completion_due());
}

}  // namespace accord::protocols
