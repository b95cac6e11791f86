#include "services/protocols/referrals/referral_law.h"

#include <set>

#include "common/base/clock.h"
#include "common/base/error.h"
#include "common/base/field_refusal.h"
#include "common/base/months.h"

namespace accord::protocols {
namespace {

using v1::Referral;

const std::set<std::string>& FieldsThatChooseLaw() {
  static const std::set<std::string> kFields = {"age_band", "event_date", "urgency", "ground_code",
                                                "existing_order"};
  return kFields;
}

absl::Status CheckLawFieldsGiven(const Referral& referral) {
  if (referral.age_band() == v1::AGE_BAND_UNSPECIFIED) {
    return Refuse(rules::kFieldRequired, "age_band cannot be empty.");
  }
  if (referral.urgency() == v1::URGENCY_UNSPECIFIED) {
    return Refuse(rules::kFieldRequired, "urgency cannot be empty.");
  }
  if (!ParseDay(referral.event_date())) return Refuse(rules::kFieldRequired, "event_date cannot be empty.");
  return absl::OkStatus();
}

absl::Status CheckGroundInLaw(const Rules& law, const Referral& referral, absl::CivilDay event_day) {
  if (referral.ground_code().empty()) {
    if (referral.kind() != v1::REFERRAL_KIND_DUTY_TO_REPORT) return absl::OkStatus();
    return Refuse(rules::kGroundRequired, "A duty to report names its ground.");
  }
  if (law.GroundOn(referral.ground_code(), event_day) != nullptr) return absl::OkStatus();
  return Refuse(rules::kGroundNotInForce, "No such ground was in force on event_date.");
}

// This requires that a society could have screened the referral as it did by these facts.
absl::Status CheckScreeningStandsInLaw(const v1::AgeRule& age, const Referral& referral) {
  // Only a society has a clock for the assessment.
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

absl::Status CheckMeasuresStandInLaw(const Rules& law, const Referral& referral, absl::CivilDay event_day) {
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

bool ChoosesLaw(const std::string& field) { return FieldsThatChooseLaw().contains(field); }

absl::Status ApplyLawOfDay(const Rules& law, absl::CivilDay today, Referral* referral) {
  ACCORD_RETURN_IF_ERROR(CheckLawFieldsGiven(*referral));
  const absl::CivilDay event_day = *ParseDay(referral->event_date());
  ACCORD_RETURN_IF_ERROR(CheckDayHasCome("referral.event_date", referral->event_date(), today));
  ACCORD_RETURN_IF_ERROR(CheckGroundInLaw(law, *referral, event_day));
  const v1::AgeRule& age = law.Age(referral->age_band(), event_day);
  ACCORD_RETURN_IF_ERROR(CheckScreeningStandsInLaw(age, *referral));
  ACCORD_RETURN_IF_ERROR(CheckMeasuresStandInLaw(law, *referral, event_day));
  ApplyAgeRule(age, referral);
  referral->set_rule_set(law.digest());
  return absl::OkStatus();
}

void ApplyAgeRule(const v1::AgeRule& age, Referral* referral) {
  referral->set_reporting_mandatory(age.reporting() == v1::REPORTING_MANDATORY);
  referral->clear_law_notes();
  if (referral->existing_order() && !age.doubt_under_order().empty()) {
    referral->add_law_notes(age.doubt_under_order());
  }
}

}  // namespace accord::protocols
