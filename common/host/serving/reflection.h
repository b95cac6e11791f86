// This is gRPC server reflection of the services of a Handlers table.
#ifndef ACCORD_COMMON_HOST_SERVING_REFLECTION_H_
#define ACCORD_COMMON_HOST_SERVING_REFLECTION_H_

#include <grpcpp/generic/async_generic_service.h>

#include <string>
#include <vector>

#include "grpc/reflection/v1alpha/reflection.pb.h"

namespace accord::host {

inline constexpr char kReflectionPath[] = "/grpc.reflection.v1alpha.ServerReflection/ServerReflectionInfo";

// This names only `services`; files and symbols are those of this build.
grpc::reflection::v1alpha::ServerReflectionResponse Reflect(
    const grpc::reflection::v1alpha::ServerReflectionRequest& request,
    const std::vector<std::string>& services);

// This makes the reactor of one conversation about `services`: it answers each question until the peer has no
// more. It is refused unless `allowed`.
grpc::ServerGenericBidiReactor* NewReflectionReactor(std::vector<std::string> services, bool allowed);

}  // namespace accord::host

#endif  // ACCORD_COMMON_HOST_SERVING_REFLECTION_H_
