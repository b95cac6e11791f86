// Random requests are mostly valid by the rules of their fields, and otherwise have arbitrary values.
#ifndef ACCORD_COMMON_TESTING_RANDOM_REQUEST_H_
#define ACCORD_COMMON_TESTING_RANDOM_REQUEST_H_

#include <google/protobuf/message.h>

#include <map>
#include <memory>
#include <random>
#include <string>
#include <vector>

#include "absl/time/time.h"
#include "common/access/decide.h"
#include "common/testing/dice.h"

namespace accord::testing {

// These are all records of a service, keyed by name, as the database has them.
using World = std::map<std::string, std::shared_ptr<const google::protobuf::Message>>;
// This gives the record as this type; it is null if it is of another type or there is none.
template <class M>
const M* As(const google::protobuf::Message* record) {
  return dynamic_cast<const M*>(record);
}
template <class M>
const M* In(const World& world, const std::string& name) {
  const auto found = world.find(name);
  return found == world.end() ? nullptr : As<M>(found->second.get());
}

class RandomRequest {
 public:
  // The agencies and actors are used for texts in the form of an id, and the days for dates.
  RandomRequest(Dice* dice, std::vector<std::string> agencies, std::vector<std::string> actors,
                std::vector<std::string> days)
      : dice_(dice), agencies_(std::move(agencies)), actors_(std::move(actors)), days_(std::move(days)) {}

  // `order` has all names in the order in which they were made, so that a seed reproduces the
  // request. If the message names a record, it is `record`, mostly with its etag. Free texts are
  // marks, each used once: `secret-` and a number.
  std::unique_ptr<google::protobuf::Message> Make(const google::protobuf::Descriptor* type,
                                                  const Caller& caller, const std::string& record,
                                                  const World& world, const std::vector<std::string>& order,
                                                  absl::Time now);
  Dice* dice() const { return dice_; }
  std::string Mark() { return "secret-" + std::to_string(++marks_) + "."; }

 private:
  // This is what one request is about.
  struct Aim {
    const Caller* caller;
    // This is the record to name; it is empty once the request names it.
    std::string record;
    const World* world;
    const std::vector<std::string>* order;
    absl::Time now;
  };
  void Fill(google::protobuf::Message* message, Aim* aim);
  void FillField(google::protobuf::Message* message, const google::protobuf::FieldDescriptor* field,
                 Aim* aim);
  std::string TextFor(const google::protobuf::FieldDescriptor* field, Aim* aim);
  std::string NameFor(const google::protobuf::FieldDescriptor* field, Aim* aim);
  // This fills in `name`, `etag` and `update_mask` of a message that is changed, from what the world has.
  void Refer(google::protobuf::Message* message, const std::string& record, const Aim& aim);

  Dice* const dice_;
  const std::vector<std::string> agencies_, actors_, days_;
  int marks_ = 0;
};

// This gives the text field `name` of a message; it is empty if it has none.
std::string TextOf(const google::protobuf::Message& message, const std::string& name);
// This gives every text in a message, at any depth.
std::vector<std::string> TextsIn(const google::protobuf::Message& message);
// This replaces a text wherever it occurs.
void ReplaceText(google::protobuf::Message* message, const std::string& from, const std::string& to);

}  // namespace accord::testing

#endif  // ACCORD_COMMON_TESTING_RANDOM_REQUEST_H_
