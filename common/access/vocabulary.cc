#include "common/access/vocabulary.h"

#include "absl/strings/str_split.h"
#include "accord/annotations/v1/vocabulary.pb.h"

namespace accord {
namespace {

using google::protobuf::Descriptor;
using google::protobuf::EnumDescriptor;
using google::protobuf::FieldDescriptor;
using google::protobuf::MethodDescriptor;

const annotations::v1::Vocabulary& VocabularyOf(const FieldDescriptor& field) {
  return field.options().GetExtension(annotations::v1::vocabulary);
}

}  // namespace

const EnumDescriptor* EnumWordsOf(const FieldDescriptor& field) {
  if (field.enum_type() != nullptr) return field.enum_type();
  const std::string& words = VocabularyOf(field).words();
  return words.empty() ? nullptr : field.file()->pool()->FindEnumTypeByName(words);
}

const MethodDescriptor* LookupOf(const FieldDescriptor& field) {
  const std::string& lookup = VocabularyOf(field).lookup();
  return lookup.empty() ? nullptr : field.file()->pool()->FindMethodByName(lookup);
}

std::vector<const FieldDescriptor*> LookupPathOf(const FieldDescriptor& field) {
  const MethodDescriptor* lookup = LookupOf(field);
  if (lookup == nullptr) return {};
  std::vector<const FieldDescriptor*> path;
  const Descriptor* type = lookup->output_type();
  const std::vector<std::string> parts = absl::StrSplit(VocabularyOf(field).word(), '.');
  for (const std::string& part : parts) {
    const FieldDescriptor* next = type == nullptr ? nullptr : type->FindFieldByName(part);
    if (next == nullptr) return {};
    path.push_back(next);
    type = next->message_type();
  }
  return path;
}

}  // namespace accord
