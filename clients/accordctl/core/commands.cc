#include "clients/accordctl/core/commands.h"

#include <algorithm>
#include <map>
#include <set>

#include "absl/strings/match.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "clients/accordctl/core/kebab_case.h"
#include "clients/accordctl/core/resource_types.h"

namespace accord::ctl {
namespace {

using google::protobuf::FileDescriptor;
using Words = std::vector<std::string>;

// This splits "OpenProtocolConsultation" into open, protocol, consultation.
Words CommandWords(const std::string& text) { return absl::StrSplit(KebabCase(text), '-'); }

// This is one of the two grammatical numbers of a resource's name.
struct CommandNounForm {
  const ResourceType* resource = nullptr;
  bool plural = false;
  Words words;
};

// This gives all forms. The resources must outlive them.
std::vector<CommandNounForm> CommandNounForms(const std::vector<ResourceType>& resources) {
  std::vector<CommandNounForm> forms;
  for (const ResourceType& resource : resources) {
    for (const bool plural : {false, true}) {
      forms.push_back(
          {&resource, plural, CommandWords(plural ? resource.option.plural() : resource.option.singular())});
    }
  }
  return forms;
}

struct CommandNoun {
  const CommandNounForm* form = nullptr;
  std::size_t at = 0;
};

// This finds a resource's name among the words of an RPC; the longest one wins.
CommandNoun FindCommandNoun(const Words& words, const std::vector<CommandNounForm>& forms) {
  CommandNoun best;
  std::size_t most = 0;
  for (const CommandNounForm& form : forms) {
    const auto at = std::search(words.begin() + 1, words.end(), form.words.begin(), form.words.end());
    if (at == words.end() || form.words.size() <= most) continue;
    best = {&form, static_cast<std::size_t>(at - words.begin())};
    most = form.words.size();
  }
  return best;
}

Command CommandOfMethod(const Method& method, const std::vector<CommandNounForm>& forms) {
  Command command{.verb = "", .noun = "", .other_noun = "", .resource = std::nullopt, .method = method};
  Words words = CommandWords(method.descriptor->name());
  const CommandNoun noun = FindCommandNoun(words, forms);
  if (noun.form == nullptr) {
    command.verb = words.front();
    command.noun = absl::StrJoin(words.begin() + 1, words.end(), "-");
    return command;
  }
  const ResourceType& resource = *noun.form->resource;
  const std::string singular = KebabCase(resource.option.singular()),
                    plural = KebabCase(resource.option.plural());
  command.resource = resource;
  command.noun = noun.form->plural ? plural : singular;
  command.other_noun = noun.form->plural ? singular : plural;
  if (command.other_noun == command.noun) command.other_noun.clear();
  const auto begin = words.begin() + static_cast<std::ptrdiff_t>(noun.at);
  words.erase(begin, begin + static_cast<std::ptrdiff_t>(noun.form->words.size()));
  command.verb = absl::StrJoin(words, "-");
  return command;
}

// This adds `initiative history` for each kind with a history. One RPC of the kind's package serves all of
// them; `histories` has these RPCs by package.
void AddHistoryCommands(const std::map<std::string, Method>& histories, std::vector<Command>* commands) {
  for (const ResourceType& resource : Resources()) {
    const auto found = histories.find(resource.message->file()->package());
    if (!resource.option.history() || found == histories.end()) continue;
    const std::string singular = KebabCase(resource.option.singular()),
                      plural = KebabCase(resource.option.plural());
    commands->push_back({"history", singular, plural == singular ? "" : plural, resource, found->second});
  }
}

std::vector<Command> BuildCommands() {
  std::vector<Command> commands;
  std::map<std::string, Method> histories;
  for (const std::string& service : AllServices()) {
    const auto methods = MethodsOf(service);
    if (!methods.ok()) continue;  // A test of common/access fails for such a build.
    for (const Method& method : *methods) {
      if (method.descriptor->name() != "ListRecordRevisions") continue;
      histories.emplace(method.descriptor->file()->package(), method);
    }
    if (IsInEveryProcess(service)) continue;
    if (methods->empty()) continue;
    // All RPCs of a gRPC service are in one file.
    const std::vector<ResourceType> resources = ResourcesNear(methods->front().descriptor->file());
    const std::vector<CommandNounForm> forms = CommandNounForms(resources);
    for (const Method& method : *methods) {
      if (!method.grants.empty()) commands.push_back(CommandOfMethod(method, forms));
    }
  }
  AddHistoryCommands(histories, &commands);
  std::sort(commands.begin(), commands.end(), [](const Command& a, const Command& b) {
    return std::tie(a.verb, a.noun) < std::tie(b.verb, b.noun);
  });
  return commands;
}

}  // namespace

bool IsInEveryProcess(const std::string& service) {
  return absl::EndsWith(service, ".RevisionService") || absl::EndsWith(service, ".StatusService") ||
         absl::EndsWith(service, ".ChangeService") || absl::EndsWith(service, ".LawService");
}

const FieldDescriptor* Command::body() const {
  for (int i = 0; i < request()->field_count(); ++i) {
    const FieldDescriptor* field = request()->field(i);
    if (!field->is_repeated() && field->message_type() != nullptr &&
        field->message_type()->options().HasExtension(annotations::v1::resource)) {
      return field;
    }
  }
  return nullptr;
}

bool Command::updates() const {
  return body() != nullptr && request()->FindFieldByName("update_mask") != nullptr;
}

bool Command::takes_name() const { return request()->FindFieldByName("name") != nullptr || updates(); }

const std::vector<Command>& Commands() {
  static const auto* commands = new std::vector<Command>(BuildCommands());
  return *commands;
}

const Command* FindCommand(const std::string& verb, const std::string& noun) {
  for (const Command& command : Commands()) {
    if (command.verb == verb && (command.noun == noun || command.other_noun == noun)) return &command;
  }
  return nullptr;
}

}  // namespace accord::ctl
