// This class has the files in quarantine scanned; one replica at a time does so.
#ifndef ACCORD_SERVICES_PROTOCOLS_ATTACHMENTS_SCANNING_H_
#define ACCORD_SERVICES_PROTOCOLS_ATTACHMENTS_SCANNING_H_

#include <map>
#include <memory>
#include <string>

#include "absl/status/statusor.h"
#include "common/base/clock.h"
#include "common/host/upkeep/periodic.h"
#include "common/storage/database/database.h"
#include "services/protocols/attachments/attachment_service.h"
#include "services/protocols/attachments/scanner.h"

namespace accord::protocols {

class Scanning {
 public:
  // `database`, `attachments` and `clock` outlive the scanning.
  Scanning(storage::Database* database, AttachmentService* attachments, const Clock* clock,
           std::unique_ptr<Scanner> scanner);

  // This scans every waiting file once, if this process holds the lease. A file that cannot be judged stays
  // in quarantine and delays no other file. It fails with UNAVAILABLE if the scanner cannot be reached; all
  // files go on waiting then.
  absl::Status Pass();
  // This runs a pass every five seconds until it is destroyed.
  void Start();

 private:
  absl::StatusOr<bool> TakeTurn();
  absl::Status Scan(const std::string& name);

  storage::Database* database_;
  AttachmentService* attachments_;
  const Clock* clock_;
  const std::unique_ptr<Scanner> scanner_;
  const std::string holder_;
  // These are the times at which files that could not be judged are scanned again.
  std::map<std::string, absl::Time> again_;
  host::Periodic passes_;
};

}  // namespace accord::protocols

#endif  // ACCORD_SERVICES_PROTOCOLS_ATTACHMENTS_SCANNING_H_
