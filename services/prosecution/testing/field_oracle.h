// This oracle says who may do and learn what with cases, accused, advice and links. It was written from
// docs/domain.md 1.2, 1.5, 4 and 8 alone, without looking at the service.
#ifndef ACCORD_SERVICES_PROSECUTION_TESTING_FIELD_ORACLE_H_
#define ACCORD_SERVICES_PROSECUTION_TESTING_FIELD_ORACLE_H_

#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "accord/prosecution/v1/case_duplicate_service.pb.h"
#include "accord/prosecution/v1/case_note_service.pb.h"
#include "accord/prosecution/v1/case_service.pb.h"
#include "common/testing/table_oracle.h"

namespace accord::prosecution {

using testing::As;
using testing::In;

const std::vector<testing::Line>& Lines();
// This says whether the person is one of `crown clerks coordinators police support services office`: by
// agency, by role and by purpose alike.
bool IsAmong(const Caller& who, const std::string& people);
// This gives the stage of an accused, the state of advice, or whether a link is `open`.
std::string StageIn(const google::protobuf::Message& record);
// This gives the case that a record belongs to, or the case itself; it is null for advice.
const v1::Case* CaseIn(const google::protobuf::Message& record, const testing::World& world);
// This gives the cases of both ends of a link; a case is null where there is none.
std::pair<const v1::Case*, const v1::Case*> EndsIn(const v1::CaseDuplicate& link,
                                                   const testing::World& world);
bool HasConflict(const Caller& who, const v1::Case& of);
// This says whether the caller is assigned as lead or co-counsel, or is the provincial coordinator, and has
// no conflict.
bool Acts(const Caller& who, const v1::Case& of);
// This says whether the caller is of the case's own Crown office, or of the provincial team where the case is
// flagged for it. The Crowns of these agencies can be assigned.
bool Sees(const std::string& agency, const v1::Case& of);
// This says whether the caller has a current assignment, to act or to advise.
bool IsCrownOf(const Caller& who, const v1::Case& of);
// This says whether the caller may open the case: assigned Crowns and the coordinator may by section 8, and
// by section 4.3 clerks record what happened in court to their office's cases.
bool Opens(const Caller& who, const v1::Case& of);
// This says what is wrong with one change, apart from the person, the stage and the fields.
std::string ObjectionToDeed(const testing::Act& act, const testing::Change& change,
                            const testing::World& world, const std::string& today);
// This gives the same for corrections of a mistake in a case or an accused.
std::string ObjectionToCaseCorrection(const Caller& who, const v1::Case& before, const v1::Case& after,
                                      const testing::World& world);
std::string ObjectionToCorrection(const testing::Act& act, const v1::Accused& before,
                                  const v1::Accused& after, const v1::Case& of, const std::string& today);
// Checks that a link between two records is made by a person who is involved in both.
std::string ObjectionToDuplicate(const Caller& who, const v1::CaseDuplicate& link,
                                 const testing::World& world);
// This says whether somebody may learn a text of a record, or its name.
bool MayRead(const Caller& who, const google::protobuf::Message& record, const std::string& text,
             const testing::World& world);

class OracleOfProsecution : public testing::TableOracle {
 public:
  OracleOfProsecution();
  std::string OfTime(const testing::Change& change, const testing::World& world, absl::Time now) override;
  std::string OfWorld(const testing::World& world) override;
  std::string OfAnswer(const testing::Act& act, const google::protobuf::Message& answer,
                       const testing::World& world, absl::Time now) override;
  bool MayLearn(const Caller& who, const testing::Told&, const testing::World&, absl::Time now) override;
  void Learn(const testing::Act& act, const std::vector<testing::Change>& changes, absl::Time now) override;

 private:
  // Objects unless the undone stage is the last thing that was recorded of the accused.
  std::string ObjectionToUndo(const testing::Act& act, const testing::Change& change) const;

  std::string ObjectionToCounts(const Caller& who, const v1::CountProsecutionsResponse& answer,
                                absl::Time now);

  // This is the last act of anybody on each accused.
  std::map<std::string, std::string> last_act_;
  // This is what the office was told in a month.
  std::map<absl::CivilMonth, std::string> counted_;
};

}  // namespace accord::prosecution

#endif  // ACCORD_SERVICES_PROSECUTION_TESTING_FIELD_ORACLE_H_
