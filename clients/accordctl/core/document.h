// Documents that people write or that came from elsewhere, read within bounds: none of them ends the process.
#ifndef ACCORD_CLIENTS_ACCORDCTL_CORE_DOCUMENT_H_
#define ACCORD_CLIENTS_ACCORDCTL_CORE_DOCUMENT_H_

#include <istream>
#include <nlohmann/json.hpp>
#include <string>

#include "absl/status/statusor.h"

namespace accord::ctl {

using Json = nlohmann::ordered_json;

// These bound one document. A protocol of 21 sections of 65,000 bytes is 1.4 MB.
inline constexpr std::size_t kMaxDocumentBytes = 16 << 20;
inline constexpr int kMaxDocumentNodes = 200'000;
// Messages are not as deep; protobuf itself reads 100.
inline constexpr int kMaxDocumentDepth = 64;
// So many keys may stand in one mapping.
inline constexpr std::size_t kMaxDocumentKeys = 1000;

// Gives a whole file that somebody names. INVALID_ARGUMENT with rule FILE_MISSING, and why, if it cannot be
// read, or with rule FILE_TOO_LARGE if it is larger than `most_bytes`; `what` says what it is for.
absl::StatusOr<std::string> ReadInput(const std::string& path, const std::string& what = "",
                                      std::size_t most_bytes = kMaxDocumentBytes);

// Gives a whole file that is never empty, such as a key. INVALID_ARGUMENT as above, if the file holds
// nothing, and if no file is named.
absl::StatusOr<std::string> ReadFilled(const std::string& path, const std::string& what);

// INVALID_ARGUMENT if a regular file of this path is there and holds nothing; OK for every other path.
absl::Status RefuseEmpty(const std::string& path);

// Gives one YAML document; JSON is YAML. Every scalar is a string but true, false and null, and a quoted one
// is always a string. INVALID_ARGUMENT with `path:line:column` for what is no document or no UTF-8, is a
// second one, is larger than the bounds, names one key twice, has a tag of its own, or refers to another part
// of itself (an alias), which may be itself.
absl::StatusOr<Json> ParseYaml(const std::string& text, const std::string& path);

// Where a field (`parties.0.agency`, spelt as it is there) stands in a text that ParseYaml takes, as
// `path:line:column`; empty if it stands nowhere in it.
std::string PlaceOf(const std::string& field, const std::string& text, const std::string& path);

// JSON of others. INVALID_ARGUMENT if it is none, deeper than the bound, or names one key twice.
absl::StatusOr<Json> ParseJson(const std::string& text);
absl::StatusOr<Json> ParseJson(std::istream& in);

// Gives the string at a key of an object; empty if there is none there.
std::string TextAt(const Json& json, const char* key);

// This gives text in which bytes that are no UTF-8 become U+FFFD, instead of ending the process. `indent`: -1
// for one line.
std::string Dump(const Json& json, int indent = -1);

}  // namespace accord::ctl

#endif  // ACCORD_CLIENTS_ACCORDCTL_CORE_DOCUMENT_H_
