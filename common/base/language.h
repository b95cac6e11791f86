// The languages of Ontario's services, in which people are told why a call was refused.
#ifndef ACCORD_COMMON_BASE_LANGUAGE_H_
#define ACCORD_COMMON_BASE_LANGUAGE_H_

#include <string>
#include <string_view>

#include "absl/status/status.h"

namespace accord {

// The numbers are those of accord.caller.v1.Language. kNone: nobody chose one.
enum class Language { kNone = 0, kEnglish = 1, kFrench = 2 };

// `en` or `fr` exactly, as the header `accord-language` has them; any other tag is kNone. Whoever asks for a
// language that Accord does not have is served in English: a text is no reason to refuse a call.
Language ParseLanguage(std::string_view tag);
// Gives the inverse; empty for kNone.
std::string_view TagOf(Language language);
// `en-CA` or `fr-CA`; empty for kNone.
std::string_view LocaleOf(Language language);

// Adds google.rpc.LocalizedMessage with the catalogue's text for the refusal's rule (common/base/rules.h).
// The status stays byte for byte as it is where no language was chosen or the catalogue has no such rule. The
// text depends on nothing but rule and language, so that a hidden record is told like an absent one in each
// language that there is.
// Nor is a text replaced that the status has in this language already.
absl::Status Localized(absl::Status status, Language language);
// Adds a text of one's own instead, which is in this language.
absl::Status LocalizedAs(absl::Status status, Language language, std::string_view text);

// The text of the LocalizedMessage that a status carries, if it is in this language; else empty.
std::string LocalizedText(const absl::Status& status, Language language);

}  // namespace accord

#endif  // ACCORD_COMMON_BASE_LANGUAGE_H_
