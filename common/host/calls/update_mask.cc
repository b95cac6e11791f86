#include "common/host/calls/update_mask.h"

#include "absl/strings/str_cat.h"
#include "common/base/error.h"

namespace accord::host {

absl::Status CannotBeChanged(const google::protobuf::Descriptor& record, const std::string& path) {
  if (record.FindFieldByName(path) == nullptr) {
    return Refuse(rules::kMaskInvalid, "update_mask names what is no field of the record.");
  }
  return Refuse(rules::kMaskInvalid,
                absl::StrCat("update_mask names ", path, ", which cannot be changed: leave it out."));
}

}  // namespace accord::host
