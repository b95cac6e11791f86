// This is a gRPC call of any kind, made one step at a time with messages as bytes.
#ifndef ACCORD_COMMON_TESTING_STEPPED_CALL_H_
#define ACCORD_COMMON_TESTING_STEPPED_CALL_H_

#include <grpcpp/generic/generic_stub.h>
#include <grpcpp/grpcpp.h>

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "common/base/byte_buffer.h"
#include "common/base/error.h"

namespace accord::testing {

class SteppedCall {
 public:
  // `prepare` adds headers and a deadline before the call begins.
  SteppedCall(const std::shared_ptr<grpc::Channel>& channel, const std::string& path,
              const std::function<void(grpc::ClientContext*)>& prepare)
      : stub_(channel) {
    prepare(&context_);
    call_ = stub_.PrepareCall(&context_, path, &queue_);
    call_->StartCall(nullptr);
    started_ = Step();
  }
  ~SteppedCall() {
    context_.TryCancel();
    if (!finished_) Finish().IgnoreError();
    queue_.Shutdown();
    void* tag = nullptr;
    bool ok = false;
    while (queue_.Next(&tag, &ok)) {
    }
  }
  SteppedCall(const SteppedCall&) = delete;
  SteppedCall& operator=(const SteppedCall&) = delete;

  // This gives false if the call ended before anything could be sent.
  bool started() const { return started_; }
  bool Write(const std::string& message) {
    call_->Write(BufferOf(message), nullptr);
    return Step();
  }
  bool WriteLast(const std::string& message) {
    call_->WriteLast(BufferOf(message), grpc::WriteOptions(), nullptr);
    return Step();
  }
  bool WritesDone() {
    call_->WritesDone(nullptr);
    return Step();
  }
  // This gives the next message, or nullopt at the end.
  std::optional<std::string> Read() {
    grpc::ByteBuffer in;
    call_->Read(&in, nullptr);
    if (!Step()) return std::nullopt;
    return BytesOf(in);
  }
  absl::Status Finish() {
    finished_ = true;
    grpc::Status status;
    call_->Finish(&status, nullptr);
    Step();
    return FromStatusDetails(status.error_code(), status.error_message(), status.error_details());
  }
  void Cancel() { context_.TryCancel(); }
  // This gives the trailers of this name after the last message. They are complete once Finish has returned.
  std::vector<std::string> Trailers(const std::string& name) const {
    std::vector<std::string> values;
    const auto [first, last] = context_.GetServerTrailingMetadata().equal_range(name);
    for (auto it = first; it != last; ++it) values.emplace_back(it->second.data(), it->second.size());
    return values;
  }

 private:
  bool Step() {
    void* tag = nullptr;
    bool ok = false;
    return queue_.Next(&tag, &ok) && ok;
  }

  grpc::GenericStub stub_;
  grpc::ClientContext context_;
  grpc::CompletionQueue queue_;
  std::unique_ptr<grpc::GenericClientAsyncReaderWriter> call_;
  bool started_ = false, finished_ = false;
};

}  // namespace accord::testing

#endif  // ACCORD_COMMON_TESTING_STEPPED_CALL_H_
