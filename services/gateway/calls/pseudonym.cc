#include "services/gateway/calls/pseudonym.h"

#include "absl/strings/str_cat.h"
#include "common/base/ids.h"

namespace accord::gateway {

std::string Pseudonym(std::string_view what, std::string_view text, std::string_view key) {
  return absl::StrCat(std::string(what), ", ", text.size(), " bytes, ",
                      Hex(HmacSha256(key, text)).substr(0, 16));
}

}  // namespace accord::gateway
