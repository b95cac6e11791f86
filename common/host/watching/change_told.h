// This gives what a feed says of a record that changed: names and codes, as its reader may know them.
#ifndef ACCORD_COMMON_HOST_WATCHING_CHANGE_TOLD_H_
#define ACCORD_COMMON_HOST_WATCHING_CHANGE_TOLD_H_

#include <google/protobuf/message.h>

#include <set>
#include <string>

#include "accord/annotations/v1/fields.pb.h"
#include "accord/host/v1/changes.pb.h"
#include "common/storage/records/feed.h"

namespace accord::host {

// Say whether a record, as its reader reads it, names an agency anywhere, or an actor.
bool NamesAgency(const google::protobuf::Message& record, const std::string& agency);
bool NamesActor(const google::protobuf::Message& record, const std::string& agency, const std::string& actor);

// Gives the change that an event tells of, without a position. `record` is what somebody of the agency
// `reader` reads of it now, in which everything that is not of these classes is masked. Its state is what
// `state`, `stage` or `status` says, and its assignee what `assignee` or `lead_crown` says. The verb is left
// out where its request says something of another class beside a whole record, and the agency that acted
// where the record does not name it.
v1::Change ChangeOf(const storage::Event& event, const std::string& kind,
                    const google::protobuf::Message& record,
                    const std::set<annotations::v1::SensitiveClass>& classes, const std::string& reader);

}  // namespace accord::host

#endif  // ACCORD_COMMON_HOST_WATCHING_CHANGE_TOLD_H_
