// `accordctl access` says who may call what, by the same decision code as the gateway.
#include <iostream>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "accord/registry/v1/resources.pb.h"
#include "clients/accordctl/core/command_session.h"
#include "clients/accordctl/core/nearest.h"
#include "clients/accordctl/core/nouns.h"
#include "clients/accordctl/core/proto_comments.h"
#include "common/access/decide.h"
#include "common/access/matrix.h"
#include "common/access/names.h"
#include "common/base/error.h"

namespace accord::ctl {
namespace {

using annotations::v1::Grant;

struct AccessQuestion {
  std::vector<std::string> method;
  std::string agency, kind;
  std::vector<std::string> roles;
};

// This suggests methods that the words may mean, if they name none.
std::string SimilarAccessMethods(const std::vector<std::string>& words) {
  std::vector<std::string> known;
  const Noun* noun = FindNoun(words[0]);
  if (noun == nullptr) {
    for (const Noun& each : Nouns()) known.push_back(each.word);
    return NearestInEnglish(words[0], known);
  }
  for (const Verb& verb : noun->verbs) known.push_back(verb.word);
  return absl::StrCat(words.size() > 1 ? NearestInEnglish(words[1], known) : "", "`accordctl ", noun->word,
                      "` lists what can be done with ", NounWithArticle(*noun), "; ");
}

// This finds a method by `VERB NOUN`, `NOUN VERB`, `Service/Method`, `/accord.x.v1.Service/Method` or
// a permission.
absl::StatusOr<Method> FindAccessMethod(const std::vector<std::string>& words) {
  if (words.size() == 2) {
    const Command* command = FindCommand(words[0], words[1]);
    if (command != nullptr) return command->method;
    const Noun* noun = FindNoun(words[0]);
    const Verb* verb = noun == nullptr ? nullptr : FindVerb(*noun, words[1]);
    if (verb != nullptr) return verb->command->method;
  } else {
    for (const std::string& service : AllServices()) {
      ACCORD_ASSIGN_OR_RETURN(const auto methods, MethodsOf(service));
      for (const Method& method : methods) {
        if (method.rule.permission() == words[0] || method.path == words[0] ||
            method.path == "/" + words[0] || method.descriptor->name() == words[0]) {
          return method;
        }
      }
    }
  }
  return absl::NotFoundError(absl::StrCat("there is no method ", absl::StrJoin(words, " "), "; ",
                                          SimilarAccessMethods(words),
                                          "`accordctl access matrix` lists all of them"));
}

template <class Values, class Name>
std::string JoinedAccessNames(const Values& values, Name name, const char* all) {
  std::vector<std::string> names;
  for (const int value : values) names.push_back(name(value));
  return names.empty() ? all : absl::StrJoin(names, ", ");
}

std::vector<Row> AccessGrantRows(const Method& method) {
  std::vector<Row> rows = {{"AGENCY KIND", "ROLE", "PURPOSE"}};
  for (const Grant& grant : method.grants) {
    rows.push_back(
        {JoinedAccessNames(
             grant.kinds(), [](int v) { return KindName(static_cast<AgencyKind>(v)); }, "any"),
         JoinedAccessNames(
             grant.roles(), [](int v) { return RoleName(static_cast<Role>(v)); }, "any"),
         JoinedAccessNames(
             grant.purposes(), [](int v) { return PurposeName(static_cast<Purpose>(v)); }, "none needed")});
  }
  return rows;
}

// This gives the caller with the kind and roles on the line; those that are missing are read from
// the registry.
absl::StatusOr<Caller> CallerInQuestion(CommandSession* session, const AccessQuestion& question) {
  Caller caller;
  caller.agency = question.agency;
  ACCORD_ASSIGN_OR_RETURN(const Context context, session->context());
  caller.actor = context.actor;
  ACCORD_ASSIGN_OR_RETURN(const std::optional<Purpose> purpose, PurposeOfContext(context));
  if (purpose) caller.purpose = *purpose;
  if (!question.kind.empty()) {
    const auto kind = FromShortName(annotations::v1::AgencyKind_descriptor(), question.kind);
    if (!kind) return absl::InvalidArgumentError(absl::StrCat("there is no agency kind ", question.kind));
    caller.kind = static_cast<AgencyKind>(*kind);
  } else {
    if (caller.agency.empty()) {
      ACCORD_ASSIGN_OR_RETURN(const Client* client, session->client());
      caller.agency = client->agency();
    }
    ACCORD_ASSIGN_OR_RETURN(const auto agency,
                            Invoke(session, "get", "agency", {{"name", "agencies/" + caller.agency}}));
    caller.kind = dynamic_cast<const registry::v1::Agency&>(*agency).kind();
  }
  for (const std::string& name : question.roles) {
    const auto role = FromShortName(annotations::v1::Role_descriptor(), name);
    if (!role) return absl::InvalidArgumentError(absl::StrCat("there is no role ", name));
    caller.roles.push_back(static_cast<Role>(*role));
  }
  if (question.roles.empty()) {
    const auto actor = Invoke(session, "get", "actor",
                              {{"name", absl::StrCat("agencies/", caller.agency, "/actors/", caller.actor)}});
    if (!actor.ok()) {
      return absl::InvalidArgumentError(
          "the roles of this person are not yours to read: name them with --role");
    }
    for (const int role : dynamic_cast<const registry::v1::Actor&>(**actor).roles()) {
      caller.roles.push_back(static_cast<Role>(role));
    }
  }
  return caller;
}

absl::Status ExplainAccess(CommandSession* session, const AccessQuestion& question) {
  ACCORD_ASSIGN_OR_RETURN(const Method method, FindAccessMethod(question.method));
  std::cout << method.path.substr(1) << "\n"
            << CommentOf(method.descriptor) << "\n"
            << "permission " << method.rule.permission()
            << (method.grants.empty() ? "" : ", audience " + method.rule.audience())
            << (method.rule.mutates() ? ", changes state" : "")
            << (method.rule.discloses() ? ", discloses personal content" : "") << "\n\n";
  if (method.grants.empty()) {
    std::cout << "only for services: " << absl::StrJoin(method.rule.peers(), ", ") << "\n";
    return absl::OkStatus();
  }
  std::cout << Table(AccessGrantRows(method)) << "\n";
  const bool asked = !question.agency.empty() || !question.kind.empty() || !question.roles.empty();
  if (!asked) {
    std::cout << "Add --kind and --role (or --agency and --actor), and --purpose, to ask about one caller.\n";
    return absl::OkStatus();
  }
  ACCORD_ASSIGN_OR_RETURN(const Caller caller, CallerInQuestion(session, question));
  const absl::Status decision = Decide(method, caller);
  std::cout << KindName(caller.kind) << " / "
            << JoinedAccessNames(
                   caller.roles, [](int v) { return RoleName(static_cast<Role>(v)); }, "no role")
            << " / "
            << (caller.purpose == annotations::v1::PURPOSE_UNSPECIFIED ? "no purpose"
                                                                       : PurposeName(caller.purpose))
            << ": " << (decision.ok() ? "allowed" : "refused") << "\n";
  return decision;
}

absl::Status PrintAccessMatrix() {
  ACCORD_ASSIGN_OR_RETURN(const std::string text, AccessMatrix());
  std::cout << text;
  return absl::OkStatus();
}

}  // namespace

void AddAccessCommands(CLI::App* app, CommandSession* session) {
  CLI::App* access = AddCommand(app, session, "access", "Tell who may call what, and why not", nullptr)
                         ->require_subcommand(1)
                         ->group("Administration");
  AddCommand(access, session, "matrix", "List every RPC with who may call it", PrintAccessMatrix);
  auto question = std::make_shared<AccessQuestion>();
  CLI::App* explain = AddCommand(access, session, "explain",
                                 "Say why a call is, or would be, allowed or refused; exit 3 if refused",
                                 [=] { return ExplainAccess(session, *question); });
  explain->add_option("METHOD", question->method, "NOUN VERB, VERB NOUN, a permission, or Service/Method")
      ->required()
      ->expected(1, 2);
  explain->add_option("--agency", question->agency, "Agency id, whose kind the registry tells");
  explain->add_option("--kind", question->kind, "Agency kind, for example police_service");
  explain->add_option("--role", question->roles, "Role; may be repeated")->allow_extra_args(false);
}

}  // namespace accord::ctl
