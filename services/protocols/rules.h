// This class gives the law and policy of a day, out of the dated rule set.
#ifndef ACCORD_SERVICES_PROTOCOLS_RULES_H_
#define ACCORD_SERVICES_PROTOCOLS_RULES_H_

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/civil_time.h"
#include "absl/time/time.h"
#include "accord/protocols/v1/rules.pb.h"
#include "common/base/law.h"
#include "common/base/law_in_force.h"
#include "common/base/months.h"

namespace accord::protocols {

class Rules {
 public:
  // This refuses a set in which two rows apply to the same case on one day, or a row is incomplete.
  static absl::StatusOr<Rules> Load(const std::string& file);
  static absl::StatusOr<Rules> From(v1::RuleSet set);

  // This gives the rule for an age band. Every band has a row on every day, which From has checked at the
  // days on which rows begin and end.
  const v1::AgeRule& Age(v1::AgeBand band, absl::CivilDay day) const;
  // This gives nullptr if no such ground is in force on `day`.
  const v1::Ground* GroundOn(const std::string& code, absl::CivilDay day) const;
  // This gives the grounds in force on `day`, or all grounds if there is no day.
  std::vector<v1::Ground> Grounds(std::optional<absl::CivilDay> day) const;
  // This gives the instant by which the clock's step is due for a referral submitted at `at`.
  absl::StatusOr<absl::Time> Due(v1::ClockKind clock, v1::Urgency urgency, absl::Time at) const;
  int review_months() const { return set_.review_months(); }
  const google::protobuf::RepeatedPtrField<v1::EscalationRule>& escalations() const {
    return set_.escalations();
  }
  // These say from which day, as text, a youth may be brought to a place of safety, and how long he or she
  // may be there.
  const std::string& place_of_safety_from() const { return set_.place_of_safety_from(); }
  absl::Duration place_of_safety() const { return absl::Minutes(set_.place_of_safety_minutes()); }
  const std::string& voluntary_agreement_from() const { return set_.voluntary_agreement_from(); }
  const v1::RateRule& rate() const { return set_.rate(); }
  // This gives the first day on which a youth record may no longer be seen.
  std::optional<absl::CivilDay> YouthAccessEnd(v1::YouthDisposition disposition,
                                               absl::CivilDay counted_from) const;
  // This gives what else the Act says of the record, and a note if nobody has compared the rows with the law
  // of that day.
  std::vector<std::string> YouthRecordNotes(v1::YouthDisposition disposition,
                                            absl::CivilDay counted_from) const;
  // This gives the first day on which a record of this kind that ended then is purged; it is nullopt if the
  // record is kept.
  std::optional<absl::CivilDay> PurgeDay(const std::string& kind, absl::CivilDay ended) const;
  absl::Duration emergency() const { return absl::Minutes(set_.emergency().minutes()); }
  // This gives the highest grade of a caller's roles; it is 0 if no role has one.
  int GradeOf(const std::vector<annotations::v1::Role>& roles) const;
  int small_cell() const { return set_.small_cell(); }
  // This says when a level of a dispute that began at `at` is over; it is nullopt beyond the last level.
  std::optional<absl::Time> DisputeDue(int level, absl::Time at) const;
  int termination_notice_days() const { return set_.termination_notice_days(); }
  // A value of 0 in the data means the default that rules.proto documents.
  int termination_notice_most_days() const { return OrDefault(set_.termination_notice_most_days(), 730); }
  int voluntary_agreement_most_months() const {
    return OrDefault(set_.voluntary_agreement_most_months(), 24);
  }
  int office_count_months() const { return OrDefault(set_.office_count_months(), 1); }
  const annotations::v1::Currency& currency() const { return set_.currency(); }
  int youth_record_alone_days() const { return OrDefault(set_.youth_record_alone_days(), 30); }
  const v1::RuleSet& set() const { return set_; }
  // This identifies this rule set; whatever was judged by the rule set carries it.
  const std::string& digest() const { return digest_; }

 private:
  explicit Rules(v1::RuleSet set) : set_(std::move(set)), digest_(RuleSetDigest(set_)) {}
  // This gives the row for such a record that counts from this day; it is nullptr if there is none.
  const v1::YouthRecordRule* YouthRecordRow(v1::YouthDisposition disposition,
                                            absl::CivilDay counted_from) const;
  static int OrDefault(int value, int standard) { return value > 0 ? value : standard; }
  v1::RuleSet set_;
  std::string digest_;
};

// The services hold this instead of a fixed set of rules, so that new rules can come into force.
using RulesNow = LawNow<Rules>;

// This says whether a society may give protection services to a person.
bool Eligible(const v1::AgeRule& rule, bool existing_order);

}  // namespace accord::protocols

#endif  // ACCORD_SERVICES_PROTOCOLS_RULES_H_
