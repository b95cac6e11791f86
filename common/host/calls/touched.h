// This is what a call disclosed or changed, for the audit: collected from its answer and carried to the
// gateway in trailers.
#ifndef ACCORD_COMMON_HOST_CALLS_TOUCHED_H_
#define ACCORD_COMMON_HOST_CALLS_TOUCHED_H_

#include <cstddef>
#include <string>
#include <vector>

#include "accord/caller/v1/caller.pb.h"
#include "common/access/method.h"

namespace accord::host {

// Bytes of one trailer before base 64: HTTP/2 peers take no header field above 64 KiB.
inline constexpr std::size_t kTouchedTrailerBytes = 16 << 10;
// Bytes of all of them: in base 64 they stay below the header list of 1 MiB that the gateway announces.
inline constexpr std::size_t kTouchedBytes = 704 << 10;

// Gives every resource of a named owner in `response`: what the audit must tell the owner of.
caller::v1::TouchedResources TouchedBy(const Method& method, const google::protobuf::Message& response);

// Serialized TouchedResources that together say what `touched` says, in its order: each of
// kTouchedTrailerBytes at the most, the request_id in the first. None if there is nothing to tell. A resource
// that is larger alone stands alone.
std::vector<std::string> TouchedTrailers(const caller::v1::TouchedResources& touched);

}  // namespace accord::host

#endif  // ACCORD_COMMON_HOST_CALLS_TOUCHED_H_
