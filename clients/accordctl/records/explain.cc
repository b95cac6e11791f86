#include "clients/accordctl/records/explain.h"

#include <algorithm>
#include <iostream>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "clients/accordctl/core/enum_meanings.h"
#include "clients/accordctl/core/field_rule.h"
#include "clients/accordctl/core/lookup_words.h"
#include "clients/accordctl/core/nearest.h"
#include "clients/accordctl/core/nouns.h"
#include "clients/accordctl/core/proto_comments.h"
#include "clients/accordctl/core/request_line.h"
#include "clients/accordctl/core/who_may_call.h"
#include "clients/accordctl/core/wrap_text.h"
#include "clients/accordctl/records/help.h"
#include "clients/accordctl/records/template.h"
#include "common/access/names.h"
#include "common/access/vocabulary.h"
#include "common/base/error.h"

namespace accord::ctl {
namespace {

// This is what is explained, and of which noun.
struct Subject {
  const Noun* noun = nullptr;
  // A null verb stands for the noun as a whole.
  const Verb* verb = nullptr;
};

// This says whether it is the name or the etag of a resource, which a request gives back unchanged.
bool IsExplainedNameOrEtag(const FieldDescriptor* field) {
  return field->containing_type()->options().HasExtension(annotations::v1::resource) &&
         (field->name() == "name" || field->name() == "etag");
}

bool IsExplainedOutputOnly(const FieldDescriptor* field) {
  return FieldRuleOf(field).output_only() || IsExplainedNameOrEtag(field);
}

// This gives the field's rules: `required; set once; youth_record`.
std::string ExplainedFieldRules(const FieldDescriptor* field) {
  const auto rule = FieldRuleOf(field);
  std::vector<std::string> rules;
  if (rule.required()) rules.push_back("required");
  if (rule.immutable()) rules.push_back("set once");
  if (IsExplainedOutputOnly(field)) rules.push_back("written by the service");
  if (rule.sensitive() != annotations::v1::SENSITIVE_CLASS_UNSPECIFIED) {
    rules.push_back(absl::StrCat("sensitive: ",
                                 ShortName(annotations::v1::SensitiveClass_descriptor(), rule.sensitive())));
  }
  const auto use = field->options().GetExtension(annotations::v1::listed);
  if (use == annotations::v1::LIST_USE_ORDER) {
    rules.push_back("lists filter and order by it");
  } else if (use != annotations::v1::LIST_USE_UNSPECIFIED) {
    rules.push_back("lists filter by it");
  }
  return absl::StrJoin(rules, "; ");
}

// This gives the fields that people give first, and among these the required ones.
std::vector<const FieldDescriptor*> ExplainedFieldsInOrder(const Descriptor* type) {
  std::vector<const FieldDescriptor*> fields;
  for (int i = 0; i < type->field_count(); ++i) fields.push_back(type->field(i));
  std::stable_sort(fields.begin(), fields.end(), [](const FieldDescriptor* a, const FieldDescriptor* b) {
    const auto rank = [](const FieldDescriptor* field) {
      return IsExplainedOutputOnly(field) ? 2 : FieldRuleOf(field).required() ? 0 : 1;
    };
    return rank(a) < rank(b);
  });
  return fields;
}

std::string ExplainedFields(const Descriptor* type) {
  std::size_t widest = 0;
  for (int i = 0; i < type->field_count(); ++i) widest = std::max(widest, type->field(i)->name().size());
  std::string out;
  for (const FieldDescriptor* field : ExplainedFieldsInOrder(type)) {
    std::string head = absl::StrCat("  ", field->name(), std::string(widest - field->name().size() + 2, ' '));
    const std::string rules = ExplainedFieldRules(field);
    absl::StrAppend(&out, head,
                    WrapText(absl::StrCat(TemplateFieldType(field), rules.empty() ? "" : "; ", rules),
                             kHelpWidth, head.size()),
                    "\n");
    const std::string comment = CommentOf(field);
    if (!comment.empty())
      absl::StrAppend(&out, "      ", WrapText(FirstSentence(comment), kHelpWidth, 6), "\n");
  }
  return out;
}

std::string ExplainedEnumValues(const FieldDescriptor* field) {
  const auto* words = EnumWordsOf(*field);
  if (words == nullptr) return "";
  std::string out = "Values:\n";
  for (const EnumMeaning& meaning : EnumMeanings(words)) {
    const std::string text =
        absl::StrCat(meaning.value, meaning.comment.empty() ? "" : ": ", meaning.comment);
    absl::StrAppend(&out, "  ", WrapText(text, kHelpWidth, 6), "\n");
  }
  return out;
}

// This gives the commands that set the field at the root of a path: through the whole resource, or through a
// field of the same name.
std::string ExplainedCommandsThatSet(const Noun& noun, const FieldDescriptor* root) {
  std::string out;
  if (IsExplainedNameOrEtag(root)) return out;
  for (const Verb& verb : noun.verbs) {
    const Command& command = *verb.command;
    if (!command.method.rule.mutates()) continue;
    const bool whole = command.body() != nullptr && command.body()->message_type() == root->containing_type();
    const auto rule = FieldRuleOf(root);
    const bool by_body = whole && !rule.output_only() && (!rule.immutable() || !NamesBody(command));
    const bool by_name = !whole && command.request()->FindFieldByName(root->name()) != nullptr;
    if (!by_body && !by_name) continue;
    absl::StrAppend(&out, "  accordctl ", noun.word, " ", verb.word, "\n      ",
                    WrapText(WhoMayCall(command.method), kHelpWidth, 6), "\n");
  }
  return out;
}

// The path names a part of a field that has none.
absl::Status FieldHasNoParts(const FieldDescriptor* field, const std::string& part) {
  std::vector<std::string> values;
  if (const auto* words = EnumWordsOf(*field); words != nullptr) {
    for (const EnumMeaning& meaning : EnumMeanings(words)) values.push_back(meaning.value);
  }
  return absl::NotFoundError(absl::StrCat(
      "there is no ", part, " in ", field->name(), ", which has no fields of its own: it is ",
      TemplateFieldType(field), values.empty() ? "" : "; its values are ", absl::StrJoin(values, ", ")));
}

absl::StatusOr<std::string> ExplainedField(const Subject& subject, const Descriptor* type,
                                           const std::string& path) {
  const FieldDescriptor* field = nullptr;
  const FieldDescriptor* root = nullptr;
  for (const std::string& part : std::vector<std::string>(absl::StrSplit(path, '.'))) {
    if (type == nullptr) return FieldHasNoParts(field, part);
    std::vector<std::string> known;
    for (int i = 0; i < type->field_count(); ++i) known.push_back(type->field(i)->name());
    field = type->FindFieldByName(part);
    if (field == nullptr) field = type->FindFieldByCamelcaseName(part);
    if (field == nullptr) {
      return absl::NotFoundError(absl::StrCat("there is no field ", part, " in ", type->name(), "; ",
                                              NearestInEnglish(part, known), known.empty() ? "" : "it has ",
                                              absl::StrJoin(known, ", ")));
    }
    if (root == nullptr) root = field;
    type = IsNestedField(field) ? field->message_type() : nullptr;
  }
  const std::string rules = ExplainedFieldRules(field), form = TemplateFieldForm(field),
                    comment = CommentOf(field);
  std::string out = absl::StrCat(subject.noun->word, ".", path, ": ", TemplateFieldType(field),
                                 rules.empty() ? "" : "; ", rules, form.empty() ? "" : "; ", form);
  out = WrapText(out, kHelpWidth) + "\n";
  if (!comment.empty()) absl::StrAppend(&out, WrapText(comment, kHelpWidth), "\n");
  const std::string lookup = LookupText(*field);
  if (!lookup.empty()) absl::StrAppend(&out, WrapText(lookup, kHelpWidth), "\n");
  const std::string values = ExplainedEnumValues(field);
  if (!values.empty()) absl::StrAppend(&out, "\n", values);
  if (type != nullptr) {
    const std::string about = CommentOf(type);
    absl::StrAppend(&out, "\n", about.empty() ? "" : WrapText(about, kHelpWidth) + "\n", "Fields:\n",
                    ExplainedFields(type));
  }
  if (subject.verb != nullptr) return out;
  const std::string changers = ExplainedCommandsThatSet(*subject.noun, root);
  absl::StrAppend(&out, "\n",
                  changers.empty() ? "Nobody sets it: the service writes it.\n"
                                   : absl::StrCat("Who may set or change it, by which command:\n", changers));
  return out;
}

std::string ExplainedNoun(const Noun& noun) {
  const std::string comment = noun.message == nullptr ? "" : CommentOf(noun.message);
  std::string out =
      WrapText(absl::StrCat(noun.word, comment.empty() ? "" : ": ", comment), kHelpWidth) + "\n";
  if (noun.message == nullptr) {
    absl::StrAppend(&out, "It has no fields of its own. `accordctl ", noun.word,
                    "` lists what can be done with it.\n");
    return out;
  }
  const auto resource = noun.message->options().GetExtension(annotations::v1::resource);
  absl::StrAppend(&out, "Name: ", resource.pattern(), "\n\nFields:\n", ExplainedFields(noun.message), "\n",
                  "`accordctl explain ", noun.word,
                  " FIELD` tells all of one and who may change it; `accordctl ", noun.word,
                  "`\nlists what can be done.\n");
  return out;
}

std::string ExplainedCommand(const Subject& subject) {
  const Command& command = *subject.verb->command;
  const FieldDescriptor* body = command.body();
  std::string out = absl::StrCat(TypedCommand(command), ": ", CommentOf(command.method.descriptor));
  out = WrapText(out, kHelpWidth) + "\n\n" + HelpLeafFooter(command) + "\n";
  if (body != nullptr)
    absl::StrAppend(&out, "\nFields of ", body->name(), ":\n", ExplainedFields(body->message_type()));
  absl::StrAppend(&out, "\nFields of the request:\n", ExplainedFields(command.request()));
  return out;
}

// This reads `screen referral` as `referral screen`.
absl::StatusOr<Subject> FindExplainedSubject(const std::vector<std::string>& words) {
  Subject subject;
  subject.noun = FindNoun(words[0]);
  if (subject.noun != nullptr) {
    if (words.size() > 1) subject.verb = FindVerb(*subject.noun, words[1]);
    return subject;
  }
  const Command* command = words.size() > 1 ? FindCommand(words[0], words[1]) : nullptr;
  if (command != nullptr) {
    subject.noun = &NounOf(*command);
    for (const Verb& verb : subject.noun->verbs) {
      if (verb.command == command) subject.verb = &verb;
    }
    return subject;
  }
  std::vector<std::string> known;
  for (const Noun& noun : Nouns()) known.push_back(noun.word);
  return absl::NotFoundError(absl::StrCat("there is no noun ", words[0], "; ",
                                          NearestInEnglish(words[0], known), "`accordctl --help` lists all"));
}

// This reads `referral.kind.x`, which is how the pages head a field, as `referral kind.x`.
std::vector<std::string> WordsWithNounApart(std::vector<std::string> words) {
  const std::size_t point = words[0].find('.');
  if (point == std::string::npos || point == 0 || point + 1 == words[0].size()) return words;
  words.insert(words.begin() + 1, words[0].substr(point + 1));
  words[0].resize(point);
  return words;
}

// This says whether the word is a view or an administrative command instead of a noun.
bool IsHandwrittenCommand(const CLI::App& app, const std::string& word) {
  if (FindNoun(word) != nullptr) return false;
  return !app.get_subcommands([&word](const CLI::App* one) {
               return one->get_name() == word && !one->get_group().empty();
             })
              .empty();
}

}  // namespace

absl::StatusOr<std::string> Explanation(const std::vector<std::string>& typed) {
  const std::vector<std::string> words = WordsWithNounApart(typed);
  ACCORD_ASSIGN_OR_RETURN(const Subject subject, FindExplainedSubject(words));
  const std::size_t used = subject.verb == nullptr ? 1 : 2;
  if (words.size() > used + 1) {
    return absl::InvalidArgumentError(absl::StrCat("nothing is explained by `", words.back(), "` behind ",
                                                   words[used], ": a part of a field is named FIELD.PART"));
  }
  if (subject.verb != nullptr) {
    if (words.size() == used) return ExplainedCommand(subject);
    const Command& command = *subject.verb->command;
    const bool of_body =
        RequestFileType(command)->FindFieldByName(words[used].substr(0, words[used].find('.'))) != nullptr;
    return ExplainedField(subject, of_body ? RequestFileType(command) : command.request(), words[used]);
  }
  if (words.size() == used) return ExplainedNoun(*subject.noun);
  if (subject.noun->message == nullptr) {
    std::vector<std::string> verbs;
    for (const Verb& verb : subject.noun->verbs) verbs.push_back(verb.word);
    return absl::NotFoundError(
        absl::StrCat(subject.noun->word,
                     " has no fields of its own; what can be done with it: ", absl::StrJoin(verbs, ", ")));
  }
  return ExplainedField(subject, subject.noun->message, words[used]);
}

void AddExplainCommand(CLI::App* app, CommandSession* session) {
  auto words = std::make_shared<std::vector<std::string>>();
  CLI::App* explain = AddCommand(
      app, session, "explain", "Explain a noun's fields, and who may change them; explain NOUN [FIELD.PATH]",
      [app, words] {
        const auto text = Explanation(*words);
        const std::string noun = words->front().substr(0, words->front().find('.'));
        if (!text.ok() && IsHandwrittenCommand(*app, noun)) {
          return absl::NotFoundError(absl::StrCat(noun, " is no noun and has no fields: `accordctl ", noun,
                                                  " --help` tells what it does"));
        }
        if (!text.ok()) return text.status();
        std::cout << *text;
        return absl::OkStatus();
      });
  explain->group("Views");
  explain->add_option("WORDS", *words, "NOUN, NOUN FIELD.PATH, NOUN VERB or NOUN VERB FIELD.PATH")
      ->required()
      ->expected(1, 3);
}

}  // namespace accord::ctl
