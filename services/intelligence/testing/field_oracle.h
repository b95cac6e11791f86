// This oracle says who may do and learn what with reports, copies, releases and products. It was written from
// docs/domain.md 3.2, 3.3 and 8 alone, without looking at the services.
#ifndef ACCORD_SERVICES_INTELLIGENCE_TESTING_FIELD_ORACLE_H_
#define ACCORD_SERVICES_INTELLIGENCE_TESTING_FIELD_ORACLE_H_

#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "accord/intelligence/v1/resources.pb.h"
#include "common/testing/table_oracle.h"

namespace accord::intelligence {

const std::vector<testing::Line>& Lines();
// This says whether the person is one of `intel bureau deciders directors approvers recipients`.
bool IsAmong(const Caller& who, const std::string& people);
// This says whether the list of a record has this one text.
template <class List>
bool Names(const List& list, const std::string& one) {
  return std::find(list.begin(), list.end(), one) != list.end();
}

// This class says what is true of the records at one moment.
class Control {
 public:
  Control(const testing::World& world, absl::Time now) : world_(world), now_(now) {}

  // This says whether a report is in use: it was admitted, and was neither taken back nor has ended.
  static bool InUse(const v1::Report& report);
  // This says whether the originator lets this agency have it: by handling, or by a live release of
  // this name.
  bool Permits(const v1::Report& report, const std::string& agency) const;
  bool Opens(const v1::Report& report, const std::string& agency, const std::string& release) const;
  bool Holds(const v1::Report& report, const std::string& agency) const;
  // This says whether a release of the originator lets `from` give the report to `to`.
  bool Released(const v1::Report& report, const std::string& from, const std::string& to) const;
  bool Stand(const v1::Product& product) const;
  bool Agreed(const v1::Product& product) const;
  bool MayHave(const v1::Product& product, const std::string& agency) const;
  bool MakerHolds(const v1::Product& product) const;
  std::set<std::string> Originators(const v1::Product& product) const;
  const v1::Report* Report(const std::string& name) const;
  const v1::Product* Product(const std::string& name) const;

 private:
  bool Allows(v1::Handling handling, const google::protobuf::RepeatedPtrField<std::string>& recipients,
              const std::string& agency) const;
  bool Live(const v1::ReleaseRequest& release, const v1::Report& report, const std::string& agency) const;

  const testing::World& world_;
  const absl::Time now_;
};

class OracleOfIntelligence : public testing::TableOracle {
 public:
  OracleOfIntelligence();
  std::string OfTime(const testing::Change& change, const testing::World& world, absl::Time now) override;
  std::string OfWorld(const testing::World& world) override;
  bool MayLearn(const Caller& who, const testing::Told&, const testing::World&, absl::Time now) override;
  void Learn(const testing::Act& act, const std::vector<testing::Change>& changes, absl::Time now) override;

 private:
  // Checks acts on one record that take two people: whoever did one may not do the other.
  std::string ObjectionToTwo(const testing::Act& act, const std::string& record);
  Verdict FirstLook(const testing::Act& act, const testing::Change& change, const testing::World& world);
  std::string ObjectionToDeed(const testing::Act& act, const testing::Change& change,
                              const testing::World& world);
  std::string SideEffect(const testing::Act& act, const testing::Change& change, const testing::World& world);
  // This gives the objection to what time ended.
  std::string ObjectionToEnd(const testing::Change& change, const testing::World& world,
                             const std::string& today);
  // Remembers who knew of the record.
  void Ended(const testing::Change& change, const testing::World& world);

  // This says who did what on a record, as in `ps-york/intel GradeReport`.
  std::map<std::string, std::set<std::string>> did_;
  // These are the names that originators give to their sources.
  std::set<std::string> sources_;
  // These agencies knew of a report when it ended.
  std::map<std::string, std::set<std::string>> knew_;
};

}  // namespace accord::intelligence

#endif  // ACCORD_SERVICES_INTELLIGENCE_TESTING_FIELD_ORACLE_H_
