// These are fakes of the services behind a gateway: one that answers, the log, and the registry.
#ifndef ACCORD_SERVICES_GATEWAY_TESTING_FAKES_H_
#define ACCORD_SERVICES_GATEWAY_TESTING_FAKES_H_

#include <grpcpp/generic/async_generic_service.h>
#include <grpcpp/grpcpp.h>

#include <algorithm>
#include <atomic>
#include <deque>
#include <mutex>
#include <set>
#include <string>
#include <vector>

#include "accord/audit/v1/audit_writer_service.pb.h"
#include "accord/registry/v1/resources.pb.h"
#include "accord/testing/v1/echo.pb.h"
#include "common/access/assertion.h"
#include "common/base/byte_buffer.h"
#include "services/gateway/gateway.h"

namespace accord::gateway {

using Echo = accord::testing::v1::EchoRequest;
using Echoed = accord::testing::v1::EchoResponse;

template <class Message>
Message Parsed(const grpc::ByteBuffer& buffer) {
  Message message;
  message.ParseFromString(BytesOf(buffer));
  return message;
}

inline grpc::ByteBuffer Packed(const google::protobuf::MessageLite& message) {
  return BufferOf(message.SerializeAsString());
}

// A call may be cancelled at any moment; only one of the threads that would end it does so.
class OnceReactor : public grpc::ServerGenericBidiReactor {
 protected:
  void End(const grpc::Status& status) {
    if (!ended_.exchange(true)) Finish(status);
  }
  void EndWith(const grpc::ByteBuffer* answer) {
    if (!ended_.exchange(true)) StartWriteAndFinish(answer, {}, grpc::Status::OK);
  }

 private:
  std::atomic<bool> ended_{false};
};

// This answers each request of EchoService; `hold_ms` holds the call until it is cancelled.
class EchoService : public grpc::CallbackGenericService {
 public:
  std::atomic<int> started{0}, cancelled{0}, ended{0};
  // This is the number of connections by which calls came.
  std::size_t connections() {
    std::lock_guard lock(mutex_);
    return peers_.size();
  }
  // This gives what the newest call showed of its caller.
  std::string shown() {
    std::lock_guard lock(mutex_);
    return shown_;
  }

 private:
  struct Reactor : OnceReactor {
    Reactor(EchoService* service, grpc::GenericCallbackServerContext* context)
        : service_(service), context_(context) {
      ++service_->started;
      const std::string& method = context->method();
      unary_ = method.ends_with("/Echo") || method.ends_with("/EchoForPolice") || method.ends_with("/Change");
      StartRead(&in_);
    }
    void OnReadDone(bool ok) override {
      if (!ok)
        return End(unary_ ? grpc::Status(grpc::StatusCode::INVALID_ARGUMENT, "empty") : grpc::Status::OK);
      const Echo request = Parsed<Echo>(in_);
      if (request.fail_with() != 0) {
        return End(grpc::Status(static_cast<grpc::StatusCode>(request.fail_with()), "as asked"));
      }
      if (request.hold_ms() > 0) return;
      Touch(request);
      Echoed response;
      for (const auto& [key, value] : context_->client_metadata()) {
        response.add_metadata(std::string(key.data(), key.size()));
      }
      response.set_payload(request.response_bytes() > 0
                               ? std::string(static_cast<std::size_t>(request.response_bytes()), 'e')
                               : request.payload());
      left_ = std::max(1, request.count());
      out_ = Packed(response);
      unary_ ? EndWith(&out_) : StartWrite(&out_);
    }
    // This puts some hundred names into a trailer, as a service does.
    void Touch(const Echo& request) {
      caller::v1::TouchedResources touched;
      touched.set_request_id(request.request_id());
      if (!request.request_id().empty()) touched.add_revisions(std::string(16, 'r'));
      for (int i = 0; i < request.touches(); ++i) {
        auto* resource = touched.add_resources();
        resource->set_owner(i % 2 == 0 ? "cas-york" : "cas-peel");
        resource->set_name("agencies/" + resource->owner() + "/records/" + std::to_string(i));
        if (touched.resources_size() < 100) continue;
        context_->AddTrailingMetadata("accord-touched-bin", touched.SerializeAsString());
        touched.clear_resources();
      }
      if (touched.ByteSizeLong() > 0) {
        context_->AddTrailingMetadata("accord-touched-bin", touched.SerializeAsString());
      }
    }
    void OnWriteDone(bool ok) override {
      if (!ok || unary_) return;
      --left_ > 0 ? StartWrite(&out_) : StartRead(&in_);
    }
    void OnCancel() override {
      ++service_->cancelled;
      End(grpc::Status::CANCELLED);
    }
    void OnDone() override {
      ++service_->ended;
      delete this;
    }
    EchoService* service_;
    grpc::GenericCallbackServerContext* context_;
    bool unary_;
    int left_ = 0;
    grpc::ByteBuffer in_, out_;
  };
  grpc::ServerGenericBidiReactor* CreateReactor(grpc::GenericCallbackServerContext* context) override {
    {
      std::lock_guard lock(mutex_);
      peers_.insert(context->peer());
      const auto caller = context->client_metadata().find(kCallerHeader);
      if (caller != context->client_metadata().end()) {
        shown_.assign(caller->second.data(), caller->second.size());
      }
    }
    return new Reactor(this, context);
  }
  std::mutex mutex_;
  std::set<std::string> peers_;
  std::string shown_;
};

// This takes AppendRecords; may be told to hang, to hold what comes until it may go on, to fail, or to refuse
// every batch with a record whose purpose is not set.
class FakeAudit : public grpc::CallbackGenericService {
 public:
  enum class Mode { kWrites, kHangs, kHolds, kFails, kRefusesWithoutPurpose };
  std::atomic<Mode> mode{Mode::kWrites};
  std::atomic<int> hanging{0};
  std::vector<audit::v1::AuditRecord> records() const {
    std::lock_guard lock(mutex_);
    return records_;
  }
  // This writes what it held, and everything that comes from now on.
  void GoOn() {
    mode = Mode::kWrites;
    std::set<Reactor*> held;
    {
      std::lock_guard lock(mutex_);
      held.swap(held_);
    }
    for (Reactor* each : held) each->Write();
  }

 private:
  struct Reactor : OnceReactor {
    explicit Reactor(FakeAudit* audit) : audit_(audit) { StartRead(&in_); }
    void OnReadDone(bool ok) override {
      const Mode mode = audit_->mode;
      if (!ok || mode == Mode::kFails) return End(grpc::Status(grpc::StatusCode::INTERNAL, "full"));
      if (mode == Mode::kHangs) return void(++audit_->hanging);
      if (mode == Mode::kHolds) {
        std::lock_guard lock(audit_->mutex_);
        audit_->held_.insert(this);
        ++audit_->hanging;
        return;
      }
      const auto request = Parsed<audit::v1::AppendRecordsRequest>(in_);
      if (mode == Mode::kRefusesWithoutPurpose) {
        for (const auto& record : request.records()) {
          if (record.rule() != "RECORD_UNPRINTABLE" && record.purpose() == 0) {
            return End(grpc::Status(grpc::StatusCode::INVALID_ARGUMENT, "purpose"));
          }
        }
      }
      Write();
    }
    void Write() {
      const auto request = Parsed<audit::v1::AppendRecordsRequest>(in_);
      {
        std::lock_guard lock(audit_->mutex_);
        audit_->records_.insert(audit_->records_.end(), request.records().begin(), request.records().end());
      }
      out_ = Packed(audit::v1::AppendRecordsResponse());
      EndWith(&out_);
    }
    void OnCancel() override { End(grpc::Status::CANCELLED); }
    void OnDone() override {
      {
        std::lock_guard lock(audit_->mutex_);
        audit_->held_.erase(this);
      }
      delete this;
    }
    FakeAudit* audit_;
    grpc::ByteBuffer in_, out_;
  };
  grpc::ServerGenericBidiReactor* CreateReactor(grpc::GenericCallbackServerContext*) override {
    return new Reactor(this);
  }
  mutable std::mutex mutex_;
  std::vector<audit::v1::AuditRecord> records_;
  std::set<Reactor*> held_;
};

// This sends the policy it was given, and every change, to whoever watches.
class FakeRegistry : public grpc::CallbackGenericService {
 public:
  void Publish(const registry::v1::PolicyUpdate& update) {
    std::lock_guard lock(mutex_);
    updates_.push_back(Packed(update));
    for (Reactor* reactor : open_) reactor->Continue();
  }
  int watchers() const {
    std::lock_guard lock(mutex_);
    return static_cast<int>(open_.size());
  }

 private:
  struct Reactor : OnceReactor {
    explicit Reactor(FakeRegistry* registry) : registry_(registry) {
      std::lock_guard lock(registry_->mutex_);
      registry_->open_.insert(this);
      Continue();
    }
    // The caller holds the registry's lock.
    void Continue() {
      if (writing_ || done_ || sent_ == registry_->updates_.size()) return;
      writing_ = true;
      StartWrite(&registry_->updates_[sent_++]);
    }
    void OnWriteDone(bool ok) override {
      std::lock_guard lock(registry_->mutex_);
      writing_ = false;
      if (ok) Continue();
    }
    void OnCancel() override {
      {
        std::lock_guard lock(registry_->mutex_);
        done_ = true;
      }
      End(grpc::Status::CANCELLED);
    }
    void OnDone() override {
      {
        std::lock_guard lock(registry_->mutex_);
        registry_->open_.erase(this);
      }
      delete this;
    }
    FakeRegistry* registry_;
    std::size_t sent_ = 0;
    bool writing_ = false, done_ = false;
  };
  grpc::ServerGenericBidiReactor* CreateReactor(grpc::GenericCallbackServerContext*) override {
    return new Reactor(this);
  }
  mutable std::mutex mutex_;
  // A deque keeps its elements in place while a write uses them.
  std::deque<grpc::ByteBuffer> updates_;
  std::set<Reactor*> open_;
};

}  // namespace accord::gateway

#endif  // ACCORD_SERVICES_GATEWAY_TESTING_FAKES_H_
