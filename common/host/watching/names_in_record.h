// These functions say whom a record names.
#ifndef ACCORD_COMMON_HOST_WATCHING_NAMES_IN_RECORD_H_
#define ACCORD_COMMON_HOST_WATCHING_NAMES_IN_RECORD_H_

#include <google/protobuf/message.h>

#include <string>

namespace accord::host {

// This says whether a record, as its reader reads it, names the agency, or the actor, in any field.
bool NamesAgency(const google::protobuf::Message& record, const std::string& agency);
bool NamesActor(const google::protobuf::Message& record, const std::string& agency, const std::string& actor);

}  // namespace accord::host

#endif  // ACCORD_COMMON_HOST_WATCHING_NAMES_IN_RECORD_H_
