// An oracle is the judge of a model test, who knows the rules of the field and not the code.
#ifndef ACCORD_COMMON_TESTING_ORACLE_H_
#define ACCORD_COMMON_TESTING_ORACLE_H_

#include <google/protobuf/message.h>

#include <memory>
#include <string>
#include <vector>

#include "absl/time/time.h"
#include "common/access/caller.h"
#include "common/testing/random_request.h"

namespace accord::testing {

// This is what a step did to one record: `before` is null if it created the record, and `after` if it ended
// it. A row of a plain table is a change without either: `name` is the row, and `made` says whether it was
// added or removed.
struct Change {
  std::string name;
  std::shared_ptr<const google::protobuf::Message> before, after;
  bool made = false;
};

// An act says who does what, and for which purpose. The method is for example `AcknowledgeReferral`.
struct Act {
  const Caller* who;
  std::string method;
  const google::protobuf::Message* request;
};

// This is a text that somebody was told: it is in a record, or it is the record's name. The record is null
// once it has ended.
struct Told {
  const std::string& name;
  const google::protobuf::Message* record;
  const std::string& text;
};

// These are the rules of the field about what people may do and learn, written without looking at the code.
// An objection says what is wrong; an empty one means that nothing is.
class Oracle {
 public:
  virtual ~Oracle() = default;
  // This gives the objection to this caller's trying the method with a record; it is empty if the call may
  // have an effect. It does not decide whether a test fails on a refusal, because a refusal is always right.
  virtual std::string Objection(const Caller& who, const std::string& method, const std::string& record,
                                const World& world) = 0;
  // This gives the objection to the result of an act. `world` is the state before it.
  virtual std::string Objection(const Act& act, const Change& change, const World& world) = 0;
  // This gives the objection to what the passing of time did, at `now`.
  virtual std::string OfTime(const Change& change, const World& world, absl::Time now) = 0;
  // This gives the objection to the state after each step.
  virtual std::string OfWorld(const World& world) = 0;
  virtual bool MayLearn(const Caller& who, const Told& told, const World& world, absl::Time now) = 0;
  // This gives the objection to what an answer tells apart from names and marks: numbers, states, days.
  virtual std::string OfAnswer(const Act&, const google::protobuf::Message&, const World&, absl::Time) {
    return "";
  }
  // This is called with what was done, after all objections.
  virtual void Learn(const Act&, const std::vector<Change>&, absl::Time) {}
};

}  // namespace accord::testing

#endif  // ACCORD_COMMON_TESTING_ORACLE_H_
