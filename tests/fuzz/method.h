// This gives the request of a method by its path. Any other text stands for a method by its hash.
#ifndef ACCORD_TESTS_FUZZ_METHOD_H_
#define ACCORD_TESTS_FUZZ_METHOD_H_

#include <google/protobuf/message.h>

#include <memory>
#include <string_view>

namespace accord::fuzz {

std::unique_ptr<google::protobuf::Message> RequestOf(std::string_view path);

}  // namespace accord::fuzz

#endif  // ACCORD_TESTS_FUZZ_METHOD_H_
