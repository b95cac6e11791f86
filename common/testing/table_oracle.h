// This oracle follows the lines of a table in the words of the field.
#ifndef ACCORD_COMMON_TESTING_TABLE_ORACLE_H_
#define ACCORD_COMMON_TESTING_TABLE_ORACLE_H_

#include <functional>
#include <string>
#include <utility>
#include <vector>

#include "common/testing/field_line.h"
#include "common/testing/insiders.h"

namespace accord::testing {

class TableOracle : public Oracle {
 public:
  // This is a judgement about a change before the lines are consulted. If it is not settled, the lines
  // decide, and its objection is used if no line is about such a change.
  struct Verdict {
    bool settled = false;
    std::string objection = "nobody does this at all";
  };
  // This is the meaning of the words in the lines, which the field supplies.
  struct Terms {
    const std::vector<Line>* lines;
    // This says whether the person belongs to one of these groups of people.
    std::function<bool(const Caller& who, const std::string& people)> is_among;
    // This says whether the person, or the person's agency, has one of these parts in the record.
    std::function<bool(const Caller& who, const google::protobuf::Message& record, const std::string& parts,
                       const World& world)>
        has_part;
    // This gives the name of the record that a new one is about.
    std::function<std::string(const Change& made)> about;
    // This gives the objection to a change that the right person makes, between the right states and in the
    // right fields.
    std::function<std::string(const Act& act, const Change& change, const World& world)> of_deed;
    std::function<std::string(const google::protobuf::Message& record)> state = StateIn;
    // This gives the objection to this person's acting on this record although a line permits it.
    std::function<std::string(const Act& act, const std::string& record)> bar = nullptr;
    std::function<Verdict(const Act& act, const Change& change, const World& world)> first_look = nullptr;
  };

  std::string Objection(const Caller& who, const std::string& method, const std::string& record,
                        const World& world) override;
  std::string Objection(const Act& act, const Change& change, const World& world) override;
  void Start(absl::Time now) { now_ = now; }
  void Learn(const Act&, const std::vector<Change>&, absl::Time now) override { now_ = now; }

 protected:
  explicit TableOracle(Terms terms) : terms_(std::move(terms)) {}

  // This is the instant of the last step that this oracle was told about.
  absl::Time now_;

 private:
  const Terms terms_;
};

}  // namespace accord::testing

#endif  // ACCORD_COMMON_TESTING_TABLE_ORACLE_H_
