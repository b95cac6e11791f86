// This file is about a list of records by a method that is known by its name alone.
#ifndef ACCORD_CLIENTS_CONNECTOR_RECORD_LIST_H_
#define ACCORD_CLIENTS_CONNECTOR_RECORD_LIST_H_

#include <google/protobuf/descriptor.h>
#include <google/protobuf/message.h>

#include <memory>
#include <nlohmann/json.hpp>
#include <string>

#include "absl/status/statusor.h"
#include "accord/client/client.h"

namespace accord::connector {

struct ListedRecord {
  std::string name;
  nlohmann::json record;
};

class RecordList {
 public:
  // `request` is the request in JSON; empty asks for everything. It returns FAILED_PRECONDITION unless the
  // method is there, takes this request and lists records page by page with a position to watch from.
  static absl::StatusOr<RecordList> Of(const std::string& method, const std::string& request);

  // This throws what the client throws.
  client::ListedPage<ListedRecord> Page(const client::Client& client, const std::string& token) const;

 private:
  const google::protobuf::MethodDescriptor* method_ = nullptr;
  std::shared_ptr<const google::protobuf::Message> request_;
  // The field of an answer that holds the records.
  const google::protobuf::FieldDescriptor* records_ = nullptr;
};

}  // namespace accord::connector

#endif  // ACCORD_CLIENTS_CONNECTOR_RECORD_LIST_H_
