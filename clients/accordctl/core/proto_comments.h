// This file is about the comments of the protos, which are the help of the command line.
#ifndef ACCORD_CLIENTS_ACCORDCTL_CORE_PROTO_COMMENTS_H_
#define ACCORD_CLIENTS_ACCORDCTL_CORE_PROTO_COMMENTS_H_

#include <google/protobuf/descriptor.h>

#include <string>

#include "clients/accordctl/core/resource_types.h"

namespace accord::ctl {

// Each gives the comment above a declaration in its .proto, in one line; it is empty if there is none.
std::string CommentOf(const google::protobuf::MethodDescriptor* method);
std::string CommentOf(const google::protobuf::FieldDescriptor* field);
std::string CommentOf(const google::protobuf::Descriptor* message);
std::string CommentOf(const google::protobuf::EnumValueDescriptor* value);

// This gives the text up to the first full stop that ends a sentence: `s. 125` and `e.g. this` do not.
std::string FirstSentence(const std::string& comment);

}  // namespace accord::ctl

#endif  // ACCORD_CLIENTS_ACCORDCTL_CORE_PROTO_COMMENTS_H_
