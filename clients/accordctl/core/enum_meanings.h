// This file is about what the values of an enum mean, by the comments of the protos.
#ifndef ACCORD_CLIENTS_ACCORDCTL_CORE_ENUM_MEANINGS_H_
#define ACCORD_CLIENTS_ACCORDCTL_CORE_ENUM_MEANINGS_H_

#include <google/protobuf/descriptor.h>

#include <string>
#include <vector>

namespace accord::ctl {

// These are an enum's values in the form in which they are typed, each with its comment where it has one.
struct EnumMeaning {
  std::string value, comment;
};
std::vector<EnumMeaning> EnumMeanings(const google::protobuf::EnumDescriptor* type);

// This gives the values that a field takes: those that its comment lists after "one of", where it takes some
// of its enum alone, or else all.
std::vector<EnumMeaning> MeaningsOfField(const google::protobuf::FieldDescriptor* field,
                                         const google::protobuf::EnumDescriptor* words);

}  // namespace accord::ctl

#endif  // ACCORD_CLIENTS_ACCORDCTL_CORE_ENUM_MEANINGS_H_
