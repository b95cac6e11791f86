#include "services/registry/policy_service.h"

#include <set>

#include "absl/strings/escaping.h"
#include "common/base/error.h"

namespace accord::registry {
namespace {

constexpr absl::Duration kHeartbeat = absl::Seconds(1);
// For what another replica changed; one look at an index.
constexpr absl::Duration kPoll = absl::Milliseconds(100);
constexpr int kPage = 1000;

void Add(const v1::Agency& agency, v1::PolicyUpdate* update) {
  auto* out = update->add_agencies();
  out->set_agency(PartOf(agency.name(), 1));
  out->set_kind(agency.kind());
  out->set_valid_from(agency.valid_from());
  out->set_valid_to(agency.valid_to());
}

void Add(const v1::System& system, v1::PolicyUpdate* update) {
  auto* out = update->add_systems();
  out->set_agency(PartOf(system.name(), 1));
  out->set_system(PartOf(system.name(), 3));
  out->set_active(system.state() == v1::SYSTEM_STATE_ACTIVE);
}

void Add(const v1::Actor& actor, v1::PolicyUpdate* update) {
  auto* out = update->add_actors();
  out->set_agency(PartOf(actor.name(), 1));
  out->set_actor(PartOf(actor.name(), 3));
  *out->mutable_roles() = actor.roles();
  out->set_active(actor.state() == v1::ACTOR_STATE_ACTIVE);
}

void Add(const v1::Certificate& certificate, v1::PolicyUpdate* update) {
  auto* out = update->add_certificates();
  out->set_fingerprint(absl::HexStringToBytes(certificate.fingerprint()));
  out->set_agency(PartOf(certificate.name(), 1));
  out->set_system(PartOf(certificate.name(), 3));
  out->set_active(certificate.state() == v1::CERTIFICATE_STATE_ACTIVE);
}

template <class M>
absl::Status AddAll(storage::Transaction& tx, storage::Resources& kind, v1::PolicyUpdate* update) {
  std::string after;
  for (;;) {
    ACCORD_ASSIGN_OR_RETURN(auto items, kind.ListAll<M>(tx, after, kPage));
    for (const auto& item : items) Add(item, update);
    if (static_cast<int>(items.size()) < kPage) return absl::OkStatus();
    after = items.back().name();
  }
}

template <class M>
absl::Status AddOne(storage::Transaction& tx, storage::Resources& kind, const std::string& name,
                    v1::PolicyUpdate* update) {
  M item;
  ACCORD_RETURN_IF_ERROR(kind.GetAny(tx, name, &item));
  Add(item, update);
  return absl::OkStatus();
}

}  // namespace

void PolicyService::Register(host::Handlers* handlers) {
  handlers->Stream<v1::WatchPolicyRequest, v1::PolicyUpdate>("/accord.registry.v1.PolicyService/WatchPolicy",
                                                             std::bind_front(&PolicyService::Watch, this));
}

absl::StatusOr<v1::PolicyUpdate> PolicyService::Since(const std::string& epoch, int64_t version) {
  return database_->Read([&](storage::Transaction& tx) -> absl::StatusOr<v1::PolicyUpdate> {
    v1::PolicyUpdate update;
    ACCORD_ASSIGN_OR_RETURN(int64_t last, storage::LastEvent(tx));
    ACCORD_ASSIGN_OR_RETURN(std::string current, EpochOf(tx));
    update.set_epoch(current);
    update.set_version(last);
    if (epoch != current || version <= 0 || version > last) {
      update.set_reset(true);
      ACCORD_RETURN_IF_ERROR(AddAll<v1::Agency>(tx, store_->agencies, &update));
      ACCORD_RETURN_IF_ERROR(AddAll<v1::System>(tx, store_->systems, &update));
      ACCORD_RETURN_IF_ERROR(AddAll<v1::Actor>(tx, store_->actors, &update));
      ACCORD_RETURN_IF_ERROR(AddAll<v1::Certificate>(tx, store_->certificates, &update));
      return update;
    }
    ACCORD_ASSIGN_OR_RETURN(auto events, storage::EventsAfter(tx, version, "", "", kPage));
    std::set<std::pair<std::string, std::string>> changed;
    for (const auto& event : events) changed.emplace(event.kind, event.name);
    if (!events.empty()) update.set_version(events.back().seq);
    for (const auto& [kind, name] : changed) {
      if (kind == "agency") ACCORD_RETURN_IF_ERROR(AddOne<v1::Agency>(tx, store_->agencies, name, &update));
      if (kind == "system") ACCORD_RETURN_IF_ERROR(AddOne<v1::System>(tx, store_->systems, name, &update));
      if (kind == "actor") ACCORD_RETURN_IF_ERROR(AddOne<v1::Actor>(tx, store_->actors, name, &update));
      if (kind == "certificate")
        ACCORD_RETURN_IF_ERROR(AddOne<v1::Certificate>(tx, store_->certificates, name, &update));
    }
    return update;
  });
}

absl::Status PolicyService::Watch(host::Call& call, const v1::WatchPolicyRequest& request,
                                  const std::function<bool(const v1::PolicyUpdate&)>& send) {
  std::string epoch = request.epoch();
  int64_t version = request.after_version();
  absl::Time sent = absl::InfinitePast();
  while (!call.ended()) {
    ACCORD_ASSIGN_OR_RETURN(v1::PolicyUpdate update, Since(epoch, version));
    const bool changed = update.reset() || update.version() != version;
    const absl::Time now = absl::Now();
    if (changed || now - sent >= kHeartbeat) {
      *update.mutable_time() = ToProto(now);
      if (!send(update)) return absl::OkStatus();
      sent = now;
      epoch = update.epoch();
      version = update.version();
    }
    if (!changed) call.WaitForChange(kPoll);
  }
  return absl::OkStatus();
}

}  // namespace accord::registry
