// These functions find the words that a field may take, where the protos declare which enum or RPC
// lists them.
#ifndef ACCORD_COMMON_ACCESS_VOCABULARY_H_
#define ACCORD_COMMON_ACCESS_VOCABULARY_H_

#include <google/protobuf/descriptor.h>

#include <string>
#include <vector>

namespace accord {

// This gives the enum whose values, as ShortName writes them, are the words of a string field. For an enum
// field it is the field's own type. It is null if no enum lists the field's words.
const google::protobuf::EnumDescriptor* EnumWordsOf(const google::protobuf::FieldDescriptor& field);

// This gives the RPC that lists the words of a field; it is null if there is none.
const google::protobuf::MethodDescriptor* LookupOf(const google::protobuf::FieldDescriptor& field);

// This gives the fields that lead from the answer of LookupOf to a word, from the outermost to the innermost;
// it is empty if there is no look-up, or if its answer has no such path.
std::vector<const google::protobuf::FieldDescriptor*> LookupPathOf(
    const google::protobuf::FieldDescriptor& field);

}  // namespace accord

#endif  // ACCORD_COMMON_ACCESS_VOCABULARY_H_
