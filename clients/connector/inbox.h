// This follows one watch and writes each event into a folder, keeps it for webhooks, or both, in order and at
// least once.
#ifndef ACCORD_CLIENTS_CONNECTOR_INBOX_H_
#define ACCORD_CLIENTS_CONNECTOR_INBOX_H_

#include <chrono>
#include <condition_variable>
#include <map>
#include <memory>
#include <mutex>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "accord/client/client.h"
#include "accord/connector/config.pb.h"
#include "accord/host/v1/changes.pb.h"
#include "clients/connector/positions.h"
#include "clients/connector/record_list.h"
#include "clients/connector/shared_folder.h"
#include "clients/connector/webhooks.h"

namespace accord::connector {

// This says how a watch goes, since this process began.
struct FeedSeen {
  std::string watch = {};
  // Its service was last heard then.
  std::optional<absl::Time> heard = {};
  // Why it does not go on, in plain words, and the rule that refused; it is empty while it does.
  std::string problem = {};
  std::string reason = {};
};

class Inbox {
 public:
  // This returns FAILED_PRECONDITION, with what to do, for a watch that is not whole, a method that is not
  // there, or a folder that cannot be used.
  static absl::Status Check(const WatchConfig& config);
  // This goes on where the position says. `waits` are between attempts.
  static absl::StatusOr<std::unique_ptr<Inbox>> Start(const WatchConfig& config, const client::Client& client,
                                                      Positions* positions, Webhooks* webhooks,
                                                      const client::Waits& waits);
  // Calls that are open end only with their answer, unless the client was closed before.
  ~Inbox();
  FeedSeen seen();
  Inbox(const Inbox&) = delete;
  Inbox& operator=(const Inbox&) = delete;

 private:
  using Watch = client::Watch<ListedRecord, host::v1::Change>;
  using Event = client::Event<ListedRecord, host::v1::Change>;
  using Json = nlohmann::json;

  Inbox(const WatchConfig& config, std::optional<SharedFolder> folder, std::optional<RecordList> list,
        client::Client client, Positions* positions, Webhooks* webhooks, client::Waits waits);
  void Run();
  // This follows until the end, or until something must be begun anew after a wait.
  void Follow();
  Watch::Source Source() const;
  // This says whether they were worked off; they are not only at the end.
  bool WorkOff(const std::vector<Event>& events);
  // This tells those for which there is room, and moves the position behind them.
  bool Move(const std::vector<Event>& events);
  // This writes the event of this number into the folder, if there is one.
  void WriteEvent(int64_t number, const Json& event);
  // This keeps events for webhooks and the position after them, all or none.
  bool Keep(const Position& next, const std::vector<Json>& told);
  // This gives the records that changed as they are now, each fetched once.
  std::map<std::string, Json> Records(const std::vector<Event>& events);
  Json JsonOf(const Event& event, const std::map<std::string, Json>& records) const;
  // This says how many more events there is room for, in the folder and for each webhook.
  int64_t Room();
  // This waits until there is room; it gives 0 only at the end.
  int64_t AwaitRoom();
  void Heard();
  // It stopped by itself, and begins anew after a wait.
  void Stopped(const std::string& problem, const std::string& reason);
  bool over();
  void Rest(client::Seconds seconds);

  const WatchConfig config_;
  const std::optional<SharedFolder> folder_;
  const std::optional<RecordList> list_;
  const client::Client client_;
  Positions* const positions_;
  Webhooks* const webhooks_;
  const client::Waits waits_;
  Position position_;
  std::mutex mutex_;
  std::condition_variable changed_;
  bool over_ = false;
  FeedSeen seen_;
  // This is the watch that runs; it is null between two.
  Watch* running_ = nullptr;
  std::thread thread_;
};

}  // namespace accord::connector

#endif  // ACCORD_CLIENTS_CONNECTOR_INBOX_H_
