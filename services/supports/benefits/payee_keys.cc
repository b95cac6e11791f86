#include "services/supports/benefits/payee_keys.h"

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "common/base/folded.h"
#include "common/base/name_key.h"

namespace accord::supports {

PayeeKeys PayeeKeysOf(const v1::Payee& payee) {
  if (payee.kind() == v1::PAYEE_KIND_VICTIM) return {"victim", "victim"};
  const std::string before = FoldedBefore(payee.provider());
  // Spaces and hyphens of a name do not matter: `Locksmith` and `Lock-smith` are the same.
  return {absl::StrCat("provider ", NumberKey(payee.provider())),
          absl::StrCat("provider ", absl::StripAsciiWhitespace(before))};
}

}  // namespace accord::supports
