// This oracle says who may do and learn what with protocols, referrals and the records that belong to them.
// It was written from docs/domain.md 1.2, 1.5, 2 and 8 alone, without looking at the services.
#ifndef ACCORD_SERVICES_PROTOCOLS_TESTING_FIELD_ORACLE_H_
#define ACCORD_SERVICES_PROTOCOLS_TESTING_FIELD_ORACLE_H_

#include <map>
#include <set>
#include <string>
#include <vector>

#include "accord/protocols/v1/resources.pb.h"
#include "common/testing/table_oracle.h"

namespace accord::protocols {

class OracleOfProtocols : public testing::TableOracle {
 public:
  OracleOfProtocols();
  std::string OfTime(const testing::Change& change, const testing::World& world, absl::Time now) override;
  std::string OfWorld(const testing::World& world) override;
  bool MayLearn(const Caller& who, const testing::Told&, const testing::World&, absl::Time now) override;
  void Learn(const testing::Act& act, const std::vector<testing::Change>& changes, absl::Time now) override;

 private:
  Verdict FirstLook(const testing::Act& act, const testing::Change& change, const testing::World& world);
  std::string ObjectionToHold(const testing::Act& act, const testing::Change& change,
                              const testing::World& world);
  std::string ObjectionToDeed(const testing::Act& act, const testing::Change& change,
                              const testing::World& world);
  std::string ObjectionToAmendment(const testing::Act& act, const v1::Referral& before,
                                   const v1::Referral& after);
  std::string ObjectionToYouthRecord(const testing::Act& act, const v1::Referral& before,
                                     const v1::Referral& after);

  // This is the last act of anybody on each referral, and the agency of who did it.
  std::map<std::string, std::pair<std::string, std::string>> last_act_;
  // This is what each person last said of the end of a youth record, by referral.
  std::map<std::string, std::map<std::string, std::string>> said_;
  // This keeps who asked for an emergency access, and that person's grade.
  std::map<std::string, std::pair<std::string, int>> asked_;
  // This keeps who owns each filter, since each caller sees only the caller's own.
  std::map<std::string, std::string> filters_;
  // These are the drafts that the office's people made for others: they get the same answer when they repeat
  // a request.
  std::map<std::string, std::pair<std::string, std::set<std::string>>> drafted_;
  // These agencies saw a record when it ended.
  std::map<std::string, std::set<std::string>> saw_;
};

}  // namespace accord::protocols

#endif  // ACCORD_SERVICES_PROTOCOLS_TESTING_FIELD_ORACLE_H_
