// The RPCs of this build and their access rules, out of the compiled-in descriptors.
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

// This bounds the requests of a method whose rule gives no max_request_bytes.
inline constexpr std::size_t kMaxRequestBytes = std::size_t{64} << 10;

struct Method {
  const google::protobuf::MethodDescriptor* descriptor;
  // The path has the form `/package.Service/Method`.
  std::string path;
  // This is the rule as it stands beside the RPC, in which a part without a path has got the path `name`.
  annotations::v1::AccessRule rule;
  // Each of these is a way into the audience that the rule names; without any, services alone may call.
  std::vector<annotations::v1::Grant> grants;

  // Gives the size of the largest request message; of a client's stream, of each of its messages.
  std::size_t max_request_bytes() const;
  bool unary() const { return !descriptor->client_streaming() && !descriptor->server_streaming(); }
};

// Methods of a gRPC service in declared order. An error names the first method whose rule is missing or
// contradictory: no permission, neither an audience nor peers or both, an audience that the service does not
// have, or `mutates` without a request_id field. Or it names an audience of the service that is there twice,
// or one that no method names.
absl::StatusOr<std::vector<Method>> MethodsOf(const std::string& service);
absl::StatusOr<std::vector<Method>> MethodsOf(const google::protobuf::ServiceDescriptor& service);

// Gives the service that a method path belongs to, out of its package:
// `/accord.protocols.v1.ReferralService/...` -> `protocols`; empty for a path of another form.
std::string ServiceInPath(std::string_view path);

// Every gRPC service under `accord.` in this build, sorted by name. `accord.testing` only if asked for.
std::vector<std::string> AllServices(bool with_testing = false);
// Gives what a configuration means by `pattern`: with `package.*` those of `services` in that package, if
// there are any; otherwise the name itself.
std::vector<std::string> ServicesNamed(const std::string& pattern, const std::vector<std::string>& services);

}  // namespace accord

#endif  // ACCORD_COMMON_ACCESS_METHOD_H_
