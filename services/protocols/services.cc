#include "services/protocols/services.h"

#include "common/aggregates/office_counts.h"
#include "common/base/error.h"
#include "common/host/revisions.h"
#include "common/host/watching/change_feed.h"
#include "services/protocols/agreements/protocol_readers.h"
#include "services/protocols/attachments/clamd.h"
#include "services/protocols/law.h"
#include "services/protocols/parts.h"
#include "services/protocols/protocol_store.h"

namespace accord::protocols {
namespace {

// A section that is gone, or that more people may read by now, stays with those who could read it then.
void LeaveOutSections(const Caller& caller, google::protobuf::Message* version) {
  auto* protocol = google::protobuf::DynamicCastToGenerated<v1::Protocol>(version);
  if (protocol != nullptr) *protocol = ReadableBy(*protocol, caller);
}

}  // namespace

ProtocolsServices::ProtocolsServices(storage::Database* database, const storage::PageTokens* tokens,
                                     const Clock* calendar, ReferenceData reference_data)
    : tokens_(tokens),
      reference_data_(std::move(reference_data)),
      rules_(reference_data_.rules),
      law_({.package = "accord.protocols.v1",
            .database = database,
            .tokens = tokens,
            .judged = JudgedRecords(tokens, &rules_)},
           Governed(&rules_)),
      protocols_(tokens, &rules_, &reference_data_.territories, reference_data_.model),
      referrals_(database, tokens, &rules_, &reference_data_.territories),
      queries_(tokens, &rules_),
      duplicates_(tokens),
      joint_(tokens),
      notes_(tokens),
      attachments_(tokens, &reference_data_.attachments),
      disputes_(tokens, &rules_),
      inspections_(tokens, &rules_, &reference_data_.territories),
      coverage_(&reference_data_.territories),
      vocabulary_(tokens, &rules_, &reference_data_.territories),
      alerts_(tokens, &rules_),
      emergencies_(tokens, &rules_),
      retention_(tokens),
      sweeper_(database, calendar,
               {{"protocol", std::bind_front(&ProtocolService::PassTime, &protocols_)},
                {"referral", std::bind_front(&ReferralService::PassTime, &referrals_)},
                {kReferralCounts, std::bind_front(&ProtocolsServices::Count, this)},
                {"dispute", std::bind_front(&DisputeService::PassTime, &disputes_)},
                {"inspector_referral", std::bind_front(&InspectionService::PassTime, &inspections_)}},
               {std::bind_front(&PrivacyAlertService::CountReferrals, &alerts_),
                std::bind_front(&host::LawKeeper::LookAnew, &law_)}) {
  sweeper_.GoBy([this] { return law_.TakeForPass(); });
}

absl::Status ProtocolsServices::Count(storage::Transaction& tx, const std::string& name, absl::Time now) {
  return CountAtPeriodEnds(kReferralCounts, rules_.now().office_count_months(),
                           std::bind_front(&ReferralQueries::CountAll, &queries_))(tx, name, now);
}

void ProtocolsServices::Register(host::Handlers* handlers) {
  protocols_.Register(handlers);
  referrals_.Register(handlers);
  queries_.Register(handlers);
  duplicates_.Register(handlers);
  joint_.Register(handlers);
  notes_.Register(handlers);
  attachments_.Register(handlers);
  disputes_.Register(handlers);
  inspections_.Register(handlers);
  coverage_.Register(handlers);
  vocabulary_.Register(handlers);
  alerts_.Register(handlers);
  emergencies_.Register(handlers);
  retention_.Register(handlers);
  TellParts(tokens_, &referrals_, handlers);
  law_.Register(handlers);
  host::RegisterRevisions("accord.protocols.v1", handlers);
  host::RegisterChangeFeed({.package = "accord.protocols.v1",
                            .tokens = tokens_,
                            .tombstones = "/accord.protocols.v1.RetentionService/ListTombstones",
                            .feeds = {"referral"},
                            .shown = {{"protocol", LeaveOutSections}}},
                           handlers);
}

void ProtocolsServices::StartScanning(storage::Database* database, const Clock* clock,
                                      std::unique_ptr<Scanner> scanner) {
  scanning_ = std::make_unique<Scanning>(database, &attachments_, clock, std::move(scanner));
  scanning_->Start();
}

absl::StatusOr<std::shared_ptr<void>> Serve(const host::v1::ProtocolsConfig& config,
                                            const host::Environment& environment, host::Handlers* handlers) {
  ACCORD_ASSIGN_OR_RETURN(
      ReferenceData reference_data,
      ReferenceData::Load(config.rules_file(), config.territories_file(), config.template_file()));
  reference_data.attachments = AttachmentLimitsOf(config.attachments());
  auto services = std::make_shared<ProtocolsServices>(environment.database, environment.page_tokens,
                                                      environment.calendar, std::move(reference_data));
  // The rules that the office put in force apply from the first call on.
  ACCORD_RETURN_IF_ERROR(services->law().Look());
  services->Register(handlers);
  services->sweeper().Start();
  services->law().Start(environment.clock);
  if (const auto& attachments = config.attachments(); !attachments.scanner().empty()) {
    const int seconds = attachments.scanner_seconds() != 0 ? attachments.scanner_seconds() : 60;
    services->StartScanning(environment.database, environment.clock,
                            std::make_unique<Clamd>(attachments.scanner(), absl::Seconds(seconds)));
  }
  return services;
}

}  // namespace accord::protocols
