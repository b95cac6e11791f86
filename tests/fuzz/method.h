// This is the request of a method, by its path or, for any other text, by the text's hash.
#ifndef ACCORD_TESTS_FUZZ_METHOD_H_
#define ACCORD_TESTS_FUZZ_METHOD_H_

#include <google/protobuf/message.h>

#include <memory>
#include <string_view>

namespace accord::fuzz {

std::unique_ptr<google::protobuf::Message> RequestOf(std::string_view path);

}  // namespace accord::fuzz

#endif  // ACCORD_TESTS_FUZZ_METHOD_H_
