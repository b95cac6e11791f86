#include "common/host/calls/handlers.h"

#include <algorithm>
#include <set>

#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "common/access/refusal_explanation.h"
#include "common/access/request_check.h"
#include "common/access/sensitive.h"
#include "common/access/wire_scan.h"
#include "common/base/error.h"
#include "common/base/ids.h"
#include "common/host/calls/touched.h"
#include "common/storage/records/feed.h"

namespace accord::host {
namespace {

using google::protobuf::Descriptor;
using google::protobuf::Message;

std::string ServiceOf(const std::string& path) { return path.substr(1, path.rfind('/') - 1); }

absl::Status CheckSize(const Method& method, const std::string& request) {
  if (request.size() <= method.max_request_bytes()) return absl::OkStatus();
  return Refuse(rules::kMessageTooLarge,
                absl::StrCat("A request of this method may have ", method.max_request_bytes(), " bytes."));
}

absl::Status NotTheSigned() {
  return Refuse(rules::kCallerAssertionInvalid, "The gateway spoke for another request than this.");
}

// Adds what the call stored. Even a resource that the answer does not show has an owner, who must
// be told of the change.
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
    // People who list what their own calls did must not learn of records that others hide
    // from them.
    changed->set_hidden(owner != each.agency && !each.seen);
  }
}

// Replaces each `package.*` by the services of the package.
std::map<std::string, std::vector<std::string>> WholePackages(
    const std::map<std::string, std::vector<std::string>>& allow, const std::vector<std::string>& services) {
  std::map<std::string, std::vector<std::string>> out;
  for (const auto& [pattern, peers] : allow) {
    for (const auto& service : ServicesNamed(pattern, services)) {
      out[service].insert(out[service].end(), peers.begin(), peers.end());
    }
  }
  return out;
}

std::set<annotations::v1::SensitiveClass> ClassesRead(const Method& method, const Call& call) {
  std::set<annotations::v1::SensitiveClass> classes = ClassesOf(method, call.caller());
  for (auto withheld : call.withheld()) classes.erase(withheld);
  return classes;
}

}  // namespace

std::string Handlers::PathOf(const std::string& service, const Descriptor* request) {
  return absl::StrCat("/", service, "/", absl::StripSuffix(request->name(), "Request"));
}

absl::Status Handlers::ParseRequest(const std::string& bytes, Message* request) {
  ACCORD_RETURN_IF_ERROR(ScanRequest(bytes, *request->GetDescriptor()));
  if (!request->ParseFromString(bytes)) {
    return Refuse(rules::kRequestMalformed,
                  "The request is not a message of this method, or holds text that is not UTF-8.");
  }
  return CheckRequest(request);
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
    ACCORD_ASSIGN_OR_RETURN(each.seen, storage::SeesNow(tx, write.agency, {each.kind, each.name}));
  }
  call.set_written(std::move(written));
  return absl::OkStatus();
}

Handlers::Entry* Handlers::Register(const std::string& path, const Descriptor* req, const Descriptor* res) {
  const auto fail = [&](absl::string_view what) {
    registration_.Update(absl::FailedPreconditionError(absl::StrCat("handler ", path, ": ", what)));
    return nullptr;
  };
  auto methods = MethodsOf(ServiceOf(path));
  if (!methods.ok()) return fail(methods.status().message());
  for (const Method& method : *methods) {
    if (method.path != path) continue;
    if (method.descriptor->input_type() != req || method.descriptor->output_type() != res)
      return fail("wrong types");
    const auto [it, fresh] = entries_.emplace(path, Entry{method, nullptr, nullptr});
    return fresh ? &it->second : fail("registered twice");
  }
  return fail("no such method");
}

void Handlers::Add(const std::string& path, const Descriptor* req, const Descriptor* res, UnaryFn fn) {
  if (Entry* entry = Register(path, req, res)) entry->unary = std::move(fn);
}

void Handlers::AddStream(const std::string& path, const Descriptor* req, const Descriptor* res, StreamFn fn) {
  if (Entry* entry = Register(path, req, res)) entry->stream = std::move(fn);
}

absl::Status Handlers::Seal(const std::map<std::string, std::vector<std::string>>& configured,
                            std::shared_ptr<AssertionVerifier> verifier, const Clock* clock) {
  ACCORD_RETURN_IF_ERROR(registration_);
  const auto allow = WholePackages(configured, Services());
  for (const std::string& service : Services()) {
    auto methods = MethodsOf(service);
    if (!methods.ok()) return methods.status();
    for (const Method& method : *methods) {
      if (!entries_.contains(method.path)) {
        return absl::FailedPreconditionError(absl::StrCat("no handler for ", method.path));
      }
      if (!method.rule.part().of().empty() && !mutations_.contains(method.path)) {
        return absl::FailedPreconditionError(
            absl::StrCat("nothing checks the part that ", method.path, " asks for"));
      }
    }
    const auto peers = allow.find(service);
    if (peers == allow.end() || peers->second.empty()) {
      return absl::FailedPreconditionError(absl::StrCat("allow-list of ", service, " is empty"));
    }
  }
  for (const auto& [service, peers] : allow) {
    const auto services = Services();
    if (std::find(services.begin(), services.end(), service) == services.end()) {
      return absl::FailedPreconditionError(
          absl::StrCat("allow-list names ", service, ", which is not served here"));
    }
  }
  allow_ = allow;
  verifier_ = std::move(verifier);
  clock_ = clock;
  return absl::OkStatus();
}

const Method* Handlers::Find(const std::string& path) const {
  auto it = entries_.find(path);
  return it == entries_.end() ? nullptr : &it->second.method;
}

std::vector<std::string> Handlers::Services() const {
  std::set<std::string> services;
  for (const auto& [path, entry] : entries_) services.insert(ServiceOf(path));
  return {services.begin(), services.end()};
}

absl::StatusOr<std::shared_ptr<Call>> Handlers::Begin(const std::string& path, const Origin& origin,
                                                      absl::Time deadline) const {
  const Method* method = Find(path);
  if (method == nullptr) {
    return Refuse(rules::kMethodUnknown, "There is no such method.");
  }
  const auto peers = allow_.find(ServiceOf(path));
  if (peers == allow_.end() ||
      std::find(peers->second.begin(), peers->second.end(), origin.peer) == peers->second.end()) {
    return Refuse(rules::kPeerNotAllowed, "This peer may not call this service.");
  }
  const absl::Time now = clock_->Now();
  if (!method->rule.peers().empty()) {
    const auto& named = method->rule.peers();
    if (std::find(named.begin(), named.end(), origin.peer) == named.end()) {
      return Refuse(rules::kPeerNotAllowed, "This peer may not call this method.");
    }
    return std::make_shared<Call>(VerifiedAssertion(), now, deadline, changes_);
  }
  auto verified = verifier_->Verify(origin.assertion, now);
  if (!verified.ok()) return verified.status();
  // From here on the caller's language is known.
  const Language language = verified->caller.language;
  if (!verified->method.empty() && verified->method != path)
    return ExplainRefusal(NotTheSigned(), method, language);
  ACCORD_RETURN_IF_ERROR(ExplainRefusal(Decide(*method, verified->caller), method, language));
  return std::make_shared<Call>(*std::move(verified), now, deadline, changes_);
}

absl::Status Handlers::CheckSigned(const Method& method, const Call& call, const std::string& request) const {
  const VerifiedAssertion& verified = call.verified();
  if (!verified.method.empty()) {
    const std::string hash = RequestHash(verified.request_salt, request, verified.validate_only);
    const bool same = hash == verified.request_hash;
    return same ? absl::OkStatus() : NotTheSigned();
  }
  if (!require_signed_ || !method.rule.mutates() || !method.rule.peers().empty()) return absl::OkStatus();
  return Refuse(rules::kRequestNotSigned,
                "The gateway did not sign this request, and this service takes no other.");
}

absl::Status Handlers::CheckCanValidate(const Method& method, const Call& call) const {
  if (!call.validate_only() || !method.rule.mutates()) return absl::OkStatus();
  // Handlers outside of Mutate have transactions of their own, or none, so their effect cannot be
  // rolled back.
  if (!method.rule.always_acts() && mutations_.contains(method.path)) return absl::OkStatus();
  return Refuse(rules::kValidateOnlyNotPossible, "This method cannot be tried without its effect.");
}

caller::v1::TouchedResources Handlers::TouchedOf(const Method& method, const Call& call,
                                                 const Message& response) {
  if (!call.validate_only()) {
    caller::v1::TouchedResources touched = TouchedBy(method, response);
    if (method.rule.mutates()) touched.set_request_id(call.request_id());
    AddWritten(ServiceInPath(method.path), call, &touched);
    return touched;
  }
  // Nothing changed. Records that the call itself made and that were rolled back have no owner to
  // be told.
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

std::set<annotations::v1::SensitiveClass> Handlers::ReadableIn(const std::string& path,
                                                               const Call& call) const {
  const Method* method = Find(path);
  return method == nullptr ? std::set<annotations::v1::SensitiveClass>() : ClassesRead(*method, call);
}

std::set<std::string> Handlers::MaskFor(const Method& method, const Call& call, Message* response) {
  if (method.grants.empty()) return {};
  return MaskSensitive(response, ClassesRead(method, call));
}

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
  // A field that a newer version stored is removed, because this version does not know who may
  // read it.
  (*response)->DiscardUnknownFields();
  reply.response = (*response)->SerializeAsString();
  return reply;
}

absl::Status Handlers::Stream(const std::string& path, Call& call, const std::string& request,
                              const Sink& sink) const {
  const Entry& entry = entries_.at(path);
  ACCORD_RETURN_IF_ERROR(CheckSize(entry.method, request));
  return entry.stream(call, request, sink);
}

}  // namespace accord::host
