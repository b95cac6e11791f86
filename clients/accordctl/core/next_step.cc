#include "clients/accordctl/core/next_step.h"

#include <algorithm>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "clients/accordctl/core/exit_code.h"
#include "clients/accordctl/core/nouns.h"
#include "clients/accordctl/core/texts.h"
#include "common/access/names.h"
#include "common/base/error.h"

namespace accord::ctl {
namespace {

// This gives the refused call as `access explain` takes it; if it was not a command's call, the two
// placeholder words.
std::string RefusedNounAndVerb(const absl::Status& status) {
  const std::string path(status.GetPayload(kMethodCalled).value_or(absl::Cord()));
  const std::vector<Command>& commands = Commands();
  const auto called = std::find_if(commands.begin(), commands.end(),
                                   [&](const Command& command) { return command.method.path == path; });
  if (called == commands.end()) return "NOUN VERB";
  const std::string typed = TypedCommand(*called);
  return typed.substr(typed.find(' ') + 1);
}

// This gives the advice that follows from the code alone, where no rule says more.
std::string NextStepOfCode(const absl::Status& status, const std::string& rule) {
  switch (status.code()) {
    case absl::StatusCode::kAborted:
      return Text("somebody changed it meanwhile: read it again, then repeat with its present etag");
    case absl::StatusCode::kUnavailable:
      if (status.GetPayload(kUnreached)) {
        return Text(
            "`accordctl context list` shows the address, and `accordctl context set NAME --address HOST:PORT` "
            "corrects it. If it is right, ask whoever runs the gateway, and try again later: a change runs "
            "once with the same --request-id");
      }
      return Text(
          "try again: a change runs once with the same --request-id. `accordctl status` shows what answers");
    case absl::StatusCode::kDeadlineExceeded:
      return Text("it took longer than --timeout allows: give it more, or ask for less");
    case absl::StatusCode::kUnauthenticated:
      // The message about the gateway's certificate already says what to do.
      if (absl::StartsWith(rule, "GATEWAY_")) return "";
      return Text("check the context's certificate: `accordctl pki show FILE`");
    default:
      return "";
  }
}

// This gives the names of all purposes, as --purpose takes them.
std::string PurposeNames() {
  std::vector<std::string> purposes;
  const auto* all = annotations::v1::Purpose_descriptor();
  for (int i = 0; i < all->value_count(); ++i) {
    const int number = all->value(i)->number();
    if (number != 0) purposes.push_back(PurposeName(static_cast<Purpose>(number)));
  }
  return absl::StrJoin(purposes, ", ");
}

}  // namespace

std::string NextStep(const absl::Status& status, const std::string& rule) {
  // The services' messages name the headers, which no user types.
  if (rule == rules::kActorNotRegistered.reason) {
    return Text("--actor names the person; `accordctl context set NAME --actor PERSON` keeps it");
  }
  if (rule == rules::kPurposeMissing.reason) {
    return Text(
        "--purpose names it; `accordctl access explain {{method}}` lists for which purposes this is called",
        {{"method", RefusedNounAndVerb(status)}});
  }
  if (rule == rules::kPurposeNotPermitted.reason || rule == rules::kRoleNotPermitted.reason ||
      rule == rules::kAgencyKindNotPermitted.reason) {
    return Text("`accordctl access explain {{method}}` lists who may call this, and for which purposes",
                {{"method", RefusedNounAndVerb(status)}});
  }
  if (rule == rules::kPersonUnknown.reason && !absl::StrContains(status.message(), "colleagues list")) {
    // A service's message names the method instead of the command.
    return Text("`accordctl colleagues list` lists the people of your agency");
  }
  if (rule == rules::kPurposeUnknown.reason) {
    return Text("the purposes are {{purposes}}", {{"purposes", PurposeNames()}});
  }
  if (rule == rules::kFileNotWritten.reason)
    return Text("make room, or name another place; what was there before is as it was");
  if (!IsTemporary(status)) {
    if (status.code() == absl::StatusCode::kResourceExhausted)
      return Text(
          "it will not fit next time either: ask for less, for example with a smaller --limit or a filter");
    if (status.code() == absl::StatusCode::kUnavailable) return "";
  }
  return NextStepOfCode(status, rule);
}

}  // namespace accord::ctl
