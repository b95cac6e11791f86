#include "common/access/names.h"

#include <functional>
#include <map>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"

namespace accord {
namespace {

// This gives the prefix of an enum's values: `AGENCY_KIND_` for AgencyKind.
std::string EnumNamePrefix(const google::protobuf::EnumDescriptor* type) {
  std::string prefix;
  for (char c : type->name()) {
    if (absl::ascii_isupper(static_cast<unsigned char>(c)) && !prefix.empty()) prefix += '_';
    prefix += absl::ascii_toupper(static_cast<unsigned char>(c));
  }
  return prefix + "_";
}

}  // namespace

std::string ShortName(const google::protobuf::EnumDescriptor* type, int number) {
  const auto* value = type->FindValueByNumber(number);
  if (value == nullptr) return absl::StrCat(number);
  const std::string prefix = EnumNamePrefix(type);
  const std::string& name = value->name();
  return absl::AsciiStrToLower(name.compare(0, prefix.size(), prefix) == 0 ? name.substr(prefix.size())
                                                                           : name);
}

std::optional<int> FromShortName(const google::protobuf::EnumDescriptor* type, std::string_view text) {
  const std::string upper = absl::AsciiStrToUpper(absl::string_view(text.data(), text.size()));
  const auto* value = type->FindValueByName(EnumNamePrefix(type) + upper);
  if (value == nullptr) value = type->FindValueByName(upper);
  if (value == nullptr || value->number() == 0) return std::nullopt;
  return value->number();
}

std::string OwnerOf(std::string_view name) {
  constexpr std::string_view kPrefix = "agencies/";
  if (name.substr(0, kPrefix.size()) != kPrefix) return "";
  name.remove_prefix(kPrefix.size());
  return std::string(name.substr(0, name.find('/')));
}

std::string KindName(AgencyKind kind) { return ShortName(annotations::v1::AgencyKind_descriptor(), kind); }
std::string RoleName(Role role) { return ShortName(annotations::v1::Role_descriptor(), role); }
std::string PurposeName(Purpose purpose) { return ShortName(annotations::v1::Purpose_descriptor(), purpose); }

std::optional<Purpose> ParsePurpose(std::string_view text) {
  // These are the purposes in the form in which calls usually spell them.
  static const std::map<std::string, Purpose, std::less<>> usual = [] {
    const auto* type = annotations::v1::Purpose_descriptor();
    std::map<std::string, Purpose, std::less<>> names;
    for (int i = 0; i < type->value_count(); ++i) {
      const int number = type->value(i)->number();
      if (number != 0) names.emplace(ShortName(type, number), static_cast<Purpose>(number));
    }
    return names;
  }();
  if (const auto found = usual.find(text); found != usual.end()) return found->second;
  const auto number = FromShortName(annotations::v1::Purpose_descriptor(), text);
  if (!number) return std::nullopt;
  return static_cast<Purpose>(*number);
}

}  // namespace accord
