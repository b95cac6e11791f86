// This file is about a gateway for tests: mutual TLS on loopback, one referral service and one feed, and
// answers that the test has planned.
#ifndef ACCORD_CLIENTS_CPP_TESTING_FAKE_GATEWAY_H_
#define ACCORD_CLIENTS_CPP_TESTING_FAKE_GATEWAY_H_

#include <grpcpp/grpcpp.h>

#include <condition_variable>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <queue>
#include <string>
#include <utility>
#include <vector>

#include "accord/protocols/v1/changes.grpc.pb.h"
#include "accord/protocols/v1/referral_service.grpc.pb.h"
#include "common/testing/pki.h"

namespace accord::client::testing {

// This is a refusal by a rule, with the details that the real gateway would send.
struct Refused {
  grpc::StatusCode code;
  std::string reason;
  std::vector<std::pair<std::string, std::string>> fields = {};
  // This is in seconds; there is none if it is negative.
  double retry_after = -1;
  std::string domain = "accord.example";
  // This is the text in the caller's language, if any.
  std::string localized = "";

  grpc::Status ToStatus() const;
};

// This is what happens to the next call.
struct Planned {
  // If set, the call is refused with this.
  std::shared_ptr<Refused> refused = nullptr;
  // The call is carried out, but its answer is lost.
  bool lost = false;
  // The stream ends after one change.
  bool ends = false;
  // This runs when the call arrives.
  std::function<void()> then = nullptr;
};
Planned Refuses(Refused refused);

// This is a call that arrived: the system in the caller's certificate, and its headers.
struct Arrived {
  std::string system;
  std::map<std::string, std::string> headers;
};

class FakeGateway {
 public:
  explicit FakeGateway(accord::testing::TestPki& pki);
  ~FakeGateway();

  std::string address() const { return "127.0.0.1:" + std::to_string(port_); }
  void Plan(Planned planned);
  void PlanStream(Planned planned);
  // This changes the record of this name.
  void Change(const std::string& name);
  // This stops answering calls.
  void Stop();

  std::vector<Arrived> calls();
  // This gives the systems that opened a stream, each with the token from which it began.
  std::vector<std::pair<std::string, std::string>> streams();
  // This gives the referrals that were made, by their request ids.
  std::map<std::string, std::string> made();

 private:
  class Referrals;
  class Changes;

  // This gives what is planned for the call that arrives.
  Planned Met(const grpc::ServerContext& context);
  grpc::Status Follow(grpc::ServerContext& context, const accord::host::v1::WatchChangesRequest& request,
                      grpc::ServerWriter<accord::host::v1::Change>& writer);

  std::mutex mutex_;
  std::condition_variable told_;
  bool stopped_ = false;
  std::queue<Planned> plan_;
  std::queue<Planned> stream_plan_;
  std::vector<Arrived> calls_;
  std::vector<std::pair<std::string, std::string>> streams_;
  std::map<std::string, std::string> made_;
  std::vector<std::string> order_;
  std::vector<std::string> changes_;
  std::unique_ptr<Referrals> referrals_;
  std::unique_ptr<Changes> feed_;
  int port_ = 0;
  std::unique_ptr<grpc::Server> server_;
};

}  // namespace accord::client::testing

#endif  // ACCORD_CLIENTS_CPP_TESTING_FAKE_GATEWAY_H_
