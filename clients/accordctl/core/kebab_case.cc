#include "clients/accordctl/core/kebab_case.h"

#include "absl/strings/ascii.h"

namespace accord::ctl {

// This splits "OpenProtocolConsultation" into open, protocol, consultation.
Words WordsOfRpc(const std::string& text) { return absl::StrSplit(KebabCase(text), '-'); }

}  // namespace accord::ctl
