// This is one agency connection and its calls.
#ifndef ACCORD_SERVICES_GATEWAY_CALLS_CONNECTION_H_
#define ACCORD_SERVICES_GATEWAY_CALLS_CONNECTION_H_

#include <list>
#include <memory>
#include <string>
#include <unordered_map>

#include "absl/container/flat_hash_map.h"
#include "services/gateway/calls/proxied_call.h"

namespace accord::gateway {

// A connection is a stranger until it has shown an active certificate. There are few strangers at a
// time: beyond their number one goes that has not greeted or, where most have, one of these. A
// connection whose certificate is not active, or whose agency has connections enough, is told why by
// its first call, and is closed.
class Connection : public Http2Connection::Events, public std::enable_shared_from_this<Connection> {
 public:
  // `address` holds a place in the ledger, which the connection gives back.
  Connection(Shard* shard, uint64_t id, std::string address)
      : shard_(shard), id_(id), address_(std::move(address)) {}
  ~Connection() override;

  void Open(int fd);
  // This is called after a policy change. It resets calls of an identity that no longer holds, and
  // says goodbye.
  void Recheck();
  // This says goodbye. Calls go on to their end; without any the connection closes for good a little later.
  void Drain();
  void Close() { http2_->Close(); }
  // This is called about once a second. It closes silent peers and half-sent headers, and says goodbye after
  // `idle` without calls.
  void Tick(SteadyTime now);

  const std::string& address() const { return address_; }
  uint64_t id() const { return id_; }
  bool greeted() const { return http2_->greeted(); }
  // This closes the connection to make room for others, and gives its places back at once.
  void Evict();
  // This gives an assertion that is signed for this audience, and is kept while more than 10 of its 30
  // seconds are left.
  const std::string& Assertion(const Caller& caller, const std::string& audience);
  // This is a call of a method that changes something.
  struct OneCall {
    const std::string& method;
    const std::string& id;
    std::string_view request;
    bool validate_only;
  };
  // This gives a signed assertion for this one call alone.
  std::string AssertionForCall(const Caller& caller, const std::string& audience, const OneCall& call);

  void OnUp(const PeerCertificate& peer) override;
  void OnHeaders(int32_t stream, Headers headers, bool end, bool oversize) override;
  void OnData(int32_t stream, std::string_view bytes) override;
  void OnEnd(int32_t stream) override;
  void OnDrained(int32_t stream) override;
  void OnStreamClosed(int32_t stream, uint32_t error_code) override;
  void OnGoAway() override {}
  void OnDown() override;

 private:
  struct SignedAssertion {
    std::string value;
    absl::Time expires;
    // The registry may change these while the entry is kept.
    AgencyKind kind = annotations::v1::AGENCY_KIND_UNSPECIFIED;
    std::vector<Role> roles;
  };
  caller::v1::CallerAssertion UnsignedAssertion(const Caller& caller, const std::string& audience,
                                                absl::Time now) const;
  std::shared_ptr<ProxiedCall> CallOf(int32_t stream) const;
  // This gives the reason for which the current policy refuses this certificate, or OK while no policy
  // is known.
  absl::Status CheckPeer() const;
  // This takes the connection's place among those of its agency, if there is one.
  void TakeAgencyPlace();
  void EndStranger();
  void CloseAfter(Millis delay);
  // This drops expired assertions: an agency with many people would keep a thousand of them on
  // each connection.
  void ForgetAssertions(SteadyTime now);

  Shard* shard_;
  uint64_t id_;
  const std::string address_;
  std::shared_ptr<Http2Connection> http2_;
  std::shared_ptr<Peer> peer_ = std::make_shared<Peer>();
  std::list<Connection*>::iterator stranger_;
  bool is_stranger_ = false;
  bool placed_ = true;
  // It is true once the connection has its place among the agency's connections.
  bool settled_ = false;
  // This is what the agency's budget of frames gave to this connection; the rest of it goes back.
  double frames_granted_ = 0;
  // It is true once the connection was sent the one refusal that it gets.
  bool told_ = false;
  // It is true while the HTTP/2 connection is about to be closed, whatever happens.
  bool ends_ = false;
  std::optional<SteadyTime> goodbye_;
  absl::flat_hash_map<int32_t, std::shared_ptr<ProxiedCall>> calls_;
  SteadyTime last_call_ = std::chrono::steady_clock::now();
  std::unordered_map<std::string, SignedAssertion> assertions_;
  SteadyTime forgot_ = last_call_;
};

}  // namespace accord::gateway

#endif  // ACCORD_SERVICES_GATEWAY_CALLS_CONNECTION_H_
