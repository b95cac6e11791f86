// This class has every gRPC service of this process, and the sweeper that moves their records on with time.
#ifndef ACCORD_SERVICES_PROTOCOLS_SERVICES_H_
#define ACCORD_SERVICES_PROTOCOLS_SERVICES_H_

#include <functional>
#include <memory>
#include <string>

#include "accord/host/v1/config.pb.h"
#include "common/host/law/law_keeper.h"
#include "common/host/run.h"
#include "common/host/upkeep/sweeper.h"
#include "services/protocols/agreements/dispute_service.h"
#include "services/protocols/agreements/protocol_service.h"
#include "services/protocols/attachments/attachment_service.h"
#include "services/protocols/attachments/scanning.h"
#include "services/protocols/coverage/coverage_service.h"
#include "services/protocols/inspections/inspection_service.h"
#include "services/protocols/joint/joint_service.h"
#include "services/protocols/notes/note_service.h"
#include "services/protocols/oversight/emergency_service.h"
#include "services/protocols/oversight/privacy_alert_service.h"
#include "services/protocols/oversight/retention_service.h"
#include "services/protocols/reference_data.h"
#include "services/protocols/referrals/duplicate_service.h"
#include "services/protocols/referrals/referral_queries.h"
#include "services/protocols/referrals/referral_service.h"
#include "services/protocols/vocabulary/vocabulary_service.h"

namespace accord::protocols {

class ProtocolsServices {
 public:
  // `calendar` is the clock by which things fall due.
  ProtocolsServices(storage::Database* database, const storage::PageTokens* tokens, const Clock* calendar,
                    ReferenceData reference_data);
  void Register(host::Handlers* handlers);
  host::Sweeper& sweeper() { return sweeper_; }
  host::LawKeeper& law() { return law_; }
  // Scans complete files from now on, one pass after another.
  void StartScanning(storage::Database* database, const Clock* clock, std::unique_ptr<Scanner> scanner);
  AttachmentService& attachments() { return attachments_; }

 private:
  // This stores the counts that the office is shown, at the end of each period that the rules define.
  absl::Status Count(storage::Transaction& tx, const std::string& name, absl::Time now);

  const storage::PageTokens* const tokens_;
  const ReferenceData reference_data_;
  // These are the rules of the reference data, until the office puts other rules in force.
  LawInForce<Rules> rules_;
  host::LawKeeper law_;
  ProtocolService protocols_;
  ReferralService referrals_;
  ReferralQueries queries_;
  DuplicateService duplicates_;
  JointService joint_;
  NoteService notes_;
  AttachmentService attachments_;
  DisputeService disputes_;
  InspectionService inspections_;
  CoverageService coverage_;
  VocabularyService vocabulary_;
  PrivacyAlertService alerts_;
  EmergencyService emergencies_;
  RetentionService retention_;
  host::Sweeper sweeper_;
  // This is null unless a scanner is configured. It is destroyed first.
  std::unique_ptr<Scanning> scanning_;
};

// This loads what the configuration names, registers every handler, and starts the work that falls due
// with time.
absl::StatusOr<std::shared_ptr<void>> Serve(const host::v1::ProtocolsConfig& config,
                                            const host::Environment& environment, host::Handlers* handlers);

}  // namespace accord::protocols

#endif  // ACCORD_SERVICES_PROTOCOLS_SERVICES_H_
