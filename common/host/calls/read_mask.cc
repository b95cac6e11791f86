#include "common/host/calls/read_mask.h"

#include <google/protobuf/util/field_mask_util.h>

#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "accord/annotations/v1/fields.pb.h"
#include "common/base/error.h"

namespace accord::host {
namespace {

using google::protobuf::FieldMask;
using google::protobuf::util::FieldMaskUtil;

// This gives the field with the listed records, or null if an answer of this type lists none.
const google::protobuf::FieldDescriptor* ListedRecords(const google::protobuf::Descriptor& answer) {
  for (int i = 0; i < answer.field_count(); ++i) {
    const auto* field = answer.field(i);
    if (field->is_repeated() && field->message_type() != nullptr &&
        field->message_type()->options().HasExtension(annotations::v1::resource)) {
      return field;
    }
  }
  return nullptr;
}

}  // namespace

absl::Status CheckReadMask(const FieldMask& mask, const google::protobuf::Descriptor& answer) {
  const auto* records = ListedRecords(answer);
  std::vector<std::pair<std::string, std::string>> violations;
  for (int i = 0; i < mask.paths_size(); ++i) {
    const std::string& path = mask.paths(i);
    const bool is_field = records != nullptr && !path.empty() &&
                          FieldMaskUtil::GetFieldDescriptors(records->message_type(), path, nullptr);
    if (!is_field) {
      violations.emplace_back(absl::StrCat("read_mask.paths[", i, "]"),
                              "is no field of the records of this list");
    }
  }
  return violations.empty() ? absl::OkStatus() : RefuseFields(violations);
}

void ApplyReadMask(const FieldMask& mask, google::protobuf::Message* answer) {
  const auto* records = ListedRecords(*answer->GetDescriptor());
  if (mask.paths().empty() || records == nullptr) return;
  FieldMask kept = mask;
  kept.add_paths("name");
  kept.add_paths("etag");
  const auto* reflection = answer->GetReflection();
  for (int i = 0; i < reflection->FieldSize(*answer, records); ++i) {
    FieldMaskUtil::TrimMessage(kept, reflection->MutableRepeatedMessage(answer, records, i));
  }
}

}  // namespace accord::host
