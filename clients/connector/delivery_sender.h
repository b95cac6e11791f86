// This delivers to one webhook what is kept for it: changes on one resource one after the other, those on
// others beside them.
#ifndef ACCORD_CLIENTS_CONNECTOR_DELIVERY_SENDER_H_
#define ACCORD_CLIENTS_CONNECTOR_DELIVERY_SENDER_H_

#include <chrono>
#include <condition_variable>
#include <mutex>
#include <optional>
#include <set>
#include <string>
#include <thread>
#include <vector>

#include "accord/client/retries.h"
#include "clients/connector/deliveries.h"
#include "clients/connector/webhook_call.h"

namespace accord::connector {

struct DeliveryOptions {
  // The times between attempts at one change, with their random part.
  client::Waits waits;
  // Between two looks at what is due, which are also how changes that another process replays are found.
  std::chrono::milliseconds pause = std::chrono::seconds(1);
};

class DeliverySender {
 public:
  // `clock` says when an attempt is due and how old a change is.
  DeliverySender(Webhook webhook, Deliveries* deliveries, DeliveryOptions options,
                 const Clock& clock = Clock::Real());
  // Attempts that are open end; what they were for is delivered again by whoever starts next.
  ~DeliverySender();
  DeliverySender(const DeliverySender&) = delete;
  DeliverySender& operator=(const DeliverySender&) = delete;

  const Webhook& webhook() const { return webhook_; }
  // Something was kept just now.
  void Wake();

 private:
  void Run();
  // This waits for a change that is due, and marks its resource as busy; it is nothing at the end.
  std::optional<DueDelivery> Next();
  std::optional<DueDelivery> Take();
  void Release(const DueDelivery& due, bool rest);
  // This is false if what became of it could not be written.
  bool Attempt(const DueDelivery& due);
  absl::Status Post(const DueDelivery& due, const StoredDelivery& delivery);
  absl::Status Settle(const DueDelivery& due, const std::string& problem);
  absl::Duration WaitAfter(int64_t attempts) const;
  bool over();

  const Webhook webhook_;
  Deliveries* const deliveries_;
  const DeliveryOptions options_;
  const Clock& clock_;
  std::mutex mutex_;
  std::condition_variable changed_;
  bool over_ = false;
  std::set<std::string> busy_;
  std::set<WebhookCall*> open_;
  std::vector<std::thread> threads_;
};

}  // namespace accord::connector

#endif  // ACCORD_CLIENTS_CONNECTOR_DELIVERY_SENDER_H_
