#include "clients/accordctl/core/given_fields.h"

#include <algorithm>
#include <cstddef>
#include <utility>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_replace.h"
#include "absl/strings/str_split.h"
#include "clients/accordctl/core/field_paths.h"
#include "clients/accordctl/core/input_files.h"
#include "clients/accordctl/core/json.h"
#include "clients/accordctl/core/kebab_case.h"
#include "clients/accordctl/core/lookup_words.h"
#include "clients/accordctl/core/named_fields.h"
#include "common/access/record_names.h"
#include "google/rpc/error_details.pb.h"

namespace accord::ctl {
namespace {

constexpr char kGivenFields[] = "accordctl/given-fields";

// A longer value can be found by its place and may contain a person's story, so it is not shown.
constexpr std::size_t kMostShownBytes = 64;

std::string SpellingInRequest(const std::string& name) {
  std::string spelt;
  bool upper = false;
  for (const char c : name) {
    if (c != '_') spelt += upper ? static_cast<char>(absl::ascii_toupper(static_cast<unsigned char>(c))) : c;
    upper = c == '_';
  }
  return spelt;
}

// This says where a path leads in a request, and how far, in the request's own spelling.
struct ReachedField {
  // This is null if there is no value.
  const Json* value = nullptr;
  std::vector<std::string> spelt = {};
};

ReachedField ReachGivenField(const Json& request, const std::string& path) {
  ReachedField reached{&request};
  const std::vector<std::string> parts = absl::StrSplit(path, '.');
  for (const std::string& part : parts) {
    const Json& at = *reached.value;
    if (at.is_array()) {
      std::size_t index = 0;
      if (!absl::SimpleAtoi(part, &index) || index >= at.size()) return {nullptr, std::move(reached.spelt)};
      reached.value = &at[index];
      reached.spelt.push_back(part);
      continue;
    }
    // A single element may be written without its list.
    if (part == "0") continue;
    auto found = at.is_object() ? at.find(part) : at.end();
    if (at.is_object() && found == at.end()) found = at.find(SpellingInRequest(part));
    if (!at.is_object() || found == at.end()) return {nullptr, std::move(reached.spelt)};
    reached.value = &found.value();
    reached.spelt.push_back(found.key());
  }
  return reached;
}

bool IsPathWithin(const std::string& path, const std::string& other) {
  return path == other || absl::StartsWith(path, other + ".");
}

// This says whether the command line, rather than the file, gives the field. `path` is the field's path in
// the file.
bool IsGivenOnTheLine(const RequestLine& line, const std::string& path) {
  if (path == "name" && !line.name.empty()) return true;
  const std::string first = path.substr(0, path.find('.'));
  const auto one = line.one.find(first);
  const auto many = line.many.find(first);
  const auto flag = line.flags.find(first);
  if ((one != line.one.end() && !one->second.empty()) || (many != line.many.end() && !many->second.empty()) ||
      (flag != line.flags.end() && flag->second)) {
    return true;
  }
  return std::any_of(line.sets.begin(), line.sets.end(), [&path](const std::string& set) {
    const std::string key = SpellingInRequest(set.substr(0, set.find('='))), spelt = SpellingInRequest(path);
    return IsPathWithin(spelt, key) || IsPathWithin(key, spelt);
  });
}

// This gives the place of a field in the line's file, or the place of the object in which it is missing. It
// is empty if the field came from elsewhere.
std::string PlaceOfGivenField(const Command& command, const RequestLine& line, const std::string& path,
                              ReachedField reached) {
  if (line.file.empty() || !line.text) return "";
  std::string within = path;
  if (command.body() != nullptr) {
    const std::string before = command.body()->name() + ".";
    if (!absl::StartsWith(path, before)) return "";
    within = path.substr(before.size());
    if (!reached.spelt.empty()) reached.spelt.erase(reached.spelt.begin());
  }
  if (IsGivenOnTheLine(line, within)) return "";
  const std::string file = InputFileName(line.file);
  const std::string place = PlaceInYaml(absl::StrJoin(reached.spelt, "."), *line.text, file);
  return place.empty() ? file : place;
}

}  // namespace

std::string TypedFieldPath(const std::string& path) {
  return absl::StrReplaceAll(path, {{"[", "."}, {"]", ""}});
}

absl::Status WithGivenFields(absl::Status status, const Command& command, const RequestLine& line,
                             const Json& request) {
  google::rpc::BadRequest bad;
  const auto payload =
      status.GetPayload(absl::StrCat("type.googleapis.com/", bad.GetDescriptor()->full_name()));
  if (!payload || !bad.ParseFromString(std::string(*payload))) return status;
  Json all = Json::object();
  for (const auto& fault : bad.field_violations()) {
    const std::string path = TypedFieldPath(fault.field());
    const ReachedField reached = ReachGivenField(request, path);
    Json one = Json::object();
    const std::string place = PlaceOfGivenField(command, line, path, reached);
    if (!place.empty()) one["place"] = place;
    if (reached.value != nullptr && reached.value->is_string()) {
      const std::string value = reached.value->get<std::string>();
      if (!value.empty() && value.size() <= kMostShownBytes) one["value"] = value;
    }
    const FieldDescriptor* field = FieldAtPath(command.request(), path);
    // A field of the request beside the record is an option on the line.
    if (field != nullptr && command.request()->FindFieldByName(path) == field && field != command.body())
      one["option"] = "--" + KebabCase(path);
    if (field != nullptr && !NamePatterns(*field).empty()) one["names"] = ShownNameForms(*field);
    if (!one.empty()) all[fault.field()] = std::move(one);
  }
  if (!all.empty()) status.SetPayload(kGivenFields, absl::Cord(DumpJson(all)));
  return status;
}

Json GivenFieldIn(const absl::Status& status, const std::string& field) {
  const auto payload = status.GetPayload(kGivenFields);
  if (!payload) return Json::object();
  const auto all = ParseJson(std::string(*payload));
  if (!all.ok() || !all->is_object() || !all->contains(field)) return Json::object();
  return all->at(field);
}

}  // namespace accord::ctl
