#include "clients/accordctl/records/template.h"

#include <algorithm>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "clients/accordctl/core/enum_meanings.h"
#include "clients/accordctl/core/field_paths.h"
#include "clients/accordctl/core/field_rule.h"
#include "clients/accordctl/core/kebab_case.h"
#include "clients/accordctl/core/lookup_words.h"
#include "clients/accordctl/core/named_fields.h"
#include "clients/accordctl/core/nouns.h"
#include "clients/accordctl/core/proto_comments.h"
#include "clients/accordctl/core/request_line.h"
#include "clients/accordctl/core/wrap_text.h"
#include "common/access/record_names.h"
#include "common/access/vocabulary.h"

namespace accord::ctl {
namespace {

constexpr std::size_t kWidth = 100;

class TemplateWriter {
 public:
  // With `changes`, which is for a change of an existing record, any field may be given alone, but none that
  // is fixed when it is made.
  explicit TemplateWriter(bool changes = false) : changes_(changes) {}

  void Fields(const Descriptor* type, std::size_t indent, bool commented, const std::string& first = "") {
    above_.push_back(type);
    std::string lead = first;
    for (const bool required : {true, false}) {
      bool titled = false;
      for (int i = 0; i < type->field_count(); ++i) {
        const FieldDescriptor* field = type->field(i);
        // A message that is given has required fields of its own.
        const bool wanted = FieldRuleOf(field).required() && !(changes_ && above_.size() == 1);
        if (!IsGiven(field) || wanted != required) continue;
        if (indent == 0 && !titled) Title(required);
        titled = true;
        Field(field, indent, commented || !required, lead);
        lead.clear();
      }
    }
    above_.pop_back();
  }

  void Prose(const std::string& text, std::size_t indent, bool commented) {
    if (text.empty()) return;
    const std::string margin = commented && indent > 0 ? absl::StrCat("#", std::string(indent, ' '), "# ")
                                                       : absl::StrCat(std::string(indent, ' '), "# ");
    for (const std::string& line :
         std::vector<std::string>(absl::StrSplit(WrapText(text, kWidth - margin.size()), '\n'))) {
      absl::StrAppend(&out_, margin, line, "\n");
    }
  }

  void Blank() { out_ += "\n"; }
  std::string Take() { return std::move(out_); }

 private:
  // This says whether a person gives the field: neither the service writes it nor the command fills it in.
  bool IsGiven(const FieldDescriptor* field) const {
    if (FieldRuleOf(field).output_only()) return false;
    if (changes_ && above_.size() == 1 && FieldRuleOf(field).immutable()) return false;
    // A message nested in itself would not end.
    if (std::find(above_.begin(), above_.end(), field->message_type()) != above_.end()) return false;
    const std::string& name = field->name();
    return above_.size() > 1 ||
           (name != "name" && name != "etag" && name != "request_id" && name != "update_mask" &&
            name != "page_size" && name != "page_token" && name != "parent");
  }

  void Title(bool required) {
    if (!out_.empty()) Blank();
    out_ += required ? "# Required.\n" : "# May be left out: take the # before a field away to give it.\n";
  }

  void Field(const FieldDescriptor* field, std::size_t indent, bool commented, const std::string& lead) {
    Explain(field, indent, commented);
    // The first field of a list's element is on the line of its dash.
    const std::size_t column = lead.empty() ? indent : indent - lead.size();
    const std::string begin =
        absl::StrCat(commented ? "#" : "", std::string(column, ' '), lead, field->name(), ":");
    if (!IsNestedField(field)) {
      absl::StrAppend(&out_, begin, field->is_repeated() ? " []" : "", "\n");
      return;
    }
    absl::StrAppend(&out_, begin, "\n");
    if (field->is_repeated()) {
      Fields(field->message_type(), indent + 4, commented, "- ");
    } else {
      Fields(field->message_type(), indent + 2, commented);
    }
  }

  void Explain(const FieldDescriptor* field, std::size_t indent, bool commented) {
    std::string comment = CommentOf(field);
    const std::string form = TemplateFieldForm(field), lookup = LookupText(*field);
    if (!lookup.empty()) absl::StrAppend(&comment, comment.empty() ? "" : " ", lookup);
    Prose(absl::StrCat(comment, comment.empty() ? "" : " ", "(", TemplateFieldType(field),
                       form.empty() ? "" : "; ", form, ")"),
          indent, commented);
    const auto* words = EnumWordsOf(*field);
    if (words == nullptr) return;
    for (const EnumMeaning& meaning : EnumMeanings(words)) {
      Prose(absl::StrCat("- ", meaning.value, meaning.comment.empty() ? "" : ": ", meaning.comment), indent,
            commented);
    }
  }

  const bool changes_;
  std::string out_;
  std::vector<const Descriptor*> above_;
};

// This gives the kinds of names that a field takes.
std::string TemplateNameForms(const FieldDescriptor* field) {
  std::vector<std::string> shown;
  for (const std::string& pattern : NamePatterns(*field)) shown.push_back(ShownPattern(pattern));
  return shown.empty() ? "such as agencies/cas-york" : absl::StrJoin(shown, " or ");
}

// This lists what the file does not have: fields of the request beside the resource. An option takes one
// value; a message is given by the paths of its fields.
void ListTemplateFieldsBesideResource(const Command& command, TemplateWriter* head) {
  const FieldDescriptor* body = command.body();
  std::vector<std::string> options;
  std::vector<const FieldDescriptor*> messages;
  for (int i = 0; body != nullptr && i < command.request()->field_count(); ++i) {
    const FieldDescriptor* field = command.request()->field(i);
    if (field == body || field->name() == "name" || field->name() == "request_id" ||
        field->name() == "update_mask" || field->name() == "etag") {
      continue;
    }
    if (IsNestedField(field)) {
      messages.push_back(field);
      continue;
    }
    std::string said;
    if (field->name() == "parent") {
      said = IsBelowAgencies(*field)
                 ? " (your own agency if not given)"
                 : absl::StrCat(" (", ShownNameForms(*field), ", or the last part of it)");
    }
    options.push_back(absl::StrCat("--", KebabCase(field->name()), said));
  }
  if (!options.empty())
    head->Prose(absl::StrCat("Beside it on the line: ", absl::StrJoin(options, ", ")), 0, false);
  for (const FieldDescriptor* field : messages) {
    head->Prose(
        absl::StrCat(FieldRuleOf(field).required() ? "Required beside it" : "What may stand beside it",
                     ", each as --set FIELD=VALUE: ", absl::StrJoin(GivenFieldPaths(field), ", ")),
        0, false);
  }
}

}  // namespace

std::string TemplateFieldType(const FieldDescriptor* field) {
  std::string type = "text";
  if (EnumWordsOf(*field) != nullptr) {
    type = "one of the values";
  } else if (field->message_type() != nullptr) {
    const std::string& name = field->message_type()->full_name();
    type = name == "google.protobuf.Timestamp"  ? "time"
           : name == "google.protobuf.Duration" ? "seconds"
                                                : field->message_type()->name();
  } else if (field->cpp_type() == FieldDescriptor::CPPTYPE_BOOL) {
    type = "true or false";
  } else if (field->type() == FieldDescriptor::TYPE_BYTES) {
    type = "bytes in base 64";
  } else if (field->cpp_type() != FieldDescriptor::CPPTYPE_STRING) {
    type = "number";
  }
  return field->is_repeated() ? absl::StrCat("list of ", type) : type;
}

std::string TemplateFieldForm(const FieldDescriptor* field) {
  std::vector<std::string> parts;
  const auto rule = FieldRuleOf(field);
  switch (rule.form()) {
    case annotations::v1::STRING_FORM_DATE:
      parts.push_back("a day in Ontario, YYYY-MM-DD");
      break;
    case annotations::v1::STRING_FORM_RESOURCE_NAME:
      parts.push_back(absl::StrCat("a whole name, ", TemplateNameForms(field)));
      break;
    case annotations::v1::STRING_FORM_ID:
      parts.push_back("an id, such as cas-york");
      break;
    default:
      break;
  }
  if (TemplateFieldType(field) == "time") parts.push_back("such as 2026-11-26T15:04:05Z");
  if (rule.max() > 0 && field->is_repeated()) parts.push_back(absl::StrCat("at most ", rule.max()));
  if (rule.max() > 0 && !field->is_repeated())
    parts.push_back(absl::StrCat("at most ", rule.max(), " bytes"));
  return absl::StrJoin(parts, "; ");
}

std::string TemplateOf(const Command& command) {
  TemplateWriter head, fields(command.updates());
  head.Prose(CommentOf(command.method.descriptor), 0, false);
  head.Prose(absl::StrCat("Fill it in, then: ", TypedCommand(command), TakesName(command) ? " NAME" : "",
                          " -f FILE"),
             0, false);
  ListTemplateFieldsBesideResource(command, &head);
  fields.Fields(RequestFileType(command), 0, false);
  const std::string filled = fields.Take();
  if (filled.empty()) {
    head.Prose("There is nothing to fill in: the name on the line says all.", 0, false);
    return head.Take();
  }
  head.Blank();
  return head.Take() + filled;
}

}  // namespace accord::ctl
