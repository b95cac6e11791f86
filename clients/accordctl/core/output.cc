#include "clients/accordctl/core/output.h"

#include <unistd.h>

#include <algorithm>
#include <set>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "accord/host/v1/field_changes.pb.h"
#include "clients/accordctl/core/json.h"
#include "clients/accordctl/core/resource_types.h"
#include "clients/accordctl/core/short_names.h"
#include "clients/accordctl/core/texts.h"
#include "clients/accordctl/core/time_text.h"
#include "clients/accordctl/core/training_mark.h"
#include "clients/accordctl/core/visible_text.h"
#include "clients/accordctl/core/yaml_writer.h"
#include "common/access/names.h"
#include "common/base/clock.h"
#include "google/protobuf/timestamp.pb.h"

namespace accord::ctl {
namespace {

using google::protobuf::Message;

// This says whether the field's name says that something falls due, which happens during a day or at its end,
// and never at its beginning.
bool IsDueField(const FieldDescriptor& field) {
  return field.name() == "due" || absl::EndsWith(field.name(), "_due");
}

std::string InstantCell(const FieldDescriptor& field, const google::protobuf::Timestamp& time) {
  const absl::Time at = absl::FromUnixSeconds(time.seconds());
  return IsDueField(field) ? DueText(at) : TimeText(at);
}

// This says whether the cell is a day, which begins and ends at another time in other zones.
bool IsDayCell(const FieldDescriptor& field, const std::string& cell) {
  return field.cpp_type() == FieldDescriptor::CPPTYPE_STRING && ParseDay(cell).has_value();
}

// This gives a field's value in a few words; it is empty if it is not set.
std::string CellText(const Message& message, const FieldDescriptor* field, int index = -1) {
  const auto* access = message.GetReflection();
  if (field->is_repeated() && index < 0) {
    std::vector<std::string> all;
    for (int i = 0; i < access->FieldSize(message, field); ++i) all.push_back(CellText(message, field, i));
    return absl::StrJoin(all, ", ");
  }
  if (!field->is_repeated() && field->has_presence() && !access->HasField(message, field)) return "";
  switch (field->cpp_type()) {
    case FieldDescriptor::CPPTYPE_ENUM: {
      const int number = index < 0 ? access->GetEnumValue(message, field)
                                   : access->GetRepeatedEnumValue(message, field, index);
      return number == 0 ? "" : ShortName(field->enum_type(), number);
    }
    case FieldDescriptor::CPPTYPE_MESSAGE: {
      const Message& inner =
          index < 0 ? access->GetMessage(message, field) : access->GetRepeatedMessage(message, field, index);
      // A table shows only which fields changed; their values would fill the screen.
      const auto* change = dynamic_cast<const host::v1::FieldChange*>(&inner);
      if (change != nullptr) return change->path();
      const auto* time = dynamic_cast<const google::protobuf::Timestamp*>(&inner);
      return time != nullptr ? InstantCell(*field, *time) : DumpJson(ToJson(inner));
    }
    case FieldDescriptor::CPPTYPE_BOOL:
      return (index < 0 ? access->GetBool(message, field) : access->GetRepeatedBool(message, field, index))
                 ? "yes"
                 : "no";
    default: {
      const Json json = ToJson(message);
      const auto found = json.find(field->name());
      if (found == json.end()) return field->cpp_type() == FieldDescriptor::CPPTYPE_STRING ? "" : "0";
      const Json& value = index < 0 ? *found : (*found)[static_cast<std::size_t>(index)];
      return value.is_string() ? value.get<std::string>() : DumpJson(value);
    }
  }
}

struct TableCell {
  std::string text;
  bool is_day = false;
  // Instants, words of enums and numbers must not be cut.
  bool is_long = false;
};

bool MayBeLongCell(const FieldDescriptor& field) {
  const bool is_time =
      field.message_type() != nullptr && field.message_type()->full_name() == "google.protobuf.Timestamp";
  return field.is_repeated() || field.cpp_type() == FieldDescriptor::CPPTYPE_STRING ||
         (field.message_type() != nullptr && !is_time);
}

// One cell lists at most so many things; the other forms of output have all of them.
constexpr int kMostOfACell = 8;

// This gives the cell for a dotted path of fields.
TableCell CellAtPath(const Message& message, const std::string& path) {
  const Message* at = &message;
  const std::vector<std::string> parts = absl::StrSplit(path, '.');
  for (std::size_t i = 0;; ++i) {
    const FieldDescriptor* field = at->GetDescriptor()->FindFieldByName(parts[i]);
    if (field == nullptr) return {};
    if (i + 1 == parts.size()) {
      std::string text = CellText(*at, field);
      const bool is_day = IsDayCell(*field, text);
      return {std::move(text), is_day, MayBeLongCell(*field) && !is_day};
    }
    if (field->is_repeated()) {
      // Each of several elements has its own value.
      const auto* access = at->GetReflection();
      const std::string rest =
          absl::StrJoin(parts.begin() + static_cast<std::ptrdiff_t>(i) + 1, parts.end(), ".");
      std::vector<std::string> all;
      const int size = access->FieldSize(*at, field);
      for (int n = 0; n < std::min(size, kMostOfACell); ++n) {
        all.push_back(CellAtPath(access->GetRepeatedMessage(*at, field, n), rest).text);
      }
      if (size > kMostOfACell)
        all.push_back(Text("and {{count}} more", {{"count", absl::StrCat(size - kMostOfACell)}}));
      return {absl::StrJoin(all, ", "), false, true};
    }
    at = &at->GetReflection()->GetMessage(*at, field);
  }
}

std::string NameOfMessage(const Message& message) {
  const FieldDescriptor* field = message.GetDescriptor()->FindFieldByName("name");
  return field == nullptr ? "" : CellText(message, field);
}

// This formats a text of several lines to the right of the column of field names, so that no line can look
// like a field.
std::string IndentedParagraph(const std::string& text, std::size_t column) {
  return absl::StrJoin(
      absl::StrSplit(text, '\n'), "\n" + std::string(column, ' '),
      [](std::string* out, absl::string_view line) { out->append(Shown(std::string(line))); });
}

void DescribeMessage(const Message& message, const std::string& indent, std::string* out) {
  std::vector<const FieldDescriptor*> fields;
  message.GetReflection()->ListFields(message, &fields);
  std::size_t width = 0;
  for (const auto* field : fields) width = std::max(width, field->name().size());
  for (const auto* field : fields) {
    const std::string name = absl::StrCat(indent, field->name(), ":");
    const bool nested =
        field->message_type() != nullptr && field->message_type()->file()->package() != "google.protobuf";
    if (!nested) {
      const std::string cell = CellText(message, field);
      absl::StrAppend(out, name, std::string(width - field->name().size() + 1, ' '),
                      IndentedParagraph(cell, indent.size() + width + 2),
                      IsDayCell(*field, cell) ? " in Ontario" : "", "\n");
    } else if (!field->is_repeated()) {
      absl::StrAppend(out, name, "\n");
      DescribeMessage(message.GetReflection()->GetMessage(message, field), indent + "  ", out);
    } else {
      for (int i = 0; i < message.GetReflection()->FieldSize(message, field); ++i) {
        absl::StrAppend(out, indent, field->name(), " ", i + 1, ":\n");
        DescribeMessage(message.GetReflection()->GetRepeatedMessage(message, field, i), indent + "  ", out);
      }
    }
  }
}

std::string LastFieldOf(const std::string& path) { return path.substr(path.rfind('.') + 1); }

// This gives the head of a column. NAME is the head of the row's own name, so a name inside the row gets the
// head of its enclosing field.
std::string ColumnHeading(const std::string& path) {
  const std::size_t point = path.rfind('.');
  const bool names = point != std::string::npos && path.substr(point) == ".name";
  return absl::AsciiStrToUpper(LastFieldOf(names ? path.substr(0, point) : path));
}

// This gives the columns that a resource declares. A type that is not a resource has all fields that fit into
// a cell, such as the paths of changed fields; for a resource inside it, such as the record of a revision,
// the resource's declared columns are used.
std::vector<std::string> ColumnsOfResource(const ResourceType& type) {
  std::vector<std::string> columns(type.option.columns().begin(), type.option.columns().end());
  if (!type.option.singular().empty()) return columns;
  for (int i = 0; i < type.message->field_count(); ++i) {
    const FieldDescriptor* field = type.message->field(i);
    const bool nested =
        field->message_type() != nullptr && field->message_type()->file()->package() != "google.protobuf";
    const bool changes = field->message_type() == host::v1::FieldChange::descriptor();
    if (changes || (!nested && field->name() != "name")) columns.push_back(field->name());
    if (!nested || field->is_repeated()) continue;
    const auto within = field->message_type()->options().GetExtension(annotations::v1::resource);
    for (const std::string& column : within.columns()) {
      columns.push_back(absl::StrCat(field->name(), ".", column));
    }
  }
  return columns;
}

}  // namespace

std::string CountedText(int64_t count, const std::string& one, const std::string& many) {
  return absl::StrCat(count, " ", count == 1 ? one : many);
}

std::string PrintOne(const Message& message, Format format) {
  switch (format) {
    case Format::kJson:
      return DumpJson(ToJson(message), 2) + "\n";
    case Format::kYaml:
      return ToYaml(ToJson(message)) + "\n";
    case Format::kName:
      return Shown(NameOfMessage(message)) + "\n";
    case Format::kTable:
      break;
  }
  std::string out;
  DescribeMessage(message, "", &out);
  return TrainingMark() + (out.empty() ? "nothing\n" : out);
}

std::string PrintDocument(const Json& json, Format format) {
  return (format == Format::kYaml ? ToYaml(json) : DumpJson(json, 2)) + "\n";
}

std::string PrintEvent(const Message& message, Format format) {
  const Json json = ToJson(message);
  if (format == Format::kJson) return DumpJson(json) + "\n";
  if (format == Format::kYaml) return absl::StrCat("---\n", ToYaml(json), "\n");
  if (format == Format::kName && message.GetDescriptor()->FindFieldByName("name") != nullptr) {
    return Shown(NameOfMessage(message)) + "\n";
  }
  std::vector<std::string> words;
  for (const auto& [key, value] : json.items()) {
    words.push_back(Shown(value.is_string() ? value.get<std::string>() : DumpJson(value)));
  }
  return absl::StrJoin(words, "  ") + "\n";
}

std::string PrintMany(const ResourceType& type, const std::vector<const Message*>& messages, Format format) {
  if (format == Format::kJson || format == Format::kYaml) {
    Json list = Json::array();
    for (const Message* message : messages) list.push_back(ToJson(*message));
    return (format == Format::kJson ? DumpJson(list, 2) : ToYaml(list)) + "\n";
  }
  std::vector<std::string> names;
  for (const Message* message : messages) names.push_back(NameOfMessage(*message));
  if (format == Format::kName) {
    return absl::StrJoin(names, "", [](std::string* out, const std::string& name) {
      absl::StrAppend(out, Shown(name), "\n");
    });
  }
  if (messages.empty()) return absl::StrCat("no ", type.option.plural(), "\n");
  // People read and type the end of a name; `-o name` prints the whole.
  const std::vector<std::string> shorts = ShortNames(names);
  const bool named = type.message->FindFieldByName("name") != nullptr;
  const std::vector<std::string> columns = ColumnsOfResource(type);
  Row header = named ? Row{"NAME"} : Row{};
  for (const std::string& column : columns) {
    header.push_back(ColumnHeading(column));
  }
  std::vector<Row> rows = {header};
  std::set<std::size_t> days, long_ones;
  for (std::size_t i = 0; i < messages.size(); ++i) {
    Row row = named ? Row{shorts[i]} : Row{};
    for (const std::string& column : columns) {
      TableCell cell = CellAtPath(*messages[i], column);
      if (cell.is_day) days.insert(row.size());
      if (cell.is_long) long_ones.insert(row.size());
      row.push_back(cell.text.empty() ? std::string("-") : std::move(cell.text));
    }
    rows.push_back(std::move(row));
  }
  // All days of a column are days in Ontario, which its head says once.
  for (const std::size_t column : days) rows.front()[column] += " (ONTARIO)";
  return Table(FittedRows(std::move(rows), long_ones, TerminalWidth(STDOUT_FILENO)));
}

}  // namespace accord::ctl
