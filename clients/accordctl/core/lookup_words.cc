#include "clients/accordctl/core/lookup_words.h"

#include <algorithm>
#include <set>

#include "absl/strings/str_cat.h"
#include "clients/accordctl/core/json.h"
#include "clients/accordctl/core/nouns.h"
#include "common/access/names.h"
#include "common/access/vocabulary.h"
#include "common/base/error.h"

namespace accord::ctl {
namespace {

using google::protobuf::Message;

// Nobody reads more words than these to complete one.
constexpr int kMostPagesOfWords = 4, kWordsOnAPage = 500;

const Command* LookupCommandOf(const FieldDescriptor& field) {
  const auto* lookup = LookupOf(field);
  if (lookup == nullptr) return nullptr;
  const auto found = std::find_if(Commands().begin(), Commands().end(), [&](const Command& command) {
    return command.method.descriptor->full_name() == lookup->full_name();
  });
  return found == Commands().end() ? nullptr : &*found;
}

std::string WordInField(const Message& message, const FieldDescriptor& field, int index) {
  const auto* access = message.GetReflection();
  if (field.enum_type() != nullptr) {
    const int number = field.is_repeated() ? access->GetRepeatedEnumValue(message, &field, index)
                                           : access->GetEnumValue(message, &field);
    return ShortName(field.enum_type(), number);
  }
  return field.is_repeated() ? access->GetRepeatedString(message, &field, index)
                             : access->GetString(message, &field);
}

// This adds every word at the end of `path`, whose next field is `at`.
void AddWordsAtPath(const Message& message, const std::vector<const FieldDescriptor*>& path, std::size_t at,
                    std::set<std::string>* words) {
  const FieldDescriptor* field = path[at];
  const auto* access = message.GetReflection();
  const int count = field->is_repeated() ? access->FieldSize(message, field) : 1;
  for (int i = 0; i < count; ++i) {
    if (at + 1 == path.size()) {
      words->insert(WordInField(message, *field, i));
    } else {
      AddWordsAtPath(field->is_repeated() ? access->GetRepeatedMessage(message, field, i)
                                          : access->GetMessage(message, field),
                     path, at + 1, words);
    }
  }
}

}  // namespace

std::string LookupText(const FieldDescriptor& field) {
  const Command* lookup = LookupCommandOf(field);
  return lookup == nullptr ? "" : absl::StrCat("`", TypedCommand(*lookup), "` lists the words.");
}

absl::StatusOr<std::vector<std::string>> LookedUpWords(CommandSession* session,
                                                       const FieldDescriptor& field) {
  const Command* lookup = LookupCommandOf(field);
  const auto path = LookupPathOf(field);
  if (lookup == nullptr || path.empty()) return absl::NotFoundError("no command lists these words");
  const bool paged = lookup->request()->FindFieldByName("page_token") != nullptr;
  Json request = Json::object();
  if (paged) request["page_size"] = kWordsOnAPage;
  std::set<std::string> words;
  for (int page = 0; page < kMostPagesOfWords; ++page) {
    ACCORD_ASSIGN_OR_RETURN(const MessagePtr answer, Invoke(session, *lookup, request));
    AddWordsAtPath(*answer, path, 0, &words);
    const FieldDescriptor* token = answer->GetDescriptor()->FindFieldByName("next_page_token");
    const std::string next = token == nullptr ? "" : answer->GetReflection()->GetString(*answer, token);
    if (next.empty() || !paged) break;
    request["page_token"] = next;
  }
  words.erase("");
  return std::vector<std::string>(words.begin(), words.end());
}

}  // namespace accord::ctl
