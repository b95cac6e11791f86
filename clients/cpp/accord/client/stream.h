// This file is about one stream of an RPC, which `Client::Open` opens.
#ifndef ACCORD_CLIENT_STREAM_H_
#define ACCORD_CLIENT_STREAM_H_

#include <google/protobuf/message.h>
#include <grpcpp/support/sync_stream.h>

#include <memory>
#include <utility>

#include "accord/client/channels.h"
#include "accord/client/throw_error.h"

namespace accord::client {

// These are the messages of one stream, for one thread. Its destructor cancels the stream.
template <typename Response>
class OpenStream {
 public:
  template <typename Request>
  OpenStream(std::shared_ptr<Channels> channels, std::unique_ptr<Attempt> attempt,
             std::unique_ptr<grpc::ClientReader<Response>> reader, const Request& request)
      : channels_(std::move(channels)),
        attempt_(std::move(attempt)),
        reader_(std::move(reader)),
        request_(std::make_unique<Request>(request)) {}
  ~OpenStream() {
    if (ended_) return;
    Cancel();
    reader_->Finish();
  }
  OpenStream(const OpenStream&) = delete;
  OpenStream& operator=(const OpenStream&) = delete;

  // This waits for the next message; it is false after the last one. It throws Refusal, or Unanswered if the
  // connection was lost.
  bool Read(Response* message) {
    if (ended_) return false;
    if (reader_->Read(message)) return true;
    ended_ = true;
    const grpc::Status status = reader_->Finish();
    if (!status.ok()) ThrowCallError(status, *channels_, *attempt_, *request_, "");
    return false;
  }
  // This ends the stream; any thread may call it.
  void Cancel() { attempt_->context().TryCancel(); }
  // This says whether there is a newer certificate, with which the stream should be reopened.
  bool IsOutdated() { return channels_->Renewed(*attempt_); }

 private:
  std::shared_ptr<Channels> channels_;
  std::unique_ptr<Attempt> attempt_;
  std::unique_ptr<grpc::ClientReader<Response>> reader_;
  std::unique_ptr<google::protobuf::Message> request_;
  bool ended_ = false;
};

}  // namespace accord::client

#endif  // ACCORD_CLIENT_STREAM_H_
