// This file is about JSON from elsewhere, which is parsed within limits and written without ending
// the process.
#ifndef ACCORD_CLIENTS_ACCORDCTL_CORE_JSON_H_
#define ACCORD_CLIENTS_ACCORDCTL_CORE_JSON_H_

#include <istream>
#include <nlohmann/json.hpp>
#include <string>

#include "absl/status/statusor.h"

namespace accord::ctl {

using Json = nlohmann::ordered_json;

// This parses JSON from elsewhere. It returns INVALID_ARGUMENT if it is not JSON, is too deep, or has a
// key twice.
absl::StatusOr<Json> ParseJson(const std::string& text);
absl::StatusOr<Json> ParseJson(std::istream& in);

// This gives the string at a key of an object; it is empty if there is none.
std::string JsonTextAt(const Json& json, const char* key);

// This gives the JSON as text. Bytes that are not UTF-8 become U+FFFD instead of ending the process. An
// `indent` of -1 gives one line.
std::string DumpJson(const Json& json, int indent = -1);

}  // namespace accord::ctl

#endif  // ACCORD_CLIENTS_ACCORDCTL_CORE_JSON_H_
