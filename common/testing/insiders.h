// This is a model test: random people of random agencies try every method of a service, and an oracle judges
// the results.
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
#include "common/testing/oracle.h"
#include "common/testing/random_request.h"

namespace accord::testing {

class Insiders {
 public:
  struct Options {
    int steps;
    // The package is, for example, `accord.protocols.v1`.
    std::string package;
    // These services of the package are left out; the reason is given beside the test.
    std::set<std::string> elsewhere;
    std::vector<Caller> people;
    std::vector<std::string> days;
    // These kinds of records are not stored under the singular of their resource, for example `certificate`.
    std::map<std::string, std::string> stored_as = {};
    // These are rows of tables that are not records: each query gives one text for each row.
    std::vector<std::string> plain_tables;
    // Says which kind of record a method is about, where the method's name does not tell:
    // `CreateReferral` -> protocol.
    std::map<std::string, std::string> about;
    // The `parent` of these methods is that record.
    std::set<std::string> under = {};
    // Methods that begin records and advance them are tried three times as often as the rest, and
    // methods that end records or set them back a sixth as often, so that there are records to end.
    std::set<std::string> often = {}, rare = {};
    // This turns a random request into one that may succeed.
    std::function<void(const Caller&, const World&, absl::Time, google::protobuf::Message*)> shape;
    std::function<void()> sweep;
    // This time passes at once after two thirds of the steps, so that deadlines of years are reached.
    absl::Duration leap = absl::ZeroDuration();
  };
  Insiders(InProcess* in_process, Oracle* oracle, RandomRequest* requests, Dice* dice, Options options);

  // This fails the running test at the first step that the oracle objects to, or, with ACCORD_MODEL_FAILURES,
  // after that many kinds of objections.
  void Run();
  // This says how often each method had an effect or, if it only reads, gave an answer.
  const std::map<std::string, int>& done() const { return done_; }
  std::string Summary() const;
  const World& world() const { return world_; }
  // This says whether the caller may know this name or text now.
  bool Knows(const Caller& who, const std::string& text);

 private:
  void Step();
  void PassTime(absl::Duration by);
  // This tries a random person, method and record. Half of the time it tries a combination that the
  // oracle permits.
  void Try();
  const Method& PickMethod() const;
  // This gives the people who may call the method with this record.
  std::vector<const Caller*> Allowed(const std::string& method, const std::string& record) const;
  // This repeats an earlier request: it must change nothing if it ran, and tell only what may be known now.
  void Repeat();
  void CallAndJudge(const Caller& who, const Method& method, const google::protobuf::Message& request);
  // This makes the same request with the names that the caller may not know replaced by names that do not
  // exist; the answer must be the same.
  void TryTwin(const Caller& who, const Method& method, const google::protobuf::Message& request,
               const absl::Status& status);
  void JudgeAnswer(const Caller& who, const Method& method, const google::protobuf::Message& request,
                   const absl::StatusOr<host::Reply>& reply, const std::vector<Change>& changes = {});
  void ReadAround(const std::string& name);
  std::string PickRecord(const Method& method) const;
  // This gives what changed since the last look. Every record is examined if `whole` is true.
  std::vector<Change> Look(bool whole);
  // This gives the world before these changes; it is empty if there are none.
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
  // There is an empty message for each kind, for example `joint_investigation`.
  std::map<std::string, const google::protobuf::Message*> prototypes_;
  World world_;
  std::map<std::string, std::string> kinds_;
  std::map<std::string, int64_t> versions_;
  std::set<std::string> rows_;
  // This maps a text or name to the records in which it is or was.
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
  // For each method, this counts how often each rule refused it.
  std::map<std::string, std::map<std::string, int>> refusals_;
  int calls_ = 0, refused_ = 0, twins_ = 0, texts_ = 0, changes_ = 0;
};

// Gives, for example, `cas-york/worker (cas_worker; child_protection)`.
std::string Described(const Caller& who);

// This gives the names and marks in a text.
std::vector<std::string> TracesIn(const std::string& text);

// This gives ACCORD_MODEL_STEPS if it is set, and `fixed` otherwise.
int StepsOr(int fixed);

// This ensures that the test does not pass because everything was refused: fails unless each of these acts
// had an effect in a long run, and nearly all of them in a short one.
void ExpectThatActsHappened(const Insiders& insiders, const std::set<std::string>& acts, int steps);

// This runs the test, prints a line that sums up what happened, and expects that these acts had an effect. It
// gives false if the test has failed by then.
bool RunWhole(Insiders* insiders, const std::set<std::string>& acts, int steps);

}  // namespace accord::testing

#endif  // ACCORD_COMMON_TESTING_INSIDERS_H_
