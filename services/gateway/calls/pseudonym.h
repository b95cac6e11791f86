// This is what records say in the place of a text that a caller made up.
#ifndef ACCORD_SERVICES_GATEWAY_CALLS_PSEUDONYM_H_
#define ACCORD_SERVICES_GATEWAY_CALLS_PSEUDONYM_H_

#include <string>
#include <string_view>

namespace accord::gateway {

// This gives a substitute for text that nobody registered: its kind, its length, and a keyed hash by which
// two equal texts can be recognised.
std::string Pseudonym(std::string_view what, std::string_view text, std::string_view key);

}  // namespace accord::gateway

#endif  // ACCORD_SERVICES_GATEWAY_CALLS_PSEUDONYM_H_
