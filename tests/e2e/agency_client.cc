#include "tests/e2e/agency_client.h"

#include <grpcpp/generic/generic_stub.h>

#include <chrono>

#include "common/base/byte_buffer.h"
#include "common/base/error.h"
#include "common/base/unary_call.h"

namespace accord::e2e {

absl::StatusOr<std::string> AgencyClient::CallBytes(const std::string& path,
                                                    const std::multimap<std::string, std::string>& headers,
                                                    const std::string& request, std::size_t* received) const {
  grpc::GenericStub stub(channel_);
  grpc::ClientContext context;
  context.set_deadline(std::chrono::system_clock::now() + std::chrono::seconds(20));
  for (const auto& [key, value] : headers) {
    if (!value.empty()) context.AddMetadata(key, value);
  }
  const grpc::ByteBuffer out = BufferOf(request);
  grpc::ByteBuffer in;
  const grpc::Status status = AwaitUnaryCall(&stub, path, out, &context, &in);
  if (received != nullptr) *received = in.Length();
  if (status.ok()) return BytesOf(in);
  return FromStatusDetails(status.error_code(), status.error_message(), status.error_details());
}

}  // namespace accord::e2e
