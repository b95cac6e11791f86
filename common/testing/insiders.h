// Random people of random agencies who try every method of a service, held against what an oracle says.
#ifndef ACCORD_COMMON_TESTING_INSIDERS_H_
#define ACCORD_COMMON_TESTING_INSIDERS_H_

#include <functional>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "common/access/method.h"
#include "common/testing/in_process.h"
#include "common/testing/random_request.h"

namespace accord::testing {

// This is what a step did to one record: `before` is null where it makes one, `after` where it ends one. Rows
// of plain tables are changes without either: `name` is the row, and `made` says whether it came or went.
struct Change {
  std::string name;
  std::shared_ptr<const google::protobuf::Message> before, after;
  bool made = false;
};

// This says who does what, and why: `AcknowledgeReferral`.
struct Act {
  const Caller* who;
  std::string method;
  const google::protobuf::Message* request;
};

// This is a text that somebody was told: it stands in a record, or is the record's name. The record is null
// once it has ended.
struct Told {
  const std::string& name;
  const google::protobuf::Message* record;
  const std::string& text;
};

// What the field lets people do and learn, written without a look at the code. Objections say what is wrong;
// empty: nothing.
class Oracle {
 public:
  virtual ~Oracle() = default;
  // This is the objection to a caller's trying this with a record; it is empty if the call may have an
  // effect. Decides nothing about a test that refuses: refusing is always right.
  virtual std::string Objection(const Caller& who, const std::string& method, const std::string& record,
                                const World& world) = 0;
  // This is the objection to what came of an act. `world` is as it was before.
  virtual std::string Objection(const Act& act, const Change& change, const World& world) = 0;
  // This is the objection to what the calendar did `now`.
  virtual std::string OfTime(const Change& change, const World& world, absl::Time now) = 0;
  // This is the objection to the state after each step.
  virtual std::string OfWorld(const World& world) = 0;
  virtual bool MayLearn(const Caller& who, const Told& told, const World& world, absl::Time now) = 0;
  // This is the objection to what an answer tells beyond names and marks: numbers, states, days.
  virtual std::string OfAnswer(const Act&, const google::protobuf::Message&, const World&, absl::Time) {
    return "";
  }
  // It is told of what was done, after all objections.
  virtual void Learn(const Act&, const std::vector<Change>&, absl::Time) {}
};

class Insiders {
 public:
  struct Options {
    int steps;
    // The package is, for example, `accord.protocols.v1`.
    std::string package;
    // Services of the package that are left out, and why, beside the test.
    std::set<std::string> elsewhere;
    std::vector<Caller> people;
    std::vector<std::string> days;
    // These kinds of records are not stored under the singular of their resource, for example `certificate`.
    std::map<std::string, std::string> stored_as = {};
    // Rows of tables that are no records: each query answers one text a row.
    std::vector<std::string> plain_tables;
    // It says which kind of record a method is about where its own name does not tell: `CreateReferral`
    // -> protocol.
    std::map<std::string, std::string> about;
    // Methods whose `parent` is that record.
    std::set<std::string> under = {};
    // What begins things and carries them on, and what ends them or sets them back: tried three times as
    // often as the rest, and a sixth as often, so that there is something to end.
    std::set<std::string> often = {}, rare = {};
    // Makes of a random request one that may succeed.
    std::function<void(const Caller&, const World&, absl::Time, google::protobuf::Message*)> shape;
    std::function<void()> sweep;
    // Passes at once when two thirds of the steps are over: what ends after years ends.
    absl::Duration leap = absl::ZeroDuration();
  };
  Insiders(InProcess* in_process, Oracle* oracle, RandomRequest* requests, Dice* dice, Options options);

  // Fails the running test at the first step that the oracle objects to; with ACCORD_MODEL_FAILURES after so
  // many kinds of objections.
  void Run();
  // Says how often each method had an effect, or answered where it only reads.
  const std::map<std::string, int>& done() const { return done_; }
  std::string Summary() const;
  const World& world() const { return world_; }
  // Whether somebody may know of this name or text now.
  bool Knows(const Caller& who, const std::string& text);

 private:
  void Step();
  void PassTime(absl::Duration by);
  // Tries somebody, a method and a record; half of the time they are such as the oracle has nothing against.
  void Try();
  const Method& PickMethod() const;
  // People who may do it with this record.
  std::vector<const Caller*> Allowed(const std::string& method, const std::string& record) const;
  // Asks once more what somebody asked before: it changes nothing if it did, and tells what may be known now.
  void Repeat();
  void CallAndJudge(const Caller& who, const Method& method, const google::protobuf::Message& request);
  // The same with names that the caller may not know replaced by names of nothing: the answer is the same.
  void TryTwin(const Caller& who, const Method& method, const google::protobuf::Message& request,
               const absl::Status& status);
  void JudgeAnswer(const Caller& who, const Method& method, const google::protobuf::Message& request,
                   const absl::StatusOr<host::Reply>& reply, const std::vector<Change>& changes = {});
  void ReadAround(const std::string& name);
  std::string PickRecord(const Method& method) const;
  // Gives what changed since the last look; `whole`: every record is looked at.
  std::vector<Change> Look(bool whole);
  // Gives the world before these changes; empty if there are none.
  World Before(const std::vector<Change>& changes) const;
  void Remember(const std::string& name, std::shared_ptr<const google::protobuf::Message> record);
  void Fail(const std::string& what);
  absl::Time Now() { return in_process_->clock().Now(); }

  InProcess* const in_process_;
  Oracle* const oracle_;
  RandomRequest* const requests_;
  Dice* const dice_;
  const Options options_;
  std::vector<Method> methods_;
  // Prototypes are keyed by kind, for example `joint_investigation`.
  std::map<std::string, const google::protobuf::Message*> prototypes_;
  World world_;
  std::map<std::string, std::string> kinds_;
  std::map<std::string, int64_t> versions_;
  std::set<std::string> rows_;
  // Text or name -> records in which it stands or stood.
  std::map<std::string, std::set<std::string>> stands_in_;
  std::vector<std::string> order_;
  struct Past {
    Caller who;
    const Method* method;
    std::shared_ptr<google::protobuf::Message> request;
    bool changed;
  };
  std::vector<Past> past_;
  int64_t last_event_ = 0;
  int step_ = 0, request_ids_ = 0;
  bool failed_ = false;
  std::set<std::string> told_;
  std::string now_doing_;
  std::map<std::string, int> done_;
  // This counts the rules by which each method was refused.
  std::map<std::string, std::map<std::string, int>> refusals_;
  int calls_ = 0, refused_ = 0, twins_ = 0, texts_ = 0, changes_ = 0;
};

// `cas-york/worker (cas_worker; child_protection)`.
std::string Described(const Caller& who);

// Names and marks in a text.
std::vector<std::string> TracesIn(const std::string& text);

// ACCORD_MODEL_STEPS, or `fixed`.
int StepsOr(int fixed);

// Nothing passes because all is refused: fails unless each of these acts had an effect in a long run, and
// nearly all of them in a short one.
void ExpectThatActsHappened(const Insiders& insiders, const std::set<std::string>& acts, int steps);

// Runs, prints what happened in a line, and expects that these acts did. False if the test has failed
// by then.
bool RunWhole(Insiders* insiders, const std::set<std::string>& acts, int steps);

}  // namespace accord::testing

#endif  // ACCORD_COMMON_TESTING_INSIDERS_H_
