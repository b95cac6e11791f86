// This file is about the kinds of records of this build, as the protos declare them.
#ifndef ACCORD_CLIENTS_ACCORDCTL_CORE_RESOURCE_TYPES_H_
#define ACCORD_CLIENTS_ACCORDCTL_CORE_RESOURCE_TYPES_H_

#include <google/protobuf/descriptor.h>

#include <vector>

#include "accord/annotations/v1/fields.pb.h"

namespace accord::ctl {

using google::protobuf::Descriptor;
using google::protobuf::FieldDescriptor;

struct ResourceType {
  const Descriptor* message;
  annotations::v1::Resource option;
};

// This gives the resources of this build with their messages.
std::vector<ResourceType> Resources();
// This gives the resources that a file declares or imports, those of the file itself first, because two
// services may use one word.
std::vector<ResourceType> ResourcesNear(const google::protobuf::FileDescriptor* file);

// This gives the list in a paged response; it is null if it has none.
const FieldDescriptor* ListedField(const Descriptor* response);

}  // namespace accord::ctl

#endif  // ACCORD_CLIENTS_ACCORDCTL_CORE_RESOURCE_TYPES_H_
