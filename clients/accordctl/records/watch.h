// Streams that go on.
#ifndef ACCORD_CLIENTS_ACCORDCTL_RECORDS_WATCH_H_
#define ACCORD_CLIENTS_ACCORDCTL_RECORDS_WATCH_H_

#include <functional>

#include "clients/accordctl/core/client.h"
#include "common/access/method.h"

namespace accord::ctl {

// The result is between half of a pause and all of it, so that clients cut off together do not come
// back together.
absl::Duration Jittered(absl::Duration pause);

// Each event of a stream that has no deadline of its own, until `take` says false. A stream that ends, is cut
// or is refused for a while (IsPassing) is opened again where it was, before the first event too if the
// service tells its position (the request's `progress`), after a pause that grows to `longest_pause` while
// nothing comes; `request` is changed for it. A stream whose events have no place to go on from
// (`watch_token`, `sequence` or `index`, as the request's `watch_token` or `after_...`) is not opened again.
// That it ended is said once on standard error, and once that it is back.
// Where `stopped` is given, it ends soon after that is true.
absl::Status Follow(Client* client, const Method& method, google::protobuf::Message* request,
                    const std::function<bool(const google::protobuf::Message&)>& take,
                    absl::Duration longest_pause = absl::Seconds(10),
                    const std::function<bool()>& stopped = nullptr);

}  // namespace accord::ctl

#endif  // ACCORD_CLIENTS_ACCORDCTL_RECORDS_WATCH_H_
