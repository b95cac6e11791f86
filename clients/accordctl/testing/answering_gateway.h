// A test gateway that gives each method the answers that the test set, one after another if there
// are several, or refuses it; a method without an answer gets an empty one. It remembers which
// methods were called with which requests, and counts the calls of each.
#ifndef ACCORD_CLIENTS_ACCORDCTL_TESTING_ANSWERING_GATEWAY_H_
#define ACCORD_CLIENTS_ACCORDCTL_TESTING_ANSWERING_GATEWAY_H_

#include <google/protobuf/message.h>
#include <grpcpp/generic/async_generic_service.h>

#include <deque>
#include <map>
#include <mutex>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "common/access/assertion.h"
#include "common/base/byte_buffer.h"
#include "common/base/error.h"

namespace accord::ctl {

class AnsweringGateway : public grpc::CallbackGenericService {
 public:
  void Answer(const std::string& path, const google::protobuf::Message& message) {
    const std::lock_guard lock(mutex_);
    answers_[path] = {message.SerializeAsString()};
  }
  // Each call of the method that is not refused gets the next answer; the last one is repeated.
  template <class M>
  void AnswerInTurn(const std::string& path, const std::vector<M>& messages) {
    const std::lock_guard lock(mutex_);
    std::deque<std::string>& answers = answers_[path];
    answers.clear();
    for (const M& message : messages) answers.push_back(message.SerializeAsString());
  }
  // An OK status removes the refusal.
  void RefuseWith(const std::string& path, const absl::Status& status) {
    const std::lock_guard lock(mutex_);
    refusals_[path] = status;
  }
  // This gives every method that was called, in the order of the calls.
  std::vector<std::string> asked() {
    const std::lock_guard lock(mutex_);
    return asked_;
  }
  // This gives the bytes that were sent to a method last.
  std::string sent(const std::string& path) {
    const std::lock_guard lock(mutex_);
    return sent_[path];
  }
  // This says how often a method was called to act, and how often only to validate.
  int acted(const std::string& path) {
    const std::lock_guard lock(mutex_);
    return acted_[path];
  }
  int tried(const std::string& path) {
    const std::lock_guard lock(mutex_);
    return tried_[path];
  }
  grpc::ServerGenericBidiReactor* CreateReactor(grpc::GenericCallbackServerContext* context) override {
    const std::lock_guard lock(mutex_);
    const std::string path = context->method();
    const bool only_tried = context->client_metadata().count(kValidateOnlyHeader) > 0;
    ++(only_tried ? tried_ : acted_)[path];
    asked_.push_back(path);
    const auto refusal = refusals_.find(path);
    const absl::Status status = refusal == refusals_.end() ? absl::OkStatus() : refusal->second;
    return new Reactor(this, path, status.ok() ? NextAnswer(path) : "", status);
  }

 private:
  std::string NextAnswer(const std::string& path) {
    std::deque<std::string>& answers = answers_[path];
    if (answers.empty()) return "";
    const std::string next = answers.front();
    if (answers.size() > 1) answers.pop_front();
    return next;
  }
  class Reactor : public grpc::ServerGenericBidiReactor {
   public:
    Reactor(AnsweringGateway* gateway, std::string path, const std::string& answer, absl::Status status)
        : gateway_(gateway), path_(std::move(path)), status_(std::move(status)) {
      out_ = BufferOf(answer);
      StartRead(&in_);
    }
    void OnReadDone(bool) override {
      gateway_->Keep(path_, BytesOf(in_));
      if (status_.ok()) return StartWrite(&out_);
      Finish(grpc::Status(static_cast<grpc::StatusCode>(status_.code()), std::string(status_.message()),
                          StatusDetails(status_)));
    }
    void OnWriteDone(bool) override { Finish(grpc::Status::OK); }
    void OnDone() override { delete this; }

   private:
    AnsweringGateway* const gateway_;
    const std::string path_;
    const absl::Status status_;
    grpc::ByteBuffer in_, out_;
  };

  void Keep(const std::string& path, std::string bytes) {
    const std::lock_guard lock(mutex_);
    sent_[path] = std::move(bytes);
  }

  std::mutex mutex_;
  std::vector<std::string> asked_;
  std::map<std::string, std::deque<std::string>> answers_;
  std::map<std::string, std::string> sent_;
  std::map<std::string, absl::Status> refusals_;
  std::map<std::string, int> acted_, tried_;
};

}  // namespace accord::ctl

#endif  // ACCORD_CLIENTS_ACCORDCTL_TESTING_ANSWERING_GATEWAY_H_
