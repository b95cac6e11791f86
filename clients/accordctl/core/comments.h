// The comments of the protos, which are the help of the command line.
#ifndef ACCORD_CLIENTS_ACCORDCTL_CORE_COMMENTS_H_
#define ACCORD_CLIENTS_ACCORDCTL_CORE_COMMENTS_H_

#include <google/protobuf/descriptor.h>

#include <string>
#include <vector>

#include "clients/accordctl/core/commands.h"

namespace accord::ctl {

// Like CommentOf in commands.h: each gives one line; empty if there is no comment.
std::string CommentOf(const google::protobuf::Descriptor* message);
std::string CommentOf(const google::protobuf::EnumValueDescriptor* value);

// Gives the text up to the first full stop that ends a sentence: `s. 125` and `e.g. this` do not.
std::string FirstSentence(const std::string& comment);

// An enum value in the form in which it is typed, with its comment if it has one.
struct Meaning {
  std::string value, comment;
};
std::vector<Meaning> MeaningsOf(const google::protobuf::EnumDescriptor* type);

// Breaks `text` into lines of at most `width` characters, to be written after `indent` others: all
// lines but the first begin with as many blanks. Line ends in the text are kept.
std::string Wrap(const std::string& text, std::size_t width, std::size_t indent = 0);

}  // namespace accord::ctl

#endif  // ACCORD_CLIENTS_ACCORDCTL_CORE_COMMENTS_H_
