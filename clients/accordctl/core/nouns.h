// This file is about the commands of the descriptors grouped by noun, because people think of the thing
// first: `referral` with all that can be done with a referral.
#ifndef ACCORD_CLIENTS_ACCORDCTL_CORE_NOUNS_H_
#define ACCORD_CLIENTS_ACCORDCTL_CORE_NOUNS_H_

#include <optional>
#include <set>
#include <string>
#include <vector>

#include "clients/accordctl/core/commands.h"
#include "clients/accordctl/core/resource_types.h"

namespace accord::ctl {

struct Verb {
  // This is the verb, such as `acknowledge`; for a thing that is not a resource of its own it is such as
  // `assign-crown`, which is done with a case.
  std::string word;
  const Command* command;
};

struct Noun {
  // These are such as `referral` and `referrals`; the second is empty for a noun without another number.
  std::string word, other;
  // These are the headings under which the help lists it: those of the services that work with it.
  std::set<std::string> areas;
  // This is null if the noun is not a resource.
  const Descriptor* message = nullptr;
  // These are the verbs in the order in which the protos declare them, with those of one gRPC
  // service together.
  std::vector<Verb> verbs;
};

// This gives the headings of the help, which say what the services are for.
const std::vector<std::string>& NounAreas();
// This gives the heading of one service: `Protocols and referrals` for `protocols`.
std::string AreaOfService(std::string service);
// Every command of Commands() belongs to exactly one of these nouns.
const std::vector<Noun>& Nouns();
// This gives the noun, which may be singular or plural; it is null if there is none.
const Noun* FindNoun(const std::string& word);
// This gives `a referral`, `an attachment`.
std::string NounWithArticle(const Noun& noun);
const Verb* FindVerb(const Noun& noun, const std::string& word);
// This gives the noun to which a command belongs.
const Noun& NounOf(const Command& command);

// This gives the resource whose name a command takes: its noun's, or that of its service; it is nullopt if
// neither is a resource.
std::optional<ResourceType> ResourceOf(const Command& command);

// This gives the command as people type it: `accordctl referral acknowledge`.
std::string TypedCommand(const Command& command);

}  // namespace accord::ctl

#endif  // ACCORD_CLIENTS_ACCORDCTL_CORE_NOUNS_H_
