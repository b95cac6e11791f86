// This is what a unary call gives back: its answer, and what the gateway and the log must know of it.
#ifndef ACCORD_COMMON_HOST_CALLS_REPLY_H_
#define ACCORD_COMMON_HOST_CALLS_REPLY_H_

#include <set>
#include <string>

#include "accord/caller/v1/caller.pb.h"

namespace accord::host {

struct Reply {
  std::string response;
  caller::v1::TouchedResources touched;
  // These are paths of the fields that this caller may not read and that were cleared.
  std::set<std::string> masked = {};
};

}  // namespace accord::host

#endif  // ACCORD_COMMON_HOST_CALLS_REPLY_H_
