// One agency connection and its calls.
#ifndef ACCORD_SERVICES_GATEWAY_CONNECTION_H_
#define ACCORD_SERVICES_GATEWAY_CONNECTION_H_

#include <memory>
#include <string>
#include <unordered_map>

#include "absl/container/flat_hash_map.h"
#include "services/gateway/call.h"

namespace accord::gateway {

class Connection : public Link::Events, public std::enable_shared_from_this<Connection> {
 public:
  Connection(Floor* floor, uint64_t id) : floor_(floor), id_(id) {}
  ~Connection() override;

  void Open(int fd);
  // After a policy change: resets calls of an identity that no longer holds, and says goodbye.
  void Recheck();
  void Drain();
  // Says goodbye if no call was open for `idle`.
  void CloseIfIdle(Millis idle);

  const std::optional<AgencyIdentity>& identity() const { return identity_; }
  const std::string& fingerprint() const { return fingerprint_; }
  // Signed for this audience; kept while more than 10 of its 30 seconds are left.
  const std::string& Assertion(const Caller& caller, const std::string& audience);

  void OnUp(const PeerCertificate& peer) override;
  void OnHeaders(int32_t stream, Headers headers, bool end, bool oversize) override;
  void OnData(int32_t stream, std::string_view bytes) override;
  void OnEnd(int32_t stream) override;
  void OnDrained(int32_t stream) override;
  void OnStreamClosed(int32_t stream, uint32_t error_code) override;
  void OnGoAway() override {}
  void OnDown() override;

 private:
  struct Signed {
    std::string value;
    absl::Time expires;
    std::vector<Role> roles;
  };
  std::shared_ptr<Call> Of(int32_t stream) const;

  Floor* floor_;
  uint64_t id_;
  std::shared_ptr<Link> link_;
  std::optional<AgencyIdentity> identity_;
  std::string fingerprint_;
  absl::flat_hash_map<int32_t, std::shared_ptr<Call>> calls_;
  SteadyTime last_call_ = std::chrono::steady_clock::now();
  std::unordered_map<std::string, Signed> assertions_;
};

}  // namespace accord::gateway

#endif  // ACCORD_SERVICES_GATEWAY_CONNECTION_H_
