// This file is about the rule that the protos declare for a field: whether it is required, who sets it, and
// so on.
#ifndef ACCORD_CLIENTS_ACCORDCTL_CORE_FIELD_RULE_H_
#define ACCORD_CLIENTS_ACCORDCTL_CORE_FIELD_RULE_H_

#include <google/protobuf/descriptor.h>

#include "accord/annotations/v1/fields.pb.h"

namespace accord::ctl {

// This gives a field's rule; the default rule if it has none.
annotations::v1::FieldRule FieldRuleOf(const google::protobuf::FieldDescriptor* field);

}  // namespace accord::ctl

#endif  // ACCORD_CLIENTS_ACCORDCTL_CORE_FIELD_RULE_H_
