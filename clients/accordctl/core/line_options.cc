#include "clients/accordctl/core/line_options.h"

#include <string>
#include <vector>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "clients/accordctl/core/document_limits.h"
#include "clients/accordctl/core/enum_meanings.h"
#include "clients/accordctl/core/field_rule.h"
#include "clients/accordctl/core/kebab_case.h"
#include "clients/accordctl/core/lookup_words.h"
#include "clients/accordctl/core/nouns.h"
#include "clients/accordctl/core/proto_comments.h"
#include "clients/accordctl/core/resource_types.h"
#include "clients/accordctl/core/texts.h"
#include "common/access/names.h"
#include "common/access/vocabulary.h"
#include "common/listing/fields.h"

namespace accord::ctl {
namespace {

bool IsPagingField(const FieldDescriptor* field) {
  return field->name() == "page_size" || field->name() == "page_token";
}

bool IsFilledInByCommand(const FieldDescriptor* field) {
  return field->name() == "etag" || field->name() == "request_id" || field->name() == "parent";
}

// This gives the comment, the values and whether the field must be given; then what each value means, where
// the protos tell. Completion reads the values after "One of:".
std::string FieldOptionHelp(const FieldDescriptor* field) {
  std::vector<std::string> parts;
  const std::string comment = CommentOf(field);
  if (!comment.empty()) parts.push_back(comment);
  const std::string lookup = LookupText(*field);
  if (!lookup.empty()) parts.push_back(lookup);
  std::string meanings;
  if (const auto* words = EnumWordsOf(*field); words != nullptr) {
    std::vector<std::string> values;
    for (const EnumMeaning& meaning : MeaningsOfField(field, words)) {
      values.push_back(meaning.value);
      if (!meaning.comment.empty()) absl::StrAppend(&meanings, "\n  ", meaning.value, ": ", meaning.comment);
    }
    parts.push_back(absl::StrCat("One of: ", absl::StrJoin(values, ", ")));
  }
  if (IsNestedField(field))
    parts.push_back(absl::StrCat("As '{\"FIELD\": VALUE}', or --set ", field->name(), ".FIELD=VALUE"));
  if (FieldRuleOf(field).required() && !IsFilledInByCommand(field)) parts.push_back("(required)");
  return absl::StrJoin(parts, " ") + meanings;
}

// This gives the fields of what a list shows that its filter compares or its order follows, as the protos
// declare them.
std::string ListFieldsHelp(const Command& command, const FieldDescriptor* field) {
  const bool orders = field->name() == "order_by";
  const FieldDescriptor* rows = ListedField(command.response());
  if (rows == nullptr || (!orders && field->name() != "filter")) return "";
  std::vector<std::string> names;
  if (orders) names.push_back("name");
  for (const listing::Field& each : listing::FieldsOf(*rows->message_type())) {
    if (!orders || each.orders) names.push_back(each.name());
  }
  if (names.empty()) return "";
  return absl::StrCat(orders ? " One of: " : " Fields: ", absl::StrJoin(names, ", "));
}

void AddFieldOption(CLI::App* app, const Command& command, const FieldDescriptor* field, RequestLine* line) {
  const std::string flag = "--" + KebabCase(field->name());
  const std::string help = FieldOptionHelp(field) + ListFieldsHelp(command, field);
  if (field->cpp_type() == FieldDescriptor::CPPTYPE_BOOL && !field->is_repeated()) {
    app->add_flag(flag, line->flags[field->name()], help);
  } else if (field->is_repeated()) {
    app->add_option(flag, line->many[field->name()], help)->allow_extra_args(false);
  } else {
    app->add_option(flag, line->one[field->name()], help);
  }
}

void AddFileOptions(CLI::App* app, const Command& command, RequestLine* line) {
  const Descriptor* type = RequestFileType(command);
  std::vector<std::string> fields;
  for (int i = 0; i < type->field_count(); ++i) {
    const FieldDescriptor* field = type->field(i);
    if (!FieldRuleOf(field).output_only() && !IsPagingField(field) && field->name() != "name" &&
        field->name() != "etag" && field->name() != "request_id") {
      fields.push_back(field->name());
    }
  }
  const std::string what = command.body() != nullptr ? NounOf(command).word : "request";
  app->add_option("-f,--file", line->file,
                  absl::StrCat("YAML or JSON of the ", what, ", at most ", kMaxDocumentBytes >> 20,
                               " MiB; - is standard input"));
  app->add_option("--json", line->json,
                  absl::StrCat("The ", what, " on the line: '{\"FIELD\": VALUE, ...}'"));
  app->add_option("--set", line->sets,
                  absl::StrCat("FIELD=VALUE; FIELD.PATH=VALUE reaches into it.",
                               fields.empty() ? "" : " Fields: ", absl::StrJoin(fields, ", ")))
      ->allow_extra_args(false);
  if (!command.method.rule.mutates()) return;
  app->add_flag("--template", line->makes_template, "Print a file to fill in and send with -f");
  app->add_flag("--edit", line->edits, "Fill it in with $VISUAL or $EDITOR, and send it from there");
}

}  // namespace

void AddLineOptions(CLI::App* app, const Command& command, RequestLine* line) {
  if (TakesName(command)) {
    const auto resource = ResourceOf(command);
    app->add_option("NAME", line->name,
                    resource ? absl::StrCat(resource->option.pattern(), ", or its last part")
                             : std::string("Name of the resource"));
  }
  AddFileOptions(app, command, line);
  for (int i = 0; i < command.request()->field_count(); ++i) {
    const FieldDescriptor* field = command.request()->field(i);
    if (field == command.body() || IsPagingField(field) || field->name() == "name" ||
        field->name() == "update_mask")
      continue;
    AddFieldOption(app, command, field, line);
  }
  if (NamesBody(command)) app->add_option("--etag", line->one["etag"], "Etag of the version that you read");
  if (command.request()->FindFieldByName("page_token") != nullptr ||
      command.method.descriptor->server_streaming()) {
    app->add_option("--limit", line->limit, "End after so many records [all of them]")
        ->check([](const std::string& text) {
          int limit = 0;
          const bool digits = text.find_first_not_of("0123456789") == std::string::npos;
          if (digits && text.size() > 9) return Text("must be at most {{most}}", {{"most", "999999999"}});
          return absl::SimpleAtoi(text, &limit) && limit > 0 ? "" : Text("must be a whole number from 1 on");
        });
  }
}

}  // namespace accord::ctl
