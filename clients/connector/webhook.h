// This file is about one address to which changes are delivered by the scheme of Standard Webhooks.
#ifndef ACCORD_CLIENTS_CONNECTOR_WEBHOOK_H_
#define ACCORD_CLIENTS_CONNECTOR_WEBHOOK_H_

#include <cstdint>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "accord/connector/config.pb.h"

namespace accord::connector {

struct Webhook {
  std::string name;
  bool tls = true;
  // An address of version 6 stands here without its brackets.
  std::string host;
  int port = 0;
  // The path includes its query.
  std::string path;
  std::string ca_file;
  // These are the bytes, and not their base 64.
  std::vector<std::string> secrets;
  absl::Duration timeout;
  // 0 sets no bound.
  int64_t max_attempts = 0;
  absl::Duration dead_after;
  int64_t max_changes = 0;
  int senders = 0;
};

// This returns FAILED_PRECONDITION, with what to do, for a configuration that is not whole or not safe.
absl::StatusOr<Webhook> LoadWebhook(const WebhookConfig& config);

}  // namespace accord::connector

#endif  // ACCORD_CLIENTS_CONNECTOR_WEBHOOK_H_
