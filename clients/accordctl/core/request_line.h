// What a command line says to one command, and the request that it means. It does not use the
// gateway: code that has a session adds what only the caller's certificate or a list can tell.
#ifndef ACCORD_CLIENTS_ACCORDCTL_CORE_REQUEST_LINE_H_
#define ACCORD_CLIENTS_ACCORDCTL_CORE_REQUEST_LINE_H_

#include <CLI/CLI.hpp>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "clients/accordctl/core/body.h"
#include "clients/accordctl/core/commands.h"

namespace accord::ctl {

struct Line {
  // `json` is a document on the command line itself.
  std::string name, file, json;
  // The content of the file, once it was read: standard input can be read only once.
  std::optional<std::string> text = {};
  std::vector<std::string> sets;
  std::map<std::string, std::string> one;
  std::map<std::string, std::vector<std::string>> many;
  std::map<std::string, bool> flags;
  int limit = 0;
  // `makes_template` prints a file to fill in, and `edits` opens it in an editor.
  bool makes_template = false, edits = false;
};

// Adds the options of a command, which write into `line`.
void AddOptions(CLI::App* app, const Command& command, Line* line);

// Gives the type of the document for `-f`: the resource if the request carries a whole one,
// otherwise the request itself.
const Descriptor* FileType(const Command& command);
// Whether the name on the line belongs inside the resource.
bool NamesBody(const Command& command);
// Whether a line of this command may carry a name.
bool TakesName(const Command& command);

// Gives the request as JSON, with names as in the .proto. It is made from the file or `--json`,
// then `--set`, then the options, where each overrides what comes before it. INVALID_ARGUMENT names
// the option or path at fault, with similar ones if it is unknown.
absl::StatusOr<Json> Assemble(const Command& command, const Line& line);

// Whether the field holds fields of its own.
bool IsNested(const FieldDescriptor* field);

}  // namespace accord::ctl

#endif  // ACCORD_CLIENTS_ACCORDCTL_CORE_REQUEST_LINE_H_
