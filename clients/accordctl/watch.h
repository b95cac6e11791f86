// Streams that go on.
#ifndef ACCORD_CLIENTS_ACCORDCTL_WATCH_H_
#define ACCORD_CLIENTS_ACCORDCTL_WATCH_H_

#include <functional>

#include "clients/accordctl/client.h"
#include "common/access/method.h"

namespace accord::ctl {

// Each event of a stream that has no deadline of its own, until `take` says false. A stream that ends, is cut
// or is refused for a while (UNAVAILABLE, DEADLINE_EXCEEDED, RESOURCE_EXHAUSTED) is opened again after the
// last event, after a pause that grows to `longest_pause` while nothing comes; `request` is changed for it. A
// stream whose events have no place to go on from (`sequence` or `index`, as the request's `after_...`) is
// not opened again.
absl::Status Follow(Client* client, const Method& method, google::protobuf::Message* request,
                    const std::function<bool(const google::protobuf::Message&)>& take,
                    absl::Duration longest_pause = absl::Seconds(10));

}  // namespace accord::ctl

#endif  // ACCORD_CLIENTS_ACCORDCTL_WATCH_H_
