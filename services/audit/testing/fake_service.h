// This is a service that keeps records of agencies, as the log hears it through the gateway.
#ifndef ACCORD_SERVICES_AUDIT_TESTING_FAKE_SERVICE_H_
#define ACCORD_SERVICES_AUDIT_TESTING_FAKE_SERVICE_H_

#include <atomic>
#include <functional>
#include <mutex>
#include <string>
#include <vector>

#include "absl/time/clock.h"
#include "services/audit/testing/fake_gateway.h"

namespace accord::audit {

inline constexpr char kService[] = "protocols";

// This is a service whose changes are followed through the gateway.
class FakeService {
 public:
  void Change(const std::string& request_id, const std::string& name) {
    std::lock_guard lock(mutex_);
    host::v1::RevisionKey key;
    key.set_sequence(static_cast<int64_t>(keys_.size()) + 1);
    *key.mutable_time() = ToProto(absl::Now());
    key.set_agency("ps-york");
    key.set_actor("member");
    key.set_request_id(request_id);
    key.set_name(name);
    key.set_version(1);
    keys_.push_back(key);
  }
  host::v1::ListRevisionKeysResponse After(const std::string& service, int64_t position) {
    std::lock_guard lock(mutex_);
    host::v1::ListRevisionKeysResponse page;
    for (const auto& key : keys_) {
      if (service == kService && key.sequence() > position) *page.add_revisions() = key;
    }
    if (proves_) TheGateway().Prove(service, &page);
    return page;
  }
  absl::Status Watch(const std::string& service, const host::v1::WatchRevisionKeysRequest& request,
                     const std::function<void(host::v1::ListRevisionKeysResponse)>& message,
                     const std::function<bool()>& go_on) {
    if (service == kService) ++watches_;
    int64_t position = request.after_sequence();
    while (go_on()) {
      auto page = After(service, position);
      if (page.revisions_size() == 0) {
        absl::SleepFor(absl::Milliseconds(1));
        continue;
      }
      position = page.revisions().rbegin()->sequence();
      message(std::move(page));
      ++pages_;
      if (breaks_.exchange(false)) return absl::UnavailableError("cut");
    }
    return absl::CancelledError();
  }
  // This hides its newest change from the caller's agency.
  void HideNewest() {
    std::lock_guard lock(mutex_);
    keys_.back().set_hidden(true);
  }
  void Break() { breaks_ = true; }
  // This restores a copy from before its first change, so that it numbers from 1 again.
  void LoseEverything() {
    std::lock_guard lock(mutex_);
    keys_.clear();
  }
  // From now on it tells who made its changes without a gateway's signature.
  void ForgetProofs() { proves_ = false; }
  int watches() const { return watches_; }
  // This is the number of pages that watches have taken.
  int pages() const { return pages_; }

 private:
  std::mutex mutex_;
  std::vector<host::v1::RevisionKey> keys_;
  std::atomic<bool> breaks_{false}, proves_{true};
  std::atomic<int> watches_{0}, pages_{0};
};

}  // namespace accord::audit

#endif  // ACCORD_SERVICES_AUDIT_TESTING_FAKE_SERVICE_H_
