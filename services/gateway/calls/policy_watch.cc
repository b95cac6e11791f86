#include "services/gateway/calls/policy_watch.h"

#include <string_view>

#include "accord/registry/v1/policy_service.pb.h"
#include "common/base/log.h"

namespace accord::gateway {

void PolicyWatch::Start(Begin begin) {
  if (call_ != nullptr) call_->Abandon();
  registry::v1::WatchPolicyRequest request;
  if (begin == Begin::kWhereItWas) {
    const auto table = shard_->gateway->policy.table();
    request.set_epoch(table->epoch());
    request.set_after_version(table->version());
  }
  call_ = InternalCall::Start(
      shard_->upstreams[shard_->gateway->policy_backend].get(),
      "/accord.registry.v1.PolicyService/WatchPolicy", request.SerializeAsString(), Millis(0),
      [this](std::string_view message) {
        registry::v1::PolicyUpdate update;
        if (!update.ParseFromArray(message.data(), static_cast<int>(message.size()))) return;
        const Policy::News news = shard_->gateway->policy.Take(update);
        if (news == Policy::News::kNone) return;
        if (news == Policy::News::kDiverged) {
          LogError("policy_diverged", {{"version", update.version()}});
          // It asks for everything anew, and more seldom if that did not help.
          shard_->loop.After(update.reset() ? Millis(5000) : Millis(200), [this] { Start(Begin::kAnew); });
        }
        news_();
      },
      [this](int code) {
        LogWarning("policy_watch_ended", {{"code", code}});
        // A lost connection calls again through WhenReady; a refused stream is tried again here.
        shard_->loop.After(Millis(500), [this] {
          if (shard_->upstreams[shard_->gateway->policy_backend]->ready()) Start();
        });
      });
}

}  // namespace accord::gateway
