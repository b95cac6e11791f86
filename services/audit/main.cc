#include "accord/host/v1/config.pb.h"
#include "common/base/error.h"
#include "common/base/file.h"
#include "common/host/run.h"
#include "common/merkle/tiles.h"
#include "services/audit/audit_service.h"

namespace accord::audit {
namespace {

SequencerLimits LimitsOf(const host::v1::AuditConfig& config) {
  SequencerLimits limits;
  if (config.max_batch() > 0) limits.max_batch = config.max_batch();
  if (config.max_batch_bytes() > 0) limits.max_batch_bytes = config.max_batch_bytes();
  if (config.max_waiting_bytes() > 0) limits.max_waiting_bytes = config.max_waiting_bytes();
  if (config.span_entries() > 0) limits.span = config.span_entries();
  if (config.remembered_days() > 0) limits.remembered = absl::Hours(24) * config.remembered_days();
  return limits;
}

// The index by name is written all over: a batch of a few hundred names changes a page for each.
constexpr int kWriterCacheKib = 16 * 1024;

struct Process {
  // The log's writer holds sessions that no reader can take.
  std::unique_ptr<storage::Database> writer;
  std::unique_ptr<AuditService> service;

  static absl::StatusOr<std::shared_ptr<void>> Start(const host::v1::AuditConfig& config,
                                                     const host::Environment& environment, Key key,
                                                     host::Handlers* handlers) {
    auto process = std::make_shared<Process>();
    storage::Options writing;
    writing.sessions = config.writer_sessions() > 0 ? config.writer_sessions() : 2;
    writing.cache_kib = kWriterCacheKib;
    ACCORD_ASSIGN_OR_RETURN(process->writer, environment.open(writing));
    ACCORD_ASSIGN_OR_RETURN(auto sequencer, Sequencer::Start(process->writer.get(), LimitsOf(config)));
    AuditOptions options{config.witnessed_file(), ThroughTheDoor(config.door()), config.page_bytes(),
                         config.reconcile_seconds(), WatchThroughTheDoor(config.door())};
    ACCORD_ASSIGN_OR_RETURN(options.proofs, Proofs::Load(config));
    process->service =
        std::make_unique<AuditService>(environment.database, environment.page_tokens, std::move(sequencer),
                                       config.origin(), std::move(key), std::move(options));
    process->service->Register(handlers);
    environment.metrics->Show(
        "accord_audit_unproven",
        "Changes since the start of which no gateway's signature says who made them.",
        [count = process->service->reconciler().unproven()] { return static_cast<double>(*count); });
    return process;
  }
};

}  // namespace
}  // namespace accord::audit

int main(int argc, char** argv) {
  namespace ns = accord::audit;
  accord::host::v1::AuditConfig config;
  auto migrations = accord::storage::CoreMigrations();
  for (auto& migration : ns::AuditMigrations()) migrations.push_back(std::move(migration));
  return accord::host::RunService(
      argc, argv, &config, migrations,
      [&](const accord::host::Environment& environment,
          accord::host::Handlers* handlers) -> absl::StatusOr<std::shared_ptr<void>> {
        if (config.origin().empty()) return absl::InvalidArgumentError("origin is missing");
        if (config.span_entries() < 0 || config.span_entries() % accord::merkle::kTileWidth != 0) {
          return absl::InvalidArgumentError("span_entries is no multiple of 256");
        }
        ACCORD_ASSIGN_OR_RETURN(std::string pem, accord::ReadFile(config.checkpoint_key_file()));
        ACCORD_ASSIGN_OR_RETURN(accord::Key key, accord::LoadPrivateKey(pem));
        ACCORD_RETURN_IF_ERROR(
            ns::CheckExtendsWitnessed(environment.database, config.witnessed_file(), config.origin(), key));
        return ns::Process::Start(config, environment, std::move(key), handlers);
      });
}
