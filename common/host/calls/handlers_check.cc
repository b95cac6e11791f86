// This part of Handlers decides whether a call may be made: by its peer, its caller, its signature and
// its form.
#include <algorithm>
#include <memory>
#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "common/access/refusal_explanation.h"
#include "common/access/request_check.h"
#include "common/access/wire_scan.h"
#include "common/base/error.h"
#include "common/base/language.h"
#include "common/host/calls/handlers.h"

namespace accord::host {
namespace {

using google::protobuf::Message;

absl::Status RefuseUnsigned() {
  return Refuse(rules::kCallerAssertionInvalid, "The gateway spoke for another request than this.");
}

}  // namespace

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
    return ExplainRefusal(RefuseUnsigned(), method, language);
  ACCORD_RETURN_IF_ERROR(ExplainRefusal(Decide(*method, verified->caller), method, language));
  return std::make_shared<Call>(*std::move(verified), now, deadline, changes_);
}

absl::Status Handlers::CheckSize(const Method& method, const std::string& request) {
  if (request.size() <= method.max_request_bytes()) return absl::OkStatus();
  return Refuse(rules::kMessageTooLarge,
                absl::StrCat("A request of this method may have ", method.max_request_bytes(), " bytes."));
}

absl::Status Handlers::CheckSigned(const Method& method, const Call& call, const std::string& request) const {
  const VerifiedAssertion& verified = call.verified();
  if (!verified.method.empty()) {
    const std::string hash = AssertedRequestHash(verified.request_salt, request, verified.validate_only);
    const bool same = hash == verified.request_hash;
    return same ? absl::OkStatus() : RefuseUnsigned();
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

absl::Status Handlers::ParseRequest(const std::string& bytes, Message* request) {
  ACCORD_RETURN_IF_ERROR(ScanRequest(bytes, *request->GetDescriptor()));
  if (!request->ParseFromString(bytes)) {
    return Refuse(rules::kRequestMalformed,
                  "The request is not a message of this method, or holds text that is not UTF-8.");
  }
  return CheckRequest(request);
}

}  // namespace accord::host
