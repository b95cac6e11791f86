#include "common/testing/open_fields.h"

#include <google/protobuf/descriptor.h>
#include <gtest/gtest.h>

#include "absl/strings/str_split.h"
#include "accord/annotations/v1/fields.pb.h"
#include "common/access/service_files.h"

namespace accord::testing {
namespace {

using google::protobuf::Descriptor;
using google::protobuf::FieldDescriptor;

using Open = std::map<std::string, std::set<std::string>>;

bool IsSensitive(const FieldDescriptor* field) {
  return field->options().GetExtension(annotations::v1::rule).sensitive() !=
         annotations::v1::SENSITIVE_CLASS_UNSPECIFIED;
}

bool IsTime(const Descriptor* message) { return message->full_name() == "google.protobuf.Timestamp"; }

void Walk(const Descriptor* message, std::set<const Descriptor*>* seen, Open* open) {
  static const std::set<std::string> kOfEveryResource = {"name", "etag", "create_time", "update_time"};
  if (!seen->insert(message).second) return;
  const bool resource = message->options().HasExtension(annotations::v1::resource);
  for (int i = 0; i < message->field_count(); ++i) {
    const FieldDescriptor* field = message->field(i);
    if (IsSensitive(field) || (resource && kOfEveryResource.contains(field->name()))) continue;
    if (field->message_type() != nullptr && !IsTime(field->message_type())) {
      Walk(field->message_type(), seen, open);
    } else {
      (*open)[message->name()].insert(field->name());
    }
  }
}

}  // namespace

Open OpenFields(const std::string& package) {
  Open open;
  std::set<const Descriptor*> seen;
  for (const auto* file : ServiceFiles()) {
    if (file->package() != package) continue;
    for (int i = 0; i < file->dependency_count(); ++i) {
      const auto* nouns = file->dependency(i);
      for (int m = 0; nouns->package() == package && m < nouns->message_type_count(); ++m) {
        const Descriptor* message = nouns->message_type(m);
        if (message->options().HasExtension(annotations::v1::resource)) Walk(message, &seen, &open);
      }
    }
    for (int m = 0; m < file->message_type_count(); ++m) {
      const Descriptor* message = file->message_type(m);
      if (message->options().HasExtension(annotations::v1::resource)) Walk(message, &seen, &open);
    }
  }
  return open;
}

void ExpectOpenFields(const std::string& package, const std::vector<OpenForAReason>& rows) {
  Open open;
  for (const OpenForAReason& row : rows) {
    const std::vector<std::string> fields = absl::StrSplit(row.fields, ' ');
    for (const std::string& field : fields) {
      EXPECT_TRUE(open[row.message].insert(field).second) << row.message << "." << field << " stands twice";
    }
  }
  EXPECT_EQ(OpenFields(package), open) << "give the field a class, or say in the test's rows why it is open";
}

}  // namespace accord::testing
