// These are the RPCs of one service, called through the gateway for one purpose, for the rows of the
// founding document.
#ifndef ACCORD_TESTS_E2E_SERVICE_ROWS_H_
#define ACCORD_TESTS_E2E_SERVICE_ROWS_H_

#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "tests/e2e/case.h"

namespace accord::e2e {

class ServiceRows : public ACase {
 protected:
  // This takes a service by its short name, and the purpose that all its callers name.
  ServiceRows(const std::string& service, const std::string& purpose)
      : path_(absl::StrCat("/accord.", service, ".v1.")), purpose_(purpose) {}

  // `method` has the form `Service/Method`.
  template <class Res, class Req>
  absl::StatusOr<Res> Call(const AgencyClient& client, const std::string& actor, const std::string& method,
                           Req request) {
    if constexpr (requires { request.set_request_id(""); }) request.set_request_id(RequestId());
    return client.Call<Res>(path_ + method, actor, purpose_, request);
  }
  template <class Res, class Req>
  Res Must(const AgencyClient& client, const std::string& actor, const std::string& method, Req request) {
    auto result = Call<Res>(client, actor, method, std::move(request));
    EXPECT_OK(result) << method << ": " << result.status();
    return result.value_or(Res());
  }
  template <class Req, class T>
  void Move(const AgencyClient& client, const std::string& actor, const std::string& method, T* item,
            Req request = Req()) {
    request.set_name(item->name());
    request.set_etag(item->etag());
    *item = Must<T>(client, actor, method, request);
  }

 private:
  const std::string path_;
  const std::string purpose_;
};

}  // namespace accord::e2e

#endif  // ACCORD_TESTS_E2E_SERVICE_ROWS_H_
