#include "clients/connector/connector.h"

#include <set>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "accord/client/settings.h"
#include "clients/connector/own_file.h"
#include "clients/connector/seal_key.h"
#include "clients/connector/status.h"
#include "common/base/error.h"

namespace accord::connector {
namespace {

constexpr int64_t kCalls = 100'000, kBytes = int64_t{1} << 30, kEraseSeconds = 24 * 3600, kSenders = 8;
constexpr int64_t kMostSenders = 64;
// So many pauses pass at least between two looks at whether the disk takes files.
constexpr int kPausesForADisk = 5;
// This is ten years: an instant so far away can still be reckoned with.
constexpr int64_t kMostEraseSeconds = int64_t{10} * 365 * 24 * 3600;

int64_t LimitOrDefault(int64_t given, int64_t otherwise) { return given == 0 ? otherwise : given; }

absl::Status CheckConfig(const ConnectorConfig& config) {
  const OutboxLimits& limits = config.limits();
  if (config.client_file().empty()) return absl::FailedPreconditionError("client_file is missing.");
  if (config.state_folder().empty()) return absl::FailedPreconditionError("state_folder is missing.");
  if (config.callers().empty() && config.drops().empty() && config.watches().empty()) {
    return absl::FailedPreconditionError(
        "callers, drops and watches are missing, so that there is nothing to do.");
  }
  if (limits.max_calls() < 0 || limits.max_bytes() < 0 || limits.erase_after_seconds() < 0 ||
      limits.senders() < 0 || limits.senders() > kMostSenders ||
      limits.erase_after_seconds() > kMostEraseSeconds) {
    return absl::FailedPreconditionError(
        absl::StrCat("limits: a number is negative, there are more than ", kMostSenders,
                     " senders, or erase_after_seconds is more than ", kMostEraseSeconds, "."));
  }
  return CheckRenewal(config);
}

// A folder is for one thing, and a name of its kind too.
absl::Status CheckFolders(const ConnectorConfig& config) {
  std::set<std::string> drops, watches, folders;
  for (const DropConfig& drop : config.drops()) {
    ACCORD_RETURN_IF_ERROR(Drop::Check(drop));
    if (drops.insert(drop.name()).second && folders.insert(drop.folder()).second) continue;
    return absl::FailedPreconditionError(
        absl::StrCat("drops { name: \"", drop.name(), "\" }: another one has the same name or folder."));
  }
  for (const WatchConfig& watch : config.watches()) {
    ACCORD_RETURN_IF_ERROR(Inbox::Check(watch));
    const bool has_own_folder = watch.folder().empty() || folders.insert(watch.folder()).second;
    if (watches.insert(watch.name()).second && has_own_folder) continue;
    return absl::FailedPreconditionError(
        absl::StrCat("watches { name: \"", watch.name(), "\" }: another one has the same name or folder."));
  }
  return Webhooks::Check(config);
}

// This loads settings by the file alone, so that nothing of the environment becomes an actor or a purpose.
absl::StatusOr<client::Settings> ClientSettings(const std::string& file) {
  try {
    client::Settings settings = client::LoadSettings(file, {}, {});
    if (!settings.actor.empty() || !settings.purpose.empty()) {
      return absl::FailedPreconditionError(absl::StrCat(
          file, " names an actor or a purpose. Every act brings its own, and there is no default."));
    }
    ACCORD_RETURN_IF_ERROR(CheckOwnFile(settings.key_file));
    return settings;
  } catch (const client::SettingsError& error) {
    return absl::FailedPreconditionError(absl::StrCat(file, ": ", error.what()));
  }
}

absl::StatusOr<client::Client> ConnectByFile(const std::string& file) {
  ACCORD_ASSIGN_OR_RETURN(const client::Settings settings, ClientSettings(file));
  try {
    return client::Connect(settings);
  } catch (const client::SettingsError& error) {
    return absl::FailedPreconditionError(absl::StrCat(file, ": ", error.what()));
  }
}

OutboxBounds OutboxBoundsOf(const OutboxLimits& limits) {
  return {LimitOrDefault(limits.max_calls(), kCalls), LimitOrDefault(limits.max_bytes(), kBytes),
          absl::Seconds(LimitOrDefault(limits.erase_after_seconds(), kEraseSeconds))};
}

}  // namespace

absl::Status Connector::Check(const ConnectorConfig& config) {
  ACCORD_RETURN_IF_ERROR(CheckConfig(config));
  ACCORD_RETURN_IF_ERROR(Callers::Load(config).status());
  ACCORD_RETURN_IF_ERROR(CheckFolders(config));
  return ConnectByFile(config.client_file()).status();
}

absl::StatusOr<std::unique_ptr<Connector>> Connector::Start(const ConnectorConfig& config,
                                                            const client::Waits& waits,
                                                            std::chrono::milliseconds pause) {
  ACCORD_RETURN_IF_ERROR(CheckConfig(config));
  ACCORD_ASSIGN_OR_RETURN(Callers callers, Callers::Load(config));
  ACCORD_RETURN_IF_ERROR(CheckFolders(config));
  ACCORD_ASSIGN_OR_RETURN(const client::Client client, ConnectByFile(config.client_file()));
  std::unique_ptr<Connector> connector(new Connector(config, client));
  ACCORD_RETURN_IF_ERROR(MakeOwnFolder(config.state_folder()));
  // Two that begin at once would each make a key, and one would seal with what the other writes over.
  ACCORD_ASSIGN_OR_RETURN(connector->lock_, StateLock::Take(config.state_folder()));
  ACCORD_ASSIGN_OR_RETURN(const auto keyring, SealKey(config.state_folder()));
  ACCORD_ASSIGN_OR_RETURN(connector->outbox_, Outbox::Open(OutboxFile(config.state_folder()), keyring,
                                                           OutboxBoundsOf(config.limits())));
  ACCORD_ASSIGN_OR_RETURN(const auto waiting, connector->outbox_->AllWaiting());
  const SendOptions options{static_cast<int>(LimitOrDefault(config.limits().senders(), kSenders)), waits,
                            [told = &connector->announcements_](const std::string& id) { told->Tell(id); }};
  Outbox* outbox = connector->outbox_.get();
  connector->sender_ = std::make_unique<Sender>(outbox, client, waiting, options);
  connector->handover_ = std::make_unique<Handover>(outbox, connector->sender_.get());
  connector->disk_ = std::make_unique<DiskProbe>(config.state_folder(), kPausesForADisk * pause);
  if (config.has_renewal()) connector->renewal_ = std::make_unique<Renewal>(client, config.renewal());
  ACCORD_RETURN_IF_ERROR(connector->StartDrops(config, pause));
  ACCORD_RETURN_IF_ERROR(connector->StartInboxes(config, keyring, waits, pause));
  connector->upkeep_ = std::make_unique<Upkeep>(outbox, connector->deliveries_.get());
  if (!config.callers().empty()) {
    const auto status = [running = connector.get()] { return running->Status(); };
    ACCORD_ASSIGN_OR_RETURN(connector->api_, LocalApi::Start(config.listen(), std::move(callers),
                                                             connector->handover_.get(), outbox, status));
  }
  return connector;
}

nlohmann::json Connector::Status() {
  StatusSources sources{config_, outbox_.get(), positions_.get(), deliveries_.get()};
  for (const std::unique_ptr<Inbox>& each : inboxes_) sources.feeds.push_back(each->seen());
  sources.gateways = client_.Gateways();
  sources.certificate_file = client_.settings().certificate_file;
  if (renewal_ != nullptr) sources.renewal = renewal_->seen();
  sources.takes = [this](const std::string&) { return disk_->Takes(); };
  nlohmann::json status = StatusOf(sources, absl::Now());
  status["source"] = "running";
  return status;
}

absl::Status Connector::StartDrops(const ConnectorConfig& config, std::chrono::milliseconds pause) {
  for (const DropConfig& each : config.drops()) {
    ACCORD_ASSIGN_OR_RETURN(auto drop,
                            Drop::Start(each, handover_.get(), outbox_.get(), &announcements_, pause));
    drops_.push_back(std::move(drop));
  }
  return absl::OkStatus();
}

absl::Status Connector::StartInboxes(const ConnectorConfig& config,
                                     const std::shared_ptr<const storage::Keyring>& keyring,
                                     const client::Waits& waits, std::chrono::milliseconds pause) {
  if (config.watches().empty() && config.webhooks().empty()) return absl::OkStatus();
  ACCORD_ASSIGN_OR_RETURN(positions_, Positions::Open(config.state_folder() + "/inbox.db", keyring));
  deliveries_ = std::make_unique<Deliveries>(positions_->database(), keyring);
  ACCORD_ASSIGN_OR_RETURN(webhooks_, Webhooks::Start(config, deliveries_.get(), {waits, pause}));
  for (const WatchConfig& each : config.watches()) {
    ACCORD_ASSIGN_OR_RETURN(auto inbox,
                            Inbox::Start(each, client_, positions_.get(), webhooks_.get(), waits));
    inboxes_.push_back(std::move(inbox));
  }
  return absl::OkStatus();
}

}  // namespace accord::connector
