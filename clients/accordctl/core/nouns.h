// The commands of the descriptors grouped by noun, because people think of the thing first:
// `referral` with all that can be done with a referral.
#ifndef ACCORD_CLIENTS_ACCORDCTL_CORE_NOUNS_H_
#define ACCORD_CLIENTS_ACCORDCTL_CORE_NOUNS_H_

#include <optional>
#include <set>
#include <string>
#include <vector>

#include "clients/accordctl/core/commands.h"

namespace accord::ctl {

struct Verb {
  // `acknowledge`; for a thing that is not a resource of its own `assign-crown`, which is done with
  // a case.
  std::string word;
  const Command* command;
};

struct Noun {
  // `referral` and `referrals`; the second is empty for a noun without another number.
  std::string word, other;
  // The headings under which the help lists it: those of the services that work with it.
  std::set<std::string> areas;
  // Null if the noun is not a resource.
  const Descriptor* message = nullptr;
  // In the order in which the protos declare them, with those of one gRPC service together.
  std::vector<Verb> verbs;
};

// The headings of the help, which say what the services are for.
const std::vector<std::string>& Areas();
// Gives the heading of one service: `Protocols and referrals` for `protocols`.
std::string AreaOfService(std::string service);
// Every command of Commands() belongs to exactly one of these nouns.
const std::vector<Noun>& Nouns();
// Gives the noun, which may be singular or plural; null if there is none.
const Noun* FindNoun(const std::string& word);
// Gives `a referral`, `an attachment`.
std::string WithArticle(const Noun& noun);
const Verb* FindVerb(const Noun& noun, const std::string& word);
// Gives the noun to which a command belongs.
const Noun& NounOf(const Command& command);

// Gives the resource whose name a command takes: its noun's, or that of its service; nullopt if
// neither is a resource.
std::optional<ResourceType> ResourceOf(const Command& command);
// Gives the list in a paged response; null if it has none.
const FieldDescriptor* ListedField(const Descriptor* response);

// Gives the roles that may call according to the rule, or the kinds of agency if every role
// may: `cas_worker, cas_supervisor; as receiver`.
std::string WhoMay(const Method& method);

// Gives the command as people type it: `accordctl referral acknowledge`.
std::string Typed(const Command& command);
// Gives an example that would work: `accordctl referral acknowledge 01m8a5dx`.
std::string ExampleOf(const Command& command);

}  // namespace accord::ctl

#endif  // ACCORD_CLIENTS_ACCORDCTL_CORE_NOUNS_H_
