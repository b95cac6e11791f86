#include "clients/accordctl/core/command_session.h"

#include <cmath>
#include <cstdlib>
#include <exception>
#include <filesystem>
#include <iostream>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "clients/accordctl/core/json.h"
#include "clients/accordctl/core/message_json.h"
#include "clients/accordctl/core/refusals.h"
#include "clients/accordctl/core/session_language.h"
#include "clients/accordctl/core/texts.h"
#include "clients/accordctl/core/zone.h"
#include "common/base/error.h"
#include "common/base/ids.h"

namespace accord::ctl {
namespace {

const std::map<std::string, Format> kFormats = {
    {"table", Format::kTable}, {"json", Format::kJson}, {"yaml", Format::kYaml}, {"name", Format::kName}};

void PreferOption(const std::string& given, std::string* value) {
  if (!given.empty()) *value = given;
}

std::string EnvironmentSetting(const char* name) {
  const char* value = std::getenv(name);
  return value == nullptr ? "" : value;
}

absl::Status RefuseDryRun(const std::string& command) {
  return absl::InvalidArgumentError(absl::StrCat(
      "--dry-run tries one change of one record, and `", command,
      "` is none: it reads, works on files, or takes several steps of which each needs the one before"));
}

}  // namespace

absl::Status CommandSession::Run() const {
  if (!action) return absl::OkStatus();
  const Language chosen = language();
  const Speaking speaking(chosen);
  // Only people are shown times in their own zone, so only they get the warning.
  if (format() == Format::kTable) std::cerr << ZoneWarning();
  try {
    absl::Status status = action();
    // An error that arises here, before any service is called, is in the language that a service
    // would use.
    return LocalizedText(status, chosen).empty() ? Localized(std::move(status), chosen) : status;
  } catch (const std::filesystem::filesystem_error& error) {
    return Refuse(rules::kFileMissing, absl::StrCat(error.path1().string(), ": ", error.code().message()));
  } catch (const std::exception& error) {
    return absl::InternalError(
        absl::StrCat("this is a fault of accordctl itself, please report it: ", error.what()));
  }
}

std::string CommandSession::Told(const absl::Status& status) const {
  const Speaking speaking(language());
  return PrintError(status, format());
}

Format CommandSession::format() const {
  const auto found = kFormats.find(output);
  return found == kFormats.end() ? Format::kTable : found->second;
}

absl::StatusOr<Context> CommandSession::context() const {
  ACCORD_ASSIGN_OR_RETURN(const Contexts contexts, ReadContexts(contexts_file));
  const std::string name = context_name.empty() ? contexts.current : context_name;
  Context chosen;
  if (!name.empty()) {
    const auto found = contexts.all.find(name);
    if (found == contexts.all.end()) return UnknownContext(contexts_file, contexts, name);
    chosen = found->second;
  }
  PreferOption(given.address, &chosen.address);
  PreferOption(given.actor, &chosen.actor);
  PreferOption(given.purpose, &chosen.purpose);
  PreferOption(EnvironmentSetting("ACCORD_LANGUAGE"), &chosen.language);
  PreferOption(given.language, &chosen.language);
  if (!chosen.language.empty() && ParseLanguage(chosen.language) == Language::kNone) {
    return absl::InvalidArgumentError(
        "the language is en or fr: see --language, $ACCORD_LANGUAGE and the context");
  }
  return chosen;
}

Language CommandSession::language() const {
  if (const auto chosen = context(); chosen.ok()) return ParseLanguage(chosen->language);
  // The command that needs the contexts file reports if it cannot be read.
  const std::string environment = EnvironmentSetting("ACCORD_LANGUAGE");
  return ParseLanguage(given.language.empty() ? environment : given.language);
}

absl::StatusOr<Client*> CommandSession::client() {
  if (client_ != nullptr) return client_.get();
  ACCORD_ASSIGN_OR_RETURN(const Context chosen, context());
  if (chosen.address.empty()) return NoGatewayInContext(contexts_file);
  return Reopen(chosen);
}

absl::StatusOr<Client*> CommandSession::Reopen(const Context& chosen) {
  ACCORD_ASSIGN_OR_RETURN(client_, Client::Open(chosen, absl::Seconds(timeout_seconds)));
  return client_.get();
}

void AddGlobalOptions(CLI::App* app, CommandSession* session) {
  // These are CLI11's own words, which are English only.
  app->set_help_flag("-h,--help", "Print this help message and exit");
  app->add_option("--config", session->contexts_file, "Contexts file [$ACCORD_CONFIG]");
  app->add_option("--context", session->context_name, "Context to use instead of the current one");
  app->add_option("--address", session->given.address, "Gateway, HOST:PORT");
  app->add_option("--actor", session->given.actor, "Person on whose behalf the call is made");
  app->add_option("--purpose", session->given.purpose, "Why, for example child_protection");
  app->add_option("--language", session->given.language,
                  "en or fr, for refusals, views and pages [$ACCORD_LANGUAGE]")
      ->check(CLI::IsMember({"en", "fr"}));
  app->add_option("-o,--output", session->output, "table, json, yaml or name")
      ->check(CLI::IsMember({"table", "json", "yaml", "name"}));
  app->add_option("--timeout", session->timeout_seconds, "Seconds that a call may take [10]")
      ->check([](const std::string& text) {
        double seconds = 0;
        const bool fits = absl::SimpleAtod(text, &seconds) && std::isfinite(seconds) && seconds > 0;
        return fits ? "" : Text("must be a number of seconds above 0");
      });
  app->add_flag("--dry-run", session->dry_run, "The server decides on a change and does not make it");
}

CLI::App* AddCommand(CLI::App* parent, CommandSession* session, const std::string& name,
                     const std::string& help, std::function<absl::Status()> run, DryRun dry_run) {
  CLI::App* command = parent->add_subcommand(name, help)->fallthrough();
  if (!run) return command;
  if (dry_run == DryRun::kRefused) {
    run = [session, name, run = std::move(run)] { return session->dry_run ? RefuseDryRun(name) : run(); };
  }
  command->callback([session, run = std::move(run)] { session->action = run; });
  return command;
}

std::string NewRequestId() { return NewId(absl::Now()); }

absl::StatusOr<MessagePtr> Invoke(CommandSession* session, const Command& command, const Json& request) {
  ACCORD_ASSIGN_OR_RETURN(Client * client, session->client());
  MessagePtr message = NewMessage(command.request());
  ACCORD_RETURN_IF_ERROR(FromJson(request, message.get()));
  MessagePtr response = NewMessage(command.response());
  const bool validates = session->dry_run && command.method.rule.mutates();
  ACCORD_RETURN_IF_ERROR(client->Call(command.method.path, *message, response.get(),
                                      validates ? Client::Effect::kNone : Client::Effect::kReal));
  return response;
}

absl::StatusOr<MessagePtr> Invoke(CommandSession* session, const std::string& verb, const std::string& noun,
                                  const Json& request) {
  const Command* command = FindCommand(verb, noun);
  if (command == nullptr) return absl::UnimplementedError(absl::StrCat("no command ", verb, " ", noun));
  return Invoke(session, *command, request);
}

}  // namespace accord::ctl
