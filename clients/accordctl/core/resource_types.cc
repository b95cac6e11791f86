#include "clients/accordctl/core/resource_types.h"

#include <set>
#include <string>

#include "common/access/method.h"

namespace accord::ctl {
namespace {

using google::protobuf::FileDescriptor;

void CollectResources(const FileDescriptor* file, std::set<const FileDescriptor*>* seen,
                      std::vector<ResourceType>* found) {
  if (!seen->insert(file).second) return;
  for (int i = 0; i < file->dependency_count(); ++i) CollectResources(file->dependency(i), seen, found);
  for (int i = 0; i < file->message_type_count(); ++i) {
    const Descriptor* message = file->message_type(i);
    if (message->options().HasExtension(annotations::v1::resource)) {
      found->push_back({message, message->options().GetExtension(annotations::v1::resource)});
    }
  }
}

}  // namespace

std::vector<ResourceType> ResourcesNear(const FileDescriptor* file) {
  std::set<const FileDescriptor*> seen;
  std::vector<ResourceType> found;
  CollectResources(file, &seen, &found);
  return found;
}

std::vector<ResourceType> Resources() {
  std::set<const FileDescriptor*> seen;
  std::vector<ResourceType> found;
  for (const std::string& service : AllServices()) {
    const auto methods = MethodsOf(service);
    if (methods.ok() && !methods->empty())
      CollectResources(methods->front().descriptor->file(), &seen, &found);
  }
  return found;
}

const FieldDescriptor* ListedField(const Descriptor* response) {
  for (int i = 0; i < response->field_count(); ++i) {
    if (response->field(i)->is_repeated() && response->field(i)->message_type() != nullptr) {
      return response->field(i);
    }
  }
  return nullptr;
}

}  // namespace accord::ctl
