// These are the RPCs of this build and their access rules, taken from the compiled-in descriptors.
#ifndef ACCORD_COMMON_ACCESS_METHOD_H_
#define ACCORD_COMMON_ACCESS_METHOD_H_

#include <google/protobuf/descriptor.h>

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "accord/annotations/v1/access.pb.h"

namespace accord {

// This is the size limit, in bytes, of a request whose method's rule gives no max_request_bytes.
inline constexpr std::size_t kMaxRequestBytes = std::size_t{64} << 10;

struct Method {
  const google::protobuf::MethodDescriptor* descriptor;
  // The path has the form `/package.Service/Method`.
  std::string path;
  // This is the rule as it is written beside the RPC, except that a part without a path is given the
  // path `name`.
  annotations::v1::AccessRule rule;
  // These are the grants of the audience that the rule names. If there are none, only services may call.
  std::vector<annotations::v1::Grant> grants;

  // This gives the size of the largest request message in bytes. For a client's stream it is the limit of
  // each of its messages.
  std::size_t max_request_bytes() const;
  bool unary() const { return !descriptor->client_streaming() && !descriptor->server_streaming(); }
};

// This gives the methods of a gRPC service in declared order. The error names the first method whose rule is
// missing or contradictory: it has no permission, it has neither an audience nor peers or has both, it names
// an audience that the service does not have, or it `mutates` without a request_id field. It is also an error
// if the service has one audience twice, or an audience that no method names.
absl::StatusOr<std::vector<Method>> MethodsOf(const std::string& service);
absl::StatusOr<std::vector<Method>> MethodsOf(const google::protobuf::ServiceDescriptor& service);

// This gives the service that a method path belongs to, taken from its package:
// `/accord.protocols.v1.ReferralService/...` -> `protocols`; it is empty for a path of another form.
std::string ServiceInPath(std::string_view path);
// This gives `package.Service.Method` for the path `/package.Service/Method`.
std::string MethodFullName(std::string_view path);

// This gives every gRPC service under `accord.` in this build, sorted by name. Those of `accord.testing` are
// included only if asked for.
std::vector<std::string> AllServices(bool with_testing = false);
// This gives the services that a configuration means by `pattern`: for `package.*` those of `services` in
// that package, if there are any, and otherwise the name itself.
std::vector<std::string> ServicesNamed(const std::string& pattern, const std::vector<std::string>& services);

}  // namespace accord

#endif  // ACCORD_COMMON_ACCESS_METHOD_H_
