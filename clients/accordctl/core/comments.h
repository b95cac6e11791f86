// The comments of the protos, which are the help of the command line.
#ifndef ACCORD_CLIENTS_ACCORDCTL_CORE_COMMENTS_H_
#define ACCORD_CLIENTS_ACCORDCTL_CORE_COMMENTS_H_

#include <google/protobuf/descriptor.h>

#include <string>
#include <vector>

#include "clients/accordctl/core/commands.h"

namespace accord::ctl {

// Beside those of commands.h. Each is one line; empty if there is no comment.
std::string CommentOf(const google::protobuf::Descriptor* message);
std::string CommentOf(const google::protobuf::EnumValueDescriptor* value);

// Gives the text up to the first full stop that ends a sentence: `s. 125` and `e.g. this` do not.
std::string FirstSentence(const std::string& comment);

// An enum's values in the form in which they are typed, each with its comment where it has one.
struct EnumMeaning {
  std::string value, comment;
};
std::vector<EnumMeaning> EnumMeanings(const google::protobuf::EnumDescriptor* type);

// The values that a field takes: those that its comment lists after "one of", where it takes some of its enum
// alone, or else all.
std::vector<EnumMeaning> MeaningsOfField(const google::protobuf::FieldDescriptor* field,
                                         const google::protobuf::EnumDescriptor* words);

// `text` in lines of at most `width` characters, to be written after `indent` others: all lines but the first
// begin with so many blanks. Ends of lines in the text stay.
std::string WrapText(const std::string& text, std::size_t width, std::size_t indent = 0);

}  // namespace accord::ctl

#endif  // ACCORD_CLIENTS_ACCORDCTL_CORE_COMMENTS_H_
