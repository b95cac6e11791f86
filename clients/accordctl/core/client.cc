#include "clients/accordctl/core/client.h"

#include <algorithm>
#include <chrono>
#include <iostream>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "absl/time/clock.h"
#include "clients/accordctl/core/gateway_address.h"
#include "clients/accordctl/core/next_step.h"
#include "clients/accordctl/core/output.h"
#include "clients/accordctl/core/texts.h"
#include "clients/accordctl/core/tls_fault.h"
#include "clients/accordctl/core/training_mark.h"
#include "common/access/assertion.h"
#include "common/access/refusal_explanation.h"
#include "common/base/byte_buffer.h"
#include "common/base/error.h"
#include "common/base/ids.h"
#include "common/base/unary_call.h"
#include "common/pki/authority.h"

namespace accord::ctl {
namespace {

// So often a stream that may be stopped checks whether it is.
constexpr std::chrono::milliseconds kStopCheckInterval{100};

// After this time without failures a long-running command has its full patience again.
constexpr absl::Duration kFailuresForgottenAfter = absl::Minutes(1);

using google::protobuf::Message;

absl::Status ParseResponse(const grpc::ByteBuffer& buffer, Message* message) {
  if (message->ParseFromString(BytesOf(buffer))) return absl::OkStatus();
  return absl::InternalError("the answer cannot be read: is this accordctl older than the gateway?");
}

absl::Status StatusFromGrpc(const grpc::Status& status) {
  if (status.ok()) return absl::OkStatus();
  return FromStatusDetails(status.error_code(), status.error_message(), status.error_details());
}

struct OwnIdentity {
  // This is empty for another party's certificate, such as the gateway's.
  std::string agency;
  bool training = false;
};

// The URI is spiffe://accord.example/agency/<agency>/system/<system>, or the same in the
// training domain.
absl::StatusOr<OwnIdentity> OwnIdentityIn(const std::string& certificate_pem) {
  ACCORD_ASSIGN_OR_RETURN(const pki::Issued certificate, pki::ReadCertificate(certificate_pem));
  const std::vector<std::string> parts = absl::StrSplit(certificate.uri, '/');
  if (parts.size() != 7 || !IsId(parts[4])) return OwnIdentity();
  for (const pki::Realm realm : {pki::Realm::kProduction, pki::Realm::kTraining}) {
    if (certificate.uri != pki::SystemUri(parts[4], parts[6], realm)) continue;
    return OwnIdentity{parts[4], realm == pki::Realm::kTraining};
  }
  return OwnIdentity();
}

// This refuses a header value for which gRPC would abort the process.
absl::Status CheckCallHeader(const char* option, const std::string& value) {
  const bool plain = std::all_of(value.begin(), value.end(), [](char c) { return c >= 0x20 && c < 0x7f; });
  if (plain) return absl::OkStatus();
  return Refuse(rules::kFieldInvalid,
                absl::StrCat(option, " is an id: letters, digits and -, without accents or line ends"));
}

// This adds the refusing method to the status, so that the error can say who may call it.
absl::Status WithCalledMethod(absl::Status status, const std::string& path) {
  if (absl::IsPermissionDenied(status)) status.SetPayload(kMethodCalled, absl::Cord(path));
  return status;
}

// This adds the duty to telephone, which is missing if no gateway was reached or if its version does not know
// the duty.
absl::Status WithDutyToTelephone(absl::Status status, const std::string& path, const std::string& language) {
  if (status.ok()) return status;
  // The full name of a path: `/accord.protocols.v1.ReferralService/CreateReferral`.
  std::string name = path.substr(path.find('/') + 1);
  if (const auto slash = name.rfind('/'); slash != std::string::npos) name[slash] = '.';
  const auto* method = google::protobuf::DescriptorPool::generated_pool()->FindMethodByName(name);
  if (method == nullptr || !method->options().GetExtension(annotations::v1::access).telephone_duty()) {
    return status;
  }
  return WithTelephoneDuty(std::move(status), ParseLanguage(language));
}

}  // namespace

MessagePtr NewMessage(const google::protobuf::Descriptor* type) {
  return MessagePtr(google::protobuf::MessageFactory::generated_factory()->GetPrototype(type)->New());
}

absl::StatusOr<std::unique_ptr<Client>> Client::Open(const Context& context, absl::Duration timeout) {
  if (context.address.empty()) {
    return absl::InvalidArgumentError(
        "no gateway is named: `accordctl context set NAME --address HOST:PORT ...`, then `accordctl context "
        "use "
        "NAME`");
  }
  ACCORD_RETURN_IF_ERROR(CheckGatewayAddress(context.address));
  ACCORD_RETURN_IF_ERROR(CheckCallHeader("--actor", context.actor));
  ACCORD_RETURN_IF_ERROR(CheckCallHeader("--purpose", context.purpose));
  ACCORD_RETURN_IF_ERROR(CheckCallHeader("--language", context.language));
  ACCORD_ASSIGN_OR_RETURN(TlsFiles files, ReadTlsFiles(context));
  ACCORD_ASSIGN_OR_RETURN(OwnIdentity own, OwnIdentityIn(files.certificate));
  MarkAsTraining(own.training);
  grpc::SslCredentialsOptions tls;
  tls.pem_root_certs = files.authorities;
  tls.pem_cert_chain = files.certificate;
  tls.pem_private_key = files.key;
  grpc::ChannelArguments arguments;
  if (!context.server_name.empty()) arguments.SetSslTargetNameOverride(context.server_name);
  arguments.SetInt(GRPC_ARG_INITIAL_RECONNECT_BACKOFF_MS, 50);
  arguments.SetInt(GRPC_ARG_MAX_RECONNECT_BACKOFF_MS, 500);
  arguments.SetMaxReceiveMessageSize(64 << 20);
  // Keepalive ends calls on a connection whose packets are silently dropped, so that they can
  // begin again.
  arguments.SetInt(GRPC_ARG_KEEPALIVE_TIME_MS, 20'000);
  arguments.SetInt(GRPC_ARG_KEEPALIVE_TIMEOUT_MS, 10'000);
  arguments.SetInt(GRPC_ARG_HTTP2_MAX_PINGS_WITHOUT_DATA, 0);
  // A numeric address needs no resolver.
  const bool numeric = context.address.find_first_not_of("0123456789.:") == std::string::npos;
  auto channel = grpc::CreateCustomChannel(absl::StrCat(numeric ? "ipv4:" : "dns:///", context.address),
                                           grpc::SslCredentials(tls), arguments);
  return std::unique_ptr<Client>(
      new Client(context, std::move(files), timeout, std::move(channel), std::move(own.agency)));
}

Client::Client(const Context& context, TlsFiles files, absl::Duration timeout,
               std::shared_ptr<grpc::Channel> channel, std::string agency)
    : context_(context),
      files_(std::move(files)),
      timeout_(timeout),
      agency_(std::move(agency)),
      channel_(std::move(channel)),
      stub_(channel_) {}

void Client::Prepare(grpc::ClientContext* call, Effect effect) const {
  if (!context_.actor.empty()) call->AddMetadata(kActorHeader, context_.actor);
  if (!context_.purpose.empty()) call->AddMetadata(kPurposeHeader, context_.purpose);
  if (!context_.language.empty()) call->AddMetadata(kLanguageHeader, context_.language);
  if (effect == Effect::kNone) call->AddMetadata(kValidateOnlyHeader, "true");
}

absl::Status Client::CallOnce(const std::string& path, const Message& request, Message* response,
                              Effect effect) {
  grpc::ClientContext call;
  Prepare(&call, effect);
  call.set_deadline(absl::ToChronoTime(absl::Now() + timeout_));
  const grpc::ByteBuffer out = BufferOf(request.SerializeAsString());
  grpc::ByteBuffer in;
  ACCORD_RETURN_IF_ERROR(StatusFromGrpc(AwaitUnaryCall(&stub_, path, out, &call, &in)));
  masked_.clear();
  const auto masked = call.GetServerTrailingMetadata().find(kMaskedTrailer);
  if (masked != call.GetServerTrailingMetadata().end()) {
    const std::string paths(masked->second.data(), masked->second.size());
    std::vector<std::string> fields = absl::StrSplit(paths, ',', absl::SkipEmpty());
    masked_ = std::move(fields);
    std::cerr << "masked for you: " << paths << "\n";
  }
  return ParseResponse(in, response);
}

absl::Status Client::Call(const std::string& path, const Message& request, Message* response, Effect effect) {
  if (absl::Now() - failed_ > kFailuresForgottenAfter) patience_ = timeout_;
  bool asked = false;
  for (absl::Duration pause = absl::Milliseconds(100);; pause = std::min(pause * 2, absl::Seconds(2))) {
    const absl::Time begun = absl::Now();
    absl::Status status = CallOnce(path, request, response, effect);
    if (!absl::IsUnavailable(status)) {
      // A later failure may be retried for as long again.
      if (asked) patience_ = timeout_;
      return WithDutyToTelephone(WithCalledMethod(std::move(status), path), path, context_.language);
    }
    failed_ = absl::Now();
    patience_ -= failed_ - begun + pause;
    const bool last = patience_ < absl::ZeroDuration();
    // The cause is determined at the first failure and at the last, since the gateway may have come
    // back meanwhile.
    if (!asked || last) status = Explained(std::move(status));
    asked = true;
    if (last || !absl::IsUnavailable(status))
      return WithDutyToTelephone(std::move(status), path, context_.language);
    if (!std::exchange(told_of_waiting_, true)) {
      std::cerr << Text("no answer yet; it is asked again, for {{seconds}} s at the most",
                        {{"seconds", absl::StrCat(absl::ToDoubleSeconds(timeout_))}})
                << std::endl;
    }
    absl::SleepFor(pause);
  }
}

absl::Status Client::Explained(absl::Status status) const {
  // If the gateway answered, the status has its rule.
  if (!absl::IsUnavailable(status) || !accord::RuleOf(status).empty()) return status;
  const absl::Status why = WhyTlsFails(context_, files_, absl::Now());
  if (!why.ok()) return why;
  // gRPC's own message names sockets but not the address in the context.
  absl::Status unreached = absl::UnavailableError(
      absl::StrCat("there was no answer from ", context_.address, ": is that the gateway's address?"));
  unreached.SetPayload(kUnreached, absl::Cord(context_.address));
  return unreached;
}

absl::Status Client::Stream(const std::string& path, const Message& request, Message* message,
                            const std::function<bool()>& next, const std::function<bool()>& stopped) {
  // Between two streams nothing waits for the channel, and gRPC polls it only every five seconds: a
  // handshake would take longer than the gateway allows.
  if (channel_->GetState(false) == GRPC_CHANNEL_TRANSIENT_FAILURE) {
    channel_->WaitForConnected(absl::ToChronoTime(absl::Now() + timeout_));
  }
  grpc::CompletionQueue queue;
  grpc::ClientContext call;
  Prepare(&call, Effect::kReal);
  const auto step = [&] {
    void* tag = nullptr;
    bool ok = false;
    if (stopped == nullptr) return queue.Next(&tag, &ok) && ok;
    while (true) {
      const auto next_look = std::chrono::system_clock::now() + kStopCheckInterval;
      const auto got = queue.AsyncNext(&tag, &ok, next_look);
      if (got != grpc::CompletionQueue::TIMEOUT) return got == grpc::CompletionQueue::GOT_EVENT && ok;
      if (stopped()) call.TryCancel();
    }
  };
  const auto stream = stub_.PrepareCall(&call, path, &queue);
  stream->StartCall(nullptr);
  absl::Status status;
  if (step()) {
    stream->WriteLast(BufferOf(request.SerializeAsString()), grpc::WriteOptions(), nullptr);
    step();
    for (;;) {
      grpc::ByteBuffer in;
      stream->Read(&in, nullptr);
      if (!step()) break;
      status = ParseResponse(in, message);
      if (!status.ok() || !next()) {
        call.TryCancel();
        break;
      }
    }
  }
  grpc::Status ended;
  stream->Finish(&ended, nullptr);
  step();
  queue.Shutdown();
  void* tag = nullptr;
  bool ok = false;
  while (queue.Next(&tag, &ok)) {
  }
  if (!status.ok() || ended.error_code() == grpc::StatusCode::CANCELLED) return status;
  return Explained(WithCalledMethod(StatusFromGrpc(ended), path));
}

}  // namespace accord::ctl
