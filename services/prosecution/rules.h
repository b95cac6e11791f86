// This class gives the law and policy of a day, out of the dated rule set.
#ifndef ACCORD_SERVICES_PROSECUTION_RULES_H_
#define ACCORD_SERVICES_PROSECUTION_RULES_H_

#include <string>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/civil_time.h"
#include "accord/prosecution/v1/resources.pb.h"
#include "accord/prosecution/v1/rules.pb.h"
#include "common/base/law.h"
#include "common/base/law_in_force.h"

namespace accord::prosecution {

// This says what the rule set knows about a request. kOpen is shown to counsel, and the service never
// refuses it.
enum class Permission { kYes, kOpen, kNo };

class Rules {
 public:
  // This refuses a set in which two rows of one section apply on one day, that lacks a ceiling, that has a
  // question about delay twice, whose refusal_rule is none of the catalogue's rules with INVALID_ARGUMENT, in
  // which a row has no mark or no source, in which s. 486.4 lists a row from no day after its first one, or
  // in which a row from memory could refuse something.
  static absl::StatusOr<Rules> Load(const std::string& file);
  static absl::StatusOr<Rules> From(v1::RuleSet set);

  // This gives the offence as the law stood on `day`. It refuses OFFENCE_UNKNOWN, OFFENCE_NOT_IN_FORCE, and,
  // with the rule that the row names, a section that is no charge.
  absl::StatusOr<v1::Offence> Charge(const std::string& section, absl::CivilDay day) const;
  // This says whether a count of this row may be tried by summary conviction. It is open where the offence,
  // or its equivalent, became hybrid later (Interpretation Act, s. 44(d)(iii)), or the row does not say.
  Permission Summary(const v1::Offence& offence) const;
  // This says whether a preliminary inquiry may be had of a count that began on `first` and was charged
  // on `charged`. It is open where R. v. Archambault, 2024 SCC 35, leaves a question, or the maximum was
  // not established.
  Permission Preliminary(const v1::Offence& offence, absl::CivilDay first, absl::CivilDay charged) const;
  // This gives what counsel is told of a count: what is open, and what nobody has compared with the law.
  std::vector<std::string> NotesOn(const v1::Offence& offence, const v1::Count& count,
                                   absl::CivilDay charged) const;
  // This gives a sentence which says that nobody has compared the rule set with the law of this day; it is
  // empty if somebody has.
  std::string LawNote(absl::CivilDay day) const;
  // This gives the row for bonds of this section that begin on `from`; it is nullptr if there is none.
  const v1::RecognizanceRule* RecognizanceOn(const std::string& section, absl::CivilDay from) const;
  // This gives the provision on publication bans of this section as it stood on a day; it is nullptr if there
  // was none.
  const v1::BanRule* BanRuleOn(const std::string& section, absl::CivilDay day) const;
  // This says whether s. 810.1 lists this offence on a day.
  bool ListedIn810_1(const std::string& section, absl::CivilDay day) const;
  // This gives the row of this court. From has checked that there is one.
  const v1::CeilingRule& Ceiling(v1::Forum forum, bool after_preliminary) const;
  bool Transitional(absl::CivilDay charged) const;
  // This gives the row of a question about delay; it is nullptr if there is none.
  const v1::DelayQuestionRule* DelayQuestion(v1::DelayQuestion question) const;
  // This refuses REGION_UNKNOWN, and WRONG_REGION for a Crown office of another region. It never
  // answers NOT_FOUND.
  absl::Status CheckRegion(const std::string& region, const std::string& agency) const;
  // A value of 0 in the data means the default that rules.proto documents.
  int advice_business_days() const {
    return set_.advice_business_days() > 0 ? set_.advice_business_days() : 5;
  }
  const v1::RuleSet& set() const { return set_; }
  // This identifies this rule set; whatever was judged by the rule set carries it.
  const std::string& digest() const { return digest_; }

 private:
  explicit Rules(v1::RuleSet set) : set_(std::move(set)), digest_(RuleSetDigest(set_)) {}
  const v1::PreliminaryRule& PreliminaryRuleOn(absl::CivilDay charged) const;
  // This gives the provision of a publication ban where s. 486.4 did not list the offence on the day of the
  // charge; it is empty where it did, or where the row does not establish that.
  std::string BanNote(const v1::Offence& offence, absl::CivilDay charged) const;
  // This says whether `fits` is true for a later row of the same provision or of the provision that
  // replaced it.
  template <class Fits>
  bool BecameLater(const v1::Offence& offence, Fits fits) const;
  v1::RuleSet set_;
  std::string digest_;
};

// The services hold this instead of a fixed set of rules, so that new rules can come into force.
using RulesNow = LawNow<Rules>;

// This says whether `effective_from` <= day < `effective_to`, each of which is open if it is empty. Days as
// text sort as days.
bool IsRuleInForce(const v1::Offence& offence, absl::CivilDay day);
// This says whether the row applies to this section, because the row names the section itself or a whole
// section that contains it.
bool NamesSection(const v1::Offence& offence, const std::string& section);
// This says whether the rule set establishes the longest imprisonment for the offence otherwise than
// from memory.
bool HasKnownMaximum(const v1::Offence& offence);
// This says whether s. 486.4 lists the offence of this row for publication bans on a day.
bool ListedIn486_4(const v1::Offence& offence, absl::CivilDay day);

}  // namespace accord::prosecution

#endif  // ACCORD_SERVICES_PROSECUTION_RULES_H_
