// This file is about the records of events, as they are when the events are written.
#ifndef ACCORD_CLIENTS_CONNECTOR_FETCHED_RECORDS_H_
#define ACCORD_CLIENTS_CONNECTOR_FETCHED_RECORDS_H_

#include <google/protobuf/descriptor.h>

#include <functional>
#include <map>
#include <nlohmann/json.hpp>
#include <set>
#include <string>

#include "accord/client/client.h"

namespace accord::connector {

// This says whether a method is given a record's name alone.
bool FetchesByName(const google::protobuf::MethodDescriptor* method);

// This says how records are fetched: by which method, how long to wait between attempts, and what waits.
struct RecordFetch {
  const client::Client& client;
  const google::protobuf::MethodDescriptor& get;
  client::Waits waits;
  // This waits so long; it is false if it is over.
  std::function<bool(client::Seconds)> rest;
};

// This gives, by their names, `record` with `masked`, or `refusal` where it cannot be read. Several are
// fetched at once, each until there is an answer, or until it is over.
std::map<std::string, nlohmann::json> FetchRecords(const RecordFetch& fetch,
                                                   const std::set<std::string>& names);

}  // namespace accord::connector

#endif  // ACCORD_CLIENTS_CONNECTOR_FETCHED_RECORDS_H_
