#include "clients/accordctl/core/gateway_address.h"

#include <algorithm>
#include <cstddef>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "common/base/error.h"

namespace accord::ctl {

std::string HostOfAddress(const std::string& address) {
  const std::string host = address.substr(0, address.rfind(':'));
  const bool has_brackets = host.size() > 2 && host.front() == '[' && host.back() == ']';
  return has_brackets ? host.substr(1, host.size() - 2) : host;
}

absl::Status CheckGatewayAddress(const std::string& address) {
  const std::size_t colon = address.rfind(':');
  int port = 0;
  const bool is_plain = address.find_first_of("/ \t\r\n@") == std::string::npos;
  const bool fits = is_plain && colon != std::string::npos && colon > 0 &&
                    absl::SimpleAtoi(address.substr(colon + 1), &port) && port >= 1 && port <= 65535;
  // In an IPv6 address without brackets it is unclear which colon begins the port.
  const bool is_bare =
      is_plain && std::count(address.begin(), address.end(), ':') > 1 && address.front() != '[';
  if (is_bare) {
    return Refuse(rules::kAddressMalformed,
                  absl::StrCat("the gateway's address ", address,
                               " has several colons: write an IPv6 address in brackets, as in "
                               "[2001:db8::1]:7400"));
  }
  if (fits) return absl::OkStatus();
  return Refuse(rules::kAddressMalformed, absl::StrCat("the gateway's address ", address,
                                                       " is not HOST:PORT, as in accord.example.org:7400"));
}

}  // namespace accord::ctl
