// This file is about comments of the .proto files. Generated descriptors leave them out, so the build embeds
// a descriptor set that keeps them.
#include "clients/accordctl/core/proto_comments.h"

#include <google/protobuf/descriptor.pb.h>

#include <string_view>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "clients/accordctl/core/embedded.h"

namespace accord::ctl {
namespace {

using google::protobuf::DescriptorPool;

const DescriptorPool& CommentedProtos() {
  static const DescriptorPool* pool = [] {
    auto* built = new DescriptorPool;
    google::protobuf::FileDescriptorSet set;
    const std::string_view embedded = Embedded("descriptors.binpb");
    set.ParseFromArray(embedded.data(), static_cast<int>(embedded.size()));
    for (const auto& file : set.file()) built->BuildFile(file);
    return built;
  }();
  return *pool;
}

template <class Descriptor>
std::string LeadingComment(const Descriptor* descriptor) {
  google::protobuf::SourceLocation location;
  if (descriptor == nullptr || !descriptor->GetSourceLocation(&location)) return "";
  return absl::StrJoin(absl::StrSplit(location.leading_comments, absl::ByAnyChar("\n "), absl::SkipEmpty()),
                       " ");
}

}  // namespace

std::string CommentOf(const google::protobuf::MethodDescriptor* method) {
  return LeadingComment(CommentedProtos().FindMethodByName(method->full_name()));
}

std::string CommentOf(const FieldDescriptor* field) {
  return LeadingComment(CommentedProtos().FindFieldByName(field->full_name()));
}

std::string CommentOf(const Descriptor* message) {
  return LeadingComment(CommentedProtos().FindMessageTypeByName(message->full_name()));
}

std::string CommentOf(const google::protobuf::EnumValueDescriptor* value) {
  return LeadingComment(CommentedProtos().FindEnumValueByName(value->full_name()));
}

std::string FirstSentence(const std::string& comment) {
  for (std::size_t stop = comment.find(". "); stop != std::string::npos;
       stop = comment.find(". ", stop + 1)) {
    const std::size_t blank = comment.rfind(' ', stop);
    const std::size_t begin = blank == std::string::npos ? 0 : blank + 1;
    const char next = stop + 2 < comment.size() ? comment[stop + 2] : 'A';
    const bool begins = !absl::ascii_islower(static_cast<unsigned char>(next)) &&
                        !absl::ascii_isdigit(static_cast<unsigned char>(next));
    // A full stop after a single letter belongs to an abbreviation.
    if (begins && stop - begin > 1) return comment.substr(0, stop + 1);
  }
  return comment;
}

}  // namespace accord::ctl
