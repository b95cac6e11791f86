// The texts of views, pages and certificates in English and French, out of the catalogue texts.tsv, which the
// build embeds. The English text is the key: code and pages say it as it is, and tests/policy/texts.py holds
// them against the catalogue.
#ifndef ACCORD_CLIENTS_ACCORDCTL_CORE_TEXTS_H_
#define ACCORD_CLIENTS_ACCORDCTL_CORE_TEXTS_H_

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/time/time.h"
#include "common/base/language.h"

namespace accord::ctl {

// These stand for the `{{name}}` of a text, as they are: a place within a value is not filled.
using TextValues = std::vector<std::pair<std::string, std::string>>;

// What this process says to its reader is in this language as long as this lives; in English for kNone. Only
// one thread makes them, one within another.
class Speaking {
 public:
  explicit Speaking(Language language);
  ~Speaking();
  Speaking(const Speaking&) = delete;
  Speaking& operator=(const Speaking&) = delete;

 private:
  Language before_;
};
// This is kEnglish or kFrench.
Language Spoken();

// What is read now is of an installation for training, as the caller's own certificate says: tables and pages
// bear a mark of it.
void MarkAsTraining(bool training);
bool IsTraining();

// Gives the text in the language that is spoken, filled in; the English one if the catalogue has no other.
// One that is the same for one and for many ends in `|one` or `|many`, which is not shown: `accused|many`.
std::string Text(std::string_view english, const TextValues& values = {});
// The catalogue has it.
bool HasText(std::string_view english);
// Gives a form with each `[[text]]` in the language that is spoken. Places are left as they are.
std::string SpokenForm(std::string_view form);
std::string Filled(const std::string& form, const TextValues& values);

// `2026-11-27` as it is, or `27 novembre 2026`. What is no day stays what it is.
std::string DayText(const std::string& day);
// `2026-11-27 14:05 EST` or `27 novembre 2026, 14 h 05 HNE`. With `ends_days`, midnight is 24:00 of the day
// that ends with it.
std::string MomentText(absl::Time at, absl::TimeZone zone, bool ends_days = false);
// `EST` or `HNE`.
std::string ZoneText(absl::Time at, absl::TimeZone zone);
// Says why a call was refused: what the server says of it in the language that is spoken, or its message.
std::string ReasonText(const absl::Status& status);

}  // namespace accord::ctl

#endif  // ACCORD_CLIENTS_ACCORDCTL_CORE_TEXTS_H_
