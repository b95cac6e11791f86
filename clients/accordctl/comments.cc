// Comments of the .proto files. Generated descriptors leave them out, so the build embeds a descriptor set
// that keeps them.
#include <google/protobuf/descriptor.pb.h>

#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "clients/accordctl/commands.h"

asm(".section .rodata\n"
    "accord_comments_begin: .incbin \"" ACCORD_DESCRIPTOR_SET
    "\"\n"
    "accord_comments_end:\n"
    ".previous\n");
extern "C" const char accord_comments_begin[], accord_comments_end[];

namespace accord::ctl {
namespace {

using google::protobuf::DescriptorPool;

const DescriptorPool& Commented() {
  static const DescriptorPool* pool = [] {
    auto* built = new DescriptorPool;
    google::protobuf::FileDescriptorSet set;
    set.ParseFromArray(accord_comments_begin, static_cast<int>(accord_comments_end - accord_comments_begin));
    for (const auto& file : set.file()) built->BuildFile(file);
    return built;
  }();
  return *pool;
}

template <class Descriptor>
std::string Comment(const Descriptor* descriptor) {
  google::protobuf::SourceLocation location;
  if (descriptor == nullptr || !descriptor->GetSourceLocation(&location)) return "";
  return absl::StrJoin(absl::StrSplit(location.leading_comments, absl::ByAnyChar("\n "), absl::SkipEmpty()),
                       " ");
}

}  // namespace

std::string CommentOf(const google::protobuf::MethodDescriptor* method) {
  return Comment(Commented().FindMethodByName(method->full_name()));
}

std::string CommentOf(const FieldDescriptor* field) {
  return Comment(Commented().FindFieldByName(field->full_name()));
}

}  // namespace accord::ctl
