// This follows streams that continue indefinitely.
#ifndef ACCORD_CLIENTS_ACCORDCTL_RECORDS_FOLLOW_STREAM_H_
#define ACCORD_CLIENTS_ACCORDCTL_RECORDS_FOLLOW_STREAM_H_

#include <functional>

#include "clients/accordctl/core/client.h"
#include "common/access/method.h"

namespace accord::ctl {

// This gives a random time between half of the pause and all of it, so that clients that were cut off
// together do not reconnect together.
absl::Duration JitteredPause(absl::Duration pause);

// This reads each event of a stream without a deadline, until `take` returns false. A stream that ends, is
// cut or is refused temporarily (IsTemporary) is reopened at its place, even before the first event if the
// service reports its position (the request's `progress`). Before that comes a pause, which grows to
// `longest_pause` while nothing arrives; `request` is changed to continue there. A stream whose events have
// no place to continue from (`watch_token`, `sequence` or `index`, for the request's `watch_token` or
// `after_...`) is not reopened. Standard error says once that the stream ended and once that it is back. If
// `stopped` is given, Follow ends soon after it returns true.
absl::Status FollowStream(Client* client, const Method& method, google::protobuf::Message* request,
                          const std::function<bool(const google::protobuf::Message&)>& take,
                          absl::Duration longest_pause = absl::Seconds(10),
                          const std::function<bool()>& stopped = nullptr);

}  // namespace accord::ctl

#endif  // ACCORD_CLIENTS_ACCORDCTL_RECORDS_FOLLOW_STREAM_H_
