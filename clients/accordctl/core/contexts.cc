#include "clients/accordctl/core/contexts.h"

#include <cstdlib>
#include <filesystem>
#include <system_error>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "clients/accordctl/core/input_files.h"
#include "clients/accordctl/core/json.h"
#include "clients/accordctl/core/message_json.h"
#include "clients/accordctl/core/nearest.h"
#include "clients/accordctl/core/texts.h"
#include "clients/accordctl/core/yaml_parser.h"
#include "clients/accordctl/core/yaml_writer.h"
#include "common/base/error.h"
#include "common/base/file.h"

namespace accord::ctl {
namespace {

// This gives the keys of one context, used for both reading and writing.
template <class C>
std::map<std::string, decltype(&std::declval<C&>().address)> ContextFields(C& context) {
  return {{"address", &context.address},   {"server_name", &context.server_name},
          {"ca_file", &context.ca_file},   {"certificate_file", &context.certificate_file},
          {"key_file", &context.key_file}, {"actor", &context.actor},
          {"purpose", &context.purpose},   {"language", &context.language}};
}

// This is the contexts file as it is written.
struct WrittenContexts {
  std::string path, text;
};

// This reports a key that does not exist or whose value is not a text; `key` is its path, and `known` are the
// keys of a context.
absl::Status UnknownContextKey(const WrittenContexts& file, const std::string& key,
                               const std::vector<std::string>& known) {
  const std::string place = PlaceInYaml(key, file.text, file.path);
  return absl::InvalidArgumentError(
      absl::StrCat(place.empty() ? file.path : place, ": unknown or malformed key ", key, "; ",
                   NearestInEnglish(key.substr(key.rfind('.') + 1), known), "the keys here are ",
                   absl::StrJoin(known, ", "), ", and their values are text"));
}

absl::StatusOr<Context> ParseContext(const WrittenContexts& file, const std::string& name, const Json& json) {
  Context context;
  auto fields = ContextFields(context);
  std::vector<std::string> known;
  for (const auto& each : fields) known.push_back(each.first);
  const std::string at = absl::StrCat("contexts.", name);
  if (!json.is_object()) return UnknownContextKey(file, at, known);
  for (const auto& [key, value] : json.items()) {
    const auto field = fields.find(key);
    if (field == fields.end() || !value.is_string()) {
      return UnknownContextKey(file, absl::StrCat(at, ".", key), known);
    }
    *field->second = value.get<std::string>();
  }
  return context;
}

}  // namespace

std::string DefaultContextsFile() {
  const auto set = [](const char* name) {
    const char* value = std::getenv(name);
    return value != nullptr && *value != '\0' ? value : nullptr;
  };
  if (const char* file = set("ACCORD_CONFIG")) return file;
  if (const char* base = set("XDG_CONFIG_HOME")) return absl::StrCat(base, "/accord/accordctl.yaml");
  const char* home = std::getenv("HOME");
  return absl::StrCat(home == nullptr ? "." : home, "/.config/accord/accordctl.yaml");
}

absl::StatusOr<Contexts> ReadContexts(const std::string& path) {
  Contexts contexts;
  std::error_code error;
  const bool is_there = std::filesystem::exists(path, error);
  if (error) {
    return Refuse(rules::kFileMissing, absl::StrCat(path, ", the file of contexts: ", error.message()));
  }
  if (!is_there) return contexts;
  WrittenContexts file{path, ""};
  ACCORD_ASSIGN_OR_RETURN(file.text, ReadInputText(path));
  ACCORD_ASSIGN_OR_RETURN(const Json json, ParseYaml(file.text, path));
  if (json.is_null()) return contexts;
  if (!json.is_object()) {
    return absl::InvalidArgumentError(
        absl::StrCat(path,
                     ": must be a mapping with the keys current and contexts; `accordctl context set NAME "
                     "--address HOST:PORT ...` writes one in another file, which --config names"));
  }
  for (const auto& [key, value] : json.items()) {
    if (key == "current" && value.is_string()) {
      contexts.current = value.get<std::string>();
    } else if (key == "contexts" && value.is_object()) {
      for (const auto& [name, one] : value.items()) {
        ACCORD_ASSIGN_OR_RETURN(contexts.all[name], ParseContext(file, name, one));
      }
    } else {
      return absl::InvalidArgumentError(absl::StrCat(path, ": unknown or malformed key ", key, "; ",
                                                     NearestInEnglish(key, {"current", "contexts"}),
                                                     "the file has current, a name, and contexts"));
    }
  }
  return contexts;
}

absl::Status WriteContexts(const std::string& path, const Contexts& contexts) {
  Json json = {{"current", contexts.current}, {"contexts", Json::object()}};
  for (const auto& [name, context] : contexts.all) {
    Json one = Json::object();
    for (const auto& [key, value] : ContextFields(context)) {
      if (!value->empty()) one[key] = *value;
    }
    json["contexts"][name] = std::move(one);
  }
  return WriteFile(path, ToYaml(json) + "\n", FileKind::kSecret);
}

absl::StatusOr<std::optional<Purpose>> PurposeOfContext(const Context& context) {
  if (context.purpose.empty()) return std::nullopt;
  const auto purpose = ParsePurpose(context.purpose);
  if (!purpose) return Refuse(rules::kPurposeUnknown, absl::StrCat("there is no purpose ", context.purpose));
  return purpose;
}

absl::Status NoGatewayInContext(const std::string& path) {
  std::error_code error;
  if (!std::filesystem::exists(path, error)) {
    return absl::InvalidArgumentError(Text(
        "no gateway is named: there is no contexts file {{path}}; --config or ACCORD_CONFIG names another, "
        "and `accordctl context set NAME --address HOST:PORT ...` makes one",
        {{"path", path}}));
  }
  return absl::InvalidArgumentError(Text(
      "no gateway is named: {{path}} has no current context; `accordctl context list` shows what it has, and "
      "`accordctl context set NAME --address HOST:PORT ...` adds one",
      {{"path", path}}));
}

absl::Status UnknownContext(const std::string& path, const Contexts& contexts, const std::string& name) {
  std::error_code error;
  if (!std::filesystem::exists(path, error)) {
    return absl::InvalidArgumentError(Text(
        "there is no contexts file {{path}}, and so no context {{name}}; --config or ACCORD_CONFIG names "
        "another file",
        {{"path", path}, {"name", name}}));
  }
  std::vector<std::string> known;
  for (const auto& each : contexts.all) known.push_back(each.first);
  return absl::InvalidArgumentError(
      absl::StrCat(path, known.empty() ? " holds no context at all, and so not " : " has no context ", name,
                   "; ", NearestInEnglish(name, known), "`accordctl context list` shows what it has"));
}

}  // namespace accord::ctl
