#include "clients/accordctl/operate/rule_set_file.h"

#include <memory>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"
#include "accord/prosecution/v1/rules.pb.h"
#include "accord/protocols/v1/rules.pb.h"
#include "accord/supports/v1/rules.pb.h"
#include "clients/accordctl/core/input_files.h"
#include "clients/accordctl/core/yaml_parser.h"
#include "common/base/error.h"
#include "common/base/text_proto.h"

namespace accord::ctl {
namespace {

using google::protobuf::Message;

constexpr const char* kNaming = "# proto-message:";

// This gives an empty rule set with dated rows by its message name; nullptr for any other name.
std::unique_ptr<Message> NewRuleSet(const std::string& name) {
  for (const Message* each : {static_cast<const Message*>(&prosecution::v1::RuleSet::default_instance()),
                              static_cast<const Message*>(&protocols::v1::RuleSet::default_instance()),
                              static_cast<const Message*>(&supports::v1::RuleSet::default_instance())}) {
    if (each->GetDescriptor()->full_name() == name) return std::unique_ptr<Message>(each->New());
  }
  return nullptr;
}

}  // namespace

absl::StatusOr<std::unique_ptr<Message>> ReadRuleSet(const std::string& file) {
  ACCORD_ASSIGN_OR_RETURN(const std::string text, ReadInputFile(file));
  std::string name;
  for (absl::string_view line : absl::StrSplit(text, '\n')) {
    if (absl::ConsumePrefix(&line, kNaming)) name = std::string(absl::StripAsciiWhitespace(line));
  }
  std::unique_ptr<Message> rule_set = NewRuleSet(name);
  if (rule_set == nullptr) {
    return absl::InvalidArgumentError(
        absl::StrCat(file, " names no rule set of a service with dated rows in a line \"", kNaming, "\""));
  }
  ACCORD_RETURN_IF_ERROR(ReadTextProto(file, rule_set.get()));
  return rule_set;
}

}  // namespace accord::ctl
