#include "common/host/gateway_client.h"

#include <grpcpp/generic/generic_stub.h>

#include <chrono>

#include "absl/strings/match.h"
#include "common/base/byte_buffer.h"
#include "common/base/error.h"
#include "common/base/file.h"
#include "common/base/unary_call.h"

namespace accord::host {

namespace {

// This is how often `go_on` is asked while nothing arrives.
constexpr auto kTick = std::chrono::milliseconds(200);

}  // namespace

absl::StatusOr<std::shared_ptr<grpc::Channel>> GatewayClient::Connect() {
  std::lock_guard lock(mutex_);
  if (channel_ != nullptr) return channel_;
  grpc::SslCredentialsOptions options;
  for (const auto& [file, text] : {std::pair{config_.ca_file(), &options.pem_root_certs},
                                   {config_.certificate_file(), &options.pem_cert_chain},
                                   {config_.key_file(), &options.pem_private_key}}) {
    auto read = ReadFile(file);
    if (!read.ok()) {
      return Refuse(rules::kNoIdentity,
                    "The service is not enrolled with the gateway yet: its certificate cannot be read.");
    }
    *text = *std::move(read);
  }
  grpc::ChannelArguments arguments;
  if (!config_.server_name().empty()) arguments.SetSslTargetNameOverride(config_.server_name());
  channel_ = grpc::CreateCustomChannel(config_.address(), grpc::SslCredentials(options), arguments);
  return channel_;
}

void GatewayClient::AddIdentity(const std::string& purpose, grpc::ClientContext* context) const {
  context->AddMetadata("accord-actor", config_.actor());
  context->AddMetadata("accord-purpose", purpose);
}

absl::Status GatewayClient::Failed(const grpc::Status& status) {
  const absl::Status failed =
      FromStatusDetails(status.error_code(), status.error_message(), status.error_details());
  // A renewed certificate is read with the next connection.
  if (absl::IsUnavailable(failed) || absl::StartsWith(RuleOf(failed), "CERTIFICATE_")) {
    std::lock_guard lock(mutex_);
    channel_.reset();
  }
  return failed;
}

absl::Status GatewayClient::StreamBytes(const std::string& path, const std::string& purpose,
                                        const std::string& request,
                                        const std::function<void(const std::string&)>& message,
                                        const std::function<bool()>& go_on) {
  enum Step : intptr_t { kStarted = 1, kSent, kRead, kFinished };
  const auto tag = [](Step step) { return reinterpret_cast<void*>(step); };
  ACCORD_ASSIGN_OR_RETURN(const auto channel, Connect());
  grpc::GenericStub stub(channel);
  grpc::ClientContext context;
  AddIdentity(purpose, &context);
  grpc::CompletionQueue queue;
  const auto stream = stub.PrepareCall(&context, path, &queue);
  grpc::Status status;
  grpc::ByteBuffer in;
  stream->StartCall(tag(kStarted));
  const auto finish = [&] { stream->Finish(&status, tag(kFinished)); };
  bool cancelled = false;
  for (bool finished = false; !finished;) {
    void* done = nullptr;
    bool ok = false;
    const auto next = queue.AsyncNext(&done, &ok, std::chrono::system_clock::now() + kTick);
    if (!cancelled && !go_on()) {
      cancelled = true;
      context.TryCancel();
    }
    if (next != grpc::CompletionQueue::GOT_EVENT) continue;
    switch (static_cast<Step>(reinterpret_cast<intptr_t>(done))) {
      case kStarted:
        if (ok) {
          stream->WriteLast(BufferOf(request), grpc::WriteOptions(), tag(kSent));
        } else {
          finish();
        }
        break;
      case kSent:
        if (ok) {
          stream->Read(&in, tag(kRead));
        } else {
          finish();
        }
        break;
      case kRead:
        if (ok) {
          message(BytesOf(in));
          stream->Read(&in, tag(kRead));
        } else {
          finish();
        }
        break;
      case kFinished:
        finished = true;
        break;
    }
  }
  queue.Shutdown();
  void* done = nullptr;
  for (bool ok = false; queue.Next(&done, &ok);) {
  }
  if (cancelled) return absl::CancelledError();
  return status.ok() ? absl::OkStatus() : Failed(status);
}

absl::StatusOr<std::string> GatewayClient::CallBytes(const std::string& path, const std::string& purpose,
                                                     const std::string& request) {
  ACCORD_ASSIGN_OR_RETURN(const auto channel, Connect());
  grpc::GenericStub stub(channel);
  grpc::ClientContext context;
  context.set_deadline(std::chrono::system_clock::now() + std::chrono::seconds(10));
  AddIdentity(purpose, &context);
  const grpc::ByteBuffer out = BufferOf(request);
  grpc::ByteBuffer in;
  const grpc::Status status = AwaitUnaryCall(&stub, path, out, &context, &in);
  if (!status.ok()) return Failed(status);
  return BytesOf(in);
}

}  // namespace accord::host
