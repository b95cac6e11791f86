// This file is about how the client for C++ calls a method that is known by its name alone: a stub whose one
// function takes every method.
#ifndef ACCORD_CLIENTS_CONNECTOR_ANY_STUB_H_
#define ACCORD_CLIENTS_CONNECTOR_ANY_STUB_H_

#include <google/protobuf/any.pb.h>
#include <google/protobuf/wrappers.pb.h>
#include <grpcpp/generic/generic_stub.h>
#include <grpcpp/grpcpp.h>

#include <memory>

#include "common/base/byte_buffer.h"
#include "common/base/unary_call.h"

namespace accord::connector {

class AnyStub {
 public:
  explicit AnyStub(const std::shared_ptr<grpc::Channel>& channel) : stub_(channel) {}

  // `request` holds the bytes of the request message, and as its type the path of the method, such as
  // `/package.Service/Method`. `response` is given the bytes of the answer.
  grpc::Status Call(grpc::ClientContext* context, const google::protobuf::Any& request,
                    google::protobuf::BytesValue* response) {
    grpc::ByteBuffer answered;
    const grpc::Status status =
        AwaitUnaryCall(&stub_, request.type_url(), BufferOf(request.value()), context, &answered);
    if (status.ok()) response->set_value(BytesOf(answered));
    return status;
  }

 private:
  grpc::GenericStub stub_;
};

}  // namespace accord::connector

#endif  // ACCORD_CLIENTS_CONNECTOR_ANY_STUB_H_
