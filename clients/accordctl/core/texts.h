// This file is about the texts of views, pages and certificates in English and French, from the embedded
// catalogue texts.tsv. The English text is the key: code and pages contain it literally, and
// tests/policy/texts.py compares them with the catalogue.
#ifndef ACCORD_CLIENTS_ACCORDCTL_CORE_TEXTS_H_
#define ACCORD_CLIENTS_ACCORDCTL_CORE_TEXTS_H_

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace accord::ctl {

// These are values for the `{{name}}` placeholders of a text. They are inserted literally: placeholders in a
// value are not filled.
using TextValues = std::vector<std::pair<std::string, std::string>>;

// This gives the text in the session's language, filled in; in English if the catalogue has no other. English
// texts that are equal for one and for many end in `|one` or `|many`, which is not shown: `accused|many`.
std::string Text(std::string_view english, const TextValues& values = {});
// This says whether the catalogue has the text.
bool HasText(std::string_view english);
// This gives a form with each `[[text]]` in the session's language. Placeholders are kept.
std::string FormWithTexts(std::string_view form);
// This gives a form with its placeholders filled.
std::string FormWithTextValues(const std::string& form, const TextValues& values);

}  // namespace accord::ctl

#endif  // ACCORD_CLIENTS_ACCORDCTL_CORE_TEXTS_H_
