// The tests of every service share this: the service's handlers on a fresh database, called as the gateway
// would, at a time that the test sets.
#ifndef ACCORD_COMMON_TESTING_SERVICE_FIXTURE_H_
#define ACCORD_COMMON_TESTING_SERVICE_FIXTURE_H_

#include <gmock/gmock.h>

#include <atomic>
#include <cstdlib>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/str_cat.h"
#include "common/base/clock.h"
#include "common/base/text_proto.h"
#include "common/storage/records/resources.h"
#include "common/storage/sealing/body.h"
#include "common/testing/in_process.h"
#include "common/testing/matchers.h"

namespace accord::testing {

// This gives the content of a file of the source tree, by its path there.
inline std::string SourceFile(const std::string& path) {
  return absl::StrCat(std::getenv("ACCORD_SOURCE_DIR"), "/", path);
}

// This gives the reference data that a service is delivered with.
template <class M>
M SourceMessage(const std::string& path) {
  M message;
  EXPECT_OK(ReadTextProto(SourceFile(path), &message));
  return message;
}

class ServiceTest : public ::testing::Test {
 protected:
  // An empty `dsn` means SQLite. `own` has the service's migrations without those of the core.
  ServiceTest(std::vector<storage::Migration> own, const std::string& dsn)
      : in_process_(storage::WithCore(std::move(own)), dsn) {}

  // Each call gets another id.
  std::string RequestId() { return absl::StrCat("request-", ++requests_); }

  // This calls the RPC that takes this request, and sets request_id if the request has none.
  template <class Res, class Req>
  absl::StatusOr<Res> Call(const Caller& caller, Req request) {
    Number(&request);
    return in_process_.Call<Res>(caller, request);
  }
  // This gives the rule that refused; it is empty if none did, and then `kept` gets the answer.
  template <class T>
  static std::string Rule(absl::StatusOr<T> result, T* kept = nullptr) {
    if (result.ok() && kept != nullptr) *kept = *std::move(result);
    return RuleOrError(result.status());
  }
  // This gives the rule that refused this request, whatever the type of its answer; it is empty if none did.
  template <class Req>
  std::string RuleOfRequest(const Caller& caller, Req request) {
    Number(&request);
    return RuleOrError(in_process_.ReplyTo(caller, request).status());
  }
  // This requests a change of `item` as the test knows it, and replaces `item` with the answer. It gives the
  // rule that refused, as Rule does.
  template <class T, class Req>
  std::string Move(const Caller& caller, T* item, Req request) {
    request.set_name(item->name());
    request.set_etag(item->etag());
    return Rule(Call<T>(caller, request), item);
  }

  // This sets the clock to noon of this day in Ontario.
  void On(const std::string& day) { in_process_.clock().Set(EndOfDay(*ParseDay(day)) - absl::Hours(12)); }

  // This gives every body and answer in the database as a reader without a key sees it.
  std::string StoredWithoutKey() {
    std::string all;
    for (const char* column : {"body from resource", "body from revision", "response from idempotency"}) {
      const auto rows = Must(in_process_.database().Read(
          [&](storage::Transaction& tx) { return tx.Query<std::string>(absl::StrCat("select ", column)); }));
      for (const auto& [text] : rows) absl::StrAppend(&all, storage::WithoutKey(text), "\n");
    }
    return all;
  }

  InProcess in_process_;

 private:
  template <class Req>
  void Number(Req* request) {
    if constexpr (requires { request->set_request_id(""); }) {
      if (request->request_id().empty()) request->set_request_id(RequestId());
    }
  }

  std::atomic<int> requests_{0};
};

// This is a fixture for a service. `Services` owns everything that the service consists of: its gRPC services
// and its sweeper.
template <class Services>
class ServiceFixture : public ServiceTest {
 protected:
  template <class Rules>
  ServiceFixture(std::vector<storage::Migration> own, const std::string& dsn, Rules rules)
      : ServiceTest(std::move(own), dsn),
        services_(&in_process_.database(), &in_process_.page_tokens(), &in_process_.clock(),
                  std::move(rules)) {
    services_.Register(&in_process_.handlers());
    EXPECT_OK(in_process_.Seal());
  }

  // This runs the sweeper until nothing is due, or until it fails.
  absl::Status TrySweep() {
    absl::StatusOr<int> swept = 1;
    for (int i = 0; i < 10 && swept.ok() && *swept > 0; ++i) swept = services_.sweeper().Sweep();
    return swept.status();
  }
  void Sweep() { EXPECT_OK(TrySweep()); }

  Services services_;
};

}  // namespace accord::testing

#endif  // ACCORD_COMMON_TESTING_SERVICE_FIXTURE_H_
