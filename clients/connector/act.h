// This file is about an act as an agency's system hands it over, in JSON: which method, for whom, why, and
// with which request.
#ifndef ACCORD_CLIENTS_CONNECTOR_ACT_H_
#define ACCORD_CLIENTS_CONNECTOR_ACT_H_

#include <google/protobuf/message.h>

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>

#include "absl/status/statusor.h"

namespace accord::connector {

// The largest request of a method is 4 MiB, of which base 64 makes a third more.
inline constexpr std::size_t kMostActBytes = std::size_t{8} << 20;

struct Act {
  // This is, for example, `accord.protocols.v1.ReferralService.CreateReferral`.
  std::string method;
  std::string actor;
  std::string purpose;
  std::unique_ptr<google::protobuf::Message> request;
  // Acts on the same resource are sent one after the other: its name, or the name of what it is made in.
  std::string resource;
  // This is the same for every spelling of the same JSON.
  std::string canonical;
};

// This reads {"method", "actor", "purpose", "ground", "decided_by", "request"}, of which `ground` and
// `decided_by` may be missing. It returns INVALID_ARGUMENT, with what to do, for a field that is unknown,
// missing or wrong, for a method that is not there, and for a duty to report whose actor is not the person
// who decided it. A change that has no request id is given this one, or else a random one.
absl::StatusOr<Act> ReadAct(std::string_view json, const std::string& request_id = "");

}  // namespace accord::connector

#endif  // ACCORD_CLIENTS_CONNECTOR_ACT_H_
