// This is what the gateways decide by, as this process last read it: every change in the order in which it
// took effect.
#ifndef ACCORD_SERVICES_REGISTRY_POLICY_POLICY_MIRROR_H_
#define ACCORD_SERVICES_REGISTRY_POLICY_POLICY_MIRROR_H_

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <variant>
#include <vector>

#include "accord/registry/v1/policy_service.pb.h"
#include "common/access/policy_digest.h"
#include "common/host/upkeep/periodic.h"
#include "common/host/watching/changes.h"
#include "common/storage/records/feed.h"
#include "services/registry/registry_store.h"

namespace accord::registry {

// A PolicyMirror is thread-safe.
class PolicyMirror {
 public:
  PolicyMirror(storage::Database* database, RegistryStore* store) : database_(database), store_(store) {}
  ~PolicyMirror();
  // Looks again whenever this process changed something, and often enough for what others changed.
  void Start(std::shared_ptr<host::Changes> changes);

  // Reads what is new now. UNAVAILABLE while the database is out of reach.
  absl::Status Look();

  // Gives what changed since `version`, or, from another epoch or version 0, everything, with the digest of
  // it all. UNAVAILABLE if the database was not read for more than a second.
  absl::StatusOr<v1::PolicyUpdate> Since(const std::string& epoch, int64_t version) const;
  // This waits until there is more than `version`, or `patience` is over.
  void Await(int64_t version, absl::Duration patience) const;

 private:
  using Entry = std::variant<v1::AgencyPolicy, v1::SystemPolicy, v1::ActorPolicy, v1::CertificatePolicy>;
  struct Known {
    Entry entry;
    PolicyDigest::Words hash;
    // It is the number of the last change of it; 0 for one of before this process.
    int64_t version = 0;
  };
  struct State {
    std::string epoch;
    storage::Place place;
    std::map<std::string, Known> entries;
    PolicyDigest digest;
    // Every change after this one is in `changed`.
    int64_t first = 0;
    // This says which entry a change was of.
    std::map<int64_t, std::string> changed;
    // A change is committed that has no number yet: entries may be ahead of their number.
    bool ahead = false;
    bool built = false;
  };

  // One change, and the entry as it is now; none for what is no entry.
  struct Change {
    storage::Place place;
    std::optional<Entry> entry;
  };
  // This is what one snapshot showed.
  struct Looked {
    // Instead of changes: the entries anew.
    std::optional<State> anew;
    std::vector<Change> changes;
    bool ahead = false;
    // There are more changes than these.
    bool more = false;
  };

  void Run();
  // Reads everything anew beside the mirror, and has the mirror built anew if the two differ.
  absl::Status Check();
  // It is true if there is more to read.
  absl::StatusOr<bool> LookOnce();
  absl::StatusOr<Looked> Read(storage::Transaction& tx, const State& state) const;
  absl::StatusOr<State> Build(storage::Transaction& tx) const;
  absl::StatusOr<std::optional<Entry>> ReadEntry(storage::Transaction& tx, const std::string& kind,
                                                 const std::string& name) const;
  void Take(Looked looked);
  static void Put(Entry entry, int64_t version, State* state);

  storage::Database* const database_;
  RegistryStore* const store_;
  std::shared_ptr<host::Changes> changes_;
  host::Waiter waiter_;
  std::atomic<bool> stopping_{false};
  // One thread looks at a time, and only who looks changes the state.
  std::mutex looking_;
  mutable std::mutex mutex_;
  mutable std::condition_variable moved_;
  State state_;
  // It is on a clock that nobody sets: one that is set back would have an old policy pass for a fresh one.
  std::optional<std::chrono::steady_clock::time_point> read_;
  std::thread thread_;
  host::Periodic checks_;
};

}  // namespace accord::registry

#endif  // ACCORD_SERVICES_REGISTRY_POLICY_POLICY_MIRROR_H_
