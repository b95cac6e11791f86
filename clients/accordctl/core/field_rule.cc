#include "clients/accordctl/core/field_rule.h"

namespace accord::ctl {

annotations::v1::FieldRule FieldRuleOf(const google::protobuf::FieldDescriptor* field) {
  return field->options().GetExtension(annotations::v1::rule);
}

}  // namespace accord::ctl
