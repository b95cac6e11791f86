// This file is about who may hand over acts, and which: each token of the configuration with its actors,
// purposes and methods.
#ifndef ACCORD_CLIENTS_CONNECTOR_CALLERS_H_
#define ACCORD_CLIENTS_CONNECTOR_CALLERS_H_

#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "accord/connector/config.pb.h"
#include "clients/connector/act.h"

namespace accord::connector {

class Callers {
 public:
  // This returns FAILED_PRECONDITION, with what to do, for a caller that is not whole, a method that is not
  // there, a token that is short, that two callers have or that others can read.
  static absl::StatusOr<Callers> Load(const ConnectorConfig& config);

  // This gives the caller that has this token; it is null if nobody has it. How long it takes tells nothing
  // of any token.
  const LocalCaller* Find(std::string_view token) const;

 private:
  struct Known {
    std::string token_digest;
    LocalCaller caller;
  };
  std::vector<Known> known_;
};

// This returns FAILED_PRECONDITION, naming the setting, unless the caller may do something, by methods that
// are there.
absl::Status CheckCallerMay(const LocalCaller& caller, const std::string& setting);

// This returns PERMISSION_DENIED, naming what the configuration does not give this caller.
absl::Status CheckScope(const LocalCaller& caller, const Act& act);

}  // namespace accord::connector

#endif  // ACCORD_CLIENTS_CONNECTOR_CALLERS_H_
