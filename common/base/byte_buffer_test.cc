#include "common/base/byte_buffer.h"

#include <gmock/gmock.h>
#include <grpcpp/grpcpp.h>

namespace accord {
namespace {

TEST(ByteBuffer, IsTheBytesOfAllItsSlicesInOrder) {
  const std::vector<grpc::Slice> slices = {grpc::Slice(std::string("a\0b", 3)), grpc::Slice(std::string()),
                                           grpc::Slice(std::string("c"))};
  EXPECT_EQ(BytesOf(grpc::ByteBuffer(slices.data(), slices.size())), std::string("a\0bc", 4));
}

TEST(ByteBuffer, OfAStringIsThatStringAgain) {
  const std::string large(100'000, '\xff');
  EXPECT_EQ(BytesOf(BufferOf(large)), large);
  EXPECT_TRUE(BufferOf("").Valid());
  EXPECT_EQ(BytesOf(BufferOf("")), "");
}

TEST(ByteBuffer, ThatNothingWasPutIntoIsEmpty) { EXPECT_EQ(BytesOf(grpc::ByteBuffer()), ""); }

}  // namespace
}  // namespace accord
