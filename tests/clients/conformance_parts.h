// The case of all clients needs this beside the client: its folder, the acts around it, and a watcher.
#ifndef ACCORD_TESTS_CLIENTS_CONFORMANCE_PARTS_H_
#define ACCORD_TESTS_CLIENTS_CONFORMANCE_PARTS_H_

#include <chrono>
#include <condition_variable>
#include <functional>
#include <future>
#include <mutex>
#include <optional>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

#include "accord/client/client.h"
#include "accord/protocols/v1/changes.grpc.pb.h"
#include "accord/protocols/v1/referral_service.grpc.pb.h"

namespace accord::conformance {

using Referrals = accord::protocols::v1::ReferralService::Stub;
using Feed = accord::protocols::v1::ChangeService::Stub;
using Referral = accord::protocols::v1::Referral;
using Change = accord::host::v1::Change;
using Event = client::Event<Referral, Change>;

// Whatever must come may take this long.
constexpr std::chrono::seconds kPatience(120);

// This ends the case unless the condition holds.
void Require(bool holds, const std::string& what);
void Step(const std::string& what);

// This is the folder that sdks.sh has made.
class Work {
 public:
  explicit Work(std::string folder) : folder_(std::move(folder)) {}

  std::string path(const std::string& name) const { return folder_ + "/" + name; }
  std::string SettingsFile(const std::string& agency) const { return path(agency + "/accord.json"); }
  // This gives the settings of an agency's file, with the whole names of files, as its environment would
  // have them.
  client::Values Settings(const std::string& agency) const;
  // This gives the body of a referral.
  Referral Body() const;
  // This does something around the client: `kill NAME`, `start NAME` or `rotate`.
  void Act(const std::string& words) const;

 private:
  std::string folder_;
};

// This keeps all events of a watch of the referrals.
class Watcher {
 public:
  explicit Watcher(const client::Client& accord);
  ~Watcher();

  // This waits for the first event that fits, and gives it.
  Event Until(const std::function<bool(const Event&)>& fits, const std::string& what);
  // This gives a change of this record, which leaves it in `state` unless that is empty.
  void ToldOf(const std::string& name, const std::string& state = "");
  // This gives the rule that refuses the watch in the end, or nullopt if something else ended it.
  std::optional<client::Rule> Refused();
  // This says how many events are of this kind.
  int Count(client::Kind kind);
  void Close();

 private:
  void Run();

  client::Watch<Referral, Change> watch_;
  std::mutex mutex_;
  std::condition_variable changed_;
  std::vector<Event> events_;
  std::string failure_;
  std::optional<client::Rule> refused_;
  std::thread thread_;
};

// This gives the result of a call in another thread.
template <typename Made>
Made Within(std::future<Made>& made, const std::string& what) {
  Require(made.wait_for(kPatience) == std::future_status::ready, what + " takes too long");
  return made.get();
}

// This gives the refusal of a call that must not succeed.
template <typename Call>
client::Refusal RefusalOf(const Call& call) {
  try {
    call();
  } catch (const client::Refusal& refusal) {
    return refusal;
  }
  throw std::runtime_error("a call was answered that is to be refused");
}

}  // namespace accord::conformance

#endif  // ACCORD_TESTS_CLIENTS_CONFORMANCE_PARTS_H_
