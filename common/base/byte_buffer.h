// These functions convert between gRPC's byte buffers and strings.
#ifndef ACCORD_COMMON_BASE_BYTE_BUFFER_H_
#define ACCORD_COMMON_BASE_BYTE_BUFFER_H_

#include <grpcpp/support/byte_buffer.h>
#include <grpcpp/support/slice.h>

#include <string>
#include <vector>

namespace accord {

// This gives the bytes of a buffer; it is empty for a buffer that nothing was ever put into.
inline std::string BytesOf(const grpc::ByteBuffer& buffer) {
  std::vector<grpc::Slice> slices;
  std::string bytes;
  if (!buffer.Valid() || !buffer.Dump(&slices).ok()) return bytes;
  bytes.reserve(buffer.Length());
  for (const grpc::Slice& slice : slices) {
    bytes.append(reinterpret_cast<const char*>(slice.begin()), slice.size());
  }
  return bytes;
}

inline grpc::ByteBuffer BufferOf(const std::string& bytes) {
  const grpc::Slice slice(bytes);
  return grpc::ByteBuffer(&slice, 1);
}

}  // namespace accord

#endif  // ACCORD_COMMON_BASE_BYTE_BUFFER_H_
