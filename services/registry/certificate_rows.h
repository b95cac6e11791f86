// This answers the questions of a renewal about an agency's certificates from rows of the index of
// visibility. Only the agency itself has these rows, and no certificate is read, however many there are.
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

// This gives the index fields of a certificate whose `create_time` is set: the digest of its key, its end
// unless it was revoked, and, if it renewed another certificate, the time at which it was made.
std::map<std::string, std::string> CertificateRows(const v1::Certificate& certificate);

// This is a certificate, and when it ends or was made.
struct CertificateAt {
  std::string name;
  absl::Time at;
};

// This gives the names of the agency's certificates whose key has this digest, including revoked and
// ended ones.
absl::StatusOr<std::vector<std::string>> CertificatesWithKey(storage::Transaction& tx,
                                                             const std::string& agency,
                                                             const std::string& key_digest);
// This gives the certificates that were not revoked and have not ended.
absl::StatusOr<std::vector<CertificateAt>> CertificatesInForce(storage::Transaction& tx,
                                                               const std::string& agency, absl::Time now);
// This gives the certificates that renewed another one after this instant, the oldest first.
absl::StatusOr<std::vector<CertificateAt>> CertificatesRenewedAfter(storage::Transaction& tx,
                                                                    const std::string& agency,
                                                                    absl::Time after);
// This gives the names of certificates that an earlier version stored, which wrote no such rows.
absl::StatusOr<std::vector<std::string>> CertificatesWithoutRows(storage::Transaction& tx,
                                                                 const std::string& agency);

}  // namespace accord::registry

#endif  // ACCORD_SERVICES_REGISTRY_CERTIFICATE_ROWS_H_
