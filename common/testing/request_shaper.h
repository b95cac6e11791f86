// This turns random requests into ones that may succeed. It has the parts that all services have in common.
#ifndef ACCORD_COMMON_TESTING_REQUEST_SHAPER_H_
#define ACCORD_COMMON_TESTING_REQUEST_SHAPER_H_

#include <string>

#include "common/access/decide.h"
#include "common/base/clock.h"
#include "common/testing/random_request.h"

namespace accord::testing {

class RequestShaper {
 public:
  RequestShaper(const Caller& who, const World& world, absl::Time now, RandomRequest* requests)
      : who_(who), world_(world), now_(now), requests_(requests), dice_(requests->dice()) {}

 protected:
  // Calls `fn` with the request if it is of this type.
  template <class Req, class Fn>
  static void Try(google::protobuf::Message* request, Fn fn) {
    if (auto* typed = dynamic_cast<Req*>(request)) fn(typed);
  }
  // This gives the record; it is null if there is none.
  template <class M>
  const M* In(const std::string& name) const {
    return testing::In<M>(world_, name);
  }
  std::string Day(int from_today) const { return FormatDay(OntarioDay(now_) + from_today); }

  const Caller& who_;
  const World& world_;
  const absl::Time now_;
  RandomRequest* const requests_;
  Dice* const dice_;
};

}  // namespace accord::testing

#endif  // ACCORD_COMMON_TESTING_REQUEST_SHAPER_H_
