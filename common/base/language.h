// These are the languages of Ontario's services, in which people are told why a call was refused.
#ifndef ACCORD_COMMON_BASE_LANGUAGE_H_
#define ACCORD_COMMON_BASE_LANGUAGE_H_

#include <string>
#include <string_view>

#include "absl/status/status.h"

namespace accord {

// The numbers are those of accord.caller.v1.Language. Nobody chose a language where it is kNone.
enum class Language { kNone = 0, kEnglish = 1, kFrench = 2 };

// This parses `en` or `fr` exactly, as the header `accord-language` has them; any other tag is kNone. A
// caller who asks for a language that Accord does not have is served in English, because a call is never
// refused for its language.
Language ParseLanguage(std::string_view tag);
// This gives the tag of a language; it is empty for kNone.
std::string_view TagOf(Language language);
// This gives `en-CA` or `fr-CA`; it is empty for kNone.
std::string_view LocaleOf(Language language);

// This adds google.rpc.LocalizedMessage with the catalogue's text for the refusal's rule
// (common/base/rules.h). The status stays unchanged, byte for byte, where no language was chosen, where the
// catalogue has no such rule, or where it already has a text in this language. The text depends only on the
// rule and the language, so that a hidden record cannot be told from an absent one.
absl::Status Localized(absl::Status status, Language language);
// This adds the given text, which is in this language, instead of the catalogue's.
absl::Status LocalizedAs(absl::Status status, Language language, std::string_view text);

// This gives the text of the status's LocalizedMessage if it is in this language, and an empty
// text otherwise.
std::string LocalizedText(const absl::Status& status, Language language);

}  // namespace accord

#endif  // ACCORD_COMMON_BASE_LANGUAGE_H_
