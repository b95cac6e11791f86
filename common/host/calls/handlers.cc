#include "common/host/calls/handlers.h"

#include <algorithm>
#include <set>

#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "common/base/error.h"

namespace accord::host {
namespace {

using google::protobuf::Descriptor;

// This replaces each `package.*` by the services of the package.
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

}  // namespace

std::string Handlers::ServiceOf(const std::string& path) { return path.substr(1, path.rfind('/') - 1); }

std::string Handlers::PathOf(const std::string& service, const Descriptor* request) {
  return absl::StrCat("/", service, "/", absl::StripSuffix(request->name(), "Request"));
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

}  // namespace accord::host
