#include "services/protocols/reference_data.h"

#include <utility>

#include "common/base/error.h"
#include "common/base/text_proto.h"

namespace accord::protocols {

absl::StatusOr<ReferenceData> ReferenceData::Load(const std::string& rules_file,
                                                  const std::string& territories_file,
                                                  const std::string& template_file) {
  ACCORD_ASSIGN_OR_RETURN(Rules rules, Rules::Load(rules_file));
  ACCORD_ASSIGN_OR_RETURN(Territories territories, Territories::Load(territories_file));
  v1::Template model;
  ACCORD_RETURN_IF_ERROR(ReadTextProto(template_file, &model));
  return ReferenceData{std::move(rules), std::move(territories), std::move(model)};
}

}  // namespace accord::protocols
