// This is one call on a connection of a Server, as gRPC calls it back.
#ifndef ACCORD_COMMON_HOST_SERVING_SERVER_REACTOR_H_
#define ACCORD_COMMON_HOST_SERVING_SERVER_REACTOR_H_

#include <grpcpp/grpcpp.h>

#include <algorithm>
#include <condition_variable>
#include <memory>
#include <mutex>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <thread>
#include <utility>

#include "absl/strings/str_join.h"
#include "absl/time/clock.h"
#include "common/access/refusal_explanation.h"
#include "common/base/byte_buffer.h"
#include "common/base/error.h"
#include "common/base/language.h"
#include "common/base/log.h"
#include "common/host/calls/touched.h"
#include "common/host/serving/server_impl.h"
#include "common/host/serving/transport.h"

namespace accord::host {

// This says whether it is a fault of the service itself, which somebody must look at. Refusals belong to
// the audit.
inline bool IsServiceFault(absl::StatusCode code) {
  return code == absl::StatusCode::kInternal || code == absl::StatusCode::kUnknown ||
         code == absl::StatusCode::kDataLoss || code == absl::StatusCode::kUnavailable;
}

// A reactor is one call on the connection. It lives until gRPC and all threads are done with it.
class Server::Impl::Reactor : public grpc::ServerGenericBidiReactor {
 public:
  Reactor(Impl* server, grpc::GenericCallbackServerContext* context)
      : server_(server), context_(context), path_(context->method()), start_(absl::Now()), self_(this) {
    const Method* method = server_->handlers_->Find(path_);
    if (method != nullptr) server_->metrics_->Started(path_);
    Origin origin{PeerOf(*context, server_->service_prefix_), ""};
    const auto header = context->client_metadata().find(kCallerHeader);
    if (header != context->client_metadata().end()) {
      origin.assertion.assign(header->second.data(), header->second.size());
    }
    // No call lasts for ever: a unary call has the service's limit, and a stream only the deadline
    // of its caller.
    absl::Time deadline = absl::FromChrono(context->deadline());
    if (method != nullptr && method->unary()) deadline = std::min(deadline, start_ + server_->max_call_);
    auto call = server_->handlers_->Begin(path_, origin, deadline);
    if (!call.ok()) {
      End(call.status());
      return;
    }
    call_ = *std::move(call);
    streaming_ = method->descriptor->server_streaming();
    // The log reads a service's changes through the gateway. It must be able to settle them however
    // many streams and waiting calls agencies have.
    const bool of_peer = !method->rule.peers().empty();
    const bool internal = of_peer || call_->caller().kind == annotations::v1::AGENCY_KIND_PLATFORM_LOG;
    budgets_ = internal ? server_->internal_.get() : server_->agencies_.get();
    who_ = of_peer ? origin.peer : call_->caller().agency;
    StartRead(&request_);
  }

  void OnReadDone(bool ok) override {
    if (!ok) return End(Refuse(rules::kRequestMissing, "The call has no request."));
    std::shared_ptr<Reactor> self = self_;
    if (!streaming_) {
      return budgets_->workers.Post(
          who_, {[self] { self->HandleUnary(); }, [self](FairQueue::Full full) { self->End(Busy(full)); }});
    }
    if (absl::Status open = budgets_->streams.Open(who_); !open.ok()) return End(open);
    std::thread([self = std::move(self), streams = &budgets_->streams, who = who_]() mutable {
      self->HandleStream();
      self = nullptr;
      streams->Close(who);
    }).detach();
  }

  void OnWriteDone(bool ok) override {
    std::lock_guard lock(mutex_);
    writing_ = false;
    write_ok_ = ok;
    written_.notify_all();
  }

  void OnCancel() override {
    if (call_ != nullptr) call_->End();
  }

  void OnDone() override {
    std::shared_ptr<Reactor> last;
    last.swap(self_);
  }

 private:
  static absl::Status Busy(FairQueue::Full full) {
    const bool own = full == FairQueue::Full::kLine;
    return WithRetryAfter(Refuse(own ? rules::kAgencyBusy : rules::kServiceBusy,
                                 own ? "Too many of your agency's calls wait here; try again."
                                     : "Too much is waiting; try again."),
                          absl::Milliseconds(500));
  }

  void HandleUnary() {
    // A call that waits in the queue when the server drains is still answered.
    if (call_->abandoned()) {
      return End(Refuse(rules::kDeadlinePassed, "The deadline passed in the queue."));
    }
    std::optional<storage::ReservedSessions> reserved;
    if (budgets_ == server_->internal_.get()) reserved.emplace();
    auto reply = server_->handlers_->Unary(path_, *call_, BytesOf(request_));
    if (!reply.ok()) return End(reply.status());
    if (!reply->masked.empty()) {
      context_->AddTrailingMetadata(kMaskedTrailer, absl::StrJoin(reply->masked, ","));
    }
    const bool too_much = reply->touched.ByteSizeLong() > kTouchedBytes;
    // Changes whose names do not fit are not reported here. The log finds them by itself and tells
    // their owners.
    if (too_much) {
      reply->touched.clear_resources();
      reply->touched.clear_revisions();
      reply->touched.clear_changed();
    }
    for (const std::string& trailer : TouchedTrailers(reply->touched)) {
      context_->AddTrailingMetadata(kTouchedTrailer, trailer);
    }
    if (too_much) {
      return End(
          Refuse(rules::kAnswerNamesTooMuch,
                 "The answer names more records than one audit record holds; ask for a smaller page."));
    }
    response_ = BufferOf(reply->response);
    Account(absl::OkStatus());
    StartWriteAndFinish(&response_, grpc::WriteOptions(), grpc::Status::OK);
  }

  void HandleStream() {
    std::optional<storage::ReservedSessions> reserved;
    if (budgets_ == server_->internal_.get()) reserved.emplace();
    // The headers are sent at once, so that the caller knows that the stream is open before there
    // is anything to send.
    StartSendInitialMetadata();
    const absl::Status status = server_->handlers_->Stream(
        path_, *call_, BytesOf(request_), [this](const std::string& bytes) { return Write(bytes); });
    End(status);
  }

  // This makes one write at a time; the stream's own thread waits until it is sent.
  bool Write(const std::string& bytes) {
    if (call_->ended()) return false;
    {
      std::lock_guard lock(mutex_);
      writing_ = true;
    }
    response_ = BufferOf(bytes);
    StartWrite(&response_);
    std::unique_lock lock(mutex_);
    written_.wait(lock, [this] { return !writing_; });
    return write_ok_;
  }

  void End(const absl::Status& status) {
    Account(status);
    // A call without a verified assertion has no language. A refusal before the call began has its
    // text already.
    const Language language = call_ == nullptr ? Language::kNone : call_->caller().language;
    Finish(ToGrpc(ExplainRefusal(status, server_->handlers_->Find(path_), language)));
  }

  void Account(const absl::Status& status) {
    if (IsServiceFault(status.code())) LogFault(status);
    if (server_->handlers_->Find(path_) != nullptr) {
      server_->metrics_->Handled(path_, status.code(), absl::Now() - start_);
    }
  }

  void LogFault(const absl::Status& status) {
    const std::optional<int64_t> left_out = server_->fault_lines_.Take(who_, absl::Now());
    if (!left_out) return;
    nlohmann::json fields = {{"method", path_},
                             {"code", absl::StatusCodeToString(status.code())},
                             {"rule", RuleOf(status)},
                             {"trace", TraceOf(*context_)}};
    if (*left_out > 0) fields["left_out"] = *left_out;
    LogError("call_failed", std::move(fields));
  }

  Impl* server_;
  grpc::GenericCallbackServerContext* context_;
  std::string path_;
  absl::Time start_;
  std::shared_ptr<Call> call_;
  // These are the call's budgets, and the agency that is charged for it.
  Budgets* budgets_ = nullptr;
  std::string who_;
  bool streaming_ = false;
  grpc::ByteBuffer request_, response_;
  std::mutex mutex_;
  std::condition_variable written_;
  bool writing_ = false;
  bool write_ok_ = true;
  std::shared_ptr<Reactor> self_;
};

}  // namespace accord::host

#endif  // ACCORD_COMMON_HOST_SERVING_SERVER_REACTOR_H_
