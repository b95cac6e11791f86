// An oracle that goes by the lines of a field's own table.
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
  // This is what is said of a change before any line is looked at. Unless it is settled, the lines decide,
  // and the objection stands where none of them is about such a change.
  struct Verdict {
    bool settled = false;
    std::string objection = "nobody does this at all";
  };
  // What the words of the lines mean, told by the field.
  struct Terms {
    const std::vector<Line>* lines;
    // The person is one of these groups of people.
    std::function<bool(const Caller& who, const std::string& people)> is_among;
    // The person, or the person's agency, is one of these to the record.
    std::function<bool(const Caller& who, const google::protobuf::Message& record, const std::string& parts,
                       const World& world)>
        has_part;
    // The name of the record that a new one is about.
    std::function<std::string(const Change& made)> about;
    // This is the objection to a change that the right person makes, from and to the right states, and in the
    // right fields.
    std::function<std::string(const Act& act, const Change& change, const World& world)> of_deed;
    std::function<std::string(const google::protobuf::Message& record)> state = StateIn;
    // This is the objection to this person's doing it with this record, though a line lets it be done.
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

  // The instant of the last step that this oracle was told of.
  absl::Time now_;

 private:
  const Terms terms_;
};

}  // namespace accord::testing

#endif  // ACCORD_COMMON_TESTING_TABLE_ORACLE_H_
