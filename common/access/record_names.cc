#include "common/access/record_names.h"

#include <map>
#include <mutex>
#include <shared_mutex>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "accord/annotations/v1/fields.pb.h"

namespace accord {
namespace {

using google::protobuf::Descriptor;
using google::protobuf::FieldDescriptor;
using google::protobuf::FileDescriptor;
using google::protobuf::MethodDescriptor;

std::string NamePatternOf(const Descriptor& type) {
  return type.options().GetExtension(annotations::v1::resource).pattern();
}

// This gives the pattern of a resource by its singular: `release_request` -> the message ReleaseRequest in
// the field's file; it is empty if there is none.
std::string NamePatternOfSingular(const FileDescriptor& file, std::string_view singular) {
  std::string message;
  bool upper = true;
  for (const char c : singular) {
    if (c != '_') message += upper ? absl::ascii_toupper(static_cast<unsigned char>(c)) : c;
    upper = c == '_';
  }
  const Descriptor* type = file.pool()->FindMessageTypeByName(absl::StrCat(file.package(), ".", message));
  return type == nullptr ? "" : NamePatternOf(*type);
}

bool IsNameVariable(std::string_view segment) { return !segment.empty() && segment.front() == '{'; }

std::vector<std::string_view> SegmentsOfName(std::string_view name) {
  std::vector<std::string_view> segments;
  for (const absl::string_view each : absl::StrSplit(absl::string_view(name.data(), name.size()), '/')) {
    segments.emplace_back(each.data(), each.size());
  }
  return segments;
}

// This gives the pattern of the parent: `agencies/{agency}` for `agencies/{agency}/systems/{system}`.
std::string ParentNamePattern(const std::string& pattern) {
  std::vector<std::string> segments = absl::StrSplit(pattern, '/');
  if (segments.size() <= 2) return "";
  segments.resize(segments.size() - 2);
  return absl::StrJoin(segments, "/");
}

// A request is declared in the file of the service that takes it.
const MethodDescriptor* MethodTaking(const Descriptor& request) {
  const FileDescriptor* file = request.file();
  for (int i = 0; i < file->service_count(); ++i) {
    for (int k = 0; k < file->service(i)->method_count(); ++k) {
      const MethodDescriptor* method = file->service(i)->method(k);
      if (method->input_type() == &request) return method;
    }
  }
  return nullptr;
}

// This gives the pattern of the resource that a method answers with. For an answer that lists records, it is
// the pattern of the first of them.
std::string NamePatternAnswered(const MethodDescriptor& method) {
  const Descriptor& answer = *method.output_type();
  std::string pattern = NamePatternOf(answer);
  for (int i = 0; pattern.empty() && i < answer.field_count(); ++i) {
    const Descriptor* held = answer.field(i)->message_type();
    if (held != nullptr) pattern = NamePatternOf(*held);
  }
  return pattern;
}

std::string DerivedNamePattern(const FieldDescriptor& field) {
  const Descriptor& in = *field.containing_type();
  if (field.name() == "name" && !NamePatternOf(in).empty()) return NamePatternOf(in);
  const auto& rule = field.options().GetExtension(annotations::v1::rule);
  if (rule.form() != annotations::v1::STRING_FORM_RESOURCE_NAME) return "";
  if (field.name() != "name" && field.name() != "parent")
    return NamePatternOfSingular(*field.file(), field.name());
  const MethodDescriptor* method = MethodTaking(in);
  if (method == nullptr) return "";
  const std::string answered = NamePatternAnswered(*method);
  return field.name() == "name" ? answered : ParentNamePattern(answered);
}

std::vector<std::string> FindNamePatterns(const FieldDescriptor& field) {
  std::vector<std::string> patterns;
  for (const auto& singular : field.options().GetExtension(annotations::v1::rule).resource()) {
    patterns.push_back(NamePatternOfSingular(*field.file(), singular));
  }
  if (!patterns.empty()) return patterns;
  if (std::string derived = DerivedNamePattern(field); !derived.empty())
    patterns.push_back(std::move(derived));
  return patterns;
}

}  // namespace

const std::vector<std::string>& NamePatterns(const FieldDescriptor& field) {
  static std::shared_mutex mutex;
  // This is a map, because a map does not move its elements when it grows.
  static auto* found = new std::map<const FieldDescriptor*, std::vector<std::string>>();
  {
    std::shared_lock lock(mutex);
    if (const auto it = found->find(&field); it != found->end()) return it->second;
  }
  std::vector<std::string> patterns = FindNamePatterns(field);
  std::unique_lock lock(mutex);
  return found->emplace(&field, std::move(patterns)).first->second;
}

bool HasPattern(std::string_view name, std::string_view pattern) {
  const auto is = SegmentsOfName(name), wanted = SegmentsOfName(pattern);
  if (is.size() != wanted.size()) return false;
  for (std::size_t i = 0; i < is.size(); ++i) {
    if (IsNameVariable(wanted[i]) ? is[i].empty() : is[i] != wanted[i]) return false;
  }
  return true;
}

std::string ShownPattern(std::string_view pattern) {
  std::string shown;
  for (const std::string_view segment : SegmentsOfName(pattern)) {
    if (!shown.empty()) shown += '/';
    if (!IsNameVariable(segment)) {
      shown += segment;
    } else {
      absl::StrAppend(
          &shown, absl::AsciiStrToUpper(absl::string_view(segment.data() + 1, segment.size() - 2)), "_ID");
    }
  }
  return shown;
}

std::string NameLike(std::string_view pattern, std::string_view agency, std::string_view id) {
  std::string name;
  for (const std::string_view segment : SegmentsOfName(pattern)) {
    if (!name.empty()) name += '/';
    name += segment == "{agency}" ? agency : IsNameVariable(segment) ? id : segment;
  }
  return name;
}

}  // namespace accord
