// `accordctl NOUN VERB [NAME] --field VALUE ...` for every RPC that an agency may call, and the
// same with the verb first, for existing scripts.
#include "clients/accordctl/records/descriptor_commands.h"

#include <functional>
#include <iostream>
#include <memory>
#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/strip.h"
#include "absl/time/clock.h"
#include "clients/accordctl/core/asked_words.h"
#include "clients/accordctl/core/comments.h"
#include "clients/accordctl/core/given_fields.h"
#include "clients/accordctl/core/line_options.h"
#include "clients/accordctl/core/nouns.h"
#include "clients/accordctl/core/request_line.h"
#include "clients/accordctl/core/screen.h"
#include "clients/accordctl/core/short_names.h"
#include "clients/accordctl/core/texts.h"
#include "clients/accordctl/records/edit.h"
#include "clients/accordctl/records/help.h"
#include "clients/accordctl/records/indicator_words.h"
#include "clients/accordctl/records/requests.h"
#include "clients/accordctl/records/sent_files.h"
#include "clients/accordctl/records/template.h"
#include "clients/accordctl/records/verification.h"
#include "clients/accordctl/records/watch.h"
#include "common/base/error.h"

namespace accord::ctl {
namespace {

// Reads the pages to the end or up to the limit.
absl::Status RunList(CommandSession* session, const Command& command, const Line& line) {
  ACCORD_ASSIGN_OR_RETURN(Json request, RequestOf(session, command, line));
  const FieldDescriptor* listed = ListedField(command.response());
  std::vector<MessagePtr> pages;
  std::vector<const google::protobuf::Message*> found;
  std::string token;
  do {
    const int left = line.limit - static_cast<int>(found.size());
    request["page_size"] = line.limit > 0 ? std::min(left, 500) : 500;
    if (!token.empty()) request["page_token"] = token;
    ACCORD_ASSIGN_OR_RETURN(MessagePtr page, Invoke(session, command, request));
    const auto* access = page->GetReflection();
    for (int i = 0; i < access->FieldSize(*page, listed); ++i) {
      found.push_back(&access->GetRepeatedMessage(*page, listed, i));
    }
    token = access->GetString(*page, page->GetDescriptor()->FindFieldByName("next_page_token"));
    pages.push_back(std::move(page));
  } while (!token.empty() && (line.limit == 0 || static_cast<int>(found.size()) < line.limit));
  if (found.empty()) ACCORD_RETURN_IF_ERROR(CheckAskedWords(session, command, request));
  ResourceType type{listed->message_type(),
                    listed->message_type()->options().GetExtension(annotations::v1::resource)};
  if (type.option.plural().empty()) type.option.set_plural(listed->name());
  // A reader of the log asks first which records somebody saw.
  if (listed->message_type()->full_name() == "accord.audit.v1.Entry")
    type.option.add_columns("record.resources.name");
  std::cout << PrintMany(type, found, session->format());
  return absl::OkStatus();
}

absl::Status RunWatch(CommandSession* session, const Command& command, const Line& line) {
  ACCORD_ASSIGN_OR_RETURN(const Json request, RequestOf(session, command, line));
  ACCORD_ASSIGN_OR_RETURN(Client * client, session->client());
  const MessagePtr message = NewMessage(command.request());
  ACCORD_RETURN_IF_ERROR(FromJson(request, message.get()));
  int left = line.limit == 0 ? -1 : line.limit;
  return Follow(client, command.method, message.get(), [&](const google::protobuf::Message& event) {
    std::cout << PrintEvent(event, session->format()) << std::flush;
    // If the output fails, nobody reads any more or the disk is full, which main.cc reports.
    return std::cout.good() && (left < 0 || --left > 0);
  });
}

// Gives the name that the request is about or belongs to, if it has one.
std::string AgencyNamed(const Command& command, const Json& request) {
  const std::string name = TextAt(request, "name"), parent = TextAt(request, "parent");
  if (!name.empty() || !parent.empty()) return name.empty() ? parent : name;
  return command.body() != nullptr && request.contains(command.body()->name())
             ? TextAt(request.at(command.body()->name()), "name")
             : "";
}

// Adds to "not found" the word that was typed and what lists its kind, for people. Programs get the answer
// that the service gives for whatever is absent or hidden, to the byte.
absl::Status WithTyped(const Command& command, const Line& line, Format format, const absl::Status& status) {
  if (!absl::IsNotFound(status) || line.name.empty() || format == Format::kJson) return status;
  const Noun& noun = NounOf(command);
  const std::string answer(status.message());
  std::string told = absl::StrCat(std::string(absl::StripSuffix(answer, ".")), "; ",
                                  Text("given was `{{value}}`", {{"value", Shown(line.name)}}));
  if (FindVerb(noun, "list") != nullptr)
    absl::StrAppend(&told, "; ",
                    Text("`{{command}}` lists them", {{"command", "accordctl " + noun.word + " list"}}));
  return Reword(status, told);
}

absl::Status RunOne(CommandSession* session, const Command& command, Line line) {
  if (!line.file.empty() && line.json.empty()) {
    ACCORD_ASSIGN_OR_RETURN(line.text, ReadText(line.file));
  }
  ACCORD_ASSIGN_OR_RETURN(Json request, RequestOf(session, command, line));
  SpellAsPrinted(command, &request);
  if (const absl::Status known = CheckIndicatorWords(session, command, request); !known.ok()) {
    return WithGivenFields(known, command, line, request);
  }
  ACCORD_RETURN_IF_ERROR(CheckNotSent(session, command, line, request, absl::Now()));
  const auto response = Invoke(session, command, request);
  if (!response.ok()) {
    if (absl::IsUnavailable(response.status()) && request.contains("request_id")) {
      std::cerr << "accordctl: to repeat exactly this: --request-id "
                << request["request_id"].get<std::string>() << "\n";
    }
    const absl::Status told =
        WithTyped(command, line, session->format(),
                  WithNearAgencies(session, response.status(), AgencyNamed(command, request)));
    return WithGivenFields(AsVerdict(command, told), command, line, request);
  }
  KeepSent(session, command, line, request, TextAt(ToJson(**response), "name"), absl::Now());
  std::cout << PrintOne(**response, session->format());
  if (session->dry_run) {
    std::cerr << "a dry run: nothing was changed; names and times are those that this call would have had\n";
  }
  return absl::OkStatus();
}

// Gives the initial text of the editor: what the line gives already; for a change, the changeable
// fields of the record in their present state; otherwise everything that may be given.
absl::StatusOr<std::string> BeginningOf(CommandSession* session, const Command& command, const Line& line) {
  if (!line.file.empty() || !line.json.empty() || !line.sets.empty()) {
    ACCORD_ASSIGN_OR_RETURN(const Json request, Assemble(command, line));
    return ToYaml(command.body() != nullptr ? request.at(command.body()->name()) : request) + "\n";
  }
  const Command* get = GetOf(command);
  if (!NamesBody(command) || get == nullptr || line.name.empty()) return TemplateOf(command);
  ACCORD_ASSIGN_OR_RETURN(const std::string name, WholeName(session, command, line.name));
  ACCORD_ASSIGN_OR_RETURN(const MessagePtr present, Invoke(session, *get, {{"name", name}}));
  Json fields = ToJson(*present);
  for (int i = 0; i < present->GetDescriptor()->field_count(); ++i) {
    const FieldDescriptor* field = present->GetDescriptor()->field(i);
    if (FieldRuleOf(field).output_only()) fields.erase(field->name());
  }
  return absl::StrCat("# ", FirstSentence(CommentOf(command.method.descriptor)), "\n# `accordctl explain ",
                      NounOf(command).word, "` tells what each field means.\n", ToYaml(fields), "\n");
}

absl::Status RunEdit(CommandSession* session, const Command& command, const Line& line) {
  ACCORD_ASSIGN_OR_RETURN(const std::string text, BeginningOf(session, command, line));
  // After a dry run the user will want to send the file, so it is kept.
  std::string kept;
  ACCORD_RETURN_IF_ERROR(EditAndSend(
      text,
      [&](const std::string& path) {
        Line edited = line;
        edited.file = path;
        edited.json.clear();
        edited.sets.clear();
        return RunOne(session, command, edited);
      },
      session->dry_run ? &kept : nullptr));
  if (!kept.empty()) std::cerr << "what you wrote stays in " << kept << ": `-f " << kept << "` sends it\n";
  return absl::OkStatus();
}

absl::Status CheckDryRun(const CommandSession& session, const Command& command) {
  if (!session.dry_run) return absl::OkStatus();
  const std::string line = Typed(command);
  if (!command.method.rule.mutates()) {
    return absl::InvalidArgumentError(absl::StrCat("`", line, "` changes nothing: leave --dry-run out"));
  }
  if (!command.method.rule.always_acts()) return absl::OkStatus();
  return absl::InvalidArgumentError(absl::StrCat(
      "`", line, "` cannot be tried without its effect: what it answers is worth as much as the change"));
}

// A record without a name would give an empty line for `-o name`, which would look like an answer.
absl::Status CheckHasName(const CommandSession& session, const Command& command) {
  if (session.format() != Format::kName) return absl::OkStatus();
  const FieldDescriptor* listed = ListedField(command.response());
  const bool lists = command.request()->FindFieldByName("page_token") != nullptr && listed != nullptr;
  const Descriptor* shown = lists ? listed->message_type() : command.response();
  if (shown->FindFieldByName("name") != nullptr) return absl::OkStatus();
  return absl::InvalidArgumentError(
      absl::StrCat("-o name: what `", Typed(command), "` answers has no name; ask for table, json or yaml"));
}

absl::Status Run(CommandSession* session, const Command& command, const Line& line) {
  if (line.makes_template && !(line.file.empty() && line.json.empty() && line.sets.empty())) {
    return absl::InvalidArgumentError(Text(
        "--template prints a file to fill in, and takes nothing out of -f, --json or --set: leave either out"));
  }
  if (line.makes_template) {
    std::cout << TemplateOf(command);
    return absl::OkStatus();
  }
  ACCORD_RETURN_IF_ERROR(CheckDryRun(*session, command));
  ACCORD_RETURN_IF_ERROR(CheckHasName(*session, command));
  if (line.edits) return RunEdit(session, command, line);
  if (command.method.descriptor->server_streaming()) return RunWatch(session, command, line);
  if (command.request()->FindFieldByName("page_token") != nullptr) return RunList(session, command, line);
  return RunOne(session, command, line);
}

// The command of one RPC. A line names one of about a thousand, so its texts and options are built
// only when a line leads to it.
class RpcCommand : public CLI::App {
 public:
  RpcCommand(const std::string& word, CLI::App* parent) : CLI::App("", word, parent) {
    fallthrough();
    preparse_callback([this](std::size_t) { Build(); });
  }
  void BuildBy(std::function<void()> build) { build_ = std::move(build); }
  void Build() const {
    if (const auto build = std::exchange(build_, nullptr)) build();
  }

 private:
  // Null once the command is built.
  mutable std::function<void()> build_;
};

void BuildLeaf(CLI::App* leaf, CommandSession* session, const Command& command) {
  auto line = std::make_shared<Line>();
  leaf->description(CommentOf(command.method.descriptor));
  AddOptions(leaf, command, line.get());
  if (MakesRecord(command)) {
    leaf->add_flag("--again", session->sends_again,
                   "Make another record out of a file that has made one in the last 24 hours");
  }
  if (TakesIndicators(command)) {
    leaf->add_flag("--as-typed", session->keeps_as_typed,
                   "Keep indicators as they are typed, where one is near a known one and is meant otherwise");
  }
  leaf->footer(LeafFooter(command));
  leaf->callback([session, &command, line] {
    const bool named =
        !line->name.empty() || !line->file.empty() || !line->json.empty() || line->makes_template;
    if (TakesName(command) && !named) throw CLI::RequiredError("NAME");
    session->action = [session, &command, line] { return Run(session, command, *line); };
  });
}

void AddLeaf(CLI::App* parent, CommandSession* session, const std::string& word, const Command& command) {
  const auto leaf = std::make_shared<RpcCommand>(word, parent);
  leaf->BuildBy([app = leaf.get(), session, &command] { BuildLeaf(app, session, command); });
  parent->add_subcommand(leaf);
}

}  // namespace

void AddDescriptorCommands(CLI::App* app, CommandSession* session) {
  std::map<std::string, CLI::App*> verbs;
  for (const Command& command : Commands()) {
    if (command.method.descriptor->client_streaming()) continue;
    CLI::App*& verb = verbs[command.verb];
    if (verb == nullptr) {
      // The verb-first form still works, but the help leaves it out, so that there is only one form
      // to learn.
      verb = AddCommand(app, session, command.verb, "", nullptr)->require_subcommand(1)->group("");
    }
    AddLeaf(verb, session, command.noun, command);
    if (!command.other_noun.empty()) verb->get_subcommand(command.noun)->alias(command.other_noun);
  }
}

void AddNounCommands(CLI::App* app, CommandSession* session) {
  for (const Noun& noun : Nouns()) {
    // Other code may have put commands of its own under the noun.
    const auto shared = app->get_subcommands([&](CLI::App* one) { return one->get_name() == noun.word; });
    CLI::App* of_noun =
        shared.empty() ? AddCommand(app, session, noun.word, "", nullptr)->group("") : shared.front();
    of_noun->require_subcommand(0, 1);
    if (!noun.other.empty()) of_noun->alias(noun.other);
    of_noun->callback([session, of_noun, &noun] {
      if (!of_noun->get_subcommands().empty()) return;
      session->action = [of_noun, &noun] {
        std::cout << NounPage(noun, of_noun);
        return absl::OkStatus();
      };
    });
    for (const Verb& verb : noun.verbs) {
      if (verb.command->method.descriptor->client_streaming()) continue;
      // A command that does more than the RPC replaces it: `certificate renew`.
      const auto own = of_noun->get_subcommands([&](CLI::App* one) { return one->get_name() == verb.word; });
      if (!own.empty()) continue;
      AddLeaf(of_noun, session, verb.word, *verb.command);
      // Other nouns have `history`, so `list-revisions` gets it as an alias.
      if (verb.word == "list-revisions" && FindVerb(noun, "history") == nullptr) {
        of_noun->get_subcommand(verb.word)->alias("history");
      }
    }
  }
}

void BuildOptions(const CLI::App* app) {
  const auto* leaf = dynamic_cast<const RpcCommand*>(app);
  if (leaf != nullptr) leaf->Build();
}

const Command* CommandOf(const CLI::App* app) {
  const CLI::App* parent = app->get_parent();
  if (parent == nullptr || dynamic_cast<const RpcCommand*>(app) == nullptr) return nullptr;
  const Noun* noun = FindNoun(parent->get_name());
  const Verb* verb = noun == nullptr ? nullptr : FindVerb(*noun, app->get_name());
  return verb != nullptr ? verb->command : FindCommand(parent->get_name(), app->get_name());
}

}  // namespace accord::ctl
