#include "services/intelligence/deconfliction/deconfliction_keys.h"

#include <openssl/crypto.h>

#include "absl/strings/str_cat.h"
#include "common/base/aead.h"
#include "common/base/error.h"
#include "common/base/ids.h"

namespace accord::intelligence {

DeconflictionKeys::DeconflictionKeys(const storage::Keyring& ring, int64_t epoch, const std::string& salt)
    : epoch_(epoch),
      seed_(Sha256(ring.Index("deconfliction epoch", absl::StrCat(epoch, "\n", salt)))),
      key_(oprf::Scalar::Derive(seed_, "accord deconfliction service")),
      tag_key_(HmacSha256(seed_, "tag")),
      seal_key_(HmacSha256(seed_, "seal")) {}

DeconflictionKeys::~DeconflictionKeys() {
  for (std::string* key : {&seed_, &tag_key_, &seal_key_}) OPENSSL_cleanse(key->data(), key->size());
}

oprf::Scalar DeconflictionKeys::AgencyKey(const std::string& agency) const {
  return oprf::Scalar::Derive(seed_, "accord deconfliction agency " + agency);
}

absl::StatusOr<std::string> DeconflictionKeys::Evaluate(const std::string& agency,
                                                        std::string_view blinded) const {
  return oprf::Evaluate(AgencyKey(agency), blinded);
}

absl::StatusOr<std::string> DeconflictionKeys::FromAgency(const std::string& agency,
                                                          std::string_view target) const {
  return oprf::Multiply(key_ * AgencyKey(agency).Inverse(), target);
}

absl::StatusOr<std::string> DeconflictionKeys::FromEpoch(const DeconflictionKeys& other,
                                                         std::string_view point) const {
  return oprf::Multiply(key_ * other.key_.Inverse(), point);
}

std::string DeconflictionKeys::Tag(std::string_view point) const { return Hex(HmacSha256(tag_key_, point)); }

std::string DeconflictionKeys::Seal(const std::string& lodgement, std::string_view point) const {
  return Base64(SealAead(seal_key_, lodgement, point));
}

absl::StatusOr<std::string> DeconflictionKeys::Open(const std::string& lodgement,
                                                    std::string_view sealed) const {
  const auto bytes = Unbase64(sealed);
  if (auto point = bytes ? OpenAead(seal_key_, lodgement, *bytes) : std::nullopt) return *std::move(point);
  return Refuse(rules::kSealBroken, "A sealed value cannot be opened.");
}

}  // namespace accord::intelligence
