// This file is about how acts come in: checked against what their caller may do, kept, and given to
// the sender.
#ifndef ACCORD_CLIENTS_CONNECTOR_HANDOVER_H_
#define ACCORD_CLIENTS_CONNECTOR_HANDOVER_H_

#include <string>
#include <string_view>

#include "absl/status/statusor.h"
#include "accord/connector/config.pb.h"
#include "clients/connector/outbox.h"
#include "clients/connector/sender.h"

namespace accord::connector {

struct HandoverOptions {
  // By this key the act is kept once; it is empty if there is none.
  std::string idempotency_key = "";
  // This says what a change that has no request id is given, if not a random one.
  std::string request_id = "";
  // The key holds for ever, and not only until the act is erased.
  bool once = false;
};

class Handover {
 public:
  Handover(Outbox* outbox, Sender* sender) : outbox_(outbox), sender_(sender) {}

  // This refuses with what ReadAct, CheckScope and Outbox::Keep refuse with; otherwise the act is on disk and
  // on its way.
  absl::StatusOr<Kept> Take(const LocalCaller& caller, const HandoverOptions& options, std::string_view json);

 private:
  Outbox* const outbox_;
  Sender* const sender_;
};

}  // namespace accord::connector

#endif  // ACCORD_CLIENTS_CONNECTOR_HANDOVER_H_
