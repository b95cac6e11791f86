// `accordctl context` shows commands for the contexts file.
#include <filesystem>
#include <iostream>
#include <string>
#include <system_error>

#include "absl/strings/str_cat.h"
#include "clients/accordctl/core/command_session.h"
#include "clients/accordctl/core/gateway_address.h"
#include "clients/accordctl/core/json.h"
#include "clients/accordctl/core/texts.h"
#include "clients/accordctl/core/tls_fault.h"
#include "common/base/error.h"
#include "common/base/file.h"

namespace accord::ctl {
namespace {

absl::Status ListContexts(CommandSession* session) {
  ACCORD_ASSIGN_OR_RETURN(const Contexts contexts, ReadContexts(session->contexts_file));
  std::vector<Row> rows = {{"CURRENT", "NAME", "ADDRESS", "ACTOR", "PURPOSE", "LANGUAGE"}};
  Json json = Json::array();
  for (const auto& [name, context] : contexts.all) {
    rows.push_back({name == contexts.current ? "*" : "", name, context.address, context.actor,
                    context.purpose, context.language});
    json.push_back({{"name", name},
                    {"current", name == contexts.current},
                    {"address", context.address},
                    {"actor", context.actor},
                    {"purpose", context.purpose},
                    {"language", context.language}});
  }
  if (contexts.all.empty()) {
    std::cerr
        << Text(
               "there is no context in {{path}}: `accordctl context set NAME --address HOST:PORT ...` adds one",
               {{"path", session->contexts_file}})
        << "\n";
  }
  if (session->format() == Format::kName) {
    for (const auto& each : contexts.all) std::cout << each.first << "\n";
  } else {
    std::cout << (session->format() == Format::kTable ? Table(rows) : PrintDocument(json, session->format()));
  }
  return absl::OkStatus();
}

// The output goes to standard error, so that scripts do not read it.
void TellCurrentContext(const Contexts& contexts, const std::string& name) {
  const bool current = contexts.current == name;
  std::cerr
      << Text(
             current
                 ? "context {{name}} at {{address}}: it is the current one"
                 : "context {{name}} at {{address}}: it is kept, and `accordctl context use {{name}}` makes it the "
                   "current context",
             {{"name", name}, {"address", contexts.all.at(name).address}})
      << "\n";
}

absl::Status UseContext(CommandSession* session, const std::string& name) {
  ACCORD_ASSIGN_OR_RETURN(Contexts contexts, ReadContexts(session->contexts_file));
  if (!contexts.all.contains(name)) {
    return UnknownContext(session->contexts_file, contexts, name);
  }
  contexts.current = name;
  ACCORD_RETURN_IF_ERROR(WriteContexts(session->contexts_file, contexts));
  TellCurrentContext(contexts, name);
  return absl::OkStatus();
}

// A path without a file is more often a typing error than a file that will come later, and the
// error would otherwise appear only in a later command.
absl::StatusOr<std::string> AbsoluteContextFile(const std::string& option, const std::string& given) {
  ACCORD_ASSIGN_OR_RETURN(std::string path, AbsolutePath(given));
  std::error_code error;
  const bool is_folder = std::filesystem::is_directory(path, error);
  if (!is_folder && std::filesystem::exists(path, error)) return path;
  return Refuse(
      rules::kFileMissing,
      absl::StrCat(option, ": ", path, is_folder ? " is a folder" : " is not there or cannot be seen",
                   "; nothing was kept: correct the path, or set it once the file is there"));
}

absl::Status SetContext(CommandSession* session, const std::string& name, const Context& files) {
  if (!session->given.address.empty()) ACCORD_RETURN_IF_ERROR(CheckGatewayAddress(session->given.address));
  ACCORD_ASSIGN_OR_RETURN(Contexts contexts, ReadContexts(session->contexts_file));
  Context& context = contexts.all[name];
  const auto set = [](const std::string& given, std::string* value) {
    if (!given.empty()) *value = given;
  };
  const auto set_file = [](const char* option, const std::string& given, std::string* value) -> absl::Status {
    if (given.empty()) return absl::OkStatus();
    ACCORD_ASSIGN_OR_RETURN(*value, AbsoluteContextFile(option, given));
    return absl::OkStatus();
  };
  set(session->given.address, &context.address);
  set(session->given.actor, &context.actor);
  set(session->given.purpose, &context.purpose);
  set(session->given.language, &context.language);
  set(files.server_name, &context.server_name);
  ACCORD_RETURN_IF_ERROR(set_file("--ca-file", files.ca_file, &context.ca_file));
  ACCORD_RETURN_IF_ERROR(set_file("--certificate-file", files.certificate_file, &context.certificate_file));
  ACCORD_RETURN_IF_ERROR(set_file("--key-file", files.key_file, &context.key_file));
  if (contexts.current.empty()) contexts.current = name;
  ACCORD_RETURN_IF_ERROR(WriteContexts(session->contexts_file, contexts));
  TellCurrentContext(contexts, name);
  return absl::OkStatus();
}

absl::Status RemoveContext(CommandSession* session, const std::string& name) {
  ACCORD_ASSIGN_OR_RETURN(Contexts contexts, ReadContexts(session->contexts_file));
  if (contexts.all.erase(name) == 0) return UnknownContext(session->contexts_file, contexts, name);
  if (contexts.current == name) contexts.current.clear();
  ACCORD_RETURN_IF_ERROR(WriteContexts(session->contexts_file, contexts));
  std::cerr << Text("context {{name}} has gone; its files stay where they are", {{"name", name}}) << "\n";
  return absl::OkStatus();
}

}  // namespace

void AddContextCommands(CLI::App* app, CommandSession* session) {
  CLI::App* context =
      AddCommand(app, session, "context", "Keep gateways, and as whom to call them, by name", nullptr)
          ->require_subcommand(1)
          ->group("Administration");
  auto name = std::make_shared<std::string>();
  auto files = std::make_shared<Context>();
  AddCommand(context, session, "list", "List all contexts", [=] { return ListContexts(session); });
  AddCommand(context, session, "use", "Make a context the current one",
             [=] { return UseContext(session, *name); })
      ->add_option("NAME", *name)
      ->required();
  AddCommand(context, session, "remove", "Forget a context", [=] { return RemoveContext(session, *name); })
      ->add_option("NAME", *name)
      ->required();
  CLI::App* set = AddCommand(context, session, "set",
                             "Add or change a context; takes --address, --actor, --purpose and "
                             "--language too",
                             [=] { return SetContext(session, *name, *files); });
  set->add_option("NAME", *name)->required();
  set->add_option("--ca-file", files->ca_file, "Authority of the gateway's certificate, PEM");
  set->add_option("--certificate-file", files->certificate_file, "Own certificate, PEM");
  set->add_option("--key-file", files->key_file, "Own key, PEM");
  set->add_option("--server-name", files->server_name, "Name in the gateway's certificate");
}

}  // namespace accord::ctl
