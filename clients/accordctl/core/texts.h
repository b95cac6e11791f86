// The texts of views, pages and certificates in English and French, from the embedded catalogue
// texts.tsv. The English text is the key: code and pages contain it literally, and
// tests/policy/texts.py compares them with the catalogue.
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

// Values for the `{{name}}` placeholders of a text. They are inserted literally: placeholders in a
// value are not filled.
using TextValues = std::vector<std::pair<std::string, std::string>>;

// While it lives, this process speaks this language to its reader; kNone means English. Only one
// thread may make such objects, and they nest.
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
Language SpokenLanguage();

// Marks what is read from now on as coming from a training installation, as the caller's own
// certificate says; tables and pages then carry a mark.
void MarkAsTraining(bool training);
bool IsTraining();

// Gives the text in the session's language, filled in; in English if the catalogue has no other.
// English texts that are equal for one and for many end in `|one` or `|many`, which is not
// shown: `accused|many`.
std::string Text(std::string_view english, const TextValues& values = {});
// Whether the catalogue has the text.
bool HasText(std::string_view english);
// Gives a form with each `[[text]]` in the session's language. Placeholders are kept.
std::string SpokenForm(std::string_view form);
std::string FilledForm(const std::string& form, const TextValues& values);

// Gives `2026-11-27` or `27 novembre 2026`. A text that is not a day is returned unchanged.
std::string DayText(const std::string& day);
// Gives `2026-11-27 14:05 EST` or `27 novembre 2026, 14 h 05 HNE`. With `ends_days`, midnight is
// 24:00 of the day that it ends.
std::string MomentText(absl::Time at, absl::TimeZone zone, bool ends_days = false);
// Gives `EST` or `HNE`.
std::string ZoneText(absl::Time at, absl::TimeZone zone);
// Gives the reason why a call was refused: the server's text in the session's language, or
// its message.
std::string ReasonText(const absl::Status& status);

}  // namespace accord::ctl

#endif  // ACCORD_CLIENTS_ACCORDCTL_CORE_TEXTS_H_
