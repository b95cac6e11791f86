// This sends what the outbox holds until each act has its final answer: those on one resource one after the
// other, those on others beside them.
#ifndef ACCORD_CLIENTS_CONNECTOR_SENDER_H_
#define ACCORD_CLIENTS_CONNECTOR_SENDER_H_

#include <chrono>
#include <condition_variable>
#include <functional>
#include <map>
#include <mutex>
#include <optional>
#include <set>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "accord/client/client.h"
#include "accord/client/retries.h"
#include "clients/connector/outbox.h"

namespace accord::connector {

struct SendOptions {
  int threads = 8;
  // This is the time between two attempts at the same act.
  client::Waits waits;
  // This hears of each act that has its final answer or refusal.
  std::function<void(const std::string& id)> told = nullptr;
};

class Sender {
 public:
  // This begins with what the outbox says is waiting.
  Sender(Outbox* outbox, client::Client client, const std::vector<WaitingCall>& waiting, SendOptions options);
  // This ends calls that are open; what they were for is sent again by whoever opens the outbox next.
  ~Sender();
  Sender(const Sender&) = delete;
  Sender& operator=(const Sender&) = delete;

  // This takes an act that the outbox has kept just now.
  void Take(const WaitingCall& waiting);

 private:
  using Time = std::chrono::steady_clock::time_point;

  // The acts on one resource.
  struct Lane {
    explicit Lane(client::Waits lane_waits) : waits(std::move(lane_waits)) {}
    // Somebody has answered.
    void BeginAnew() {
      waits.BeginAnew();
      unanswered = 0;
    }

    // These are their ids, by their numbers.
    std::map<int64_t, std::string> calls;
    client::Waits waits;
    // So many attempts in a row had no answer.
    int unanswered = 0;
    bool busy = false;
  };

  void Run();
  // This waits for a lane whose first act is due, and takes it off `due_`; it is null at the end.
  Lane* Next(std::unique_lock<std::mutex>& lock, std::string* name);
  // This gives nothing if the act is over; otherwise it gives how long to wait before the next attempt.
  std::optional<client::Seconds> Attempt(const std::string& id, Lane* lane);
  // This throws what the client throws.
  Outcome Call(const StoredCall& call) const;
  client::Seconds WaitAfter(const client::CallError& error, Lane* lane) const;

  Outbox* const outbox_;
  const client::Client client_;
  const SendOptions options_;
  std::mutex mutex_;
  std::condition_variable changed_;
  bool over_ = false;
  std::map<std::string, Lane> lanes_;
  // This tells when the first act of each lane that is not busy may be sent.
  std::set<std::pair<Time, std::string>> due_;
  std::vector<std::thread> threads_;
};

}  // namespace accord::connector

#endif  // ACCORD_CLIENTS_CONNECTOR_SENDER_H_
