#include "clients/accordctl/records/run_rpc.h"

#include <algorithm>
#include <iostream>
#include <utility>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/strip.h"
#include "absl/time/clock.h"
#include "clients/accordctl/core/asked_words.h"
#include "clients/accordctl/core/field_rule.h"
#include "clients/accordctl/core/given_fields.h"
#include "clients/accordctl/core/input_files.h"
#include "clients/accordctl/core/json.h"
#include "clients/accordctl/core/message_json.h"
#include "clients/accordctl/core/nouns.h"
#include "clients/accordctl/core/proto_comments.h"
#include "clients/accordctl/core/request_line.h"
#include "clients/accordctl/core/resource_types.h"
#include "clients/accordctl/core/short_names.h"
#include "clients/accordctl/core/texts.h"
#include "clients/accordctl/core/visible_text.h"
#include "clients/accordctl/core/yaml_writer.h"
#include "clients/accordctl/records/certificate_verification.h"
#include "clients/accordctl/records/completed_request.h"
#include "clients/accordctl/records/editor.h"
#include "clients/accordctl/records/follow_stream.h"
#include "clients/accordctl/records/indicator_words.h"
#include "clients/accordctl/records/sent_files.h"
#include "clients/accordctl/records/template.h"
#include "common/base/error.h"

namespace accord::ctl {
namespace {

// This reads the pages to the end or up to the limit.
absl::Status RunList(CommandSession* session, const Command& command, const RequestLine& line) {
  ACCORD_ASSIGN_OR_RETURN(Json request, CompletedRequest(session, command, line));
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

absl::Status RunWatch(CommandSession* session, const Command& command, const RequestLine& line) {
  ACCORD_ASSIGN_OR_RETURN(const Json request, CompletedRequest(session, command, line));
  ACCORD_ASSIGN_OR_RETURN(Client * client, session->client());
  const MessagePtr message = NewMessage(command.request());
  ACCORD_RETURN_IF_ERROR(FromJson(request, message.get()));
  int left = line.limit == 0 ? -1 : line.limit;
  return FollowStream(client, command.method, message.get(), [&](const google::protobuf::Message& event) {
    std::cout << PrintEvent(event, session->format()) << std::flush;
    // If the output fails, nobody reads any more or the disk is full, which main.cc reports.
    return std::cout.good() && (left < 0 || --left > 0);
  });
}

// This gives the name that the request is about or belongs to, if it has one.
std::string NameInRpcRequest(const Command& command, const Json& request) {
  const std::string name = JsonTextAt(request, "name"), parent = JsonTextAt(request, "parent");
  if (!name.empty() || !parent.empty()) return name.empty() ? parent : name;
  return command.body() != nullptr && request.contains(command.body()->name())
             ? JsonTextAt(request.at(command.body()->name()), "name")
             : "";
}

// This adds to "not found" the word that was typed and what lists its kind, for people. Programs get the
// answer that the service gives for whatever is absent or hidden, to the byte.
absl::Status WithNameTypedForRpc(const Command& command, const RequestLine& line, Format format,
                                 const absl::Status& status) {
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

absl::Status RunCall(CommandSession* session, const Command& command, RequestLine line) {
  if (!line.file.empty() && line.json.empty()) {
    ACCORD_ASSIGN_OR_RETURN(line.text, ReadInputText(line.file));
  }
  ACCORD_ASSIGN_OR_RETURN(Json request, CompletedRequest(session, command, line));
  SpellCertificateCodeAsPrinted(command, &request);
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
    const absl::Status told = WithNameTypedForRpc(
        command, line, session->format(),
        WithAskedAgencyExplained(session, response.status(), NameInRpcRequest(command, request)));
    return WithGivenFields(VerificationVerdict(command, told), command, line, request);
  }
  RememberSentFile(session, command, line, request, JsonTextAt(ToJson(**response), "name"), absl::Now());
  std::cout << PrintOne(**response, session->format());
  if (session->dry_run) {
    std::cerr << "a dry run: nothing was changed; names and times are those that this call would have had\n";
  }
  return absl::OkStatus();
}

// This gives the initial text of the editor: what the line gives already; for a change, the changeable fields
// of the record in their present state; otherwise everything that may be given.
absl::StatusOr<std::string> TextToEditForRpc(CommandSession* session, const Command& command,
                                             const RequestLine& line) {
  if (!line.file.empty() || !line.json.empty() || !line.sets.empty()) {
    ACCORD_ASSIGN_OR_RETURN(const Json request, AssembleRequest(command, line));
    return ToYaml(command.body() != nullptr ? request.at(command.body()->name()) : request) + "\n";
  }
  const Command* get = GetCommandOf(command);
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

absl::Status RunEdit(CommandSession* session, const Command& command, const RequestLine& line) {
  ACCORD_ASSIGN_OR_RETURN(const std::string text, TextToEditForRpc(session, command, line));
  // After a dry run the user will want to send the file, so it is kept.
  std::string kept;
  ACCORD_RETURN_IF_ERROR(EditAndSend(
      text,
      [&](const std::string& path) {
        RequestLine edited = line;
        edited.file = path;
        edited.json.clear();
        edited.sets.clear();
        return RunCall(session, command, edited);
      },
      session->dry_run ? &kept : nullptr));
  if (!kept.empty()) std::cerr << "what you wrote stays in " << kept << ": `-f " << kept << "` sends it\n";
  return absl::OkStatus();
}

absl::Status CheckRpcDryRun(const CommandSession& session, const Command& command) {
  if (!session.dry_run) return absl::OkStatus();
  const std::string line = TypedCommand(command);
  if (!command.method.rule.mutates()) {
    return absl::InvalidArgumentError(absl::StrCat("`", line, "` changes nothing: leave --dry-run out"));
  }
  if (!command.method.rule.always_acts()) return absl::OkStatus();
  return absl::InvalidArgumentError(absl::StrCat(
      "`", line, "` cannot be tried without its effect: what it answers is worth as much as the change"));
}

// A record without a name would give an empty line for `-o name`, which would look like an answer.
absl::Status CheckRpcHasName(const CommandSession& session, const Command& command) {
  if (session.format() != Format::kName) return absl::OkStatus();
  const FieldDescriptor* listed = ListedField(command.response());
  const bool lists = command.request()->FindFieldByName("page_token") != nullptr && listed != nullptr;
  const Descriptor* shown = lists ? listed->message_type() : command.response();
  if (shown->FindFieldByName("name") != nullptr) return absl::OkStatus();
  return absl::InvalidArgumentError(absl::StrCat("-o name: what `", TypedCommand(command),
                                                 "` answers has no name; ask for table, json or yaml"));
}

}  // namespace

absl::Status RunRpc(CommandSession* session, const Command& command, const RequestLine& line) {
  if (line.makes_template && !(line.file.empty() && line.json.empty() && line.sets.empty())) {
    return absl::InvalidArgumentError(Text(
        "--template prints a file to fill in, and takes nothing out of -f, --json or --set: leave either out"));
  }
  if (line.makes_template) {
    std::cout << TemplateOf(command);
    return absl::OkStatus();
  }
  ACCORD_RETURN_IF_ERROR(CheckRpcDryRun(*session, command));
  ACCORD_RETURN_IF_ERROR(CheckRpcHasName(*session, command));
  if (line.edits) return RunEdit(session, command, line);
  if (command.method.descriptor->server_streaming()) return RunWatch(session, command, line);
  if (command.request()->FindFieldByName("page_token") != nullptr) return RunList(session, command, line);
  return RunCall(session, command, line);
}

}  // namespace accord::ctl
