// This file is about what of a request over HTTP is read, and which requests are answered at all.
#ifndef ACCORD_CLIENTS_CONNECTOR_LOCAL_REQUESTS_H_
#define ACCORD_CLIENTS_CONNECTOR_LOCAL_REQUESTS_H_

#include <httplib.h>

#include <cstddef>
#include <string>

namespace accord::connector {

// Acts are handed over here.
inline constexpr char kCalls[] = "/v1/calls";

// This reads a body, however it is packed, and appends it to `body` unless that is null. It says whether it
// was whole, and had no more than `most` bytes when it was unpacked.
bool ReadBody(const httplib::Request& request, const httplib::ContentReader& reader, std::size_t most,
              std::string* body);

// This gives the status by which a request is refused before anything of its body is read; it is 0 if it
// is not.
int RefusalOf(const httplib::Request& request);

// This says whether a page in a browser may have sent the request, which came in at this port; it is 0 for a
// Unix socket.
bool IsOfBrowser(const httplib::Request& request, int port);

}  // namespace accord::connector

#endif  // ACCORD_CLIENTS_CONNECTOR_LOCAL_REQUESTS_H_
