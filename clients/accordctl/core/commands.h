// This file is about commands that are derived from the descriptors: a verb, a noun, and the RPC behind them.
// Nothing here is specific to one service, so that a new RPC becomes a new command by itself.
#ifndef ACCORD_CLIENTS_ACCORDCTL_CORE_COMMANDS_H_
#define ACCORD_CLIENTS_ACCORDCTL_CORE_COMMANDS_H_

#include <google/protobuf/descriptor.h>

#include <optional>
#include <string>
#include <vector>

#include "accord/annotations/v1/fields.pb.h"
#include "clients/accordctl/core/resource_types.h"
#include "common/access/method.h"

namespace accord::ctl {

struct Command {
  // This is the verb, such as `get`, `list`, `create`, `update`, `watch` or `open-consultation`.
  std::string verb;
  // This is the noun: `referral` or, for a verb that concerns many, `referrals`.
  std::string noun;
  // This is the noun in its other grammatical number; it is empty if the noun is not a resource.
  std::string other_noun;
  std::optional<ResourceType> resource;
  Method method;

  const Descriptor* request() const { return method.descriptor->input_type(); }
  const Descriptor* response() const { return method.descriptor->output_type(); }
  // This gives the request's field that holds a whole resource (create, update); it is null if there is none.
  const FieldDescriptor* body() const;
  // This says whether the command takes a resource name on the line, as the request's `name` or the name of
  // its body.
  bool takes_name() const;
  bool updates() const;
};

// This gives all commands that an agency may call, sorted by verb and noun.
const std::vector<Command>& Commands();
// This gives the command; it is null if there is none. The noun may be singular or plural.
const Command* FindCommand(const std::string& verb, const std::string& noun);

// This says whether all processes have this gRPC service. Its methods are then not commands of their own:
// `audit reconcile`, `status` and `watch changes` call it in all processes, and `history` of a noun in the
// process that has the noun.
bool IsInEveryProcess(const std::string& service);

}  // namespace accord::ctl

#endif  // ACCORD_CLIENTS_ACCORDCTL_CORE_COMMANDS_H_
