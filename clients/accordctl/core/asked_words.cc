#include "clients/accordctl/core/asked_words.h"

#include <algorithm>
#include <iostream>
#include <string>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "clients/accordctl/core/field_rule.h"
#include "clients/accordctl/core/json.h"
#include "clients/accordctl/core/listed_names.h"
#include "clients/accordctl/core/lookup_words.h"
#include "clients/accordctl/core/name_form.h"
#include "clients/accordctl/core/nearest.h"
#include "clients/accordctl/core/nouns.h"
#include "clients/accordctl/core/refusals.h"
#include "clients/accordctl/core/resource_types.h"
#include "clients/accordctl/core/short_names.h"
#include "clients/accordctl/core/texts.h"
#include "clients/accordctl/core/visible_text.h"
#include "common/access/method.h"
#include "common/access/vocabulary.h"
#include "common/base/error.h"
#include "common/listing/expression.h"

namespace accord::ctl {
namespace {

bool IsAskedAgency(const FieldDescriptor& field) {
  const bool is_id = FieldRuleOf(&field).form() == annotations::v1::STRING_FORM_ID;
  return is_id && (field.name() == "agency" || absl::EndsWith(field.name(), "_agency"));
}

// This gives the words for methods, which are logged and requested by their whole path or by its last word.
std::vector<std::string> AskedMethodWords() {
  std::vector<std::string> words;
  for (const std::string& service : AllServices()) {
    const auto methods = MethodsOf(service);
    if (!methods.ok()) continue;
    for (const Method& method : *methods) {
      words.push_back(method.path);
      words.push_back(method.descriptor->name());
    }
  }
  return words;
}

absl::StatusOr<std::vector<std::string>> AskedAgencyWords(CommandSession* session) {
  const Command* list = FindCommand("list", "agencies");
  if (list == nullptr) return absl::NotFoundError(Text("there is no list of them"));
  ACCORD_ASSIGN_OR_RETURN(std::vector<std::string> names, ListedNames(session, *list));
  for (std::string& name : names) name = LastPartOfName(name);
  return names;
}

// These are the words that the field may have, and the message for another word.
struct AskedWordChoices {
  absl::StatusOr<std::vector<std::string>> known;
  std::string none;
};

absl::Status CheckAskedWord(const AskedWordChoices& words, const std::string& word) {
  if (!words.known.ok()) {
    std::cerr << Text("whether `{{word}}` is anything here could not be looked up: {{why}}",
                      {{"word", Shown(word)}, {"why", ReasonLine(words.known.status())}})
              << "\n";
    return absl::OkStatus();
  }
  if (std::find(words.known->begin(), words.known->end(), word) != words.known->end()) {
    return absl::OkStatus();
  }
  const std::string meant = NearestInSessionLanguage(word, *words.known);
  return absl::InvalidArgumentError(absl::StrCat(words.none, meant.empty() ? "" : "; ", meant));
}

absl::Status CheckAskedField(CommandSession* session, const FieldDescriptor& field, const std::string& word) {
  // `central*` stands for all words that begin with it.
  if (word.empty() || absl::EndsWith(word, "*") || field.type() != FieldDescriptor::TYPE_STRING)
    return absl::OkStatus();
  const std::string shown = Shown(word);
  if (field.name() == "parent" && HasNameForm(word, "agencies/{agency}")) {
    ACCORD_ASSIGN_OR_RETURN(const Client* client, session->client());
    const std::string agency = LastPartOfName(word);
    if (agency == client->agency()) return absl::OkStatus();
    return CheckAskedWord(
        {AskedAgencyWords(session), Text("there is no agency `{{word}}`", {{"word", Shown(agency)}})},
        agency);
  }
  if (IsAskedAgency(field)) {
    return CheckAskedWord(
        {AskedAgencyWords(session), Text("there is no agency `{{word}}`", {{"word", shown}})}, word);
  }
  if (field.name() == "method") {
    return CheckAskedWord({AskedMethodWords(), Text("there is no method `{{word}}`", {{"word", shown}})},
                          word);
  }
  if (LookupOf(field) == nullptr) return absl::OkStatus();
  return CheckAskedWord({LookedUpWords(session, field), Text("`{{word}}` is none of the words of {{field}}",
                                                             {{"word", shown}, {"field", field.name()}})},
                        word);
}

// This checks every comparison of a filter, with the fields of the rows that the list shows.
absl::Status CheckAskedFilter(CommandSession* session, const Descriptor* rows,
                              const listing::Expression& filter) {
  for (const listing::Expression& part : filter.parts) {
    ACCORD_RETURN_IF_ERROR(CheckAskedFilter(session, rows, part));
  }
  if (filter.kind != listing::Expression::kTerm || filter.comparison != listing::Comparison::kEqual) {
    return absl::OkStatus();
  }
  const FieldDescriptor* field = rows->FindFieldByName(filter.field);
  return field == nullptr ? absl::OkStatus() : CheckAskedField(session, *field, filter.value);
}

}  // namespace

absl::Status WithAskedAgencyExplained(CommandSession* session, const absl::Status& status,
                                      const std::string& name) {
  constexpr absl::string_view kAgencies = "agencies/";
  if (!absl::IsNotFound(status) || !absl::StartsWith(name, kAgencies)) return status;
  const std::string agency =
      name.substr(kAgencies.size(), name.find('/', kAgencies.size()) - kAgencies.size());
  const auto known = AskedAgencyWords(session);
  // A caller who may not list them is told no more than the service says.
  if (!known.ok() || known->empty() || std::find(known->begin(), known->end(), agency) != known->end()) {
    return status;
  }
  const std::string meant = NearestInSessionLanguage(agency, *known);
  return Reword(status, absl::StrCat(Text("there is no agency `{{word}}`", {{"word", Shown(agency)}}),
                                     meant.empty() ? "" : "; ", meant));
}

absl::Status CheckAskedWords(CommandSession* session, const Command& list, const Json& request) {
  for (const auto& [key, value] : request.items()) {
    const FieldDescriptor* field = list.request()->FindFieldByName(key);
    if (field == nullptr) field = list.request()->FindFieldByCamelcaseName(key);
    if (field == nullptr || !value.is_string()) continue;
    ACCORD_RETURN_IF_ERROR(CheckAskedField(session, *field, value.get<std::string>()));
  }
  const FieldDescriptor* rows = ListedField(list.response());
  const auto filter = listing::ParseExpression(JsonTextAt(request, "filter"));
  return rows == nullptr || !filter.ok() ? absl::OkStatus()
                                         : CheckAskedFilter(session, rows->message_type(), *filter);
}

}  // namespace accord::ctl
