#include "clients/accordctl/core/output_only_fields.h"

#include <cstddef>
#include <iostream>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "clients/accordctl/core/client.h"
#include "clients/accordctl/core/field_rule.h"
#include "clients/accordctl/core/json.h"
#include "clients/accordctl/core/message_json.h"
#include "clients/accordctl/core/request_line.h"
#include "clients/accordctl/core/texts.h"

namespace accord::ctl {
namespace {

// This walks through the given record and the present one together. Both are in the form of ToJson.
class OutputOnlyWalk {
 public:
  void Message(const Descriptor* type, const std::string& path, const Json& given, const Json& present) {
    for (const auto& [key, value] : given.items()) {
      const FieldDescriptor* field = type->FindFieldByName(key);
      if (field == nullptr || key == "name" || key == "etag") continue;
      const std::string here = path.empty() ? key : absl::StrCat(path, ".", key);
      const auto found = present.find(key);
      const Json there = found == present.end() ? Json() : *found;
      if (FieldRuleOf(field).output_only()) {
        if (value != there) paths_.push_back(here);
      } else if (IsNestedField(field) && !field->is_map()) {
        Value(field->message_type(), here, value, there);
      }
    }
  }
  std::vector<std::string> Take() { return std::move(paths_); }

 private:
  void Value(const Descriptor* type, const std::string& path, const Json& given, const Json& present) {
    if (given.is_object()) return Message(type, path, given, present);
    for (std::size_t i = 0; i < given.size(); ++i) {
      const Json there = present.is_array() && i < present.size() ? present[i] : Json();
      Message(type, absl::StrCat(path, ".", i), given[i], there);
    }
  }

  std::vector<std::string> paths_;
};

}  // namespace

std::vector<std::string> OutputOnlyFields(const google::protobuf::Message& given,
                                          const google::protobuf::Message* present) {
  OutputOnlyWalk walk;
  walk.Message(given.GetDescriptor(), "", ToJson(given), present == nullptr ? Json() : ToJson(*present));
  return walk.Take();
}

void WarnOfOutputOnlyFields(const Command& command, const Json& request,
                            const google::protobuf::Message* present) {
  const FieldDescriptor* body = command.body();
  const bool within = body != nullptr && request.contains(body->name());
  const MessagePtr given = NewMessage(within ? body->message_type() : command.request());
  // A request that cannot be parsed is refused when it is sent.
  if (!FromJson(within ? request.at(body->name()) : request, given.get()).ok()) return;
  const std::vector<std::string> fields = OutputOnlyFields(*given, present);
  if (fields.empty()) return;
  std::cerr << "accordctl: "
            << Text("the service alone writes {{fields}}: what is given here is left out",
                    {{"fields", absl::StrJoin(fields, ", ")}})
            << "\n";
}

}  // namespace accord::ctl
