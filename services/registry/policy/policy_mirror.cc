#include "services/registry/policy/policy_mirror.h"

#include <utility>

#include "absl/time/clock.h"
#include "common/base/error.h"
#include "common/base/log.h"
#include "common/storage/records/feed.h"
#include "services/registry/enrolled.h"
#include "services/registry/epoch.h"
#include "services/registry/policy/policy_entries.h"

namespace accord::registry {
namespace {

// This is how often the mirror looks for what another replica changed; a look reads one index.
constexpr absl::Duration kLook = absl::Milliseconds(100);
// This is the time after which everything is read anew, to see that the mirror is right.
constexpr absl::Duration kCheck = absl::Minutes(10);
// Entries that were read longer ago than this are not sent to anybody.
constexpr std::chrono::seconds kFresh{1};
constexpr int kPage = 1000;
constexpr std::size_t kRemembered = 10'000;

// Calls `put(entry)` for every row of a kind.
template <class M, class Put>
absl::Status ForEachMirroredRecord(storage::Transaction& tx, Enrolled& kind, Put put) {
  std::string after;
  for (;;) {
    ACCORD_ASSIGN_OR_RETURN(auto items, kind.ListAll<M>(tx, after, kPage));
    for (const auto& item : items) put(PolicyEntryOf(item));
    if (static_cast<int>(items.size()) < kPage) return absl::OkStatus();
    after = items.back().name();
  }
}

template <class M>
absl::StatusOr<M> GetMirroredRecord(storage::Transaction& tx, Enrolled& kind, const std::string& name) {
  M item;
  ACCORD_RETURN_IF_ERROR(kind.GetAny(tx, name, &item));
  return item;
}

}  // namespace

PolicyMirror::~PolicyMirror() {
  stopping_ = true;
  waiter_.Wake();
  if (!thread_.joinable()) return;
  thread_.join();
  changes_->Remove(&waiter_);
}

void PolicyMirror::Start(std::shared_ptr<host::Changes> changes) {
  changes_ = std::move(changes);
  changes_->Add(&waiter_, host::Changes::kEveryChange);
  thread_ = std::thread([this] { Run(); });
  checks_.Start("policy_check_failed", kCheck, [this]() -> absl::StatusOr<bool> {
    ACCORD_RETURN_IF_ERROR(Check());
    return false;
  });
}

void PolicyMirror::Run() {
  // Every gateway waits for this, so it must not wait for sessions that agencies' calls use.
  const storage::ReservedSessions reserved;
  while (!stopping_) {
    const absl::Status looked = Look();
    if (!looked.ok()) LogWarning("policy_not_read", {{"rule", RuleOf(looked)}});
    waiter_.Wait(kLook);
  }
}

void PolicyMirror::Put(Entry entry, int64_t version, State* state) {
  const std::string key = std::visit([](const auto& each) { return PolicyKey(each); }, entry);
  const std::string bytes = std::visit([](const auto& each) { return each.SerializeAsString(); }, entry);
  const auto hash = PolicyDigest::HashOf(key, bytes);
  const auto [known, fresh] = state->entries.try_emplace(key);
  if (!fresh) state->digest.Subtract(known->second.hash);
  state->digest.Add(hash);
  known->second = {std::move(entry), hash, version};
  if (version > 0) state->changed[version] = key;
}

absl::StatusOr<PolicyMirror::State> PolicyMirror::Build(storage::Transaction& tx) const {
  State state;
  state.built = true;
  ACCORD_ASSIGN_OR_RETURN(state.epoch, EpochOf(tx));
  ACCORD_ASSIGN_OR_RETURN(state.place, storage::LastPlace(tx));
  state.first = state.place.position;
  const auto put = [&](auto entry) { Put(std::move(entry), 0, &state); };
  ACCORD_RETURN_IF_ERROR(ForEachMirroredRecord<v1::Agency>(tx, store_->agencies, put));
  ACCORD_RETURN_IF_ERROR(ForEachMirroredRecord<v1::System>(tx, store_->systems, put));
  ACCORD_RETURN_IF_ERROR(ForEachMirroredRecord<v1::Actor>(tx, store_->actors, put));
  ACCORD_RETURN_IF_ERROR(ForEachMirroredRecord<v1::Certificate>(tx, store_->certificates, put));
  return state;
}

absl::StatusOr<std::optional<PolicyMirror::Entry>> PolicyMirror::ReadEntry(storage::Transaction& tx,
                                                                           const std::string& kind,
                                                                           const std::string& name) const {
  const auto as_entry = [](const auto& item) -> absl::StatusOr<std::optional<Entry>> {
    if (!item.ok()) return item.status();
    return PolicyEntryOf(*item);
  };
  if (kind == "agency") return as_entry(GetMirroredRecord<v1::Agency>(tx, store_->agencies, name));
  if (kind == "system") return as_entry(GetMirroredRecord<v1::System>(tx, store_->systems, name));
  if (kind == "actor") return as_entry(GetMirroredRecord<v1::Actor>(tx, store_->actors, name));
  if (kind == "certificate")
    return as_entry(GetMirroredRecord<v1::Certificate>(tx, store_->certificates, name));
  return std::nullopt;
}

absl::StatusOr<PolicyMirror::Looked> PolicyMirror::Read(storage::Transaction& tx, const State& state) const {
  Looked looked;
  ACCORD_ASSIGN_OR_RETURN(const absl::Time oldest, storage::OldestUnnumbered(tx));
  looked.ahead = oldest != absl::InfiniteFuture();
  ACCORD_ASSIGN_OR_RETURN(const std::string epoch, EpochOf(tx));
  ACCORD_ASSIGN_OR_RETURN(const bool known, storage::KnowsPlace(tx, state.place));
  if (!state.built || epoch != state.epoch || !known) {
    ACCORD_ASSIGN_OR_RETURN(looked.anew, Build(tx));
    // What changed while everything was read is told at once.
    looked.more = true;
    return looked;
  }
  ACCORD_ASSIGN_OR_RETURN(const auto events,
                          storage::EventsOf(tx, {.after = state.place.position, .limit = kPage}));
  for (const auto& event : events) {
    auto entry = ReadEntry(tx, event.kind, event.name);
    // The record is not there any more, such as one that a restore keeps closed. Everything is read anew
    // then, because what can never be read must not stop everybody's policy.
    if (absl::IsNotFound(entry.status())) {
      looked.changes.clear();
      ACCORD_ASSIGN_OR_RETURN(looked.anew, Build(tx));
      looked.more = true;
      return looked;
    }
    ACCORD_RETURN_IF_ERROR(entry.status());
    looked.changes.push_back({event.place, *std::move(entry)});
  }
  looked.more = static_cast<int>(events.size()) == kPage;
  return looked;
}

void PolicyMirror::Take(Looked looked) {
  if (looked.anew) state_ = *std::move(looked.anew);
  for (Change& change : looked.changes) {
    state_.place = std::move(change.place);
    if (change.entry) Put(*std::move(change.entry), state_.place.position, &state_);
  }
  while (state_.changed.size() > kRemembered) {
    state_.first = state_.changed.begin()->first;
    state_.changed.erase(state_.changed.begin());
  }
  state_.ahead = looked.ahead;
}

absl::Status PolicyMirror::Check() {
  bool ahead = false;
  ACCORD_ASSIGN_OR_RETURN(const State fresh,
                          database_->Read([&](storage::Transaction& tx) -> absl::StatusOr<State> {
                            ACCORD_ASSIGN_OR_RETURN(const absl::Time oldest, storage::OldestUnnumbered(tx));
                            ahead = oldest != absl::InfiniteFuture();
                            return Build(tx);
                          }));
  std::lock_guard looking(looking_);
  std::lock_guard lock(mutex_);
  // States of two different times cannot be compared.
  if (ahead || state_.ahead || fresh.epoch != state_.epoch || fresh.place.position != state_.place.position ||
      fresh.digest.Bytes() == state_.digest.Bytes()) {
    return absl::OkStatus();
  }
  LogError("policy_mirror_was_wrong", {{"version", state_.place.position}});
  state_.built = false;
  return absl::OkStatus();
}

absl::StatusOr<bool> PolicyMirror::LookOnce() {
  const auto begun = std::chrono::steady_clock::now();
  ACCORD_ASSIGN_OR_RETURN(Looked looked,
                          database_->Read([&](storage::Transaction& tx) { return Read(tx, state_); }));
  const bool ahead = looked.ahead, more = looked.more;
  {
    std::lock_guard lock(mutex_);
    Take(std::move(looked));
    read_ = begun;
  }
  moved_.notify_all();
  if (ahead) ACCORD_RETURN_IF_ERROR(storage::NumberEvents(database_, kPage).status());
  return ahead || more;
}

absl::Status PolicyMirror::Look() {
  std::lock_guard lock(looking_);
  for (bool more = true; more && !stopping_;) {
    ACCORD_ASSIGN_OR_RETURN(more, LookOnce());
  }
  return absl::OkStatus();
}

absl::StatusOr<v1::PolicyUpdate> PolicyMirror::Since(const std::string& epoch, int64_t version) const {
  std::lock_guard lock(mutex_);
  if (!read_ || std::chrono::steady_clock::now() - *read_ > kFresh) {
    return Refuse(rules::kPolicyNotRead, "The registry cannot read its records.");
  }
  v1::PolicyUpdate update;
  update.set_epoch(state_.epoch);
  update.set_version(state_.place.position);
  update.set_newest_version(state_.place.position + (state_.ahead ? 1 : 0));
  if (!state_.ahead) update.set_digest(state_.digest.Bytes());
  const auto add = [&](const Known& known) {
    std::visit([&](const auto& entry) { AddPolicyEntry(entry, &update); }, known.entry);
  };
  if (epoch != state_.epoch || version <= 0 || version < state_.first || version > state_.place.position) {
    update.set_reset(true);
    for (const auto& [key, known] : state_.entries) add(known);
    return update;
  }
  for (auto change = state_.changed.upper_bound(version); change != state_.changed.end(); ++change) {
    const Known& known = state_.entries.at(change->second);
    // Only the last of several changes of one entry is told.
    if (known.version == change->first) add(known);
  }
  return update;
}

void PolicyMirror::Await(int64_t version, absl::Duration patience) const {
  std::unique_lock lock(mutex_);
  moved_.wait_for(lock, absl::ToChronoMilliseconds(patience),
                  [&] { return state_.place.position > version || stopping_; });
}

}  // namespace accord::registry
