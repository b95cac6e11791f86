// What a renewal asks of an agency's certificates, out of rows of the index of visibility, which only the
// agency itself has: none of the certificates is read for it, however many there are.
#ifndef ACCORD_SERVICES_REGISTRY_CERTIFICATE_ROWS_H_
#define ACCORD_SERVICES_REGISTRY_CERTIFICATE_ROWS_H_

#include <map>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "accord/registry/v1/resources.pb.h"
#include "common/storage/database/database.h"

namespace accord::registry {

// The index fields of a certificate, which has its `create_time` already: the digest of its key, when it ends
// unless it was revoked, and when it was made if it renewed another one.
std::map<std::string, std::string> RowsOf(const v1::Certificate& certificate);

// A certificate, and when it ends or was made.
struct CertificateAt {
  std::string name;
  absl::Time at;
};

// Names of the agency's certificates, revoked and ended ones too, whose key has this digest.
absl::StatusOr<std::vector<std::string>> CertificatesWithKey(storage::Transaction& tx,
                                                             const std::string& agency,
                                                             const std::string& key_digest);
// Those that were not revoked and have not ended.
absl::StatusOr<std::vector<CertificateAt>> CertificatesInForce(storage::Transaction& tx,
                                                               const std::string& agency, absl::Time now);
// Those that renewed another one after this instant, the oldest first.
absl::StatusOr<std::vector<CertificateAt>> CertificatesRenewedAfter(storage::Transaction& tx,
                                                                    const std::string& agency,
                                                                    absl::Time after);
// Names of those that a version stored which wrote no such rows.
absl::StatusOr<std::vector<std::string>> CertificatesWithoutRows(storage::Transaction& tx,
                                                                 const std::string& agency);

}  // namespace accord::registry

#endif  // ACCORD_SERVICES_REGISTRY_CERTIFICATE_ROWS_H_
