#include "services/training/certificates/certificate_store.h"

#include <tuple>

#include "common/base/error.h"

namespace accord::training {

absl::Status PutCertificateSerial(storage::Transaction& tx, const std::string& serial,
                                  const std::string& name) {
  return tx.Exec("insert into serial (serial, name) values (:p1, :p2)", serial, name).status();
}

absl::StatusOr<std::string> CertificateOfSerial(storage::Transaction& tx, const std::string& serial) {
  ACCORD_ASSIGN_OR_RETURN(auto rows,
                          tx.Query<std::string>("select name from serial where serial = :p1", serial));
  return rows.empty() ? "" : std::get<0>(rows[0]);
}

}  // namespace accord::training
