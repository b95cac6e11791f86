#include "clients/accordctl/operate/replay_registry.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "accord/registry/v1/resources.pb.h"
#include "clients/accordctl/core/resource_types.h"
#include "common/access/names.h"
#include "common/base/error.h"
#include "common/base/ids.h"
#include "common/storage/records/resources.h"

namespace accord::ctl {
namespace {

using storage::StoredVersion;
using storage::Transaction;

constexpr char kAdmin[] = "/accord.registry.v1.RegistryAdminService/";
constexpr char kSignReview[] = "/accord.registry.v1.AccessReviewService/SignAccessReview";

bool SayOnlyVerb(const std::vector<std::string>& methods, const std::string& verb) {
  return std::find(methods.begin(), methods.end(), kAdmin + verb) != methods.end();
}

// This gives a record's viewers, who stay the same because they do not depend on its state.
absl::StatusOr<storage::Placement> ReplayedPlacementOf(Transaction& tx, const StoredVersion& record,
                                                       const std::string& state) {
  ACCORD_ASSIGN_OR_RETURN(const auto parties,
                          tx.Query<std::string>("select agency from visible where kind = :p1 and name = :p2 "
                                                "and field = '' and value = ''",
                                                record.kind, record.name));
  storage::Placement placement{OwnerOf(record.name), state, {}, {}};
  for (const auto& [party] : parties) placement.parties.push_back(party);
  return placement;
}

template <class M, class State>
absl::StatusOr<bool> SetStateAgain(Transaction& tx, const StoredVersion& record, State state,
                                   const google::protobuf::EnumDescriptor* states, absl::Time now) {
  storage::Resources kind(record.kind, nullptr);
  M item;
  ACCORD_RETURN_IF_ERROR(kind.GetAny(tx, record.name, &item));
  if (item.state() == state) return true;
  item.set_state(state);
  ACCORD_ASSIGN_OR_RETURN(const auto placement, ReplayedPlacementOf(tx, record, ShortName(states, state)));
  const std::string etag = item.etag();
  ACCORD_RETURN_IF_ERROR(kind.Update(tx, &item, etag, {"platform", "restore", NewId(now), now}, placement));
  return true;
}

// This says whether the method disables a person. Signing a review disables the people that it does not keep,
// and changes nobody else.
bool DisablesPerson(const std::string& method) {
  return method == absl::StrCat(kAdmin, "DisableActor") || method == kSignReview;
}

// An actor who was enabled again must not regain earlier roles, which the log does not contain:
// then false is returned and the record is closed.
absl::StatusOr<bool> EndActorAgain(Transaction& tx, const StoredVersion& record,
                                   const std::vector<std::string>& methods, absl::Time now) {
  const bool disabled = std::any_of(methods.begin(), methods.end(), DisablesPerson);
  if (!disabled || SayOnlyVerb(methods, "UpdateActor")) return false;
  const auto last = std::find_if(methods.rbegin(), methods.rend(), [](const std::string& method) {
    return DisablesPerson(method) || method == absl::StrCat(kAdmin, "EnableActor");
  });
  const bool active = !DisablesPerson(*last);
  return SetStateAgain<registry::v1::Actor>(
      tx, record, active ? registry::v1::ACTOR_STATE_ACTIVE : registry::v1::ACTOR_STATE_DISABLED,
      registry::v1::ActorState_descriptor(), now);
}

}  // namespace

absl::StatusOr<bool> EndAccessAgain(Transaction& tx, const StoredVersion& record,
                                    const std::vector<std::string>& methods, absl::Time now) {
  // If the log does not name a change's method, it is not guessed.
  if (std::find(methods.begin(), methods.end(), "") != methods.end()) return false;
  if (record.kind == "certificate" && SayOnlyVerb(methods, "RevokeCertificate")) {
    return SetStateAgain<registry::v1::Certificate>(tx, record, registry::v1::CERTIFICATE_STATE_REVOKED,
                                                    registry::v1::CertificateState_descriptor(), now);
  }
  if (record.kind == "actor") return EndActorAgain(tx, record, methods, now);
  if (record.kind != "system" || methods.empty()) return false;
  const bool active = methods.back() == absl::StrCat(kAdmin, "ResumeSystem");
  if (!active && methods.back() != absl::StrCat(kAdmin, "SuspendSystem")) return false;
  return SetStateAgain<registry::v1::System>(
      tx, record, active ? registry::v1::SYSTEM_STATE_ACTIVE : registry::v1::SYSTEM_STATE_SUSPENDED,
      registry::v1::SystemState_descriptor(), now);
}

absl::Status BeginReplayedRegistryEpoch(Transaction& tx) {
  return tx.Exec("update registry_epoch set epoch = :p1 where id = 1", Hex(RandomBytes(16))).status();
}

}  // namespace accord::ctl
