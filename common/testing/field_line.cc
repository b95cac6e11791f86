#include "common/testing/field_line.h"

#include <google/protobuf/util/message_differencer.h>

#include <algorithm>

#include "absl/strings/str_split.h"

namespace accord::testing {

using google::protobuf::Message;

std::set<std::string> Words(const std::string& text) { return absl::StrSplit(text, ' ', absl::SkipEmpty()); }

bool AnyIn(const std::string& words, const std::set<std::string>& set) {
  const auto wanted = Words(words);
  return std::any_of(wanted.begin(), wanted.end(), [&](const auto& each) { return set.contains(each); });
}

std::set<std::string> ActsOf(const std::vector<Line>& lines) {
  std::set<std::string> acts;
  for (const Line& line : lines) acts.insert(line.act);
  return acts;
}

bool Among(const std::string& word, const std::string& words) {
  const auto all = Words(words);
  return all.empty() || all.contains("*") || all.contains(word);
}

std::string StateIn(const Message& record) {
  const auto* field = record.GetDescriptor()->FindFieldByName("state");
  if (field == nullptr || field->enum_type() == nullptr) return "";
  return ShortName(field->enum_type(), record.GetReflection()->GetEnumValue(record, field));
}

std::string OtherFields(const Message& before, const Message& after, const std::string& fields) {
  auto allowed = Words(fields);
  allowed.insert({"etag", "update_time"});
  google::protobuf::util::MessageDifferencer differencer;
  for (const auto& field : allowed) {
    const auto* ignored = before.GetDescriptor()->FindFieldByName(field);
    if (ignored != nullptr) differencer.IgnoreField(ignored);
  }
  std::string difference;
  differencer.ReportDifferencesToString(&difference);
  return differencer.Compare(before, after) ? "" : "changes what it has nothing to do with: " + difference;
}

bool IsOf(const Caller& who, AgencyKind kind, Purpose purpose, std::initializer_list<Role> roles) {
  return who.kind == kind && who.purpose == purpose &&
         std::any_of(roles.begin(), roles.end(), [&](Role role) { return who.Has(role); });
}

}  // namespace accord::testing
