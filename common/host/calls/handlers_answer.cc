// This part of Handlers makes the answer of a call: it runs the handler, masks what the caller may not read,
// and lists what was touched.
#include <memory>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "common/access/names.h"
#include "common/access/sensitive.h"
#include "common/access/unknown_fields.h"
#include "common/base/error.h"
#include "common/base/ids.h"
#include "common/host/calls/handlers.h"
#include "common/host/calls/touched.h"
#include "common/storage/records/feed.h"

namespace accord::host {
namespace {

using google::protobuf::Message;

// This adds what the call stored. Even a resource that the answer does not show has an owner, who must be
// told of the change.
void AddWritten(const std::string& service, const Call& call, caller::v1::TouchedResources* touched) {
  std::set<std::string> shown;
  for (const auto& resource : touched->resources()) shown.insert(resource.name());
  for (const storage::Written& each : call.written()) {
    // What the service did by itself is not an act of the caller. If the caller's record reported
    // it, the log would not record it as the service's own act, and its owner would not be told.
    if (each.agency == storage::kPlatform) continue;
    const std::string digest = RevisionDigest(service, each.name, each.version);
    touched->add_revisions(digest);
    const std::string owner = OwnerOf(each.name);
    if (owner.empty() || each.agency != call.caller().agency || shown.contains(each.name)) continue;
    auto* changed = touched->add_changed();
    changed->mutable_resource()->set_name(each.name);
    changed->mutable_resource()->set_owner(owner);
    changed->mutable_resource()->set_touch(caller::v1::TOUCH_CHANGED);
    changed->set_revision(digest);
    // People who list what their own calls did must not learn of records that others hide from them.
    changed->set_hidden(owner != each.agency && !each.seen);
  }
}

std::set<annotations::v1::SensitiveClass> ClassesRead(const Method& method, const Call& call) {
  std::set<annotations::v1::SensitiveClass> classes = DecideClasses(method, call.caller());
  for (auto withheld : call.withheld()) classes.erase(withheld);
  return classes;
}

}  // namespace

absl::StatusOr<Reply> Handlers::Unary(const std::string& path, Call& call, const std::string& request) const {
  const Entry& entry = entries_.at(path);
  ACCORD_RETURN_IF_ERROR(CheckSize(entry.method, request));
  ACCORD_RETURN_IF_ERROR(CheckSigned(entry.method, call, request));
  ACCORD_RETURN_IF_ERROR(CheckCanValidate(entry.method, call));
  const storage::WaitUntil until(call.deadline());
  const std::unique_ptr<PinnedLaw> pinned = pin_law_ ? pin_law_() : nullptr;
  auto response = entry.unary(call, request);
  if (!response.ok()) return response.status();
  Reply reply;
  reply.touched = TouchedOf(entry.method, call, **response);
  for (const std::string& name : call.disclosed()) {
    const std::string owner = OwnerOf(name);
    if (owner.empty()) continue;
    auto* resource = reply.touched.add_resources();
    resource->set_name(name);
    resource->set_owner(owner);
    resource->set_touch(caller::v1::TOUCH_DISCLOSED);
  }
  reply.masked = MaskFor(entry.method, call, response->get());
  // A field that a newer version stored is removed, because this version does not know who may read it.
  DiscardUnknownFields(response->get());
  reply.response = (*response)->SerializeAsString();
  return reply;
}

absl::Status Handlers::Stream(const std::string& path, Call& call, const std::string& request,
                              const Sink& sink) const {
  const Entry& entry = entries_.at(path);
  ACCORD_RETURN_IF_ERROR(CheckSize(entry.method, request));
  return entry.stream(call, request, sink);
}

std::set<annotations::v1::SensitiveClass> Handlers::ReadableIn(const std::string& path,
                                                               const Call& call) const {
  const Method* method = Find(path);
  return method == nullptr ? std::set<annotations::v1::SensitiveClass>() : ClassesRead(*method, call);
}

std::set<std::string> Handlers::MaskFor(const Method& method, const Call& call, Message* response) {
  if (method.grants.empty()) return {};
  return MaskSensitive(response, ClassesRead(method, call));
}

caller::v1::TouchedResources Handlers::TouchedOf(const Method& method, const Call& call,
                                                 const Message& response) {
  if (!call.validate_only()) {
    caller::v1::TouchedResources touched = TouchedBy(method, response);
    if (method.rule.mutates()) touched.set_request_id(call.request_id());
    AddWritten(ServiceInPath(method.path), call, &touched);
    return touched;
  }
  // Nothing changed. Records that the call itself made and that were rolled back have no owner to be told.
  std::set<std::string> made;
  for (const storage::Written& each : call.written()) {
    if (each.version == 1) made.insert(each.name);
  }
  const caller::v1::TouchedResources shown = TouchedBy(method, response);
  caller::v1::TouchedResources touched;
  for (const auto& resource : shown.resources()) {
    if (made.contains(resource.name())) continue;
    auto* disclosed = touched.add_resources();
    *disclosed = resource;
    disclosed->set_touch(caller::v1::TOUCH_DISCLOSED);
  }
  return touched;
}

absl::Status Handlers::AddPosition(const Call& call, Tx& tx, Message* response) const {
  const auto* token = response->GetDescriptor()->FindFieldByName("watch_token");
  if (token == nullptr || !positions_.has_value()) return absl::OkStatus();
  const auto* reflection = response->GetReflection();
  if (!reflection->GetString(*response, token).empty()) return absl::OkStatus();
  ACCORD_ASSIGN_OR_RETURN(const storage::Place place, storage::LastPlace(tx));
  reflection->SetString(response, token, positions_->Seal(call.caller().agency, place));
  return absl::OkStatus();
}

absl::StatusOr<bool> Handlers::MayBeKnown(const storage::Write& write) const {
  if (!database_->postgres()) return true;
  return database_->Read([&](storage::Transaction& tx) { return storage::IsKnown(tx, write); });
}

absl::Status Handlers::TakeWritten(Call& call, storage::Transaction& tx, const storage::Write& write,
                                   bool ran, int attempts) {
  std::vector<storage::Written> written = tx.written();
  // An answer that an earlier call stored means that nothing changes now. One that this call's own
  // earlier attempt stored, whose commit got no response, means that it did. A call that only
  // validates has no commit.
  if (!ran && attempts > 1 && !call.validate_only()) {
    ACCORD_ASSIGN_OR_RETURN(written, storage::WrittenFor(tx, write));
  }
  for (storage::Written& each : written) {
    if (each.agency != write.agency) continue;
    ACCORD_ASSIGN_OR_RETURN(each.seen, storage::SeesMentionedNow(tx, write.agency, {each.kind, each.name}));
  }
  call.set_written(std::move(written));
  return absl::OkStatus();
}

}  // namespace accord::host
