// This oracle says who may do and learn what with courses, offerings, enrolments and certificates. It was
// written from docs/domain.md 5 and 8 alone, without looking at the service.
#ifndef ACCORD_SERVICES_TRAINING_TESTING_FIELD_ORACLE_H_
#define ACCORD_SERVICES_TRAINING_TESTING_FIELD_ORACLE_H_

#include <map>
#include <set>
#include <string>
#include <vector>

#include "common/testing/table_oracle.h"

namespace accord::training {

const std::vector<testing::Line>& Lines();
// The first function tells whether the person keeps the records of an agency that teaches. The second one
// tells whether the person reads counts at the coordination office.
bool Registers(const Caller& who);
bool IsOffice(const Caller& who);

class OracleOfTraining : public testing::TableOracle {
 public:
  OracleOfTraining();
  std::string OfTime(const testing::Change& change, const testing::World& world, absl::Time now) override;
  std::string OfWorld(const testing::World& world) override;
  std::string OfAnswer(const testing::Act& act, const google::protobuf::Message& answer,
                       const testing::World& world, absl::Time now) override;
  bool MayLearn(const Caller& who, const testing::Told&, const testing::World&, absl::Time now) override;
  void Learn(const testing::Act& act, const std::vector<testing::Change>& changes, absl::Time now) override;

 private:
  // This gives the parts that a person has in a record.
  std::set<std::string> PartsIn(const Caller& who, const google::protobuf::Message& record,
                                const testing::World& world) const;
  std::string OfDeed(const testing::Act& act, const testing::Change& change, const testing::World& world);

  // This map keeps everybody who ever marked an enrolment.
  std::map<std::string, std::set<std::string>> marked_;
  // This map keeps what the office was told in each month.
  std::map<absl::CivilMonth, std::string> counted_;
};

}  // namespace accord::training

#endif  // ACCORD_SERVICES_TRAINING_TESTING_FIELD_ORACLE_H_
