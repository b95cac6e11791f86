// These are the .proto files that hold gRPC services; the build writes the list.
#ifndef ACCORD_COMMON_ACCESS_SERVICE_FILES_H_
#define ACCORD_COMMON_ACCESS_SERVICE_FILES_H_

#include <google/protobuf/descriptor.h>

#include <vector>

namespace accord {

std::vector<const google::protobuf::FileDescriptor*> ServiceFiles();

}  // namespace accord

#endif  // ACCORD_COMMON_ACCESS_SERVICE_FILES_H_
