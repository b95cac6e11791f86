// These are the resources that a call disclosed or changed, for the audit. They are collected from its answer
// and sent to the gateway in trailers.
#ifndef ACCORD_COMMON_HOST_CALLS_TOUCHED_H_
#define ACCORD_COMMON_HOST_CALLS_TOUCHED_H_

#include <cstddef>
#include <string>
#include <vector>

#include "accord/caller/v1/caller.pb.h"
#include "common/access/method.h"

namespace accord::host {

// This is the most bytes of one trailer before base 64. HTTP/2 peers refuse a header field above 64 KiB.
inline constexpr std::size_t kTouchedTrailerBytes = 16 << 10;
// This is the most bytes of all trailers together. In base 64 they stay below the 1 MiB that the gateway
// announces as the limit of its header list.
inline constexpr std::size_t kTouchedBytes = 704 << 10;

// This gives every resource in `response` whose name has an owner, because the audit must report it to
// that owner.
caller::v1::TouchedResources TouchedBy(const Method& method, const google::protobuf::Message& response);

// This gives serialized TouchedResources that together have the content of `touched`, in its order. Each has
// at most kTouchedTrailerBytes, and the first has the request_id; there are none if nothing was touched. A
// resource that exceeds the limit by itself gets a trailer of its own.
std::vector<std::string> TouchedTrailers(const caller::v1::TouchedResources& touched);

}  // namespace accord::host

#endif  // ACCORD_COMMON_HOST_CALLS_TOUCHED_H_
