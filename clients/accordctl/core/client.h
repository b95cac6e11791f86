// Calls through the gateway, of any method, by descriptor.
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

// Gives an empty message of any compiled-in type.
MessagePtr NewMessage(const google::protobuf::Descriptor* type);

class Client {
 public:
  // INVALID_ARGUMENT if the context lacks something or a file is not what it ought to be (pem_files.h).
  static absl::StatusOr<std::unique_ptr<Client>> Open(const Context& context, absl::Duration timeout);

  // kNone: the change is decided as it would be, and not made.
  enum class Effect { kReal, kNone };
  // One answer. UNAVAILABLE is tried again, and standard error says so once, until all calls together have
  // waited for as long as one may take; then each is tried once. What failed a minute ago is forgotten. Reads
  // change nothing, and a mutation runs once whatever the number of tries, for its request_id stays the same.
  // What will not pass is told as what it is (tls_fault.h).
  absl::Status Call(const std::string& path, const google::protobuf::Message& request,
                    google::protobuf::Message* response, Effect effect = Effect::kReal);
  // This makes one attempt. What fails is told as gRPC tells it: `Explained` says it in plain words.
  absl::Status CallOnce(const std::string& path, const google::protobuf::Message& request,
                        google::protobuf::Message* response, Effect effect = Effect::kReal);
  // Gives the same status, or why it is so if trying again would not help (tls_fault.h), or that nobody
  // answered at the context's address.
  absl::Status Explained(absl::Status status) const;
  // Each message of a stream until `next` says false or the stream ends, or, where `stopped` is given, soon
  // after it is true. Several streams may be read at once, each by a thread of its own.
  absl::Status Stream(const std::string& path, const google::protobuf::Message& request,
                      google::protobuf::Message* message, const std::function<bool()>& next,
                      const std::function<bool()>& stopped = nullptr);

  // The last answer of Call lacks these fields, because this caller may not read them: `flags.text`.
  const std::vector<std::string>& masked() const { return masked_; }

  // Gives the agency id out of the own certificate.
  const std::string& agency() const { return agency_; }

 private:
  Client(const Context& context, TlsFiles files, absl::Duration timeout,
         std::shared_ptr<grpc::Channel> channel, std::string agency);
  void Prepare(grpc::ClientContext* call, Effect effect) const;

  Context context_;
  TlsFiles files_;
  absl::Duration timeout_;
  // So long may calls still be tried again.
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
