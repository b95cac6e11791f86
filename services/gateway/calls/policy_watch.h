// This is what follows the registry's policy, over one loop for the whole gateway.
#ifndef ACCORD_SERVICES_GATEWAY_CALLS_POLICY_WATCH_H_
#define ACCORD_SERVICES_GATEWAY_CALLS_POLICY_WATCH_H_

#include <functional>
#include <memory>
#include <utility>

#include "services/gateway/calls/shard.h"
#include "services/gateway/http2/internal_call.h"

namespace accord::gateway {

// A PolicyWatch is used on its shard's thread, and outlives the shard.
class PolicyWatch {
 public:
  // `news` is called whenever the policy has changed.
  PolicyWatch(Shard* shard, std::function<void()> news) : shard_(shard), news_(std::move(news)) {}

  enum class Begin { kWhereItWas, kAnew };
  // This begins to follow the policy, in the place of the call that followed it until now.
  void Start(Begin begin = Begin::kWhereItWas);
  // This lets go of the call, once the loop has stopped.
  void Forget() { call_.reset(); }

 private:
  Shard* const shard_;
  const std::function<void()> news_;
  std::shared_ptr<InternalCall> call_;
};

}  // namespace accord::gateway

#endif  // ACCORD_SERVICES_GATEWAY_CALLS_POLICY_WATCH_H_
