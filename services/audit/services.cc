#include "services/audit/services.h"

#include "common/base/error.h"
#include "common/base/file.h"
#include "common/merkle/tiles.h"
#include "services/audit/audit_service.h"
#include "services/audit/witness/witnessed_file.h"

namespace accord::audit {
namespace {

SequencerLimits SequencerLimitsOf(const host::v1::AuditConfig& config) {
  SequencerLimits limits;
  if (config.max_batch() > 0) limits.max_batch = config.max_batch();
  if (config.max_batch_bytes() > 0) limits.max_batch_bytes = config.max_batch_bytes();
  if (config.max_waiting_bytes() > 0) limits.max_waiting_bytes = config.max_waiting_bytes();
  if (config.span_entries() > 0) limits.span = config.span_entries();
  if (config.remembered_days() > 0) limits.remembered = absl::Hours(24) * config.remembered_days();
  return limits;
}

// The log's writer has a pool of its own, so that no reader can take its sessions.
struct AuditServices {
  std::unique_ptr<storage::Database> writer;
  std::unique_ptr<AuditService> service;
};

absl::Status CheckConfig(const host::v1::AuditConfig& config) {
  if (config.origin().empty()) return absl::InvalidArgumentError("origin is missing");
  if (config.span_entries() < 0 || config.span_entries() % merkle::kTileWidth != 0) {
    return absl::InvalidArgumentError("span_entries is no multiple of 256");
  }
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<std::shared_ptr<void>> Serve(const host::v1::AuditConfig& config,
                                            const host::Environment& environment, host::Handlers* handlers) {
  ACCORD_RETURN_IF_ERROR(CheckConfig(config));
  ACCORD_ASSIGN_OR_RETURN(const std::string pem, ReadFile(config.checkpoint_key_file()));
  ACCORD_ASSIGN_OR_RETURN(Key key, LoadPrivateKey(pem));
  ACCORD_RETURN_IF_ERROR(
      CheckExtendsWitnessed(environment.database, config.witnessed_file(), config.origin(), key));
  auto process = std::make_shared<AuditServices>();
  storage::Options writing;
  writing.sessions = config.writer_sessions() > 0 ? config.writer_sessions() : 2;
  writing.cache_kib = kWriterCacheKib;
  ACCORD_ASSIGN_OR_RETURN(process->writer, environment.open(writing));
  ACCORD_ASSIGN_OR_RETURN(auto sequencer, Sequencer::Start(process->writer.get(), SequencerLimitsOf(config)));
  AuditOptions options{config.witnessed_file(), ThroughGateway(config.door()), config.page_bytes(),
                       config.reconcile_seconds(), WatchThroughGateway(config.door())};
  ACCORD_ASSIGN_OR_RETURN(options.proofs, Proofs::Load(config));
  process->service =
      std::make_unique<AuditService>(environment.database, environment.page_tokens, std::move(sequencer),
                                     config.origin(), std::move(key), std::move(options));
  process->service->Register(handlers);
  environment.metrics->Show(
      "accord_audit_unproven", "Changes since the start of which no gateway's signature says who made them.",
      [count = process->service->reconciler().unproven()] { return static_cast<double>(*count); });
  return process;
}

}  // namespace accord::audit
