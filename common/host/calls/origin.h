// This is where a call comes from.
#ifndef ACCORD_COMMON_HOST_CALLS_ORIGIN_H_
#define ACCORD_COMMON_HOST_CALLS_ORIGIN_H_

#include <string>

namespace accord::host {

// This is what the transport knows of who is calling.
struct Origin {
  // This is the service's name in the peer's certificate, for example `gateway`.
  std::string peer;
  // This is the value of the header `accord-caller-bin`; it is empty if it is absent.
  std::string assertion;
};

}  // namespace accord::host

#endif  // ACCORD_COMMON_HOST_CALLS_ORIGIN_H_
