// This is what a line says to one command, and the request that it means. It knows no gateway: what only the
// caller's certificate or a list can tell is added by those who have a session.
#ifndef ACCORD_CLIENTS_ACCORDCTL_CORE_REQUEST_LINE_H_
#define ACCORD_CLIENTS_ACCORDCTL_CORE_REQUEST_LINE_H_

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "clients/accordctl/core/commands.h"
#include "clients/accordctl/core/json.h"
#include "clients/accordctl/core/message_json.h"

namespace accord::ctl {

struct RequestLine {
  // `json` is the file's text on the line itself.
  std::string name, file, json;
  // This is what the file holds, once it was read: standard input can be read only once.
  std::optional<std::string> text = {};
  std::vector<std::string> sets;
  std::map<std::string, std::string> one;
  std::map<std::string, std::vector<std::string>> many;
  std::map<std::string, bool> flags;
  int limit = 0;
  // The first prints a file to fill in, and the second lets an editor fill it in.
  bool makes_template = false, edits = false;
};

// This gives what `-f` holds: the resource where the request carries a whole one, otherwise the
// request itself.
const Descriptor* RequestFileType(const Command& command);
// This says whether the name on the line stands within the resource.
bool NamesBody(const Command& command);
// This says whether a line of this command may carry a name.
bool TakesName(const Command& command);

// The request as JSON, with names as in the .proto: the file or `--json`, then `--set`, then the options,
// each of which goes before. It returns INVALID_ARGUMENT that names the option or path at fault, with what is
// near where it is unknown.
absl::StatusOr<Json> AssembleRequest(const Command& command, const RequestLine& line);

// This says whether it is a field that holds fields.
bool IsNestedField(const FieldDescriptor* field);

}  // namespace accord::ctl

#endif  // ACCORD_CLIENTS_ACCORDCTL_CORE_REQUEST_LINE_H_
