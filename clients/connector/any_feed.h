// This file is about how the client for C++ follows a feed that is known by its name alone.
#ifndef ACCORD_CLIENTS_CONNECTOR_ANY_FEED_H_
#define ACCORD_CLIENTS_CONNECTOR_ANY_FEED_H_

#include <google/protobuf/any.pb.h>
#include <grpcpp/grpcpp.h>
#include <grpcpp/impl/codegen/proto_utils.h>

#include <memory>

#include "accord/host/v1/changes.pb.h"
#include "common/base/byte_buffer.h"

namespace accord::connector {

class AnyFeed {
 public:
  explicit AnyFeed(std::shared_ptr<grpc::Channel> channel) : channel_(std::move(channel)) {}

  // `request` holds the bytes of a WatchChangesRequest, and as its type the path of the method.
  std::unique_ptr<grpc::ClientReader<host::v1::Change>> Follow(grpc::ClientContext* context,
                                                               const google::protobuf::Any& request) {
    const grpc::internal::RpcMethod method(request.type_url().c_str(),
                                           grpc::internal::RpcMethod::SERVER_STREAMING);
    return std::unique_ptr<grpc::ClientReader<host::v1::Change>>(
        grpc::internal::ClientReaderFactory<host::v1::Change>::Create(channel_.get(), method, context,
                                                                      BufferOf(request.value())));
  }

 private:
  const std::shared_ptr<grpc::Channel> channel_;
};

}  // namespace accord::connector

#endif  // ACCORD_CLIENTS_CONNECTOR_ANY_FEED_H_
