#include "clients/accordctl/core/enum_meanings.h"

#include <algorithm>

#include "absl/strings/ascii.h"
#include "absl/strings/str_split.h"
#include "clients/accordctl/core/proto_comments.h"
#include "common/access/names.h"

namespace accord::ctl {

std::vector<EnumMeaning> EnumMeanings(const google::protobuf::EnumDescriptor* type) {
  std::vector<EnumMeaning> meanings;
  for (int i = 0; i < type->value_count(); ++i) {
    const auto* value = type->value(i);
    if (value->number() != 0) meanings.push_back({ShortName(type, value->number()), CommentOf(value)});
  }
  return meanings;
}

std::vector<EnumMeaning> MeaningsOfField(const google::protobuf::FieldDescriptor* field,
                                         const google::protobuf::EnumDescriptor* words) {
  const std::vector<EnumMeaning> all = EnumMeanings(words);
  const std::string comment = CommentOf(field);
  const std::size_t list = comment.find("one of ");
  if (list == std::string::npos) return all;
  const std::vector<std::string> listed =
      absl::StrSplit(comment.substr(list, comment.find('.', list) - list), absl::ByAnyChar(", "));
  std::vector<EnumMeaning> some;
  for (const EnumMeaning& each : all) {
    const std::string name = absl::AsciiStrToUpper(each.value);
    if (std::find(listed.begin(), listed.end(), name) != listed.end()) some.push_back(each);
  }
  return some.size() > 1 ? some : all;
}

}  // namespace accord::ctl
