// This file is about one attempt to deliver a change to a webhook.
#ifndef ACCORD_CLIENTS_CONNECTOR_WEBHOOK_CALL_H_
#define ACCORD_CLIENTS_CONNECTOR_WEBHOOK_CALL_H_

#include <condition_variable>
#include <cstdint>
#include <mutex>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/time/time.h"
#include "clients/connector/webhook.h"

namespace accord::connector {

// This gives the header `webhook-signature`: one `v1,` with base 64 for each secret, with spaces
// between them.
std::string WebhookSignatures(const std::vector<std::string>& secrets, const std::string& id,
                              int64_t timestamp, const std::string& body);

// It makes one attempt, once.
class WebhookCall {
 public:
  // `webhook` outlives it.
  explicit WebhookCall(const Webhook& webhook) : webhook_(webhook) {}
  ~WebhookCall();
  WebhookCall(const WebhookCall&) = delete;
  WebhookCall& operator=(const WebhookCall&) = delete;

  // This is called once. It returns OK if the receiver took it; otherwise UNAVAILABLE with a few words that
  // say why not. Of the answer nothing but its status and its headers is read. It ends at the deadline at
  // the latest.
  absl::Status Post(const std::string& id, absl::Time at, const std::string& body);
  // This ends it now, from any thread.
  void Cut();

 private:
  // This ends the connection once the deadline has passed or Cut was called.
  void Guard();
  // It is told of every socket before that is connected.
  void Opened(int socket);

  const Webhook& webhook_;
  std::mutex mutex_;
  std::condition_variable changed_;
  bool over_ = false, cut_ = false, late_ = false;
  // These are descriptors of its own, so that none is of another connection when it is shut down.
  std::vector<int> sockets_;
};

}  // namespace accord::connector

#endif  // ACCORD_CLIENTS_CONNECTOR_WEBHOOK_CALL_H_
