// The commands of the descriptors once more, by what they work on: `referral` with all that can be done with
// a referral. People think of the thing first.
#ifndef ACCORD_CLIENTS_ACCORDCTL_CORE_NOUNS_H_
#define ACCORD_CLIENTS_ACCORDCTL_CORE_NOUNS_H_

#include <optional>
#include <set>
#include <string>
#include <vector>

#include "clients/accordctl/core/commands.h"

namespace accord::ctl {

struct Verb {
  // `acknowledge`; of what is no resource of its own `assign-crown`, which is done with a case.
  std::string word;
  const Command* command;
};

struct Noun {
  // `referral`, and `referrals`, which is empty for what has no other number.
  std::string word, other;
  // Headings under which the help lists it: those of the services that have something to do with it.
  std::set<std::string> areas;
  // It is null for what is no resource.
  const Descriptor* message = nullptr;
  // The verbs stand in the order in which the protos declare them, those of one gRPC service together.
  std::vector<Verb> verbs;
};

// Headings of the help: what the services are for.
const std::vector<std::string>& Areas();
// Every command of Commands() stands under exactly one of them.
const std::vector<Noun>& Nouns();
// The word may be singular or plural; null if there is no such noun.
const Noun* FindNoun(const std::string& word);
// `a referral`, `an attachment`.
std::string WithArticle(const Noun& noun);
const Verb* FindVerb(const Noun& noun, const std::string& word);
// Gives the noun that has a command.
const Noun& NounOf(const Command& command);

// Gives the resource whose name a command takes: its own, or that of its service. nullopt if neither is one.
std::optional<ResourceType> ResourceOf(const Command& command);
// The list of a response of pages; null if it has none.
const FieldDescriptor* ListedField(const Descriptor* response);

// Roles that may call, or kinds of agency where every role may, out of the rule: `cas_worker, cas_supervisor;
// as receiver`.
std::string WhoMay(const Method& method);

// `accordctl referral acknowledge`, as people type it.
std::string Typed(const Command& command);
// Gives a line that would work: `accordctl referral acknowledge 01m8a5dx`.
std::string ExampleOf(const Command& command);

}  // namespace accord::ctl

#endif  // ACCORD_CLIENTS_ACCORDCTL_CORE_NOUNS_H_
