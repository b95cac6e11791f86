// This oracle says who may do and learn what with indicators, observations, money and reports of the
// strategy, by docs/domain.md 6 and the rules that hold everywhere. It was written from there alone, without
// looking at the service.
#ifndef ACCORD_SERVICES_STRATEGY_TESTING_FIELD_ORACLE_H_
#define ACCORD_SERVICES_STRATEGY_TESTING_FIELD_ORACLE_H_

#include <map>
#include <set>
#include <string>
#include <vector>

#include "common/testing/table_oracle.h"

namespace accord::strategy {

const std::vector<testing::Line>& Lines();

class OracleOfStrategy : public testing::TableOracle {
 public:
  OracleOfStrategy();
  std::string OfTime(const testing::Change& change, const testing::World& world, absl::Time now) override;
  std::string OfWorld(const testing::World& world) override;
  bool MayLearn(const Caller& who, const testing::Told& told, const testing::World& world,
                absl::Time now) override;
  void Learn(const testing::Act& act, const std::vector<testing::Change>& changes, absl::Time now) override;

 private:
  // This gives the rule that bars a person from an act: nobody commits what he or she planned, approves or
  // pays what he or she requested, or publishes what he or she approved.
  std::string Bar(const testing::Act& act, const std::string& record) const;

  // These maps keep who planned or requested each record, who approved it, and who requested a reversal.
  std::map<std::string, std::set<std::string>> planned_, approved_, asked_back_;
};

}  // namespace accord::strategy

#endif  // ACCORD_SERVICES_STRATEGY_TESTING_FIELD_ORACLE_H_
