#include "clients/accordctl/records/template.h"

#include <gmock/gmock.h>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_replace.h"
#include "absl/strings/str_split.h"
#include "clients/accordctl/core/client.h"
#include "clients/accordctl/core/command_example.h"
#include "clients/accordctl/core/field_paths.h"
#include "clients/accordctl/core/field_rule.h"
#include "clients/accordctl/core/json.h"
#include "clients/accordctl/core/kebab_case.h"
#include "clients/accordctl/core/lookup_words.h"
#include "clients/accordctl/core/message_json.h"
#include "clients/accordctl/core/request_line.h"
#include "clients/accordctl/core/yaml_parser.h"
#include "clients/accordctl/testing/sample_message.h"
#include "common/access/request_check.h"

namespace accord::ctl {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;

// This gives a value to every field in a template.
void FillIn(const Descriptor* type, Json* json) {
  for (auto at = json->begin(); at != json->end(); ++at) {
    Json& value = at.value();
    const FieldDescriptor* field = type->FindFieldByName(at.key());
    ASSERT_NE(field, nullptr) << type->full_name() << " " << at.key();
    if (IsNestedField(field) && value.is_array()) {
      for (Json& one : value) FillIn(field->message_type(), &one);
    } else if (IsNestedField(field)) {
      if (value.is_null()) value = field->is_repeated() ? Json::array({Json::object()}) : Json::object();
      if (value.is_object()) FillIn(field->message_type(), &value);
    } else {
      const Json one = SampleValue(field, "text");
      value = field->is_repeated() ? Json::array({one}) : one;
    }
  }
}

// This removes the # of every optional field.
std::string Uncommented(const std::string& text) {
  std::vector<std::string> lines = absl::StrSplit(text, '\n');
  for (std::string& line : lines) {
    const bool prose = line.size() > 2 && line[1] == ' ' && line[2] != ' ';
    if (absl::StartsWith(line, "#") && !prose) line.erase(0, 1);
  }
  return absl::StrJoin(lines, "\n");
}

absl::Status Checked(const Command& command, const std::string& text, bool fill) {
  const auto parsed = ParseYaml(text, "template");
  if (!parsed.ok()) return parsed.status();
  Json file = parsed->is_null() ? Json::object() : *parsed;
  if (fill) FillIn(RequestFileType(command), &file);
  Json request = Json::object();
  if (command.body() != nullptr)
    request[command.body()->name()] = file;
  else
    request = file;
  for (const char* given : {"name", "parent", "request_id", "etag"}) {
    const FieldDescriptor* field = command.request()->FindFieldByName(given);
    if (field != nullptr) request[given] = SampleValue(field, "text");
  }
  // Fields beside the body are given on the line.
  for (int i = 0; command.body() != nullptr && i < command.request()->field_count(); ++i) {
    const FieldDescriptor* field = command.request()->field(i);
    if (field != command.body() && FieldRuleOf(field).required() && !request.contains(field->name())) {
      request[field->name()] = IsNestedField(field) ? Json::object() : SampleValue(field, "text");
    }
  }
  const MessagePtr message = NewMessage(command.request());
  const absl::Status read = FromJson(request, message.get());
  return read.ok() ? CheckRequest(message.get()) : read;
}

bool Requires(const Descriptor* type) {
  for (int i = 0; i < type->field_count(); ++i) {
    const std::string& name = type->field(i)->name();
    const bool filled_in = name == "name" || name == "etag" || name == "request_id" || name == "parent";
    const auto rule = FieldRuleOf(type->field(i));
    if (rule.required() && !rule.output_only() && !filled_in) return true;
  }
  return false;
}

TEST(Template, OfEveryRpcIsValidOnceItIsFilledIn) {
  for (const Command& command : Commands()) {
    const std::string text = TemplateOf(command);
    const absl::Status shortest = Checked(command, text, true),
                       longest = Checked(command, Uncommented(text), true);
    EXPECT_TRUE(shortest.ok()) << command.method.path << " " << shortest << "\n" << text;
    EXPECT_TRUE(longest.ok()) << command.method.path << " " << longest << "\n" << Uncommented(text);
    // A forgotten field is not guessed; in a change no field is required.
    const bool changes = command.request()->FindFieldByName("update_mask") != nullptr;
    if (changes || !Requires(RequestFileType(command))) continue;
    const absl::Status forgotten = Checked(command, text, false);
    EXPECT_TRUE(absl::IsInvalidArgument(forgotten)) << command.method.path << " " << forgotten;
  }
}

TEST(Template, OfACorrectionRequiresNoFieldAndLeavesOutWhatStaysAsItWas) {
  const Command* correct = FindCommand("correct", "referral");
  ASSERT_NE(correct, nullptr);
  const std::string text = TemplateOf(*correct);
  EXPECT_THAT(text,
              AllOf(Not(HasSubstr("# Required")), HasSubstr("\n#urgency:"), Not(HasSubstr("to_agency:"))));
  EXPECT_THAT(TemplateOf(*FindCommand("create", "referral")),
              AllOf(HasSubstr("# Required"), HasSubstr("\nto_agency:")));
  EXPECT_THAT(ExampleOfCommand(*correct), Not(HasSubstr("update-mask")));
}

TEST(Template, OfEveryRpcHasWhatIsRequiredFirst) {
  for (const Command& command : Commands()) {
    bool optional = false;
    for (const std::string& line : std::vector<std::string>(absl::StrSplit(TemplateOf(command), '\n'))) {
      const bool top = !line.empty() && absl::ascii_isalpha(static_cast<unsigned char>(line[0]));
      optional = optional || absl::StartsWith(line, "# May be left out");
      EXPECT_FALSE(top && optional) << command.method.path << ": " << line;
    }
  }
}

// This checks that a line with the file and this path sets the value at the path.
void ExpectTaken(const Command& command, const std::string& path) {
  const FieldDescriptor* field = FieldAtPath(command.request(), path);
  ASSERT_NE(field, nullptr) << command.method.path << " " << path;
  const Json value = SampleValue(field, "text");
  RequestLine line;
  line.json = DumpJson(Sample(command.body()->message_type(), "text"));
  line.sets = {absl::StrCat(path, "=", value.is_string() ? value.get<std::string>() : DumpJson(value))};
  const auto request = AssembleRequest(command, line);
  ASSERT_TRUE(request.ok()) << command.method.path << " " << path << " " << request.status();
  EXPECT_TRUE(request->contains(Json::json_pointer("/" + absl::StrReplaceAll(path, {{".", "/"}}))))
      << command.method.path << " " << path << " " << DumpJson(*request);
}

TEST(Template, OfEveryRpcTellsTheFieldsOfAMessageThatStandsBesideTheFile) {
  int messages = 0;
  for (const Command& command : Commands()) {
    if (command.body() == nullptr) continue;
    const std::string text = absl::StrReplaceAll(TemplateOf(command), {{"\n# ", " "}});
    for (int i = 0; i < command.request()->field_count(); ++i) {
      const FieldDescriptor* field = command.request()->field(i);
      if (field == command.body() || !IsNestedField(field)) continue;
      ++messages;
      EXPECT_THAT(text, Not(HasSubstr("--" + KebabCase(field->name())))) << command.method.path;
      for (const std::string& path : GivenFieldPaths(field)) {
        EXPECT_THAT(text, HasSubstr(path)) << command.method.path;
        ExpectTaken(command, path);
      }
    }
  }
  EXPECT_GE(messages, 3);
}

TEST(Example, OfEveryRpcGivesARequiredMessageByItsFields) {
  int messages = 0;
  for (const Command& command : Commands()) {
    const std::string example = ExampleOfCommand(command) + " ";
    for (int i = 0; i < command.request()->field_count(); ++i) {
      const FieldDescriptor* field = command.request()->field(i);
      if (field == command.body() || !IsNestedField(field) || !FieldRuleOf(field).required()) continue;
      ++messages;
      EXPECT_THAT(example, AllOf(HasSubstr(absl::StrCat(" --set ", field->name(), ".")),
                                 Not(HasSubstr(absl::StrCat(" --", KebabCase(field->name()), " ")))))
          << command.method.path;
    }
  }
  EXPECT_GT(messages, 20);
}

}  // namespace
}  // namespace accord::ctl
