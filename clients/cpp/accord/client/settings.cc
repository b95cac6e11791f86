#include "accord/client/settings.h"

#include <google/protobuf/struct.pb.h>
#include <google/protobuf/util/json_util.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <cerrno>
#include <cmath>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "accord/client/errors.h"

namespace accord::client {
namespace {

using Json = google::protobuf::Value;

constexpr char kPrefix[] = "ACCORD_";
// The name of the settings file may stand in the environment too.
constexpr char kFile[] = "file";
constexpr char kFileVariable[] = "ACCORD_CLIENT_FILE";

struct TextField {
  const char* name;
  std::string Settings::*field;
  bool needed;
  bool is_file;
};
constexpr std::array<TextField, 8> kTexts = {{
    {"address", &Settings::address, true, false},
    {"ca_file", &Settings::ca_file, true, true},
    {"certificate_file", &Settings::certificate_file, true, true},
    {"key_file", &Settings::key_file, true, true},
    {"actor", &Settings::actor, false, false},
    {"purpose", &Settings::purpose, false, false},
    {"server_name", &Settings::server_name, false, false},
    {"language", &Settings::language, false, false},
}};

struct NumberField {
  const char* name;
  Seconds Settings::*field;
};
constexpr std::array<NumberField, 2> kNumbers = {{
    {"timeout", &Settings::timeout},
    {"patience", &Settings::patience},
}};

bool IsNumberSetting(const std::string& name) {
  for (const NumberField& each : kNumbers) {
    if (name == each.name) return true;
  }
  return false;
}

bool IsFileSetting(const std::string& name) {
  for (const TextField& each : kTexts) {
    if (name == each.name) return each.is_file;
  }
  return false;
}

std::vector<std::string> SettingNames() {
  std::vector<std::string> names;
  for (const TextField& each : kTexts) names.emplace_back(each.name);
  for (const NumberField& each : kNumbers) names.emplace_back(each.name);
  return names;
}

std::string EnvironmentVariable(const std::string& name) {
  std::string variable = kPrefix;
  for (const char each : name) variable += static_cast<char>(std::toupper(static_cast<unsigned char>(each)));
  return variable;
}

std::string ContentOfFile(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  std::ostringstream content;
  if (!in || (in.peek() != std::ifstream::traits_type::eof() && !(content << in.rdbuf()))) {
    throw SettingsError("the settings file " + path + " cannot be read: " + std::strerror(errno));
  }
  return content.str();
}

// This gives the value of a key as a text. A number of seconds may be a number or a text.
std::string SettingText(const std::string& name, const Json& value) {
  if (value.kind_case() == Json::kStringValue) return value.string_value();
  if (IsNumberSetting(name)) {
    if (value.kind_case() != Json::kNumberValue) {
      throw SettingsError("the setting " + name + " is not a number of seconds");
    }
    std::ostringstream text;
    text << value.number_value();
    return text.str();
  }
  throw SettingsError("the setting " + name + " is not a text");
}

Values SettingsOfFile(const std::string& path) {
  Json read;
  const auto status = google::protobuf::util::JsonStringToMessage(ContentOfFile(path), &read);
  if (!status.ok()) throw SettingsError("the settings file " + path + " is not JSON: " + status.ToString());
  if (read.kind_case() != Json::kStructValue) {
    throw SettingsError("the settings file " + path + " is not an object of JSON");
  }
  Values values;
  const std::vector<std::string> known = SettingNames();
  for (const auto& [name, value] : read.struct_value().fields()) {
    const bool is_known = std::find(known.begin(), known.end(), name) != known.end();
    std::string text = is_known ? SettingText(name, value) : "";
    if (IsFileSetting(name) && !text.empty())
      text = (std::filesystem::path(path).parent_path() / text).string();
    values[name] = text;
  }
  return values;
}

Seconds SecondsOf(const std::string& name, const std::string& text) {
  char* end = nullptr;
  const double seconds = std::strtod(text.c_str(), &end);
  const bool whole = !text.empty() && *end == '\0' && std::isfinite(seconds);
  if (!whole || seconds < 0 || (name == "timeout" && seconds == 0)) {
    throw SettingsError("the setting " + name + " is not a number of seconds");
  }
  return Seconds(seconds);
}

// The first value goes before those of the same name that follow.
Values MergedSettings(const Values& given, const Values& environment, const std::string& file) {
  Values values = given;
  for (const auto& [name, value] : environment) {
    if (name != kFile) values.emplace(name, value);
  }
  if (!file.empty()) values.merge(SettingsOfFile(file));
  return values;
}

void CheckSettingNames(const Values& values) {
  const std::vector<std::string> known = SettingNames();
  std::string all;
  for (const std::string& name : known) all += (all.empty() ? "" : ", ") + name;
  for (const auto& [name, _] : values) {
    if (std::find(known.begin(), known.end(), name) == known.end()) {
      throw SettingsError("there is no setting " + name + "; there are: " + all);
    }
  }
}

}  // namespace

std::vector<std::string> Settings::Addresses() const {
  std::vector<std::string> addresses;
  std::istringstream parts(address);
  for (std::string part; std::getline(parts, part, ',');) {
    const auto begin = part.find_first_not_of(" \t");
    if (begin == std::string::npos) continue;
    addresses.push_back(part.substr(begin, part.find_last_not_of(" \t") - begin + 1));
  }
  return addresses;
}

Values Environment() {
  Values values;
  const auto take = [&values](const std::string& name, const char* variable) {
    const char* value = std::getenv(variable);
    if (value != nullptr && *value != '\0') values[name] = value;
  };
  for (const std::string& name : SettingNames()) take(name, EnvironmentVariable(name).c_str());
  take(kFile, kFileVariable);
  return values;
}

Settings LoadSettings(const std::string& file, const Values& given, const Values& environment) {
  const auto named = environment.find(kFile);
  const Values values =
      MergedSettings(given, environment, file.empty() && named != environment.end() ? named->second : file);
  CheckSettingNames(values);
  Settings settings;
  for (const TextField& each : kTexts) {
    const auto found = values.find(each.name);
    if (found != values.end()) settings.*each.field = found->second;
    if (each.needed && (settings.*each.field).empty()) {
      throw SettingsError(std::string("the setting ") + each.name +
                          " is missing: give it to Connect(), in the settings file, or as " +
                          EnvironmentVariable(each.name));
    }
  }
  for (const NumberField& each : kNumbers) {
    const auto found = values.find(each.name);
    if (found != values.end()) settings.*each.field = SecondsOf(each.name, found->second);
  }
  if (settings.Addresses().empty())
    throw SettingsError("the setting address is missing: it names no gateway");
  return settings;
}

}  // namespace accord::client
