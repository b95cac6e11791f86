// This oracle says who may do and learn what with survivors' records, the programs that help them, the money
// for it and the court's orders, by docs/domain.md 7 and the rules that hold everywhere.
#ifndef ACCORD_SERVICES_SUPPORTS_TESTING_FIELD_ORACLE_H_
#define ACCORD_SERVICES_SUPPORTS_TESTING_FIELD_ORACLE_H_

#include <map>
#include <set>
#include <string>
#include <vector>

#include "accord/supports/v1/resources.pb.h"
#include "common/testing/table_oracle.h"

namespace accord::supports {

const std::vector<testing::Line>& Lines();

// The functions in field_people.cc say what people are to the records of this field.
bool IsAmong(const Caller& who, const std::string& people);
// This tells whether the person works in the support case of a record.
bool IsOfTheTeam(const Caller& who, const google::protobuf::Message& record, const testing::World& world);
// This tells whether the person is one of these to the record on this day.
bool HasPart(const Caller& who, const google::protobuf::Message& record, const std::string& parts,
             const testing::World& world, const std::string& today);
// This tells what a person may learn of a record on this day, and which of its texts.
bool MayKnow(const Caller& who, const testing::Told& told, const testing::World& world,
             const std::string& today);

class OracleOfSupports : public testing::TableOracle {
 public:
  OracleOfSupports();
  std::string OfTime(const testing::Change& change, const testing::World& world, absl::Time now) override;
  std::string OfWorld(const testing::World& world) override;
  bool MayLearn(const Caller& who, const testing::Told& told, const testing::World& world,
                absl::Time now) override;
  std::string OfAnswer(const testing::Act& act, const google::protobuf::Message& answer,
                       const testing::World& world, absl::Time now) override;
  void Learn(const testing::Act& act, const std::vector<testing::Change>& changes, absl::Time now) override;

 private:
  std::string Today() const;
  // This gives the case of a notice, which does not name it. The result is null for any other record.
  const v1::SupportCase* CaseOfNotice(const google::protobuf::Message& record,
                                      const testing::World& world) const;
  // This gives the rule that bars a person from an act: nobody may decide on his or her own request, review
  // his or her own decision or confirm his or her own entry.
  std::string Bar(const testing::Act& act, const std::string& record) const;
  std::string OfDeed(const testing::Act& act, const testing::Change& change,
                     const testing::World& world) const;

  // These maps keep who did what with each record.
  std::map<std::string, std::set<std::string>> requested_, decided_, reversed_;
  // This map keeps the case of each notice.
  std::map<std::string, std::string> planned_;
};

}  // namespace accord::supports

#endif  // ACCORD_SERVICES_SUPPORTS_TESTING_FIELD_ORACLE_H_
