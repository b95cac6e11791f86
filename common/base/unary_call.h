// This makes a blocking unary gRPC call of any method.
#ifndef ACCORD_COMMON_BASE_UNARY_CALL_H_
#define ACCORD_COMMON_BASE_UNARY_CALL_H_

#include <grpcpp/generic/generic_stub.h>
#include <grpcpp/grpcpp.h>

#include <future>
#include <string>

namespace accord {

// This calls the method and waits for its answer. `context` has the headers and the deadline of the call, and
// afterwards the metadata that came with the answer.
template <class Request, class Response>
grpc::Status AwaitUnaryCall(grpc::TemplatedGenericStub<Request, Response>* stub, const std::string& path,
                            const Request& request, grpc::ClientContext* context, Response* response) {
  std::promise<grpc::Status> done;
  stub->UnaryCall(context, path, grpc::StubOptions(), &request, response,
                  [&done](const grpc::Status& status) { done.set_value(status); });
  return done.get_future().get();
}

}  // namespace accord

#endif  // ACCORD_COMMON_BASE_UNARY_CALL_H_
