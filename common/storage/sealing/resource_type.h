// This is the type of message that a service stores as a resource.
#ifndef ACCORD_COMMON_STORAGE_SEALING_RESOURCE_TYPE_H_
#define ACCORD_COMMON_STORAGE_SEALING_RESOURCE_TYPE_H_

#include <google/protobuf/descriptor.h>

#include <string_view>

namespace accord::storage {

// This gives the message type that a service (`protocols`) stores under this name or else as this kind, or
// null if this build has none.
const google::protobuf::Descriptor* ResourceOf(std::string_view service, std::string_view kind,
                                               std::string_view name);

}  // namespace accord::storage

#endif  // ACCORD_COMMON_STORAGE_SEALING_RESOURCE_TYPE_H_
