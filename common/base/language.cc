#include "common/base/language.h"

#include <utility>

#include "common/base/error.h"
#include "common/base/rules.h"
#include "google/rpc/error_details.pb.h"

namespace accord {
namespace {

constexpr char kLocalizedType[] = "type.googleapis.com/google.rpc.LocalizedMessage";

}  // namespace

Language ParseLanguage(std::string_view tag) {
  if (tag == "en") return Language::kEnglish;
  if (tag == "fr") return Language::kFrench;
  return Language::kNone;
}

std::string_view TagOf(Language language) {
  switch (language) {
    case Language::kEnglish:
      return "en";
    case Language::kFrench:
      return "fr";
    case Language::kNone:
      break;
  }
  return "";
}

std::string_view LocaleOf(Language language) {
  switch (language) {
    case Language::kEnglish:
      return "en-CA";
    case Language::kFrench:
      return "fr-CA";
    case Language::kNone:
      break;
  }
  return "";
}

absl::Status Localized(absl::Status status, Language language) {
  if (language == Language::kNone || status.ok()) return status;
  if (!LocalizedText(status, language).empty()) return status;
  const rules::Rule* rule = rules::FindRule(RuleOf(status));
  if (rule == nullptr) return status;
  return LocalizedAs(std::move(status), language, language == Language::kFrench ? rule->fr : rule->en);
}

absl::Status LocalizedAs(absl::Status status, Language language, std::string_view text) {
  if (language == Language::kNone || status.ok()) return status;
  google::rpc::LocalizedMessage told;
  told.set_locale(std::string(LocaleOf(language)));
  told.set_message(std::string(text));
  status.SetPayload(kLocalizedType, absl::Cord(told.SerializeAsString()));
  return status;
}

std::string LocalizedText(const absl::Status& status, Language language) {
  google::rpc::LocalizedMessage told;
  const auto payload = status.GetPayload(kLocalizedType);
  if (language == Language::kNone || !payload || !told.ParseFromString(std::string(*payload))) return "";
  return told.locale() == LocaleOf(language) ? told.message() : "";
}

}  // namespace accord
