#include "clients/accordctl/core/json.h"

#include <set>
#include <vector>

#include "absl/strings/str_cat.h"
#include "clients/accordctl/core/document_limits.h"

namespace accord::ctl {
namespace {

// The parser itself does not recurse; what works on its result does.
template <class Input>
absl::StatusOr<Json> ParseBoundedJson(Input&& input) {
  bool deep = false, twice = false;
  // These are the keys of the objects that are open.
  std::vector<std::set<std::string>> keys;
  const Json json = Json::parse(
      input,
      [&](int depth, Json::parse_event_t event, Json& parsed) {
        using Event = Json::parse_event_t;
        const bool opens = event == Event::array_start || event == Event::object_start;
        deep = deep || (opens && depth >= kMaxDocumentDepth);
        if (event == Event::object_start) keys.emplace_back();
        if (event == Event::object_end && !keys.empty()) keys.pop_back();
        if (event == Event::key) {
          twice = twice || keys.empty() || !keys.back().insert(parsed.get<std::string>()).second;
        }
        return !deep && !twice;
      },
      /*allow_exceptions=*/false);
  if (twice) return absl::InvalidArgumentError("names one key twice");
  if (deep) return absl::InvalidArgumentError(absl::StrCat("is deeper than ", kMaxDocumentDepth));
  if (json.is_discarded()) return absl::InvalidArgumentError("is no JSON");
  return json;
}

}  // namespace

absl::StatusOr<Json> ParseJson(const std::string& text) { return ParseBoundedJson(text); }

absl::StatusOr<Json> ParseJson(std::istream& in) { return ParseBoundedJson(in); }

std::string JsonTextAt(const Json& json, const char* key) {
  const auto found = json.find(key);
  return found != json.end() && found->is_string() ? found->get<std::string>() : "";
}

std::string DumpJson(const Json& json, int indent) {
  return json.dump(indent, ' ', false, Json::error_handler_t::replace);
}

}  // namespace accord::ctl
