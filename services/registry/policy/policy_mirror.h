// These are the entries by which the gateways decide, as this process last read them, with every change in
// the order in which it took effect.
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
  // Looks for changes after each change by this process, and regularly for changes by others.
  void Start(std::shared_ptr<host::Changes> changes);

  // This reads the new changes now. It fails with UNAVAILABLE while the database cannot be reached.
  absl::Status Look();

  // This gives what changed since `version`, or everything for another epoch or version 0, with the digest of
  // all entries. It fails with UNAVAILABLE if the database was not read for more than a second.
  absl::StatusOr<v1::PolicyUpdate> Since(const std::string& epoch, int64_t version) const;
  // This waits until there are changes after `version`, or until `patience` is over.
  void Await(int64_t version, absl::Duration patience) const;

 private:
  using Entry = std::variant<v1::AgencyPolicy, v1::SystemPolicy, v1::ActorPolicy, v1::CertificatePolicy>;
  struct Known {
    Entry entry;
    PolicyDigest::Words hash;
    // This is the number of the entry's last change; it is 0 if the change was before this process started.
    int64_t version = 0;
  };
  struct State {
    std::string epoch;
    storage::Place place;
    std::map<std::string, Known> entries;
    PolicyDigest digest;
    // Every change after this one is in `changed`.
    int64_t first = 0;
    // This names the entry that each change belongs to.
    std::map<int64_t, std::string> changed;
    // It is true if a change is committed that has no number yet, so that entries may be newer than
    // their number.
    bool ahead = false;
    bool built = false;
  };

  // This is a change and the present entry; the entry is unset if the record is not an entry of the policy.
  struct Change {
    storage::Place place;
    std::optional<Entry> entry;
  };
  // This is what one snapshot showed.
  struct Looked {
    // If this is set it has all entries read anew, which replace the changes.
    std::optional<State> anew;
    std::vector<Change> changes;
    bool ahead = false;
    // It is true if there are more changes than these.
    bool more = false;
  };

  void Run();
  // This reads all entries again beside the mirror, and has the mirror rebuilt if the two differ.
  absl::Status Check();
  // This reads the next changes, and returns true if there are more.
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
  // One thread looks at a time, and only that thread changes the state.
  std::mutex looking_;
  mutable std::mutex mutex_;
  mutable std::condition_variable moved_;
  State state_;
  // This is on a monotonic clock: if the system's clock were set back, an old policy would pass for a
  // fresh one.
  std::optional<std::chrono::steady_clock::time_point> read_;
  std::thread thread_;
  host::Periodic checks_;
};

}  // namespace accord::registry

#endif  // ACCORD_SERVICES_REGISTRY_POLICY_POLICY_MIRROR_H_
