// `accordctl VERB NOUN [NAME] --field VALUE ...` for every RPC that an agency may call.
#include <google/protobuf/field_mask.pb.h>

#include <iostream>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "clients/accordctl/session.h"
#include "clients/accordctl/update_mask.h"
#include "clients/accordctl/watch.h"
#include "common/access/names.h"
#include "common/base/error.h"

namespace accord::ctl {
namespace {

// What the line says to one command.
struct Line {
  std::string name, file;
  std::vector<std::string> sets;
  std::map<std::string, std::string> one;
  std::map<std::string, std::vector<std::string>> many;
  std::map<std::string, bool> flags;
  int limit = 0;
};

bool IsPaging(const FieldDescriptor* field) {
  return field->name() == "page_size" || field->name() == "page_token";
}

std::string ValueHelp(const FieldDescriptor* field) {
  std::string help = CommentOf(field);
  if (const auto* type = field->enum_type()) {
    std::vector<std::string> values;
    for (int i = 0; i < type->value_count(); ++i) {
      if (type->value(i)->number() != 0) values.push_back(ShortName(type, type->value(i)->number()));
    }
    absl::StrAppend(&help, help.empty() ? "" : " ", "One of: ", absl::StrJoin(values, ", "));
  }
  if (RuleOf(field).required() && field->name() != "etag" && field->name() != "request_id") {
    absl::StrAppend(&help, help.empty() ? "" : " ", "(required)");
  }
  return help;
}

void AddFieldOption(CLI::App* app, const FieldDescriptor* field, Line* line) {
  const std::string flag = "--" + Kebab(field->name());
  if (field->cpp_type() == FieldDescriptor::CPPTYPE_BOOL && !field->is_repeated()) {
    app->add_flag(flag, line->flags[field->name()], ValueHelp(field));
  } else if (field->is_repeated()) {
    app->add_option(flag, line->many[field->name()], ValueHelp(field))->allow_extra_args(false);
  } else {
    app->add_option(flag, line->one[field->name()], ValueHelp(field));
  }
}

void AddOptions(CLI::App* app, const Command& command, Line* line) {
  if (command.takes_name()) {
    app->add_option("NAME", line->name,
                    command.resource ? command.resource->option.pattern() : "Name of the resource")
        ->required();
  }
  const FieldDescriptor* body = command.body();
  if (body != nullptr) {
    std::vector<std::string> fields;
    for (int i = 0; i < body->message_type()->field_count(); ++i) {
      const FieldDescriptor* field = body->message_type()->field(i);
      if (!RuleOf(field).output_only()) fields.push_back(field->name());
    }
    app->add_option("-f,--file", line->file,
                    absl::StrCat("YAML or JSON of the ", command.noun, "; - is standard input"));
    app->add_option("--set", line->sets, absl::StrCat("FIELD=VALUE of: ", absl::StrJoin(fields, ", ")))
        ->allow_extra_args(false);
  }
  for (int i = 0; i < command.request()->field_count(); ++i) {
    const FieldDescriptor* field = command.request()->field(i);
    if (field == body || IsPaging(field) || field->name() == "name" || field->name() == "update_mask")
      continue;
    AddFieldOption(app, field, line);
  }
  if (command.updates()) app->add_option("--etag", line->one["etag"], "Of the version that you read");
  if (command.request()->FindFieldByName("page_token") != nullptr) {
    app->add_option("--limit", line->limit, "At the most so many; all of them if not given");
  }
}

// `cas-york` for a pattern with one variable is `agencies/cas-york`.
std::string FullName(const Command& command, const std::string& name) {
  if (!command.resource || absl::StrContains(name, '/')) return name;
  const std::string& pattern = command.resource->option.pattern();
  const std::size_t open = pattern.find('{');
  return std::count(pattern.begin(), pattern.end(), '{') == 1 ? pattern.substr(0, open) + name : name;
}

// The present etag of a resource, for those who did not give one.
absl::StatusOr<std::string> PresentEtag(Session* session, const Command& command, const std::string& name) {
  const Command* get = FindCommand("get", command.noun);
  if (get == nullptr) return absl::InvalidArgumentError("give --etag");
  ACCORD_ASSIGN_OR_RETURN(const MessagePtr present, Invoke(session, *get, {{"name", name}}));
  return TextAt(ToJson(*present), "etag");
}

absl::Status FillBody(const Command& command, const Line& line, Json* request) {
  const FieldDescriptor* body = command.body();
  if (body == nullptr) return absl::OkStatus();
  Json json = Json::object();
  if (!line.file.empty()) {
    ACCORD_ASSIGN_OR_RETURN(json, ReadDocument(line.file));
  }
  for (const std::string& set : line.sets) {
    ACCORD_RETURN_IF_ERROR(SetPath(&json, set, body->message_type()));
  }
  if (json.empty()) {
    return absl::InvalidArgumentError(
        absl::StrCat("say what the ", command.noun, " is: -f FILE or --set FIELD=VALUE"));
  }
  if (command.updates()) {
    // The JSON form of a mask is in camel case.
    google::protobuf::FieldMask paths;
    for (const auto& path : FieldsToUpdate(body->message_type(), json).mask) paths.add_paths(path);
    (*request)["update_mask"] = ToJson(paths);
  }
  (*request)[body->name()] = std::move(json);
  return absl::OkStatus();
}

absl::StatusOr<Json> RequestOf(Session* session, const Command& command, const Line& line) {
  Json request = Json::object();
  for (const auto& [field, value] : line.one) {
    if (!value.empty() && command.request()->FindFieldByName(field) != nullptr) request[field] = value;
  }
  for (const auto& [field, values] : line.many) {
    if (!values.empty()) request[field] = values;
  }
  for (const auto& [field, value] : line.flags) {
    if (value) request[field] = true;
  }
  ACCORD_RETURN_IF_ERROR(FillBody(command, line, &request));
  const auto wants = [&](const char* field) {
    return command.request()->FindFieldByName(field) != nullptr && !request.contains(field);
  };
  if (wants("request_id")) request["request_id"] = NewRequestId();
  if (wants("parent")) {
    ACCORD_ASSIGN_OR_RETURN(const Client* client, session->client());
    request["parent"] = absl::StrCat("agencies/", client->agency());
  }
  if (!command.takes_name()) return request;
  const std::string name = FullName(command, line.name);
  Json* holder = command.updates() ? &request[command.body()->name()] : &request;
  (*holder)["name"] = name;
  if (command.updates()) ACCORD_RETURN_IF_ERROR(CheckFixed(session, command, name, *holder));
  if (command.updates() && !line.one.at("etag").empty()) (*holder)["etag"] = line.one.at("etag");
  if ((command.updates() || command.request()->FindFieldByName("etag") != nullptr) &&
      !holder->contains("etag")) {
    ACCORD_ASSIGN_OR_RETURN((*holder)["etag"], PresentEtag(session, command, name));
  }
  return request;
}

const FieldDescriptor* ListedField(const Descriptor* response) {
  for (int i = 0; i < response->field_count(); ++i) {
    if (response->field(i)->is_repeated() && response->field(i)->message_type() != nullptr) {
      return response->field(i);
    }
  }
  return nullptr;
}

// Follows the pages to the end or to the limit.
absl::Status RunList(Session* session, const Command& command, const Line& line) {
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
  const ResourceType type{listed->message_type(),
                          listed->message_type()->options().GetExtension(annotations::v1::resource)};
  std::cout << PrintMany(type, found, session->format());
  return absl::OkStatus();
}

absl::Status RunWatch(Session* session, const Command& command, const Line& line) {
  ACCORD_ASSIGN_OR_RETURN(const Json request, RequestOf(session, command, line));
  ACCORD_ASSIGN_OR_RETURN(Client * client, session->client());
  const MessagePtr message = NewMessage(command.request());
  ACCORD_RETURN_IF_ERROR(FromJson(request, message.get()));
  int left = line.limit == 0 ? -1 : line.limit;
  return Follow(client, command.method, message.get(), [&](const google::protobuf::Message& event) {
    std::cout << PrintEvent(event, session->format()) << std::flush;
    // Nobody reads any more, or the disk is full: main.cc says so.
    return std::cout.good() && (left < 0 || --left > 0);
  });
}

absl::Status RunOne(Session* session, const Command& command, const Line& line) {
  ACCORD_ASSIGN_OR_RETURN(const Json request, RequestOf(session, command, line));
  const auto response = Invoke(session, command, request);
  if (!response.ok()) {
    if (absl::IsUnavailable(response.status()) && request.contains("request_id")) {
      std::cerr << "accordctl: to repeat exactly this: --request-id "
                << request["request_id"].get<std::string>() << "\n";
    }
    return response.status();
  }
  std::cout << PrintOne(**response, session->format());
  return absl::OkStatus();
}

absl::Status Run(Session* session, const Command& command, const Line& line) {
  if (command.method.descriptor->server_streaming()) return RunWatch(session, command, line);
  if (command.request()->FindFieldByName("page_token") != nullptr) return RunList(session, command, line);
  return RunOne(session, command, line);
}

std::string Capital(std::string text) {
  text[0] = absl::ascii_toupper(static_cast<unsigned char>(text[0]));
  return text;
}

}  // namespace

void AddDescriptorCommands(CLI::App* app, Session* session) {
  std::map<std::string, CLI::App*> verbs;
  std::map<std::string, std::vector<std::string>> nouns;
  for (const Command& command : Commands()) nouns[command.verb].push_back(command.noun);
  for (const Command& command : Commands()) {
    if (command.method.descriptor->client_streaming()) continue;
    CLI::App*& verb = verbs[command.verb];
    if (verb == nullptr) {
      verb = AddCommand(app, session, command.verb,
                        Capital(absl::StrCat(command.verb, ": ", absl::StrJoin(nouns[command.verb], ", "))),
                        nullptr)
                 ->require_subcommand(1)
                 ->group("Records");
    }
    auto line = std::make_shared<Line>();
    CLI::App* noun = AddCommand(verb, session, command.noun, CommentOf(command.method.descriptor),
                                [session, &command, line] { return Run(session, command, *line); });
    if (!command.other_noun.empty()) noun->alias(command.other_noun);
    noun->footer(absl::StrCat("RPC ", command.method.path.substr(1), ", permission ",
                              command.method.rule.permission()));
    AddOptions(noun, command, line.get());
    if (command.method.descriptor->server_streaming()) {
      noun->add_option("--limit", line->limit, "End after so many events");
    }
  }
}

}  // namespace accord::ctl
