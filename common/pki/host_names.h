// These functions know the forms of the names and addresses of hosts.
#ifndef ACCORD_COMMON_PKI_HOST_NAMES_H_
#define ACCORD_COMMON_PKI_HOST_NAMES_H_

#include <string>
#include <string_view>

namespace accord::pki {

// This says whether the text is the DNS name of a host; its first label may be `*`.
bool IsHostName(std::string_view text);
// This says whether it is an IPv4 or IPv6 address.
bool IsAddress(const std::string& text);

}  // namespace accord::pki

#endif  // ACCORD_COMMON_PKI_HOST_NAMES_H_
