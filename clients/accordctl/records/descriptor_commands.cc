// This file adds `accordctl NOUN VERB [NAME] --field VALUE ...` for every RPC that an agency may call, and
// the same with the verb first, for existing scripts.
#include "clients/accordctl/records/descriptor_commands.h"

#include <functional>
#include <iostream>
#include <memory>
#include <utility>

#include "clients/accordctl/core/line_options.h"
#include "clients/accordctl/core/nouns.h"
#include "clients/accordctl/core/proto_comments.h"
#include "clients/accordctl/core/request_line.h"
#include "clients/accordctl/core/resource_types.h"
#include "clients/accordctl/records/help.h"
#include "clients/accordctl/records/indicator_words.h"
#include "clients/accordctl/records/run_rpc.h"
#include "clients/accordctl/records/sent_files.h"

namespace accord::ctl {
namespace {

// This is the command of one RPC. A line names one of about a thousand, so its texts and options are built
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
  // This is null once the command is built.
  mutable std::function<void()> build_;
};

void BuildRpcCommand(CLI::App* leaf, CommandSession* session, const Command& command) {
  auto line = std::make_shared<RequestLine>();
  leaf->description(CommentOf(command.method.descriptor));
  AddLineOptions(leaf, command, line.get());
  if (MakesRecord(command)) {
    leaf->add_flag("--again", session->sends_again,
                   "Make another record out of a file that has made one in the last 24 hours");
  }
  if (TakesIndicators(command)) {
    leaf->add_flag("--as-typed", session->keeps_as_typed,
                   "Keep indicators as they are typed, where one is near a known one and is meant otherwise");
  }
  leaf->footer(HelpLeafFooter(command));
  leaf->callback([session, &command, line] {
    const bool named =
        !line->name.empty() || !line->file.empty() || !line->json.empty() || line->makes_template;
    if (TakesName(command) && !named) throw CLI::RequiredError("NAME");
    session->action = [session, &command, line] { return RunRpc(session, command, *line); };
  });
}

void AddRpcCommand(CLI::App* parent, CommandSession* session, const std::string& word,
                   const Command& command) {
  const auto leaf = std::make_shared<RpcCommand>(word, parent);
  leaf->BuildBy([app = leaf.get(), session, &command] { BuildRpcCommand(app, session, command); });
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
    AddRpcCommand(verb, session, command.noun, command);
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
        std::cout << HelpNounPage(noun, of_noun);
        return absl::OkStatus();
      };
    });
    for (const Verb& verb : noun.verbs) {
      if (verb.command->method.descriptor->client_streaming()) continue;
      // A command that does more than the RPC replaces it: `certificate renew`.
      const auto own = of_noun->get_subcommands([&](CLI::App* one) { return one->get_name() == verb.word; });
      if (!own.empty()) continue;
      AddRpcCommand(of_noun, session, verb.word, *verb.command);
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
