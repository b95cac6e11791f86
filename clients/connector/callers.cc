#include "clients/connector/callers.h"

#include <openssl/crypto.h>

#include <algorithm>
#include <set>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "clients/connector/methods.h"
#include "clients/connector/own_file.h"
#include "common/access/method.h"
#include "common/base/error.h"
#include "common/base/ids.h"

namespace accord::connector {
namespace {

constexpr std::size_t kShortestToken = 32;
constexpr char kWholeService[] = ".*";

constexpr char kCallers[] = "callers";

absl::Status BadCaller(const LocalCaller& caller, const std::string& what,
                       const std::string& setting = kCallers) {
  return absl::FailedPreconditionError(absl::StrCat(setting, " { name: \"", caller.name(), "\" }: ", what));
}

bool IsServiceCaller(const std::string& name) {
  const std::vector<std::string> services = AllServices();
  return std::find(services.begin(), services.end(), name) != services.end();
}

absl::StatusOr<std::string> ReadToken(const LocalCaller& caller) {
  auto token = ReadOwnFile(caller.token_file());
  if (!token.ok()) return BadCaller(caller, std::string(token.status().message()));
  while (!token->empty() && (token->back() == '\n' || token->back() == '\r')) token->pop_back();
  const bool is_printable =
      std::all_of(token->begin(), token->end(), [](unsigned char each) { return each > ' ' && each < 0x7f; });
  if (token->size() < kShortestToken || !is_printable) {
    return BadCaller(caller,
                     absl::StrCat(caller.token_file(), " does not hold one line of at least ", kShortestToken,
                                  " printable characters, such as `openssl rand -hex 32` makes."));
  }
  return *std::move(token);
}

template <class Names>
bool CallerHoldsName(const Names& names, const std::string& name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

bool HoldsMethod(const LocalCaller& caller, const std::string& method) {
  const std::string whole = method.substr(0, method.rfind('.')) + kWholeService;
  return CallerHoldsName(caller.methods(), method) || CallerHoldsName(caller.methods(), whole);
}

absl::Status OutsideScope(const LocalCaller& caller, const std::string& what) {
  return absl::PermissionDeniedError(
      absl::StrCat("The configuration does not give ", caller.name(), " the ", what, "."));
}

}  // namespace

absl::Status CheckCallerMay(const LocalCaller& caller, const std::string& setting) {
  if (!IsId(caller.name())) return BadCaller(caller, "its name is not an id.", setting);
  if (caller.actors().empty())
    return BadCaller(caller, "it names no actors, so that it may do nothing.", setting);
  if (caller.purposes().empty())
    return BadCaller(caller, "it names no purposes, so that it may do nothing.", setting);
  if (caller.methods().empty())
    return BadCaller(caller, "it names no methods, so that it may do nothing.", setting);
  for (const std::string& method : caller.methods()) {
    std::string service = method;
    const bool is_whole = absl::EndsWith(method, kWholeService);
    if (is_whole) service.resize(method.size() - std::string_view(kWholeService).size());
    if (is_whole ? IsServiceCaller(service) : FindMethod(method) != nullptr) continue;
    return BadCaller(caller,
                     absl::StrCat("there is no method ", method, " with one answer that an agency may call."),
                     setting);
  }
  return absl::OkStatus();
}

absl::StatusOr<Callers> Callers::Load(const ConnectorConfig& config) {
  Callers callers;
  std::set<std::string> names, digests;
  for (const LocalCaller& caller : config.callers()) {
    ACCORD_RETURN_IF_ERROR(CheckCallerMay(caller, kCallers));
    ACCORD_ASSIGN_OR_RETURN(const std::string token, ReadToken(caller));
    const std::string digest = Sha256(token);
    if (!names.insert(caller.name()).second) return BadCaller(caller, "another caller has the same name.");
    if (!digests.insert(digest).second) return BadCaller(caller, "another caller has the same token.");
    callers.known_.push_back({digest, caller});
  }
  return callers;
}

const LocalCaller* Callers::Find(std::string_view token) const {
  const std::string digest = Sha256(token);
  const LocalCaller* found = nullptr;
  for (const Known& each : known_) {
    if (CRYPTO_memcmp(each.token_digest.data(), digest.data(), digest.size()) == 0) found = &each.caller;
  }
  return found;
}

absl::Status CheckScope(const LocalCaller& caller, const Act& act) {
  if (!HoldsMethod(caller, act.method)) return OutsideScope(caller, "method " + act.method);
  if (!CallerHoldsName(caller.actors(), act.actor)) return OutsideScope(caller, "actor that the act names");
  if (!CallerHoldsName(caller.purposes(), act.purpose))
    return OutsideScope(caller, "purpose that the act names");
  return absl::OkStatus();
}

}  // namespace accord::connector
