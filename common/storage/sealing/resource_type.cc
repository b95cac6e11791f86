#include "common/storage/sealing/resource_type.h"

#include <string>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "accord/annotations/v1/fields.pb.h"
#include "common/access/service_files.h"

namespace accord::storage {
namespace {

using google::protobuf::Descriptor;

// This says whether the name has the form of the pattern, for example `agencies/cas-york/referrals/r1` that
// of `agencies/{agency}/referrals/{referral}`.
bool FollowsResourcePattern(std::string_view name, std::string_view pattern) {
  const std::vector<std::string> parts = absl::StrSplit(absl::string_view(name.data(), name.size()), '/');
  const std::vector<std::string> wanted =
      absl::StrSplit(absl::string_view(pattern.data(), pattern.size()), '/');
  if (parts.size() != wanted.size()) return false;
  for (std::size_t i = 0; i < parts.size(); ++i) {
    if (!absl::StartsWith(wanted[i], "{") && parts[i] != wanted[i]) return false;
  }
  return true;
}

}  // namespace

const Descriptor* ResourceOf(std::string_view service, std::string_view kind, std::string_view name) {
  const std::string package = absl::StrCat("accord.", std::string(service), ".v1");
  const Descriptor* of_kind = nullptr;
  for (const auto* file : ServiceFiles()) {
    for (int i = 0; i <= file->dependency_count(); ++i) {
      const auto* each = i == 0 ? file : file->dependency(i - 1);
      // Kinds that several services keep are declared once for all of them.
      const bool shared = file->package() == package && each->package() == "accord.host.v1";
      if (each->package() != package && !shared) continue;
      for (int j = 0; j < each->message_type_count(); ++j) {
        const Descriptor* message = each->message_type(j);
        const auto& resource = message->options().GetExtension(annotations::v1::resource);
        if (resource.singular().empty()) continue;
        if (FollowsResourcePattern(name, resource.pattern())) return message;
        if (resource.singular() == kind) of_kind = message;
      }
    }
  }
  return of_kind;
}

}  // namespace accord::storage
