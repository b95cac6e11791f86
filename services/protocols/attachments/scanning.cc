#include "services/protocols/attachments/scanning.h"

#include <utility>

#include "common/base/error.h"
#include "common/base/ids.h"
#include "common/base/log.h"
#include "common/storage/database/lease.h"

namespace accord::protocols {
namespace {

// The lease is longer than one file takes.
constexpr absl::Duration kScanLease = absl::Minutes(5);
constexpr absl::Duration kScanPause = absl::Seconds(5);
// A file without a verdict would not get one a moment later.
constexpr absl::Duration kScanAgain = absl::Minutes(10);

}  // namespace

Scanning::Scanning(storage::Database* database, AttachmentService* attachments, const Clock* clock,
                   std::unique_ptr<Scanner> scanner)
    : database_(database),
      attachments_(attachments),
      clock_(clock),
      scanner_(std::move(scanner)),
      holder_(NewId(clock->Now())) {}

absl::StatusOr<bool> Scanning::TakeTurn() {
  return database_->Transact([&](storage::Transaction& tx) {
    return storage::TakeLease(tx, "attachment_scanner", holder_, clock_->Now(), kScanLease);
  });
}

absl::Status Scanning::Scan(const std::string& name) {
  const absl::Time now = clock_->Now();
  if (const auto again = again_.find(name); again != again_.end() && now < again->second) {
    return absl::OkStatus();
  }
  again_.erase(name);
  ACCORD_ASSIGN_OR_RETURN(const std::string content, database_->Read([&](storage::Transaction& tx) {
    return attachments_->ContentToScan(tx, name);
  }));
  if (content.empty()) return absl::OkStatus();
  const absl::StatusOr<bool> clean = scanner_->IsClean(content);
  if (absl::IsUnavailable(clean.status())) return clean.status();
  if (!clean.ok()) {
    LogWarning("attachment_not_scanned");
    again_[name] = now + kScanAgain;
    return absl::OkStatus();
  }
  return database_->Transact(
      [&](storage::Transaction& tx) { return attachments_->RecordVerdict(tx, name, *clean, clock_->Now()); });
}

absl::Status Scanning::Pass() {
  std::string page_token;
  do {
    ACCORD_ASSIGN_OR_RETURN(const auto page, database_->Read([&](storage::Transaction& tx) {
      return attachments_->Quarantined(tx, page_token);
    }));
    for (const auto& attachment : page.items) {
      ACCORD_ASSIGN_OR_RETURN(const bool mine, TakeTurn());
      if (!mine) return absl::OkStatus();
      ACCORD_RETURN_IF_ERROR(Scan(attachment.name()));
    }
    page_token = page.next_page_token;
  } while (!page_token.empty());
  return absl::OkStatus();
}

void Scanning::Start() {
  passes_.Start("attachment_scan_failed", kScanPause, [this]() -> absl::StatusOr<bool> {
    ACCORD_RETURN_IF_ERROR(Pass());
    return false;
  });
}

}  // namespace accord::protocols
