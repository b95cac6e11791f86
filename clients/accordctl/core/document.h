// Reads documents that people write or that come from elsewhere, within limits, so that none of
// them can end the process.
#ifndef ACCORD_CLIENTS_ACCORDCTL_CORE_DOCUMENT_H_
#define ACCORD_CLIENTS_ACCORDCTL_CORE_DOCUMENT_H_

#include <istream>
#include <nlohmann/json.hpp>
#include <string>

#include "absl/status/statusor.h"

namespace accord::ctl {

using Json = nlohmann::ordered_json;

// The limits of one document. A protocol of 21 sections of 65,000 bytes has 1.4 MB.
inline constexpr std::size_t kMaxDocumentBytes = 16 << 20;
inline constexpr int kMaxDocumentNodes = 200'000;
// Messages are never this deep; protobuf itself accepts 100 levels.
inline constexpr int kMaxDocumentDepth = 64;
// The most keys in one mapping.
inline constexpr std::size_t kMaxDocumentKeys = 1000;

// Reads a whole file that the user named. INVALID_ARGUMENT with rule FILE_MISSING, and the reason,
// if it cannot be read, or with rule FILE_TOO_LARGE if it is larger than `most_bytes`. `what` says
// in messages what the file is for.
absl::StatusOr<std::string> ReadInputFile(const std::string& path, const std::string& what = "",
                                          std::size_t most_bytes = kMaxDocumentBytes);

// Reads a whole file that must not be empty, such as a key. INVALID_ARGUMENT as above, and also if
// the file is empty or no file is named.
absl::StatusOr<std::string> ReadNonEmptyFile(const std::string& path, const std::string& what);

// INVALID_ARGUMENT if `path` is a regular file that is empty; OK for every other path.
absl::Status RefuseEmptyFile(const std::string& path);

// Parses one YAML document; JSON is YAML too. Every scalar is a string, except true, false and
// null; a quoted one is always a string. INVALID_ARGUMENT with `path:line:column` if the text is
// not a document or not UTF-8, holds a second document, exceeds the limits, has a key twice or a
// tag of its own, or contains an alias, which could refer to itself.
absl::StatusOr<Json> ParseYaml(const std::string& text, const std::string& path);

// Gives the place of a field (`parties.0.agency`, spelt as in the text) in a text that ParseYaml
// accepts, as `path:line:column`; empty if it is not in the text.
std::string PlaceInDocument(const std::string& field, const std::string& text, const std::string& path);

// Parses JSON from elsewhere. INVALID_ARGUMENT if it is not JSON, is too deep, or has a key twice.
absl::StatusOr<Json> ParseJson(const std::string& text);
absl::StatusOr<Json> ParseJson(std::istream& in);

// Gives the string at a key of an object; empty if there is none.
std::string JsonTextAt(const Json& json, const char* key);

// Gives the JSON as text. Bytes that are not UTF-8 become U+FFFD instead of ending the process. An
// `indent` of -1 gives one line.
std::string DumpJson(const Json& json, int indent = -1);

}  // namespace accord::ctl

#endif  // ACCORD_CLIENTS_ACCORDCTL_CORE_DOCUMENT_H_
