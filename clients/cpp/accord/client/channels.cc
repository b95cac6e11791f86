#include "accord/client/channels.h"

#include <grpc/support/log.h>
#include <grpcpp/create_channel.h>
#include <grpcpp/security/credentials.h>
#include <grpcpp/support/channel_arguments.h>

namespace accord::client {
namespace {

// News of a certificate that was just issued reaches each gateway within seconds.
constexpr std::chrono::seconds kNews(10);

// By these the gateway refuses the certificate, whatever the call.
bool IsCertificateRule(Rule rule) {
  return rule == Rule::kCertificateEnded || rule == Rule::kCertificateNotRegistered ||
         rule == Rule::kCertificateRevoked;
}

const char* ConnectivityName(grpc_connectivity_state state) {
  switch (state) {
    case GRPC_CHANNEL_READY:
      return "ready";
    case GRPC_CHANNEL_CONNECTING:
      return "connecting";
    case GRPC_CHANNEL_TRANSIENT_FAILURE:
      return "away";
    default:
      return "idle";
  }
}

}  // namespace

Attempt::~Attempt() { channels_.End(*this); }

Channels::Channels(Settings settings)
    : settings_(std::move(settings)), addresses_(settings_.Addresses()), present_(Open()) {}

std::unique_ptr<Attempt> Channels::Begin() {
  std::unique_ptr<Attempt> attempt(new Attempt(*this));
  const std::lock_guard<std::mutex> lock(mutex_);
  if (closed_) throw SettingsError("the connection was closed");
  Renew();
  attempt->generation_ = present_;
  attempt->index_ = index_;
  open_.insert(attempt.get());
  return attempt;
}

void Channels::End(Attempt& attempt) {
  const std::lock_guard<std::mutex> lock(mutex_);
  open_.erase(&attempt);
}

void Channels::Failed(const Attempt& attempt) {
  const std::lock_guard<std::mutex> lock(mutex_);
  if (attempt.index_ == index_) index_ = (index_ + 1) % addresses_.size();
}

std::vector<GatewaySeen> Channels::Gateways() {
  const std::lock_guard<std::mutex> lock(mutex_);
  std::vector<GatewaySeen> seen;
  for (std::size_t i = 0; i < addresses_.size(); ++i) {
    seen.push_back({addresses_[i], ConnectivityName(present_->channels[i]->state()), i == index_});
  }
  return seen;
}

bool Channels::Renewed(const Attempt& attempt) {
  const std::lock_guard<std::mutex> lock(mutex_);
  if (!closed_) Renew();
  return attempt.generation_->replaced;
}

bool Channels::Outlives(const Attempt& attempt, Rule rule) {
  if (!IsCertificateRule(rule)) return false;
  const Generation& used = *attempt.generation_;
  const bool is_new = used.replaces && std::chrono::steady_clock::now() - used.opened < kNews;
  return Renewed(attempt) || (is_new && rule == Rule::kCertificateNotRegistered);
}

void Channels::Sleep(Seconds seconds) {
  std::unique_lock<std::mutex> lock(mutex_);
  closing_.wait_for(lock, seconds, [this] { return closed_; });
}

void Channels::Close() {
  const std::lock_guard<std::mutex> lock(mutex_);
  closed_ = true;
  for (Attempt* each : open_) each->context_.TryCancel();
  closing_.notify_all();
}

std::shared_ptr<Generation> Channels::Open() const {
  if (addresses_.empty()) throw SettingsError("the setting address is missing: it names no gateway");
  const Certificate certificate = ReadCertificate(settings_);
  auto opened = std::make_shared<Generation>();
  opened->fingerprint = certificate.fingerprint;
  for (const std::string& address : addresses_) {
    opened->channels.push_back(std::make_unique<Channel>(OpenOne(address, certificate)));
  }
  return opened;
}

std::shared_ptr<grpc::Channel> Channels::OpenOne(const std::string& address,
                                                 const Certificate& certificate) const {
  grpc::ChannelArguments arguments;
  // Calls are repeated by this library, which reads why they were refused. A second policy below would
  // multiply them.
  arguments.SetInt(GRPC_ARG_ENABLE_RETRIES, 0);
  arguments.SetInt(GRPC_ARG_USE_LOCAL_SUBCHANNEL_POOL, 1);
  arguments.SetInt(GRPC_ARG_KEEPALIVE_TIME_MS, 20'000);
  arguments.SetInt(GRPC_ARG_KEEPALIVE_TIMEOUT_MS, 10'000);
  arguments.SetInt(GRPC_ARG_INITIAL_RECONNECT_BACKOFF_MS, 500);
  arguments.SetInt(GRPC_ARG_MIN_RECONNECT_BACKOFF_MS, 5'000);
  arguments.SetInt(GRPC_ARG_MAX_RECONNECT_BACKOFF_MS, 10'000);
  arguments.SetMaxReceiveMessageSize(8 << 20);
  if (!settings_.server_name.empty()) arguments.SetSslTargetNameOverride(settings_.server_name);
  grpc::SslCredentialsOptions options;
  options.pem_root_certs = certificate.authority;
  options.pem_private_key = certificate.key;
  options.pem_cert_chain = certificate.chain;
  return grpc::CreateCustomChannel(address, grpc::SslCredentials(options), arguments);
}

void Channels::Renew() {
  std::shared_ptr<Generation> opened;
  try {
    if (FingerprintOf(settings_) == present_->fingerprint) return;
    opened = Open();
  } catch (const SettingsError& error) {
    // Half of a change may be on the disk, and the certificate before is still good.
    TellOnce(error.what());
    return;
  }
  opened->replaces = true;
  present_->replaced = true;
  present_ = opened;
  gpr_log(GPR_INFO, "accord: the certificate was read anew from %s", settings_.certificate_file.c_str());
}

void Channels::TellOnce(const std::string& what) {
  Fingerprint seen;
  try {
    seen = FingerprintOf(settings_);
  } catch (const SettingsError&) {
    // The file that is missing is what is told.
    seen = {"missing"};
  }
  if (seen == told_) return;
  told_ = seen;
  gpr_log(GPR_ERROR, "accord: the certificate before stays in use: %s", what.c_str());
}

}  // namespace accord::client
