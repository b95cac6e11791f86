// These are the keys of one epoch of deconfliction. docs/decisions/2026-11-24-deconfliction.md says what they
// keep from whom.
#ifndef ACCORD_SERVICES_INTELLIGENCE_DECONFLICTION_DECONFLICTION_KEYS_H_
#define ACCORD_SERVICES_INTELLIGENCE_DECONFLICTION_DECONFLICTION_KEYS_H_

#include <cstdint>
#include <string>
#include <string_view>

#include "absl/status/statusor.h"
#include "common/oprf/oprf.h"
#include "common/storage/sealing/keyring.h"

namespace accord::intelligence {

// For a target x and its hash H(x) in the group, an agency A knows k_A*H(x) and the database holds k*H(x),
// sealed, and its tag. Elements have oprf::kElementSize bytes.
class DeconflictionKeys {
 public:
  // All keys are derived from the keyring's index key and the epoch's salt; without both, no key can
  // be computed.
  DeconflictionKeys(const storage::Keyring& ring, int64_t epoch, const std::string& salt);
  ~DeconflictionKeys();
  DeconflictionKeys(DeconflictionKeys&&) = default;

  int64_t epoch() const { return epoch_; }
  // This gives k_A*B for a blinded element B. It fails with INVALID_ARGUMENT if it is no element.
  absl::StatusOr<std::string> Evaluate(const std::string& agency, std::string_view blinded) const;
  // This gives k*H(x) from an agency's k_A*H(x) in one step, so that H(x) is never in memory. It fails as
  // Evaluate does.
  absl::StatusOr<std::string> FromAgency(const std::string& agency, std::string_view target) const;
  // This converts k*H(x) of the epoch of `other` to k*H(x) of this epoch.
  absl::StatusOr<std::string> FromEpoch(const DeconflictionKeys& other, std::string_view point) const;

  // Tags are equal for equal points of one epoch. A tag has 64 hex digits.
  std::string Tag(std::string_view point) const;
  // The sealed point is printable, and opens for this lodgement alone.
  std::string Seal(const std::string& lodgement, std::string_view point) const;
  // This gives the point again. It fails with DATA_LOSS and rule SEAL_BROKEN if the sealed value cannot
  // be opened.
  absl::StatusOr<std::string> Open(const std::string& lodgement, std::string_view sealed) const;

 private:
  oprf::Scalar AgencyKey(const std::string& agency) const;

  int64_t epoch_;
  // The seed has 32 bytes.
  std::string seed_;
  oprf::Scalar key_;
  std::string tag_key_, seal_key_;
};

}  // namespace accord::intelligence

#endif  // ACCORD_SERVICES_INTELLIGENCE_DECONFLICTION_DECONFLICTION_KEYS_H_
