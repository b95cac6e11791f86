#include "accord/client/client.h"

#include <sstream>

#include "accord/client/retries.h"
#include "accord/client/throw_error.h"

namespace accord::client {
namespace {

constexpr char kMasked[] = "accord-masked";
// The gateway lets a stream be open for an hour.
constexpr Seconds kStreamTime(3600);

std::vector<std::string> MaskedFieldsOf(const grpc::ClientContext& context) {
  std::vector<std::string> masked;
  const auto& trailers = context.GetServerTrailingMetadata();
  const auto found = trailers.find(kMasked);
  if (found == trailers.end()) return masked;
  std::istringstream paths(std::string(found->second.data(), found->second.size()));
  for (std::string path; std::getline(paths, path, ',');) {
    if (!path.empty()) masked.push_back(path);
  }
  return masked;
}

}  // namespace

Client::Client(Settings settings)
    : settings_(settings), channels_(std::make_shared<Channels>(std::move(settings))) {}

Client::Client(Settings settings, std::shared_ptr<Channels> channels)
    : settings_(std::move(settings)), channels_(std::move(channels)) {}

Client Client::With(const Behalf& behalf) const {
  Settings settings = settings_;
  if (behalf.actor.has_value()) settings.actor = *behalf.actor;
  if (behalf.purpose.has_value()) settings.purpose = *behalf.purpose;
  if (behalf.language.has_value()) settings.language = *behalf.language;
  return {std::move(settings), channels_};
}

void Client::Prepare(grpc::ClientContext& context, Seconds timeout) const {
  if (settings_.actor.empty()) {
    throw SettingsError("the setting actor is missing: every call names the person for whom it is made");
  }
  context.AddMetadata("accord-actor", settings_.actor);
  if (!settings_.purpose.empty()) context.AddMetadata("accord-purpose", settings_.purpose);
  if (!settings_.language.empty()) context.AddMetadata("accord-language", settings_.language);
  context.set_deadline(std::chrono::system_clock::now() +
                       std::chrono::duration_cast<std::chrono::system_clock::duration>(timeout));
}

std::vector<std::string> Client::Repeated(const google::protobuf::Message& request,
                                          const std::string& request_id, const CallOptions& options,
                                          const Once& once) const {
  const Clock clock{[] { return Seconds(std::chrono::steady_clock::now().time_since_epoch()); },
                    [this](Seconds wait) { channels_->Sleep(wait); }};
  std::vector<std::string> masked;
  const auto attempt_once = [&] {
    const std::unique_ptr<Attempt> attempt = channels_->Begin();
    Prepare(attempt->context(), options.timeout.value_or(settings_.timeout));
    const grpc::Status status = once(*attempt);
    if (!status.ok()) ThrowCallError(status, *channels_, *attempt, request, request_id);
    masked = MaskedFieldsOf(attempt->context());
  };
  Repeat(attempt_once, options.patience.value_or(settings_.patience), Waits(), clock, channels_->others());
  return masked;
}

std::unique_ptr<Attempt> Client::BeginStream() const {
  std::unique_ptr<Attempt> attempt = channels_->Begin();
  Prepare(attempt->context(), kStreamTime);
  return attempt;
}

Client Connect(const std::string& file, const Values& given) { return Client(LoadSettings(file, given)); }

Client Connect(Settings settings) { return Client(std::move(settings)); }

}  // namespace accord::client
