#include "common/host/door.h"

#include <grpcpp/generic/generic_stub.h>

#include <chrono>
#include <future>
#include <vector>

#include "common/base/error.h"
#include "common/base/file.h"

namespace accord::host {

absl::Status Door::Connect() {
  if (channel_ != nullptr) return absl::OkStatus();
  grpc::SslCredentialsOptions options;
  for (const auto& [file, text] : {std::pair{config_.ca_file(), &options.pem_root_certs},
                                   {config_.certificate_file(), &options.pem_cert_chain},
                                   {config_.key_file(), &options.pem_private_key}}) {
    auto read = ReadFile(file);
    if (!read.ok()) {
      return Refuse(absl::StatusCode::kUnavailable, "NO_IDENTITY",
                    "The service is not enrolled with the door yet: its certificate cannot be read.");
    }
    *text = *std::move(read);
  }
  grpc::ChannelArguments arguments;
  if (!config_.server_name().empty()) arguments.SetSslTargetNameOverride(config_.server_name());
  channel_ = grpc::CreateCustomChannel(config_.address(), grpc::SslCredentials(options), arguments);
  return absl::OkStatus();
}

absl::StatusOr<std::string> Door::CallBytes(const std::string& path, const std::string& purpose,
                                            const std::string& request) {
  ACCORD_RETURN_IF_ERROR(Connect());
  grpc::GenericStub stub(channel_);
  grpc::ClientContext context;
  context.set_deadline(std::chrono::system_clock::now() + std::chrono::seconds(10));
  context.AddMetadata("accord-actor", config_.actor());
  context.AddMetadata("accord-purpose", purpose);
  const grpc::Slice slice(request);
  const grpc::ByteBuffer out(&slice, 1);
  grpc::ByteBuffer in;
  std::promise<grpc::Status> done;
  stub.UnaryCall(&context, path, grpc::StubOptions(), &out, &in,
                 [&](const grpc::Status& status) { done.set_value(status); });
  const grpc::Status status = done.get_future().get();
  if (!status.ok()) {
    // A renewed certificate is read with the next connection.
    if (status.error_code() == grpc::StatusCode::UNAVAILABLE) channel_.reset();
    return FromStatusDetails(status.error_code(), status.error_message(), status.error_details());
  }
  std::vector<grpc::Slice> slices;
  std::string bytes;
  if (in.Valid() && in.Dump(&slices).ok()) {
    for (const auto& each : slices) bytes.append(reinterpret_cast<const char*>(each.begin()), each.size());
  }
  return bytes;
}

}  // namespace accord::host
