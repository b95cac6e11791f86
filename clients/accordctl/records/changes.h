// This reports changes at all services that concern one person, as they happen.
#ifndef ACCORD_CLIENTS_ACCORDCTL_RECORDS_CHANGES_H_
#define ACCORD_CLIENTS_ACCORDCTL_RECORDS_CHANGES_H_

#include <functional>
#include <string>

#include "absl/status/status.h"
#include "accord/host/v1/changes.pb.h"
#include "clients/accordctl/core/command_session.h"

namespace accord::ctl {

// This is called with one change of a service (`protocols`) at a time; returns false when no more are wanted.
using TakeChange = std::function<bool(const std::string& service, const host::v1::Change& change)>;

// This follows the feed of every service that has one for the context's person and purpose, until
// `take` returns false or `stopped` returns true. A service that refuses is left out; if all do, the
// refusal is returned.
absl::Status FollowChanges(CommandSession* session, const host::v1::WatchChangesRequest& wanted,
                           const TakeChange& take, const std::function<bool()>& stopped = nullptr);

}  // namespace accord::ctl

#endif  // ACCORD_CLIENTS_ACCORDCTL_RECORDS_CHANGES_H_
