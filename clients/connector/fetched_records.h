// The records of events, as they are when the events are written.
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

// Whether a method is given a record's name alone.
bool GetsByName(const google::protobuf::MethodDescriptor* method);

// How records are fetched: by which method, how long to wait between attempts, and what waits.
struct RecordFetch {
  const client::Client& client;
  const google::protobuf::MethodDescriptor& get;
  client::Waits waits;
  // Waits so long; false if it is over.
  std::function<bool(client::Seconds)> rest;
};

// By their names, `record` with `masked`, or `refusal` where it cannot be read. Several are fetched at once,
// each until there is an answer, or until it is over.
std::map<std::string, nlohmann::json> FetchRecords(const RecordFetch& fetch,
                                                   const std::set<std::string>& names);

}  // namespace accord::connector

#endif  // ACCORD_CLIENTS_CONNECTOR_FETCHED_RECORDS_H_
