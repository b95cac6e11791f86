// The commands that the descriptors give: a verb, a noun, and the RPC behind them. Nothing here is written by
// hand for one service: a new RPC is a new command.
#ifndef ACCORD_CLIENTS_ACCORDCTL_CORE_COMMANDS_H_
#define ACCORD_CLIENTS_ACCORDCTL_CORE_COMMANDS_H_

#include <google/protobuf/descriptor.h>

#include <optional>
#include <string>
#include <vector>

#include "accord/annotations/v1/fields.pb.h"
#include "common/access/method.h"

namespace accord::ctl {

using google::protobuf::Descriptor;
using google::protobuf::FieldDescriptor;

struct ResourceType {
  const Descriptor* message;
  annotations::v1::Resource option;
};

struct Command {
  // `get`, `list`, `create`, `update`, `watch`, `open-consultation`...
  std::string verb;
  // `referral` or, for a verb over many, `referrals`.
  std::string noun;
  // This is the noun in its other number; empty if the noun is no resource.
  std::string other_noun;
  std::optional<ResourceType> resource;
  Method method;

  const Descriptor* request() const { return method.descriptor->input_type(); }
  const Descriptor* response() const { return method.descriptor->output_type(); }
  // Gives the request's field that holds a whole resource (create, update); null if there is none.
  const FieldDescriptor* body() const;
  // The command takes a resource name on the line: as the request's `name` or as the name of its body.
  bool takes_name() const;
  bool updates() const;
};

// Resources of this build by their message.
std::vector<ResourceType> Resources();
// These are all commands that an agency may call, sorted by verb and noun.
const std::vector<Command>& Commands();
// Gives null if there is no such command. The noun may be singular or plural.
const Command* FindCommand(const std::string& verb, const std::string& noun);

// A gRPC service that processes have alike, so that its methods are no commands by their own names: `audit
// reconcile`, `status` and `watch changes` ask all of them, and `history` of a noun the one that has it.
bool InEveryProcess(const std::string& service);

// Turns CamelCase or snake_case into kebab-case.
std::string Kebab(const std::string& text);
// Gives a field's rule; defaults if it has none.
annotations::v1::FieldRule FieldRuleOf(const FieldDescriptor* field);

// Gives the comment above an RPC, field or enum value in its .proto, in one line; empty if there is none.
std::string CommentOf(const google::protobuf::MethodDescriptor* method);
std::string CommentOf(const FieldDescriptor* field);

}  // namespace accord::ctl

#endif  // ACCORD_CLIENTS_ACCORDCTL_CORE_COMMANDS_H_
