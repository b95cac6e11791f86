// This calls through the gateway, of any method, by descriptor.
#ifndef ACCORD_CLIENTS_ACCORDCTL_CORE_CLIENT_H_
#define ACCORD_CLIENTS_ACCORDCTL_CORE_CLIENT_H_

#include <google/protobuf/message.h>
#include <grpcpp/generic/generic_stub.h>
#include <grpcpp/grpcpp.h>

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "clients/accordctl/core/contexts.h"
#include "clients/accordctl/core/pem_files.h"

namespace accord::ctl {

using MessagePtr = std::unique_ptr<google::protobuf::Message>;

// This gives an empty message of any compiled-in type.
MessagePtr NewMessage(const google::protobuf::Descriptor* type);

class Client {
 public:
  // This returns INVALID_ARGUMENT if the context is incomplete or a file is not valid (pem_files.h).
  static absl::StatusOr<std::unique_ptr<Client>> Open(const Context& context, absl::Duration timeout);

  // With kNone the change is only validated.
  enum class Effect { kReal, kNone };
  // This makes a unary call. UNAVAILABLE is retried, and standard error says so once, until all calls
  // together have waited as long as one may take; after that each call is tried once. Failures older than a
  // minute no longer count. Retrying is safe: reads change nothing, and a mutation runs once, because its
  // request_id stays the same. A lasting failure is reported with its cause (tls_fault.h).
  absl::Status Call(const std::string& path, const google::protobuf::Message& request,
                    google::protobuf::Message* response, Effect effect = Effect::kReal);
  // This makes one attempt and gives gRPC's own error; Explained turns it into plain words.
  absl::Status CallOnce(const std::string& path, const google::protobuf::Message& request,
                        google::protobuf::Message* response, Effect effect = Effect::kReal);
  // This gives the same status; or its cause if a retry would not help (tls_fault.h); or that nothing
  // answered at the context's address.
  absl::Status Explained(absl::Status status) const;
  // This reads a stream until `next` returns false, the stream ends, or soon after `stopped`, if given,
  // returns true. Several streams may be read at once, each by a thread of its own.
  absl::Status Stream(const std::string& path, const google::protobuf::Message& request,
                      google::protobuf::Message* message, const std::function<bool()>& next,
                      const std::function<bool()>& stopped = nullptr);

  // These are the fields that the last answer of Call lacks because this caller may not read them, for
  // example `flags.text`.
  const std::vector<std::string>& masked() const { return masked_; }

  // This is the agency's id in the caller's own certificate.
  const std::string& agency() const { return agency_; }

 private:
  Client(const Context& context, TlsFiles files, absl::Duration timeout,
         std::shared_ptr<grpc::Channel> channel, std::string agency);
  void Prepare(grpc::ClientContext* call, Effect effect) const;

  Context context_;
  TlsFiles files_;
  absl::Duration timeout_;
  // This says how much longer calls may be retried.
  absl::Duration patience_ = timeout_;
  absl::Time failed_ = absl::InfinitePast();
  bool told_of_waiting_ = false;
  std::string agency_;
  std::vector<std::string> masked_;
  std::shared_ptr<grpc::Channel> channel_;
  grpc::GenericStub stub_;
};

}  // namespace accord::ctl

#endif  // ACCORD_CLIENTS_ACCORDCTL_CORE_CLIENT_H_
