// This file is about the contexts file: which gateway is called, with which certificate, on whose behalf, and
// for which purpose.
#ifndef ACCORD_CLIENTS_ACCORDCTL_CORE_CONTEXTS_H_
#define ACCORD_CLIENTS_ACCORDCTL_CORE_CONTEXTS_H_

#include <map>
#include <optional>
#include <string>

#include "absl/status/statusor.h"
#include "common/access/names.h"

namespace accord::ctl {

struct Context {
  // This is `host:port` of the gateway.
  std::string address = {};
  // The name in the gateway's certificate; empty: the host of `address`.
  std::string server_name = {};
  std::string ca_file = {}, certificate_file = {}, key_file = {};
  // These are the defaults of --actor and --purpose.
  std::string actor = {}, purpose = {};
  // This is the default of --language, `en` or `fr`; it is empty if none was chosen.
  std::string language = {};
};

struct Contexts {
  std::string current;
  std::map<std::string, Context> all = {};
};

// This gives $ACCORD_CONFIG, or accord/accordctl.yaml below $XDG_CONFIG_HOME or ~/.config.
std::string DefaultContextsFile();
// This gives no contexts if there is no file. An unknown key is an error.
absl::StatusOr<Contexts> ReadContexts(const std::string& path);
// This replaces the file in one step, as a secret (common/base/file.h).
absl::Status WriteContexts(const std::string& path, const Contexts& contexts);
// This gives the purpose that the context names, if it names one. It returns PURPOSE_UNKNOWN if there is no
// such purpose.
absl::StatusOr<std::optional<Purpose>> PurposeOfContext(const Context& context);
// This returns INVALID_ARGUMENT: neither the command line nor the contexts file names a gateway.
absl::Status NoGatewayInContext(const std::string& path);
// This returns INVALID_ARGUMENT: the file has no context of this name; the message suggests similar ones.
absl::Status UnknownContext(const std::string& path, const Contexts& contexts, const std::string& name);

}  // namespace accord::ctl

#endif  // ACCORD_CLIENTS_ACCORDCTL_CORE_CONTEXTS_H_
