// This is what a feed says about a record that changed: names and codes, as far as the reader may know them.
#ifndef ACCORD_COMMON_HOST_WATCHING_CHANGE_OF_EVENT_H_
#define ACCORD_COMMON_HOST_WATCHING_CHANGE_OF_EVENT_H_

#include <google/protobuf/message.h>

#include <set>
#include <string>

#include "accord/annotations/v1/fields.pb.h"
#include "accord/host/v1/changes.pb.h"
#include "common/storage/records/feed.h"

namespace accord::host {

// This gives the change that an event reports, without a position. `record` is what the reader, who belongs
// to the agency `reader`, may read of it now; fields of classes other than these are masked. Its state is the
// field `state`, `stage` or `status`, and its assignee is `assignee` or `lead_crown`. The verb is left out if
// its request has, outside of whole records, a field of another class; the acting agency is left out unless
// it is the reader's or the record names it.
v1::Change ChangeOfEvent(const storage::Event& event, const std::string& kind,
                         const google::protobuf::Message& record,
                         const std::set<annotations::v1::SensitiveClass>& classes, const std::string& reader);

}  // namespace accord::host

#endif  // ACCORD_COMMON_HOST_WATCHING_CHANGE_OF_EVENT_H_
