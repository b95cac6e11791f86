// The words that fields take, as the protos say where they are listed.
#ifndef ACCORD_COMMON_ACCESS_VOCABULARY_H_
#define ACCORD_COMMON_ACCESS_VOCABULARY_H_

#include <google/protobuf/descriptor.h>

#include <string>
#include <vector>

namespace accord {

// The enum whose values, as ShortName writes them, are the words of a string; the field's own type for an
// enum. Null for a field whose words no enum has.
const google::protobuf::EnumDescriptor* EnumWordsOf(const google::protobuf::FieldDescriptor& field);

// The RPC that lists the words of a field; null if none does.
const google::protobuf::MethodDescriptor* LookupOf(const google::protobuf::FieldDescriptor& field);

// The fields that lead from the answer of LookupOf to a word, one within another; empty if there is no
// look-up, or if its answer has no such path.
std::vector<const google::protobuf::FieldDescriptor*> LookupPathOf(
    const google::protobuf::FieldDescriptor& field);

}  // namespace accord

#endif  // ACCORD_COMMON_ACCESS_VOCABULARY_H_
