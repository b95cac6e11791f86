// This calls a service's handlers as the gateway would, but without a network. It makes the same access
// checks, assertion, field checks, transaction and idempotency.
#ifndef ACCORD_COMMON_TESTING_IN_PROCESS_H_
#define ACCORD_COMMON_TESTING_IN_PROCESS_H_

#include <google/protobuf/descriptor.h>
#include <google/protobuf/message.h>

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "common/base/clock.h"
#include "common/host/calls/handlers.h"
#include "common/storage/records/page_tokens.h"
#include "common/testing/temp_dir.h"

namespace accord::testing {

class InProcess {
 public:
  // An empty `dsn` means SQLite in a fresh directory.
  explicit InProcess(const std::vector<storage::Migration>& migrations, const std::string& dsn = "");

  host::Handlers& handlers() { return *handlers_; }
  storage::Database& database() { return *database_; }
  const storage::PageTokens& page_tokens() const { return page_tokens_; }
  FakeClock& clock() { return clock_; }
  // This is called once every handler is registered.
  absl::Status Seal();

  // This calls the RPC that takes this request. The caller names only the type of the answer.
  template <class Res, class Req>
  absl::StatusOr<Res> Call(const Caller& caller, const Req& request) {
    ACCORD_ASSIGN_OR_RETURN(host::Reply reply, CallBytes(PathOf(Req::descriptor(), Res::descriptor()), caller,
                                                         request.SerializeAsString()));
    Res response;
    response.ParseFromString(reply.response);
    return response;
  }
  // This does the same without the type of the answer, for tests that look only at its bytes or at a refusal.
  absl::StatusOr<host::Reply> ReplyTo(const Caller& caller, const google::protobuf::Message& request);
  // This reads until `next` returns false or the stream ends.
  template <class Res, class Req>
  absl::Status Stream(const Caller& caller, const Req& request, const std::function<bool(const Res&)>& next) {
    const std::string path = PathOf(Req::descriptor(), Res::descriptor());
    ACCORD_ASSIGN_OR_RETURN(auto call, Begin(path, caller));
    return handlers_->Stream(path, *call, request.SerializeAsString(), [&](const std::string& bytes) {
      Res response;
      response.ParseFromString(bytes);
      return next(response);
    });
  }
  // This gives the path of the one served RPC that takes this request and, if `response` is given, answers
  // with it. If there is none or more than one, the test fails and names them, and the path is empty, which
  // calls nothing.
  std::string PathOf(const google::protobuf::Descriptor* request,
                     const google::protobuf::Descriptor* response = nullptr) const;
  absl::StatusOr<host::Reply> CallBytes(const std::string& path, const Caller& caller,
                                        const std::string& request);
  absl::StatusOr<std::shared_ptr<host::Call>> Begin(const std::string& path, const Caller& caller,
                                                    const std::string& request = "");
  // This makes the gateway mark all further changes as validation only, or stops that.
  void set_validate_only(bool only) { validate_only_ = only; }
  // This gives the assertion that the gateway sends to the service with a call.
  std::string AssertionOf(const std::string& path, const Caller& caller, const std::string& request) const;
  static constexpr char kAudience[] = "under-test";
  const Key& gateway_key() const { return gateway_key_; }

 private:
  TempDir directory_;
  std::unique_ptr<storage::Database> database_;
  storage::PageTokens page_tokens_{std::string(32, 'k')};
  FakeClock clock_;
  Key gateway_key_;
  bool validate_only_ = false;
  std::unique_ptr<host::Handlers> handlers_;
};

}  // namespace accord::testing

#endif  // ACCORD_COMMON_TESTING_IN_PROCESS_H_
